/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

static void test_compare(void)
{
	static const struct
	{
		const char *name, *a, *b;
		bool eq, caseeq, prefix;
	} rows[] = {
			{"same", "sdes-srtp", "sdes-srtp", true, true, true},
			{"S-5 case differs", "SDES-srtp", "sdes-SRTP", false, true, false},
			{"second is a prefix", "sdes-srtp", "sdes", false, false, true},
			{"second is longer", "sdes", "sdes-srtp", false, false, false},
			{"last byte differs", "sdes-srtp", "sdes-srtq", false, false,
					false},
			{"both empty", "", "", true, true, true},
			{"second empty", "a", "", false, false, true},
			{"first empty", "", "a", false, false, false},
			{"only letters have case: @ and `", "@", "`", false, false, false},
			{"only letters have case: [ and {", "[", "{", false, false, false},
			{"A to Z", "ABCXYZ", "abcxyz", false, true, false},
	};
	struct ms_str a, b;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		a = guard_text(rows[i].a);
		b = guard_text(rows[i].b);
		CHECK_INT(ms_str_eq(a, b), rows[i].eq);
		CHECK_INT(ms_str_caseeq(a, b), rows[i].caseeq);
		CHECK_INT(ms_str_caseeq(b, a), rows[i].caseeq);
		CHECK_INT(ms_str_has_prefix(a, b), rows[i].prefix);
	}
	test_row("a NUL is a byte like others");
	CHECK(!ms_str_eq(MS_STR("a\0b"), MS_STR("a\0c")));
	CHECK(ms_str_eq(MS_STR("a\0b"), MS_STR("a\0b")));
	test_row("views of nothing");
	CHECK(ms_str_eq((struct ms_str){0}, MS_STR("")));
	CHECK(ms_str_caseeq((struct ms_str){0}, MS_STR("")));
}

static void test_matches(void)
{
	static const struct
	{
		const char *name, *text, *pattern;
		bool want;
	} rows[] = {
			{"no wildcard, the same", "alice@a", "alice@a", true},
			{"no wildcard, longer text", "alice@a", "alice", false},
			{"no wildcard, longer pattern", "alice", "alice@a", false},
			{"case counts", "alice", "Alice", false},
			{"empty and empty", "", "", true},
			{"empty text", "", "a", false},
			{"empty pattern", "a", "", false},
			{"star is all", "alice@a", "*", true},
			{"star is nothing", "", "*", true},
			{"stars are one", "", "***", true},
			{"star in front", "alice@a", "*@a", true},
			{"star at the end", "alice@a", "alice*", true},
			{"star in the middle", "alice@a", "al*@a", true},
			{"stars around", "alice@a", "*ice*", true},
			{"stars around nothing of it", "alice@a", "*bob*", false},
			{"the star has to give way", "aab", "*ab", true},
			{"twice", "abcabcd", "a*abcd", true},
			{"only the last star gives way", "abxbcx", "a*b*c?", true},
			{"text goes on", "alice@ab", "*@a", false},
			{"question mark", "alice", "al?ce", true},
			{"question mark is one", "alce", "al?ce", false},
			{"question mark at the end", "alice", "alice?", false},
			{"star and question mark", "alice", "*?", true},
			{"star and question mark of nothing", "", "*?", false},
			{"a star in the text is a byte", "*21#", "?21#", true},
			{"work is bounded",
					"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
					"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*ab", false},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_str_matches(guard_text(rows[i].text),
						  guard_text(rows[i].pattern)),
				rows[i].want);
	}
	test_row("views of nothing");
	CHECK(ms_str_matches((struct ms_str){0}, (struct ms_str){0}));
}

static void test_trim(void)
{
	static const struct
	{
		const char *name, *text, *want;
	} rows[] = {
			{"trim nothing", "a b", "a b"},
			{"trim both ends", " \t\r\n a b \t\r\n", "a b"},
			{"trim all", " \t\r\n", ""},
			{"trim empty", "", ""},
			{"trim keeps other controls", "\va\f", "\va\f"},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_TEXT(ms_str_trim(guard_text(rows[i].text)), rows[i].want);
	}
	test_row("trim a view of nothing");
	CHECK_TEXT(ms_str_trim((struct ms_str){0}), "");
}

