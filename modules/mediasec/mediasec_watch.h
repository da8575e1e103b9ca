/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* DTLS legs after their answer: has the phone shown the certificate whose
 * fingerprint it signalled (RFC 5763, 5)? rtpengine tells nobody when not, and
 * lets media flow if the handshake was done before the answer came. So it is
 * asked, by a process of our own: the question blocks. */

#ifndef MEDIASEC_WATCH_H
#define MEDIASEC_WATCH_H

#include "mediasec_event.h"

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_watch_init(void);

/* Start the process; in child_init. 0 or -1. */
int mediasec_watch_fork(void);

/* A DTLS leg: the only one of its call in rtpengine. */
struct mediasec_watched
{
	struct ms_str id, tag; /* of the call in rtpengine */
	struct ms_str call_id; /* of the call */
	struct ms_str aor;	   /* whose leg it is, by its name in the call */
	enum mediasec_party party;
	struct ms_leg is;
	bool later; /* not the first answer of its dialog */
};

/* Look after a leg until it is verified. Copies; one that is watched already
 * begins anew. */
void mediasec_watch(const struct mediasec_watched *leg);

#endif
