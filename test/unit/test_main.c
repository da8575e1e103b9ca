/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Runs the suites named on the command line, or all of them. */

#include "test.h"

#include <stdio.h>
#include <string.h>

/* one line each; test_<name>() is in test_<name>.c */
/* clang-format off */
#define SUITES \
	TEST(str) \
	TEST(scan) \
	TEST(mech) \
	TEST(sechdr) \
	TEST(record) \
	TEST(limiter) \
	TEST(log) \
	TEST(crypto) \
	TEST(sdp) \
	TEST(body) \
	TEST(continuity) \
	TEST(sdp_edit) \
	TEST(capneg) \
	TEST(offer) \
	TEST(rtpp) \
	TEST(reason) \
	TEST(settings) \
	TEST(rules) \
	TEST(policy)
/* clang-format on */

#define TEST(name) void test_##name(void);
SUITES
#undef TEST

#define TEST(name) {#name, test_##name},
static const struct
{
	const char *name;
	void (*run)(void);
} suites[] = {SUITES};
#undef TEST

static struct
{
	const char *suite;
	const char *row;		   /* NULL: none is open */
	unsigned checks, failures; /* of the open row */
	unsigned passed, failed;   /* rows */
} test;

static void row_end(void)
{
	if(!test.row)
		return;
	if(test.checks == 0) {
		printf("%s: [%s] checks nothing\n", test.suite, test.row);
		test.failures++;
	}
	if(test.failures > 0)
		test.failed++;
	else
		test.passed++;
	test.row = NULL;
	guard_release();
}

void test_row(const char *name)
{
	row_end();
	test.row = name;
	test.checks = test.failures = 0;
}

/* @return holds; if it does not, the start of a line has been printed */
static bool check(const char *file, int line, const char *what, bool holds)
{
	if(!test.row)
		test_row("before the first row");
	test.checks++;
	if(holds)
		return true;
	test.failures++;
	printf("%s:%d: [%s] %s", file, line, test.row, what);
	return false;
}

bool test_true(const char *file, int line, const char *what, bool holds)
{
	if(!check(file, line, what, holds))
		printf(": got false, want true\n");
	return holds;
}

bool test_int(const char *file, int line, const char *what, long long got,
		long long want)
{
	bool holds = check(file, line, what, got == want);

	if(!holds)
		printf(": got %lld, want %lld\n", got, want);
	return holds;
}

static void print_str(struct ms_str s)
{
	size_t i;

	putchar('"');
	for(i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		printf(c < ' ' || c > '~' || c == '"' || c == '\\' ? "\\x%02x" : "%c",
				c);
	}
	putchar('"');
}

bool test_str_eq(const char *file, int line, const char *what,
		struct ms_str got, struct ms_str want)
{
	bool same = got.len == want.len
				&& (got.len == 0 || memcmp(got.p, want.p, got.len) == 0);

	if(!check(file, line, what, same)) {
		printf(": got ");
		print_str(got);
		printf(", want ");
		print_str(want);
		putchar('\n');
	}
	return same;
}

struct ms_str test_text(const char *text)
{
	return (struct ms_str){text, text ? strlen(text) : 0};
}

static void suite_run(size_t i)
{
	unsigned rows = test.passed + test.failed;

	test.suite = suites[i].name;
	suites[i].run();
	row_end();
	if(rows == test.passed + test.failed) {
		printf("%s: suite without a row\n", test.suite);
		test.failed++;
	}
}

static bool is_wanted(const char *name, char **wanted, int n)
{
	int i;

	for(i = 0; i < n; i++)
		if(strcmp(name, wanted[i]) == 0)
			return true;
	return n == 0;
}

int main(int argc, char **argv)
{
	size_t i;

	/* what was printed must survive a fault at a guard page */
	setvbuf(stdout, NULL, _IOLBF, 0);
	for(i = 0; i < N_OF(suites); i++)
		if(is_wanted(suites[i].name, argv + 1, argc - 1))
			suite_run(i);
	printf("unit: %u passed, %u failed\n", test.passed, test.failed);
	return test.failed > 0 || test.passed == 0;
}
