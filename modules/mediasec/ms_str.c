/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_str.h"

/* tolower() would depend on the locale */
static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool ms_str_caseeq(struct ms_str a, struct ms_str b)
{
	size_t i;

	if(ms_str_eq(a, b)) /* nearly always, where they are equal at all */
		return true;
	if(a.len != b.len)
		return false;
	for(i = 0; i < a.len; i++)
		if(lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int ms_str_casecmp(struct ms_str a, struct ms_str b)
{
	size_t i;

	for(i = 0; i < a.len && i < b.len; i++)
		if(lower(a.p[i]) != lower(b.p[i]))
			return (unsigned char)lower(a.p[i]) < (unsigned char)lower(b.p[i])
						   ? -1
						   : 1;
	return (a.len > b.len) - (a.len < b.len);
}

bool ms_str_has_prefix(struct ms_str s, struct ms_str prefix)
{
	return s.len >= prefix.len
		   && ms_str_eq((struct ms_str){s.p, prefix.len}, prefix);
}

static bool is_lws(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool ms_str_matches(struct ms_str s, struct ms_str pattern)
{
	struct ms_str tail = {0}, behind_star = {0};
	bool star = false;

	while(s.len > 0) {
		if(pattern.len > 0 && pattern.p[0] == '*') {
			star = true;
			behind_star = pattern = ms_str_from(pattern, 1);
			tail = s;
		} else if(pattern.len > 0
				  && (pattern.p[0] == '?' || pattern.p[0] == s.p[0])) {
			pattern = ms_str_from(pattern, 1);
			s = ms_str_from(s, 1);
		} else if(star) {
			/* the last star takes one byte more: an earlier one need not */
			pattern = behind_star;
			s = tail = ms_str_from(tail, 1);
		} else {
			return false;
		}
	}
	while(pattern.len > 0 && pattern.p[0] == '*')
		pattern = ms_str_from(pattern, 1);
	return pattern.len == 0;
}

struct ms_str ms_str_trim(struct ms_str s)
{
	while(s.len > 0 && is_lws(s.p[s.len - 1]))
		s.len--;
	while(s.len > 0 && is_lws(s.p[0]))
		s = ms_str_from(s, 1);
	return s;
}

struct ms_str ms_str_until(struct ms_str *s, char c)
{
	struct ms_str part = *s;
	const char *end = s->len > 0 ? memchr(s->p, c, s->len) : NULL;

	if(end)
		part.len = (size_t)(end - s->p);
	*s = ms_str_from(*s, end ? part.len + 1 : part.len);
	return part;
}

bool ms_str_line(struct ms_str *s, struct ms_str *line)
{
	if(s->len == 0)
		return false;
	*line = ms_str_until(s, '\n');
	if(line->len > 0 && line->p[line->len - 1] == '\r')
		line->len--;
	return true;
}

void ms_out_put(struct ms_out *out, struct ms_str piece)
{
	if(piece.len > out->size - out->len)
		out->full = true;
	if(out->full || piece.len == 0)
		return;
	memcpy(out->p + out->len, piece.p, piece.len);
	out->len += piece.len;
}

void ms_out_hex(struct ms_out *out, char c)
{
	static const char hex[] = "0123456789ABCDEF";
	const unsigned char byte = (unsigned char)c;
	const char text[] = {'%', hex[byte >> 4], hex[byte & 15]};

	ms_out_put(out, (struct ms_str){text, sizeof(text)});
}

void ms_out_line(struct ms_out *out, struct ms_str line)
{
	ms_out_put(out, line);
	ms_out_put(out, MS_STR("\r\n"));
}

enum ms_err ms_out_end(const struct ms_out *out, size_t *len)
{
	if(out->full)
		return MS_ENOSPC;
	*len = out->len;
	return MS_OK;
}
