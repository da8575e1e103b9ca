/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "ms_continuity.h"

static struct ms_continuity *table;

/* Open a row with an empty table for so many AoRs. */
static void row(const char *name, uint32_t aors)
{
	test_row(name);
	free(table);
	table = malloc(ms_continuity_size(aors));
	if(table == NULL)
		abort();
	ms_continuity_init(table, aors);
}

/* An AoR shows its certificate of that number. */
static enum ms_continuity_result see(
		uint64_t key, unsigned char cert, uint32_t now)
{
	unsigned char digest[MS_FINGERPRINT_LEN];

	memset(digest, 0xee, sizeof(digest));
	digest[MS_FINGERPRINT_LEN - 1] = cert;
	return ms_continuity_see(table, key, digest, now);
}

static void test_certificates(void)
{
	unsigned char i;

	row("RFC 5763 8.4 the first is taken on trust", 100);
	CHECK_INT(see(1, 1, 10), MS_CONTINUITY_FIRST);
	CHECK_INT(see(1, 1, 11), MS_CONTINUITY_KNOWN);

	row("RFC 5763 8.4 another is noticed, once", 100);
	see(1, 1, 10);
	CHECK_INT(see(1, 2, 11), MS_CONTINUITY_CHANGED);
	CHECK_INT(see(1, 2, 12), MS_CONTINUITY_KNOWN);
	CHECK_INT(see(1, 1, 13), MS_CONTINUITY_KNOWN);

	row("that of another AoR is its own", 100);
	see(1, 1, 10);
	CHECK_INT(see(2, 1, 11), MS_CONTINUITY_FIRST);
	CHECK_INT(see(2, 2, 12), MS_CONTINUITY_CHANGED);

	row("the phones of an AoR in turn", 100);
	see(1, 0, 10);
	for(i = 1; i < MS_CONTINUITY_CERTS; i++)
		CHECK_INT(see(1, i, 10), MS_CONTINUITY_CHANGED);
	for(i = 0; i < 3 * MS_CONTINUITY_CERTS; i++)
		CHECK_INT(see(1, i % MS_CONTINUITY_CERTS, 11), MS_CONTINUITY_KNOWN);

	row("of more the one that was not used longest is forgotten", 100);
	for(i = 0; i < MS_CONTINUITY_CERTS; i++)
		see(1, i, 10);
	CHECK_INT(see(1, 0, 11), MS_CONTINUITY_KNOWN);
	CHECK_INT(see(1, 9, 12), MS_CONTINUITY_CHANGED);
	CHECK_INT(see(1, 0, 13), MS_CONTINUITY_KNOWN);
	CHECK_INT(see(1, 1, 14), MS_CONTINUITY_CHANGED);
}

static void test_table(void)
{
	uint64_t key;
	uint32_t rows;

	row("a table of one", 1);
	CHECK_INT(table->rows, 1);
	CHECK_INT(see(UINT64_MAX, 1, 0), MS_CONTINUITY_FIRST);
	CHECK_INT(see(UINT64_MAX, 1, 0), MS_CONTINUITY_KNOWN);

	row("there is room for as many as were asked for", 1000);
	rows = table->rows;
	CHECK(rows * MS_CONTINUITY_WAYS >= 1000);
	CHECK_INT(rows & (rows - 1), 0);
	CHECK_INT(ms_continuity_row(table, UINT64_MAX), rows - 1);
	CHECK_INT(see(UINT64_MAX, 1, 0), MS_CONTINUITY_FIRST);
	for(key = 1; key <= 1000; key++)
		CHECK_INT(see(key, 1, 1), MS_CONTINUITY_FIRST);
	for(key = 1; key <= 1000; key++)
		CHECK_INT(see(key, 1, 2), MS_CONTINUITY_KNOWN);

	row("a full row forgets who was unseen longest", 1);
	for(key = 1; key <= MS_CONTINUITY_WAYS; key++)
		see(key, 1, 10 + (uint32_t)key);
	see(1, 1, 100);
	CHECK_INT(see(9, 1, 101), MS_CONTINUITY_FIRST);
	CHECK_INT(see(1, 1, 102), MS_CONTINUITY_KNOWN);
	CHECK_INT(see(2, 2, 103), MS_CONTINUITY_FIRST);

	row("the clock wraps", 1);
	see(1, 1, UINT32_MAX);
	for(key = 2; key <= MS_CONTINUITY_WAYS; key++)
		see(key, 1, (uint32_t)key);
	see(9, 1, 10);
	CHECK_INT(see(2, 1, 11), MS_CONTINUITY_KNOWN);
	CHECK_INT(see(1, 1, 12), MS_CONTINUITY_FIRST);
}

void test_continuity(void);

void test_continuity(void)
{
	test_certificates();
	test_table();
	free(table);
	table = NULL;
}
