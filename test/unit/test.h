/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Table-driven unit tests. A suite is a function test_<name>() in test_<name>.c,
 * registered in test_main.c. It opens a row with test_row() and checks:
 *
 *	for(i = 0; i < N_OF(rows); i++) {
 *		test_row(rows[i].name);
 *		in = guard_text(rows[i].text);
 *		CHECK_INT(ms_mech_next(&in, &mech), rows[i].err);
 *	}
 *
 * A row passes when all of its checks do, and fails when it has none. */

#ifndef TEST_H
#define TEST_H

#include "guard.h"
#include "ms_str.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Open a row and close the one before: what guard.h gave out is unmapped. The
 * name is kept until then, so it must live that long. */
void test_row(const char *name);

/* A failing check prints the row, its place and both values, and goes on.
 * @return true if it holds */
#define CHECK(cond) test_true(__FILE__, __LINE__, #cond, (cond))
#define CHECK_INT(got, want) \
	test_int(__FILE__, __LINE__, #got, (long long)(got), (long long)(want))
#define CHECK_STR(got, want) \
	test_str_eq(__FILE__, __LINE__, #got, (got), (want))
/* against a C string */
#define CHECK_TEXT(got, want) \
	test_str_eq(__FILE__, __LINE__, #got, (got), test_text(want))

bool test_true(const char *file, int line, const char *what, bool holds);
bool test_int(const char *file, int line, const char *what, long long got,
		long long want);
bool test_str_eq(const char *file, int line, const char *what,
		struct ms_str got, struct ms_str want);

/* @return a view of a C string; NULL is an empty view */
struct ms_str test_text(const char *text);

#endif
