/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Every request from the access side: is its Security-Verify right, and may it
 * go on at all. */

#ifndef MEDIASEC_VERIFY_H
#define MEDIASEC_VERIFY_H

#include "../../core/parser/msg_parser.h"

/* script: mediasec_verify(); 1, -1 refused and answered, -2 unreadable,
 * -3 internal */
int mediasec_verify(sip_msg_t *msg);

#endif
