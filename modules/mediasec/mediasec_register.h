/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* REGISTER: the list on the replies, and the agreement committed by the 2xx,
 * wherever that comes from. Also the list on challenges of other requests. */

#ifndef MEDIASEC_REGISTER_H
#define MEDIASEC_REGISTER_H

#include "../../core/parser/msg_parser.h"

#include "mediasec_request.h"

/* @return 0, or -1 after a log line */
int mediasec_register_init(void);

/* script: mediasec_register(); 1, -1 refused and answered, -2 unreadable,
 * -3 internal */
int mediasec_register(sip_msg_t *msg);

/* script: mediasec_challenge(); the same codes */
int mediasec_challenge(sip_msg_t *msg);

/* A REGISTER that passed: show the store what its 2xx will commit. */
void mediasec_register_prepare(
		sip_msg_t *msg, const struct mediasec_request *req);

#endif
