/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Lines "<seconds that pass> <source> <Call-ID>": rejections, counted by the
 * limiter and by a model that forgets nothing. */

#include "fuzz.h"

#include "ms_limiter.h"
#include "ms_scan.h"

#define MAX 3
#define WINDOW 32
#define KEYS 64

struct model
{
	uint64_t key;
	uint32_t since, count;
};

static struct ms_limiter limiter;

static struct model *model_find(struct model *model, uint64_t key)
{
	struct model *m;

	for(m = model; m < model + KEYS; m++)
		if(m->key == key || m->key == 0)
			return m;
	return NULL;
}

static bool model_allow(struct model *m, uint64_t key, uint32_t now)
{
	if(m->key == 0 || now - m->since >= WINDOW)
		*m = (struct model){key, now, 0};
	return ++m->count <= MAX;
}

/* A row that remembers all of its keys decides as the model does; after a key
 * was forgotten the two may begin its window at other times. */
static bool is_crowded(const struct model *model, uint64_t key)
{
	unsigned n = 0;
	const struct model *m;

	for(m = model; m < model + KEYS && m->key; m++)
		n += ms_limiter_row(m->key) == ms_limiter_row(key);
	return n > MS_LIMITER_WAYS;
}

static void check_line(
		struct model *model, struct ms_str line, uint64_t seed, uint32_t *now)
{
	struct ms_str source = ms_str_until(&line, ' ');
	unsigned long passed = 0;
	struct model *m;
	uint64_t key;
	bool allowed, spent, idle;

	ms_scan_number(&source, 1000, &passed);
	*now += (uint32_t)passed;
	source = ms_str_until(&line, ' ');
	key = ms_limiter_key(seed, source, line);
	REQUIRE(key != 0 && key == ms_limiter_key(seed, source, line));
	REQUIRE(ms_limiter_row(key) < MS_LIMITER_ROWS);
	m = model_find(model, key);
	if(!m)
		return;
	idle = ms_limiter_is_idle(&limiter, *now, WINDOW);
	spent = ms_limiter_is_spent(&limiter, key, *now, MAX, WINDOW);
	allowed = ms_limiter_allow(&limiter, key, *now, MAX, WINDOW);
	REQUIRE(spent == !allowed);
	REQUIRE(!(idle && spent));
	REQUIRE(model_allow(m, key, *now) == allowed || is_crowded(model, key));
	REQUIRE(ms_limiter_allow(&limiter, key, *now, 0, WINDOW));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str in = fuzz_copy((struct ms_str){(const char *)data, size});
	struct ms_str whole = in, line;
	struct model model[KEYS] = {0};
	uint32_t now = UINT32_MAX - 100;

	memset(&limiter, 0, sizeof(limiter));
	while(ms_str_line(&in, &line))
		check_line(model, line, size, &now);
	fuzz_free(whole);
	return 0;
}
