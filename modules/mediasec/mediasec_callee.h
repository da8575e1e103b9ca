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

#include "mediasec_hop.h"
#include "mediasec_rules.h"
#include "mediasec_store.h"
#include "ms_policy.h"

struct mediasec_callee
{
	const struct mediasec_iface *iface;
	struct ms_settings settings;
	struct ms_callee is;
	struct mediasec_sender who; /* ... and what it was looked for by */
	struct mediasec_hop hop;
	char names[2][MEDIASEC_NAME_MAX];
};

/* The callee of the branch that is being built, in TMCB_REQUEST_FWDED, or of an
 * in-dialog request after loose_route(). It is not to be copied: it has views of
 * itself. */
void mediasec_callee(sip_msg_t *msg, struct mediasec_callee *callee);

/* Count a remarkable way to call it, which is a downgrade, and say so. */
void mediasec_callee_note(enum ms_note note, const sip_msg_t *msg,
		const struct mediasec_callee *callee);

#endif
