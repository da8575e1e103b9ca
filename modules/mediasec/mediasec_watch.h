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

#include "ms_str.h"

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_watch_init(void);

/* Start the process; in child_init, before the SIP workers. 0 or -1. */
int mediasec_watch_fork(void);

/* Look after the DTLS legs of an rtpengine call until they are verified. Copies;
 * a call that is watched already begins anew. */
void mediasec_watch(struct ms_str call_id, struct ms_str from_tag);

#endif
