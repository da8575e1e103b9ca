/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Ending a dialog that somebody believes to be up: our own BYE to a party whose 2xx
 * we do not let through, or to both parties of a call whose media cannot go on. */

#ifndef MEDIASEC_HANGUP_H
#define MEDIASEC_HANGUP_H

#include "../tm/tm_load.h"

#include "mediasec_request.h"

/* @return 0, or -1 after a log line */
int mediasec_hangup_init(void);

/*
 * Send BYE in the caller's name to the sender of a 2xx to INVITE, over the flow
 * the INVITE took. Legal before its ACK (RFC 3261, 15).
 * @return 0 or -1: no Contact, or it cannot be sent
 */
int mediasec_hangup(struct cell *t, int branch, sip_msg_t *rpl,
		const struct mediasec_origin *origin);

/*
 * Send BYE to both parties of a call whose ACK brought an answer that will not
 * do: to the one in the name of the other. The sender has to be bound
 * (mediasec_request_bind), for its Contact is known from there.
 */
void mediasec_hangup_both(sip_msg_t *ack, const struct mediasec_request *req);

/* Send BYE to both parties of the dialog that a re-INVITE or UPDATE is in. */
void mediasec_hangup_transaction(struct cell *t, sip_msg_t *req);

/* @return is the request that tm builds right now one of these? Its media have been
 *         dealt with */
bool mediasec_hangup_is_sending(void);

#endif
