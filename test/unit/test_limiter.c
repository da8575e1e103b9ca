/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_limiter.h"

#define MAX 3
#define WINDOW 32
#define SEED 0x0123456789abcdefu

static struct ms_limiter limiter;

/* Looking says the same as counting; without looking it is known only that none
 * is spent. */
static bool allow(uint64_t key, uint32_t now)
{
	bool idle = ms_limiter_is_idle(&limiter, now, WINDOW);
	bool spent = ms_limiter_is_spent(&limiter, key, now, MAX, WINDOW);
	bool allowed = ms_limiter_allow(&limiter, key, now, MAX, WINDOW);

	CHECK(spent == !allowed);
	CHECK(!(idle && spent));
	return allowed;
}

/* Open a row with an empty limiter. */
static void row(const char *name)
{
	test_row(name);
	memset(&limiter, 0, sizeof(limiter));
}

static void test_key(void)
{
	struct ms_str source = MS_STR("udp:192.0.2.1:5060");
	struct ms_str id = MS_STR("0331f829@h");
	uint64_t key;

	row("R-7 key");
	key = ms_limiter_key(SEED, guard_str(source), guard_str(id));
	CHECK(key == ms_limiter_key(SEED, source, id));
	CHECK(key != 0);

	row("R-7 other Call-ID, other key");
	CHECK(key != ms_limiter_key(SEED, source, MS_STR("0331f82a@h")));
	CHECK(key != ms_limiter_key(SEED, source, MS_STR("0331f829@")));

	row("R-7 other source, other key");
	CHECK(key != ms_limiter_key(SEED, MS_STR("udp:192.0.2.1:5061"), id));

	row("R-7 other seed, other key");
	CHECK(key != ms_limiter_key(SEED + 1, source, id));

	row("source and Call-ID do not run together");
	CHECK(ms_limiter_key(SEED, MS_STR("ab"), MS_STR("c"))
			!= ms_limiter_key(SEED, MS_STR("a"), MS_STR("bc")));
	CHECK(ms_limiter_key(SEED, MS_STR(""), MS_STR("a"))
			!= ms_limiter_key(SEED, MS_STR("a"), MS_STR("")));

	row("nothing to hash");
	CHECK(ms_limiter_key(0, MS_STR(""), MS_STR("")) != 0);
}

/* @return the key of the n-th Call-ID */
static uint64_t nth_key(uint64_t seed, unsigned n)
{
	char id[] = "call-00000000";
	size_t i;

	for(i = sizeof(id) - 2; n > 0; i--, n /= 10)
		id[i] = (char)('0' + n % 10);
	return ms_limiter_key(seed, MS_STR("udp:192.0.2.1:5060"),
			(struct ms_str){id, sizeof(id) - 1});
}

static void test_rows(void)
{
	static unsigned keys[MS_LIMITER_ROWS];
	unsigned n, same = 0, most = 0;

	row("a row is in the table");
	CHECK(ms_limiter_row(UINT64_MAX) < MS_LIMITER_ROWS);
	CHECK_INT(ms_limiter_row(UINT64_MAX), MS_LIMITER_ROWS - 1);

	row("similar Call-IDs spread over the rows");
	for(n = 0; n < 8 * MS_LIMITER_ROWS; n++)
		keys[ms_limiter_row(nth_key(SEED, n))]++;
	for(n = 0; n < MS_LIMITER_ROWS; n++)
		if(keys[n] > most)
			most = keys[n];
	/* 8 on average; 24 is beyond five standard deviations */
	CHECK(most < 24);

	row("who does not know the seed does not know the rows");
	for(n = 0; n < MS_LIMITER_ROWS; n++)
		same += ms_limiter_row(nth_key(SEED, n))
				== ms_limiter_row(nth_key(SEED ^ 1, n));
	CHECK(same < 16);
}

