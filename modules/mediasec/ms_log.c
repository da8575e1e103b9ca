/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_log.h"

static bool is_plain(char c)
{
	return c > ' ' && c <= '~' && c != '"' && c != '\'' && c != '\\'
		   && c != '%';
}

const char *ms_log_value(struct ms_str text, char buf[MS_LOG_VALUE_MAX])
{
	struct ms_out out = {.p = buf, .size = MS_LOG_VALUE_MAX - 1};

	while(text.len > 0 && !out.full) {
		if(is_plain(text.p[0]))
			ms_out_char(&out, text.p[0]);
		else
			ms_out_hex(&out, text.p[0]);
		text = ms_str_from(text, 1);
	}
	buf[out.len] = '\0';
	return buf;
}
