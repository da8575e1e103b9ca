/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The session descriptions in the replies to an INVITE or UPDATE: is the answer
 * as secure as its offer, what becomes of it, and what if not. */

#ifndef MEDIASEC_ANSWER_H
#define MEDIASEC_ANSWER_H

#include "mediasec_call.h"

/*
 * Put what the offerer may see in the place of what a reply has. A 2xx that may
 * not pass becomes a refusal, and its sender gets BYE. From TMCB_RESPONSE_IN:
 * before tm reads the status and takes its lock.
 */
void mediasec_answer(
		struct cell *t, int branch, struct mediasec_call *call, sip_msg_t *rpl);

/* The suites of a branch by its last answer, of the leg that offered and of the one
 * that answered. NULL: none, as with DTLS, or not known: ACK brings the answer. */
void mediasec_answer_suites(const struct mediasec_call *call, int branch,
		struct ms_str *offerer, struct ms_str *answerer);

/* @return the To-tag of the n-th last answer of a branch; empty: there are not so
 *         many */
struct ms_str mediasec_answer_tag(
		const struct mediasec_call *call, int branch, int n);

/* Wipe and release all that were kept for a call, from the last one on. */
void mediasec_answer_free(struct mediasec_answer *last);

/* @return true if the reply this process is handling was dealt with above */
bool mediasec_answer_saw(const sip_msg_t *rpl);

/* Before the next reply. */
void mediasec_answer_forget(void);

#endif
