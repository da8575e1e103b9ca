/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Where a branch goes: over which flow, out of which interface. */

#ifndef MEDIASEC_HOP_H
#define MEDIASEC_HOP_H

#include "../../core/ip_addr.h"
#include "../../core/parser/msg_parser.h"

#include "mediasec_request.h"

struct mediasec_hop
{
	const struct mediasec_iface *iface;
	struct ms_str flow; /* empty: not known without DNS */
	bool secure;		/* over TLS, WSS or IPsec */
	char buf[MEDIASEC_FLOW_MAX];
};

/* The next hop of the branch that is being built, in TMCB_REQUEST_FWDED. Does
 * no DNS: a flow of ours is always an address. */
void mediasec_hop(sip_msg_t *msg, struct mediasec_hop *hop);

#define MEDIASEC_HOP_URI_MAX 128

/* @return "sip:192.0.2.1:5061;transport=tls" of where a request went; in buf */
str mediasec_hop_uri(
		const struct dest_info *to, char buf[MEDIASEC_HOP_URI_MAX]);

#endif
