/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Every request from the access side: is its Security-Verify right, and may it
 * go on at all. */

#ifndef MEDIASEC_VERIFY_H
#define MEDIASEC_VERIFY_H

#include "mediasec_request.h"

/* script: mediasec_verify(); 1, -1 refused and answered, -2 unreadable,
 * -3 internal */
int mediasec_verify(sip_msg_t *msg);

/*
 * A mark tells that there is a dialog, and each party of a fork has one: who lost
 * it is within none any more.
 * @return is the request within a dialog? So say its facts from now on.
 */
bool mediasec_verify_dialog(sip_msg_t *msg, struct mediasec_request *req);

#endif
