/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Calls: each session description goes through rtpengine, and what leaves is
 * what the legs of the call allow. */

#ifndef MEDIASEC_MEDIA_H
#define MEDIASEC_MEDIA_H

#include "../../core/parser/msg_parser.h"

/* @return 0, or -1 after a log line */
int mediasec_media_init(void);

/*
 * script: mediasec_media(), before t_relay() for every request of a call.
 * Branches and replies are then handled from tm callbacks: no branch_route and
 * no onreply_route is needed.
 * 1, -1 refused and answered, -2 unreadable, -3 internal
 */
int mediasec_media(sip_msg_t *msg);

#endif
