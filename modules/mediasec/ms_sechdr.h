/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Whole Security-* headers: what a client offers, the list we issue, whether a
 * Security-Verify mirrors it, and what of a header the core may see. */

#ifndef MS_SECHDR_H
#define MS_SECHDR_H

#include <stdint.h>

#include "ms_err.h"
#include "ms_limits.h"
#include "ms_str.h"

/* ---- the list of an interface: Security-Server ------------------------- */

/* An ordered list of mechanism names, all of them media mechanisms.
 * Views borrow from the text it was read from. */
struct ms_list
{
	unsigned n;
	struct ms_str name[MS_LIST_MAX];
};

/*
 * Read "sdes-srtp,dtls-srtp": tokens without parameters, comma-separated, none
 * twice. An empty text is an empty list.
 *
 * @param list [out] written on MS_OK only
 * @return MS_OK, MS_ESYNTAX (not a token, or a name twice) or MS_ELIMIT
 */
enum ms_err ms_list_read(struct ms_str text, struct ms_list *list);

/* @return the bits of its names (ms_mech_bit) */
unsigned ms_list_bits(const struct ms_list *list);

/* @return a copy of the list without the mechanisms in the set `bits` */
struct ms_list ms_list_without(const struct ms_list *list, unsigned bits);

/*
 * The list as ms_list_read() takes it.
 * @param len [out] bytes written, on MS_OK only; no terminating NUL
 */
enum ms_err ms_list_write(
		const struct ms_list *list, char *buf, size_t size, size_t *len);

/*
 * The list as header rows, "Security-Server: <name>;mediasec\r\n" each: one
 * row a mechanism and no blanks, because Asterisk and MaX UC read only that
 * reliably, and no q, because they would not mirror it (RFC 3329, 2.2).
 * @param len [out] bytes written, on MS_OK only; no terminating NUL
 */
enum ms_err ms_list_rows(
		const struct ms_list *list, char *buf, size_t size, size_t *len);

/* ---- what a client offers: Security-Client ----------------------------- */

/* Zero-initialise, then give every row of the header in any order. */
struct ms_client
{
	unsigned rows;	  /* rows seen, empty ones too */
	unsigned media;	  /* bits of the mechanisms offered with "mediasec" */
	unsigned bare;	  /* bits of media mechanisms named without "mediasec" */
	unsigned foreign; /* well-formed signalling mechanisms: others own them */
	unsigned bad;	  /* elements that break the grammar; they are skipped */
};
void ms_client_row(struct ms_client *client, struct ms_str body);

/* ---- the mirror: Security-Verify --------------------------------------- */

enum ms_verify_mode
{
	MS_VERIFY_STRICT, /* one allowed list, once, in order (RFC 3329, 2.3.1) */
	MS_VERIFY_COMPAT, /* any concatenation of allowed lists; a row may be
						 repeated at once. What Asterisk and MaX UC send */
	MS_VERIFY_SET	  /* order and repetition do not matter */
};

enum ms_verify_result
{
	MS_VERIFY_ABSENT,	/* no row, or rows of signalling mechanisms only */
	MS_VERIFY_RIGHT,	/* mirrors what was issued */
	MS_VERIFY_DIFFERS,	/* something never issued, or something issued lacks */
	MS_VERIFY_MALFORMED /* an element breaks the grammar */
};

/* One pass over rows of any number: nothing is kept of them. */
struct ms_verify
{
	enum ms_verify_mode mode;
	unsigned n; /* allowed lists */
	const struct ms_list *list[MS_LISTS_MAX];
	uint8_t at[MS_LISTS_MAX]; /* compat, strict: bit j, j names of the list are
								 read; set: bit j, name j was seen */
	unsigned rows, media, foreign;
	bool bad, differs;
};

void ms_verify_init(struct ms_verify *verify, enum ms_verify_mode mode);
/* Allow a list, before the first row. Borrowed until the result is read. Empty
 * lists, and lists beyond MS_LISTS_MAX, are not added. */
void ms_verify_allow(struct ms_verify *verify, const struct ms_list *list);
void ms_verify_row(struct ms_verify *verify, struct ms_str body);
enum ms_verify_result ms_verify_result(const struct ms_verify *verify);

/* ---- what the core may see --------------------------------------------- */

/*
 * A Security-Client, -Verify or -Server body without the mechanisms labelled
 * "mediasec", and without what cannot be read but has that word in it;
 * everything else stays byte for byte.
 *
 * @param buf [out] at least body.len bytes
 * @param len [out] bytes written; 0 means the row goes away
 * @return true if anything was removed
 */
bool ms_sechdr_strip(struct ms_str body, char *buf, size_t *len);

/* @return true if a Require, Proxy-Require or Supported body has the tag */
bool ms_tags_have(struct ms_str body, struct ms_str tag);

/* ms_sechdr_strip() for an option tag: order and other tags stay */
bool ms_tags_strip(
		struct ms_str body, struct ms_str tag, char *buf, size_t *len);

#endif