static void test_split(void)
{
	static const struct
	{
		const char *name, *text, *part, *rest;
	} rows[] = {
			{"until, in the middle", "a,b,c", "a", "b,c"},
			{"until, none", "abc", "abc", ""},
			{"until, at the start", ",b", "", "b"},
			{"until, at the end", "a,", "a", ""},
			{"until, alone", ",", "", ""},
			{"until, empty", "", "", ""},
	};
	struct ms_str s;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		s = guard_text(rows[i].text);
		CHECK_TEXT(ms_str_until(&s, ','), rows[i].part);
		CHECK_TEXT(s, rows[i].rest);
	}
	test_row("until, a view of nothing");
	s = (struct ms_str){0};
	CHECK_TEXT(ms_str_until(&s, ','), "");
	CHECK_TEXT(s, "");

	test_row("from");
	CHECK_TEXT(ms_str_from(MS_STR("abc"), 0), "abc");
	CHECK_TEXT(ms_str_from(MS_STR("abc"), 2), "c");
	CHECK_TEXT(ms_str_from(MS_STR("abc"), 3), "");
	CHECK_TEXT(ms_str_from((struct ms_str){0}, 0), "");
}

static void test_lines(void)
{
	static const struct
	{
		const char *name, *text;
		const char *line[4];
	} rows[] = {
			{"lines, CRLF", "v=0\r\ns=-\r\n", {"v=0", "s=-"}},
			{"lines, LF", "v=0\ns=-\n", {"v=0", "s=-"}},
			{"lines, last without end", "v=0\r\ns=-", {"v=0", "s=-"}},
			{"lines, empty ones", "\r\n\n\r\n", {"", "", ""}},
			{"lines, only one CR goes", "a\r\r\n", {"a\r"}},
			{"lines, CR alone is no end", "a\rb\n", {"a\rb"}},
			{"lines, none", "", {NULL}},
	};
	struct ms_str s, line;
	size_t i, j;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		s = guard_text(rows[i].text);
		for(j = 0; rows[i].line[j]; j++) {
			if(!CHECK(ms_str_line(&s, &line)))
				break;
			CHECK_TEXT(line, rows[i].line[j]);
		}
		CHECK(!ms_str_line(&s, &line));
	}
	test_row("lines, a CR before the view is not its own");
	s = ms_str_from(MS_STR("\r\n"), 1);
	CHECK(ms_str_line(&s, &line));
	CHECK_TEXT(line, "");
}

static void test_out(void)
{
	struct ms_out out;
	size_t len = 99;
	char *buf;

	test_row("out, exactly full");
	buf = guard_buf(4);
	out = (struct ms_out){.p = buf, .size = 4};
	ms_out_put(&out, MS_STR("abc"));
	ms_out_char(&out, 'd');
	ms_out_put(&out, MS_STR(""));
	CHECK_INT(ms_out_end(&out, &len), MS_OK);
	CHECK_STR(((struct ms_str){buf, len}), MS_STR("abcd"));

	test_row("out, nothing follows what did not fit");
	buf = guard_buf(4);
	memset(buf, '-', 4);
	len = 99;
	out = (struct ms_out){.p = buf, .size = 4};
	ms_out_put(&out, MS_STR("ab"));
	ms_out_put(&out, MS_STR("cde"));
	ms_out_char(&out, 'f');
	CHECK_INT(ms_out_end(&out, &len), MS_ENOSPC);
	CHECK_INT(len, 99);
	CHECK_STR(((struct ms_str){buf, 4}), MS_STR("ab--"));

	test_row("out, a byte as %XX, or nothing of it");
	buf = guard_buf(4);
	memset(buf, '-', 4);
	out = (struct ms_out){.p = buf, .size = 4};
	ms_out_hex(&out, '\xaf');
	CHECK_STR(((struct ms_str){buf, out.len}), MS_STR("%AF"));
	ms_out_hex(&out, '\x01');
	CHECK_INT(ms_out_end(&out, &len), MS_ENOSPC);
	CHECK_STR(((struct ms_str){buf, 4}), MS_STR("%AF-"));

	test_row("out, no buffer at all");
	out = (struct ms_out){0};
	ms_out_put(&out, (struct ms_str){0});
	CHECK_INT(ms_out_end(&out, &len), MS_OK);
	CHECK_INT(len, 0);
	ms_out_char(&out, 'a');
	CHECK_INT(ms_out_end(&out, &len), MS_ENOSPC);
}

void test_str(void);

void test_str(void)
{
	test_compare();
	test_matches();
	test_trim();
	test_split();
	test_lines();
	test_out();
}
