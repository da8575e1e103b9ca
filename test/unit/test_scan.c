/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include "ms_scan.h"

static void test_lws(void)
{
	static const struct
	{
		const char *name, *text, *rest;
	} rows[] = {
			{"lws, none", "a", "a"},
			{"lws, blanks", " \t a", "a"},
			{"lws, folded line", " \r\n a", "a"},
			{"lws, folded with a tab and LF only", "\n\ta", "a"},
			{"lws, several folds", "\r\n \r\n\t \n a", "a"},
			{"lws, a line end before text is none", "\r\na", "\r\na"},
			{"lws, an empty line is none", "\r\n\r\n a", "\r\n\r\n a"},
			{"lws, CR alone is none", "\r a", "\r a"},
			{"lws, line end at the end", " \r\n", ""},
			{"lws, CR at the end", " \r", "\r"},
			{"lws, all", "  ", ""},
			{"lws, empty", "", ""},
	};
	struct ms_str s;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		s = guard_text(rows[i].text);
		ms_scan_lws(&s);
		CHECK_TEXT(s, rows[i].rest);
	}
}

static void test_char(void)
{
	static const struct
	{
		const char *name, *text;
		bool found;
		const char *rest;
	} rows[] = {
			{"char", ";a", true, "a"},
			{"char with LWS around", " \t;\r\n a", true, "a"},
			{"char alone", ";", true, ""},
			{"other char: nothing moves", "  ,a", false, "  ,a"},
			{"no char: nothing moves", "  ", false, "  "},
			{"no char in nothing", "", false, ""},
	};
	struct ms_str s;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		s = guard_text(rows[i].text);
		CHECK_INT(ms_scan_char(&s, ';'), rows[i].found);
		CHECK_TEXT(s, rows[i].rest);
	}
}

static void test_token(void)
{
	static const char others[] = "-.!%*_+`'~";
	struct ms_str s, token;
	bool is_token;
	unsigned c;
	char byte;

	test_row("RFC 3261, 25.1: the bytes of a token, all 256");
	for(c = 0; c < 256; c++) {
		byte = (char)c;
		is_token = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
				   || (c >= 'A' && c <= 'Z');
		for(size_t i = 0; i < sizeof(others) - 1; i++)
			is_token |= others[i] == byte;
		s = guard_str((struct ms_str){&byte, 1});
		if(!CHECK_INT(ms_scan_token(&s, &token) == MS_OK, is_token))
			break;
	}
	test_row("token up to what is none");
	s = guard_text("sdes-srtp;mediasec");
	CHECK_INT(ms_scan_token(&s, &token), MS_OK);
	CHECK_TEXT(token, "sdes-srtp");
	CHECK_TEXT(s, ";mediasec");

	test_row("no token: nothing is written");
	token = MS_STR("before");
	s = guard_text("");
	CHECK_INT(ms_scan_token(&s, &token), MS_ESYNTAX);
	s = guard_text(" a");
	CHECK_INT(ms_scan_token(&s, &token), MS_ESYNTAX);
	CHECK_TEXT(s, " a");
	CHECK_TEXT(token, "before");
}

