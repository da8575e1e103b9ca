/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Continuity of authentication (RFC 5763, 8.4): which DTLS certificates an AoR
 * has used, as SSH remembers hosts. A fixed table that forgets. */

#ifndef MS_CONTINUITY_H
#define MS_CONTINUITY_H

#include <stdint.h>

#include "ms_sdp.h"

#define MS_CONTINUITY_WAYS 4 /* AoRs of a row; the longest unseen gives way */
#define MS_CONTINUITY_AORS_MAX (1 << 24)
#define MS_CONTINUITY_CERTS 4 /* of an AoR: it may have several phones */

struct ms_continuity_entry
{
	uint64_t key;  /* 0: free */
	uint32_t seen; /* seconds */
	/* the latest first; all zero: none */
	unsigned char cert[MS_CONTINUITY_CERTS][MS_FINGERPRINT_LEN];
};

/* The caller serialises access to a row. */
struct ms_continuity
{
	uint32_t rows; /* a power of two */
	struct ms_continuity_entry entry[][MS_CONTINUITY_WAYS];
};

enum ms_continuity_result
{
	MS_CONTINUITY_FIRST, /* nothing is known of the AoR: taken on trust */
	MS_CONTINUITY_KNOWN,
	MS_CONTINUITY_CHANGED /* the AoR has used others; known from now on */
};

/* @return bytes for a table of at least so many AoRs, 1 to
 *         MS_CONTINUITY_AORS_MAX */
size_t ms_continuity_size(uint32_t aors);
/* Make memory of that size an empty table. */
void ms_continuity_init(struct ms_continuity *table, uint32_t aors);

/* @return the row of a key, for a lock */
uint32_t ms_continuity_row(const struct ms_continuity *table, uint64_t key);

/*
 * @param key of an AoR, not 0; no sender may be able to compute it
 * @param now seconds, any epoch, not running backwards
 */
enum ms_continuity_result ms_continuity_see(struct ms_continuity *table,
		uint64_t key, const unsigned char cert[MS_FINGERPRINT_LEN],
		uint32_t now);

#endif
