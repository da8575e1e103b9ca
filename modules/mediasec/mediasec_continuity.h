/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Does a phone go on using the DTLS certificate it has used before? In shared
 * memory, forgotten with Kamailio's end. Refuses nothing. */

#ifndef MEDIASEC_CONTINUITY_H
#define MEDIASEC_CONTINUITY_H

#include "../../core/parser/msg_parser.h"

#include "ms_str.h"

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_continuity_init(void);

/*
 * Look at the certificate in a session description that was accepted.
 * @param mech of the leg it came from: one bit
 */
void mediasec_continuity(sip_msg_t *msg, unsigned mech, struct ms_str sdp);

#endif
