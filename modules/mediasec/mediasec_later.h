/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What rtpengine is told without anybody waiting for it: that a branch of a call
 * has failed; and what has to be told by who must not wait, tm's timer, on which all
 * transactions depend, or who holds the lock of one. It is told within a second, by
 * the process of mediasec_watch. */

#ifndef MEDIASEC_LATER_H
#define MEDIASEC_LATER_H

#include "mediasec_exchange.h"

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_later_init(void);

/*
 * What is done does no harm to what has come since.
 *
 * @param msg has Call-ID, From and To, and no more
 * @return 0 or -1: rtpengine has not taken it
 */
typedef int mediasec_later_f(sip_msg_t *msg, const struct mediasec_exchange *x);

/* Have it done. Copies; x: legs, spiral, from_caller, turn, branch, id and
 * offerer_tag, and no more. What finds too much waiting, or fails, is counted and
 * logged. */
void mediasec_later(sip_msg_t *msg, const struct mediasec_exchange *x,
		mediasec_later_f *what);

/* Do it all; in the process that may wait. */
void mediasec_later_run(void);

#endif
