/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_body.h"

#include "ms_sdp.h"

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "m=audio 49170": text may have lines that only begin so */
static bool is_media_line(struct ms_str line)
{
	size_t i = 2;

	if(!ms_str_has_prefix(line, MS_STR("m=")))
		return false;
	while(i < line.len && is_alpha(line.p[i]))
		i++;
	return i > 2 && i + 1 < line.len && line.p[i] == ' '
		   && is_digit(line.p[i + 1]);
}

static bool has_line(struct ms_str text, bool (*is_one)(struct ms_str line))
{
	struct ms_str line;

	while(ms_str_line(&text, &line)) {
		if(is_one(line))
			return true;
	}
	return false;
}

bool ms_body_has_key(struct ms_str body)
{
	return has_line(body, ms_sdp_line_has_key);
}

/* @return how often text has a word, in any case */
static unsigned count(struct ms_str text, struct ms_str word)
{
	unsigned n = 0;

	for(; text.len >= word.len; text = ms_str_from(text, 1))
		n += ms_str_caseeq((struct ms_str){text.p, word.len}, word);
	return n;
}

/* What headers of parts say: one that is encoded shows no lines. */
static bool has_other_part(struct ms_str text, bool found)
{
	return count(text, MS_STR("application/sdp")) > found
		   || count(text, MS_STR("application/pkcs7-mime")) > 0;
}

static bool shows_sdp(struct ms_str text)
{
	return has_line(text, is_media_line) || ms_body_has_key(text);
}

bool ms_body_hides_sdp(
		struct ms_str type, struct ms_str body, struct ms_str part)
{
	const bool found = part.len > 0;
	struct ms_str before = body, after = {0};

	if(found) {
		before.len = (size_t)(part.p - body.p);
		after = ms_str_from(body, before.len + part.len);
	}
	if(count(type, MS_STR("multipart/")) > 0
			&& (has_other_part(before, found) || has_other_part(after, false)))
		return true;
	return count(type, MS_STR("application/pkcs7-mime")) > 0
		   || shows_sdp(before) || shows_sdp(after);
}
