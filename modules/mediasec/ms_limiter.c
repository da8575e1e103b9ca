/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_limiter.h"

_Static_assert((MS_LIMITER_ROWS & (MS_LIMITER_ROWS - 1)) == 0,
		"a row is the low bits of a key");

/* FNV-1a */
static uint64_t hash_byte(uint64_t h, unsigned char c)
{
	return (h ^ c) * 0x100000001b3u;
}

static uint64_t hash_str(uint64_t h, struct ms_str s)
{
	size_t i;

	for(i = 0; i < s.len; i++)
		h = hash_byte(h, (unsigned char)s.p[i]);
	return h;
}

/* FNV leaves the low bits, which choose the row, to the last bytes: this step
 * (the finalizer of MurmurHash3) lets every bit reach them. */
static uint64_t mix(uint64_t h)
{
	h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
	h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 33;
}

uint64_t ms_limiter_key(
		uint64_t seed, struct ms_str source, struct ms_str call_id)
{
	uint64_t h = mix(seed ^ 0xcbf29ce484222325u);

	h = hash_str(h, source);
	/* neither has a NUL, so nothing can move from one to the other */
	h = hash_byte(h, 0);
	h = mix(hash_str(h, call_id));
	return h ? h : 1;
}

unsigned ms_limiter_row(uint64_t key)
{
	return (unsigned)(key & (MS_LIMITER_ROWS - 1));
}

/* seconds since the window of an entry began; a free one is older than all */
static uint32_t age(const struct ms_limiter_entry *entry, uint32_t now)
{
	return entry->key ? now - entry->since : UINT32_MAX;
}

/* @return the entry of a key, or the oldest of its row to be taken over */
static struct ms_limiter_entry *find(
		struct ms_limiter *limiter, uint64_t key, uint32_t now)
{
	struct ms_limiter_entry *row = limiter->entry[ms_limiter_row(key)];
	struct ms_limiter_entry *oldest = row;
	unsigned way;

	for(way = 0; way < MS_LIMITER_WAYS; way++) {
		if(row[way].key == key)
			return &row[way];
		if(age(&row[way], now) > age(oldest, now))
			oldest = &row[way];
	}
	return oldest;
}

bool ms_limiter_allow(struct ms_limiter *limiter, uint64_t key, uint32_t now,
		uint32_t max, uint32_t window)
{
	struct ms_limiter_entry *entry = find(limiter, key, now);

	if(max == 0)
		return true;
	if(entry->key != key || age(entry, now) >= window)
		*entry = (struct ms_limiter_entry){.key = key, .since = now};
	limiter->counted = now;
	if(entry->count >= max)
		return false;
	entry->count++;
	return true;
}

bool ms_limiter_is_idle(
		const struct ms_limiter *limiter, uint32_t now, uint32_t window)
{
	return now - limiter->counted >= window;
}

bool ms_limiter_is_spent(const struct ms_limiter *limiter, uint64_t key,
		uint32_t now, uint32_t max, uint32_t window)
{
	const struct ms_limiter_entry *row = limiter->entry[ms_limiter_row(key)];
	unsigned way;

	for(way = 0; way < MS_LIMITER_WAYS; way++) {
		if(row[way].key == key)
			return max > 0 && row[way].count >= max
				   && age(&row[way], now) < window;
	}
	return false;
}
