/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The party a branch goes to: on which interface, with which binding, and what
 * is set for it. */

#ifndef MEDIASEC_CALLEE_H
#define MEDIASEC_CALLEE_H

#include "../../core/parser/msg_parser.h"

#include "mediasec_rules.h"
#include "ms_policy.h"

struct mediasec_callee
{
	const struct mediasec_iface *iface;
	struct ms_settings settings;
	struct ms_callee is;
};

/* The callee of the branch that is being built, in TMCB_REQUEST_FWDED, or of an
 * in-dialog request after loose_route(). */
void mediasec_callee(sip_msg_t *msg, struct mediasec_callee *callee);

#endif