static void test_limit(void)
{
	unsigned i;

	row("R-7 the limit");
	for(i = 0; i < MAX; i++)
		CHECK(allow(1, 100));
	CHECK(!allow(1, 100));
	CHECK(!allow(1, 101));

	row("R-7 another phone behind the same NAT");
	for(i = 0; i < MAX; i++)
		CHECK(allow(1, 100));
	CHECK(!allow(1, 100));
	CHECK(allow(1 + MS_LIMITER_ROWS, 100)); /* same row */
	CHECK(allow(2, 100));
	CHECK(!allow(1, 100));

	row("R-7 the window ends");
	for(i = 0; i < MAX; i++)
		CHECK(allow(1, 100 + i));
	CHECK(!allow(1, 100 + WINDOW - 1));
	for(i = 0; i < MAX; i++)
		CHECK(allow(1, 100 + WINDOW));
	CHECK(!allow(1, 100 + WINDOW));

	row("what was refused does not prolong the window");
	for(i = 0; i < WINDOW; i++)
		CHECK_INT(allow(1, 100 + i), i < MAX);
	CHECK(allow(1, 100 + WINDOW));

	row("the clock wraps");
	for(i = 0; i < MAX; i++)
		CHECK(allow(1, UINT32_MAX));
	CHECK(!allow(1, 0));
	CHECK(allow(1, WINDOW - 1));

	row("idle after a window without a rejection");
	CHECK(ms_limiter_is_idle(&limiter, 100, WINDOW));
	CHECK(allow(1, 100));
	CHECK(!ms_limiter_is_idle(&limiter, 100 + WINDOW - 1, WINDOW));
	CHECK(ms_limiter_is_idle(&limiter, 100 + WINDOW, WINDOW));
	CHECK(allow(1, UINT32_MAX));
	CHECK(!ms_limiter_is_idle(&limiter, 0, WINDOW));

	row("time 0");
	for(i = 0; i < MAX; i++)
		CHECK(allow(1, 0));
	CHECK(!allow(1, 0));

	row("max 0: no limit, nothing is kept");
	for(i = 0; i < 10; i++)
		CHECK(ms_limiter_allow(&limiter, 1, 100, 0, WINDOW));
	CHECK_INT(limiter.entry[1][0].key, 0);
}

static void test_eviction(void)
{
	uint64_t key;
	unsigned i;

	row("R-7 a row full of others' keys forgets the oldest");
	/* key n of row 5 comes at 100 + n and uses all it may */
	for(key = 0; key < MS_LIMITER_WAYS; key++) {
		for(i = 0; i < MAX; i++)
			CHECK(allow(5 + key * MS_LIMITER_ROWS, 100 + (uint32_t)key));
		CHECK(!allow(5 + key * MS_LIMITER_ROWS, 100 + (uint32_t)key));
	}
	CHECK(allow(5 + key * MS_LIMITER_ROWS, 110));
	for(key = 1; key < MS_LIMITER_WAYS; key++)
		CHECK(!allow(5 + key * MS_LIMITER_ROWS, 111));
	CHECK(allow(5, 112));
	CHECK(allow(5 + MS_LIMITER_ROWS, 113));

	row("R-7 other rows forget nothing");
	for(i = 0; i < MAX; i++)
		CHECK(allow(6, 100));
	for(key = 0; key < 100; key++)
		CHECK(allow(5 + key * MS_LIMITER_ROWS, 101));
	CHECK(!allow(6, 102));

	row("the oldest, with a clock that wraps");
	CHECK(allow(5, UINT32_MAX));
	for(key = 1; key < MS_LIMITER_WAYS; key++)
		CHECK(allow(5 + key * MS_LIMITER_ROWS, (uint32_t)key));
	CHECK(allow(5 + MS_LIMITER_WAYS * MS_LIMITER_ROWS, 9));
	for(i = 0; i < MS_LIMITER_WAYS; i++)
		CHECK(limiter.entry[5][i].key != 5);

	row("a free entry goes before an old one");
	CHECK(allow(5, 0));
	CHECK(allow(5 + MS_LIMITER_ROWS, 1000000));
	for(i = 1; i < MAX; i++)
		CHECK(ms_limiter_allow(&limiter, 5, 1000000, MAX, UINT32_MAX));
	CHECK(!ms_limiter_allow(&limiter, 5, 1000000, MAX, UINT32_MAX));
}

void test_limiter(void);

void test_limiter(void)
{
	test_key();
	test_rows();
	test_limit();
	test_eviction();
}
