/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* How often one source is told "security agreement required" for one Call-ID:
 * a fixed table that forgets. It never looks at right requests, and another
 * phone behind the same NAT has another Call-ID. */

#ifndef MS_LIMITER_H
#define MS_LIMITER_H

#include <stdint.h>

#include "ms_str.h"

#define MS_LIMITER_ROWS 1024 /* a power of two */
#define MS_LIMITER_WAYS 4	 /* keys a row remembers; the oldest gives way */

struct ms_limiter_entry
{
	uint64_t key;	/* 0: free */
	uint32_t since; /* seconds: start of the window the count is about */
	uint32_t count;
};

/* Zero-initialised memory is an empty limiter. The caller serialises access. */
struct ms_limiter
{
	struct ms_limiter_entry entry[MS_LIMITER_ROWS][MS_LIMITER_WAYS];
	uint32_t counted; /* seconds: when it last counted a rejection */
};

/* @return a key for a source and a Call-ID, never 0; seed makes rows
 *         unpredictable to senders */
uint64_t ms_limiter_key(
		uint64_t seed, struct ms_str source, struct ms_str call_id);

/* @return the row a key belongs to, 0 to MS_LIMITER_ROWS - 1, for a lock */
unsigned ms_limiter_row(uint64_t key);

/*
 * Count one rejection.
 *
 * @param now    seconds, any epoch, not running backwards
 * @param max    rejections allowed in a window; 0: no limit
 * @param window seconds after which the count starts anew
 * @return true if this one is within the limit
 */
bool ms_limiter_allow(struct ms_limiter *limiter, uint64_t key, uint32_t now,
		uint32_t max, uint32_t window);

/* @return true if nothing was counted within a window: no key is spent. Needs not
 *         be serialised. */
bool ms_limiter_is_idle(
		const struct ms_limiter *limiter, uint32_t now, uint32_t window);

/* @return true if ms_limiter_allow() would say no; counts nothing */
bool ms_limiter_is_spent(const struct ms_limiter *limiter, uint64_t key,
		uint32_t now, uint32_t max, uint32_t window);

#endif
