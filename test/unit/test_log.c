/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_log.h"

static const struct
{
	const char *text, *value;
} rows[] = {
		{"", ""},
		{"92edd7708c8b@192.0.2.1", "92edd7708c8b@192.0.2.1"},
		{"a=b;c|d,<e>", "a=b;c|d,<e>"},
		{"a b", "a%20b"},
		{"a\r\n refused reason=none", "a%0D%0A%20refused%20reason=none"},
		{"\"a'\\", "%22a%27%5C"},
		{"50%20", "50%2520"},
		{"\x1b[2J\x7f", "%1B[2J%7F"},
		{"\xc3\xa9\x80\xff", "%C3%A9%80%FF"},
};

/* However long a text is, what is logged of it ends with a whole byte. */
static void test_length(void)
{
	char text[2 * MS_LOG_VALUE_MAX], buf[MS_LOG_VALUE_MAX];

	test_row("cut");
	memset(text, 'a', sizeof(text));
	ms_log_value((struct ms_str){text, sizeof(text)}, buf);
	CHECK_INT(strlen(buf), MS_LOG_VALUE_MAX - 1);

	test_row("cut before an escaped byte");
	memset(text + MS_LOG_VALUE_MAX - 3, ' ', 3);
	ms_log_value((struct ms_str){text, sizeof(text)}, buf);
	CHECK_INT(strlen(buf), MS_LOG_VALUE_MAX - 3);
	CHECK(strchr(buf, '%') == NULL);
}

void test_log(void)
{
	char buf[MS_LOG_VALUE_MAX];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].value);
		CHECK_TEXT(test_text(ms_log_value(guard_text(rows[i].text), buf)),
				rows[i].value);
	}
	test_length();
}
