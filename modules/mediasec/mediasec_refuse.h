/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Saying no: one reason, one reply, one counter, one log line. */

#ifndef MEDIASEC_REFUSE_H
#define MEDIASEC_REFUSE_H

#include "../../core/parser/msg_parser.h"

#include "mediasec_request.h"

/* @return 0, or -1 after a log line */
int mediasec_refuse_init(void);

/* @return the code of the reply of a reason, as it is set; 0 for none */
int mediasec_refuse_code(enum ms_reason reason);

/*
 * Answer a request with the reply of a reason and make sure that it goes
 * nowhere, even if the script ignores what we return: the session description
 * is taken out and every branch is unsendable. Once per request.
 *
 * @return -1, for the script
 */
int mediasec_refuse(
		sip_msg_t *msg, struct mediasec_request *req, enum ms_reason reason);

/*
 * Answer a request that has another wrong mirror although its sender has been
 * told the right one too often. Comes before its binding is looked up.
 * @return true if it was answered
 */
bool mediasec_refuse_excess(sip_msg_t *msg, struct mediasec_request *req);

/* Log, count and tell the script that a branch or an answer is refused.
 * @param of "branch" or "answer", for the log */
void mediasec_refuse_tell(
		const char *of, enum ms_reason reason, sip_msg_t *msg);

/*
 * The same for the session description of a request that cannot be answered, ACK
 * or PRACK, which is taken out.
 * @return 0 or -1
 */
int mediasec_refuse_sdp(
		sip_msg_t *msg, struct mediasec_request *req, enum ms_reason reason);

/* Make the branch that is being built unsendable, from TMCB_REQUEST_FWDED. */
void mediasec_refuse_branch(sip_msg_t *msg);

#endif
