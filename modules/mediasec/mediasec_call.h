/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */


/* One transaction of a call with an offer in it, or asking for one: each branch
 * and each reply, from tm's callbacks. */

#ifndef MEDIASEC_CALL_H
#define MEDIASEC_CALL_H

#include "mediasec_request.h"

/* @return 0, or -1 after a log line */
int mediasec_call_init(void);

/*
 * See an INVITE or UPDATE through: what leaves on its branches, what comes back
 * in its replies, and the end of it. The request is bound and its offer good.
 *
 * @param leg the sender's, as ms_policy_offer() says
 * @return 0 or -1: out of memory, nothing may be forwarded
 */
int mediasec_call_begin(sip_msg_t *msg, const struct mediasec_request *req,
		const struct ms_leg *leg);

/* @return true if the reply this process is handling was seen through */
bool mediasec_call_saw(const sip_msg_t *rpl);

/* Before the next reply. */
void mediasec_call_forget(void);

#endif