static void test_param(void)
{
	static const struct
	{
		const char *name, *text;
		enum ms_err err;
		const char *par, *value, *rest;
	} rows[] = {
			{"param, no value", "mediasec;q=1", MS_OK, "mediasec", NULL,
					";q=1"},
			{"param, token value", "q=0.1,", MS_OK, "q", "0.1", ","},
			{"S-1 EQUAL allows LWS", "q \r\n = 0.1 ", MS_OK, "q", "0.1", " "},
			{"param, blanks behind stay", "mediasec ;", MS_OK, "mediasec", NULL,
					" ;"},
			{"param, host value", "h=a.example", MS_OK, "h", "a.example", ""},
			{"param, IPv6 value", "h=[2001:db8::1]:5061;x", MS_OK, "h",
					"[2001:db8::1]:5061", ";x"},
			{"param, quoted value keeps its quotes", "d-ver=\"a;b,c=d\";x",
					MS_OK, "d-ver", "\"a;b,c=d\"", ";x"},
			{"param, empty quoted value", "x=\"\"", MS_OK, "x", "\"\"", ""},
			{"param, escaped quote", "x=\"a\\\"b\",c", MS_OK, "x", "\"a\\\"b\"",
					",c"},
			{"param, escaped backslash ends", "x=\"a\\\\\"b", MS_OK, "x",
					"\"a\\\\\"", "b"},
			{"param, UTF-8 in quotes", "x=\"\xc3\xa9\t\"", MS_OK, "x",
					"\"\xc3\xa9\t\"", ""},
			{"param, folded in quotes", "x=\"a\r\n b\"", MS_OK, "x",
					"\"a\r\n b\"", ""},
			{"param, value missing", "x=", MS_ESYNTAX, NULL, NULL, NULL},
			{"param, value missing before ;", "x=;y", MS_ESYNTAX, NULL, NULL,
					NULL},
			{"param, name missing", "=x", MS_ESYNTAX, NULL, NULL, NULL},
			{"param, empty", "", MS_ESYNTAX, NULL, NULL, NULL},
			{"param, quote not closed", "x=\"abc", MS_ESYNTAX, NULL, NULL,
					NULL},
			{"param, quote alone", "x=\"", MS_ESYNTAX, NULL, NULL, NULL},
			{"param, backslash last", "x=\"a\\", MS_ESYNTAX, NULL, NULL, NULL},
			{"param, escaped quote only", "x=\"\\\"", MS_ESYNTAX, NULL, NULL,
					NULL},
			{"param, line end escaped", "x=\"\\\r\n \"", MS_ESYNTAX, NULL, NULL,
					NULL},
			{"param, LF escaped", "x=\"\\\n \"", MS_ESYNTAX, NULL, NULL, NULL},
			{"param, line end in quotes", "x=\"a\r\nb\"", MS_ESYNTAX, NULL,
					NULL, NULL},
			{"param, control in quotes", "x=\"a\x01\"", MS_ESYNTAX, NULL, NULL,
					NULL},
			{"param, DEL in quotes", "x=\"a\x7f\"", MS_ESYNTAX, NULL, NULL,
					NULL},
	};
	struct ms_param param;
	struct ms_str s;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		s = guard_text(rows[i].text);
		param.name = MS_STR("before");
		CHECK_INT(ms_scan_param(&s, &param), rows[i].err);
		if(rows[i].err) {
			CHECK_TEXT(s, rows[i].text);
			CHECK_TEXT(param.name, "before");
			continue;
		}
		CHECK_TEXT(param.name, rows[i].par);
		CHECK_TEXT(param.value, rows[i].value);
		CHECK_INT(param.value.p == NULL, rows[i].value == NULL);
		CHECK_TEXT(s, rows[i].rest);
	}
}

static void test_number(void)
{
	static const struct
	{
		const char *name, *text;
		unsigned long max;
		enum ms_err err;
		unsigned long n;
		const char *rest;
	} rows[] = {
			{"number", "120;x", 999, MS_OK, 120, ";x"},
			{"number, zero", "0", 0, MS_OK, 0, ""},
			{"number, leading zeros", "0000000000000000000007", 9, MS_OK, 7,
					""},
			{"number at its maximum", "4294967295", 4294967295, MS_OK,
					4294967295, ""},
			{"number above its maximum", "4294967296", 4294967295, MS_ESYNTAX,
					0, ""},
			{"number, one digit above", "8", 7, MS_ESYNTAX, 0, ""},
			{"number, max 0", "1", 0, MS_ESYNTAX, 0, ""},
			{"number at ULONG_MAX", "18446744073709551615", -1ul, MS_OK, -1ul,
					""},
			{"number would wrap", "18446744073709551616", -1ul, MS_ESYNTAX, 0,
					""},
			{"number, sign", "-1", 9, MS_ESYNTAX, 0, ""},
			{"number, plus", "+1", 9, MS_ESYNTAX, 0, ""},
			{"number, blank", " 1", 9, MS_ESYNTAX, 0, ""},
			{"number, hexadecimal", "0x1", 9, MS_OK, 0, "x1"},
			{"number, empty", "", 9, MS_ESYNTAX, 0, ""},
	};
	unsigned long n;
	struct ms_str s;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		s = guard_text(rows[i].text);
		n = 77;
		CHECK_INT(ms_scan_number(&s, rows[i].max, &n), rows[i].err);
		CHECK_INT(n, rows[i].err ? 77 : rows[i].n);
		CHECK_TEXT(s, rows[i].err ? rows[i].text : rows[i].rest);
	}
}

void test_scan(void);

void test_scan(void)
{
	test_lws();
	test_char();
	test_token();
	test_param();
	test_number();
}
