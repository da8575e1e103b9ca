/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* A borrowed view of text: never owned, never terminated. */

#ifndef MS_STR_H
#define MS_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "ms_err.h"

struct ms_str
{
	const char *p; /* first byte; NULL only when len is 0 */
	size_t len;	   /* bytes */
};

#define MS_STR(literal) ((struct ms_str){(literal), sizeof(literal) - 1})

static inline bool ms_str_eq(struct ms_str a, struct ms_str b)
{
	/* memcmp() must not see the NULL of an empty view */
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* ASCII case only, as SIP tokens compare (RFC 3261, 7.3.1) */
bool ms_str_caseeq(struct ms_str a, struct ms_str b);
/* an order for sorting, by the same rule: below, equal to or above 0 */
int ms_str_casecmp(struct ms_str a, struct ms_str b);
bool ms_str_has_prefix(struct ms_str s, struct ms_str prefix);
/* is s what a pattern describes: "*" stands for any text, "?" for one byte */
bool ms_str_matches(struct ms_str s, struct ms_str pattern);
/* without LWS (SP, HT, CR, LF) at either end */
struct ms_str ms_str_trim(struct ms_str s);

/* s without its first n bytes; n <= s.len */
static inline struct ms_str ms_str_from(struct ms_str s, size_t n)
{
	return (struct ms_str){n ? s.p + n : s.p, s.len - n};
}

/*
 * Split at the first c: the part before it is returned, *s moves behind it.
 * Without a c the whole of *s is returned and *s becomes empty.
 */
struct ms_str ms_str_until(struct ms_str *s, char c);
/*
 * Split off the first line: without its line end (LF or CRLF).
 * @return false when *s was empty
 */
bool ms_str_line(struct ms_str *s, struct ms_str *line);

/*
 * Text that is written into a caller's buffer: { .p = buf, .size = size }.
 * A piece that does not fit is not written, nor is any piece after it.
 */
struct ms_out
{
	char *p;
	size_t size; /* bytes there are */
	size_t len;	 /* bytes written */
	bool full;	 /* a piece did not fit */
};

void ms_out_put(struct ms_out *out, struct ms_str piece);

static inline void ms_out_char(struct ms_out *out, char c)
{
	if(out->len == out->size)
		out->full = true;
	if(!out->full)
		out->p[out->len++] = c;
}

/* as "%XX" */
void ms_out_hex(struct ms_out *out, char c);

/* with CRLF at its end */
void ms_out_line(struct ms_out *out, struct ms_str line);
/*
 * @param len [out] bytes written, on MS_OK only
 * @return MS_OK, or MS_ENOSPC if a piece did not fit
 */
enum ms_err ms_out_end(const struct ms_out *out, size_t *len);

#endif
