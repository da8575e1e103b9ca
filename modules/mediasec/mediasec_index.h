/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* From what a request shows of a client, its flow or a name, to the AoR under
 * which usrloc keeps the contact: usrloc itself can only be asked by AoR. It
 * costs the same with one contact or with a million. An entry may outlive its
 * contact, so whoever is sent somewhere has to look there. */

#ifndef MEDIASEC_INDEX_H
#define MEDIASEC_INDEX_H

#include <stdbool.h>
#include <time.h>

#include "ms_str.h"

/* what the registrar makes of a To, at most */
#define MEDIASEC_INDEX_AOR_MAX 256

struct mediasec_place
{
	struct ms_str key;	   /* a flow, a name or an address */
	struct ms_str ruid;	   /* usrloc's id of the contact */
	struct ms_str contact; /* its URI */
	struct ms_str aor;	   /* at most MEDIASEC_INDEX_AOR_MAX bytes */
	time_t expires;
	bool agreed; /* of several, the latest of these is found */
};

enum mediasec_places
{
	MEDIASEC_NOWHERE,
	MEDIASEC_ONE,
	MEDIASEC_SEVERAL
};

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_index_init(void);

/* Keep a place until it expires, instead of an earlier one of this key and
 * ruid. @return 0, or -1: no memory, nothing is changed */
int mediasec_index_put(const struct mediasec_place *place);

/* Forget the place of this key and ruid, if there is one. */
void mediasec_index_drop(struct ms_str key, struct ms_str ruid);

/*
 * @param contact a URI that tells which of several AoRs is meant, or empty
 * @param buf     memory for *aor
 * @param aor     [out] unless MEDIASEC_NOWHERE; of several the latest that agreed
 */
enum mediasec_places mediasec_index_find(struct ms_str key,
		struct ms_str contact, time_t now, char buf[MEDIASEC_INDEX_AOR_MAX],
		struct ms_str *aor);

#endif
