/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_log.h"

static const char hex[] = "0123456789ABCDEF";

static bool is_plain(char c)
{
	return c > ' ' && c <= '~' && c != '"' && c != '\'' && c != '\\'
		   && c != '%';
}

/* One byte as it is logged. */
static struct ms_str spell(char c, char buf[3])
{
	const unsigned char byte = (unsigned char)c;

	if(is_plain(c)) {
		buf[0] = c;
		return (struct ms_str){buf, 1};
	}
	buf[0] = '%';
	buf[1] = hex[byte >> 4];
	buf[2] = hex[byte & 15];
	return (struct ms_str){buf, 3};
}

const char *ms_log_value(struct ms_str text, char buf[MS_LOG_VALUE_MAX])
{
	struct ms_out out = {.p = buf, .size = MS_LOG_VALUE_MAX - 1};
	char byte[3];

	while(text.len > 0 && !out.full) {
		ms_out_put(&out, spell(text.p[0], byte));
		text = ms_str_from(text, 1);
	}
	buf[out.len] = '\0';
	return buf;
}
