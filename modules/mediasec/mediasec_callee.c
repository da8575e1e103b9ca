/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_callee.h"

#include <time.h>

#include "mediasec_hop.h"
#include "mediasec_msg.h"
#include "mediasec_store.h"
#include "mediasec_str.h"

/* A callee is known by its flow only, because its AoR may be served elsewhere. */
static enum ms_binding find(const struct mediasec_hop *hop,
		const struct mediasec_sender *who, struct mediasec_found *found)
{
	enum ms_binding binding = MS_BINDING_UNKNOWN;

	if(hop->iface->side != MEDIASEC_CORE && hop->flow.len > 0)
		binding = mediasec_store_find(who, time(NULL), found);
	if(binding == MS_BINDING_UNKNOWN)
		found->record = (struct ms_record){0};
	return hop->iface->side == MEDIASEC_CORE ? MS_BINDING_NONE : binding;
}

void mediasec_callee(sip_msg_t *msg, struct mediasec_callee *callee)
{
	struct mediasec_sender who = {.flow_only = true};
	struct mediasec_hop hop;
	struct mediasec_found found;
	char name[MEDIASEC_NAME_MAX];

	mediasec_hop(msg, &hop);
	who.flow = hop.flow;
	who.contact = mediasec_view(GET_RURI(msg));
	who.aor[0] = mediasec_msg_target(msg, name);
	who.n_aors = who.aor[0].len > 0;
	callee->iface = hop.iface;
	callee->is = (struct ms_callee){
			.binding = find(&hop, &who, &found), .secure = hop.secure};
	if(callee->is.binding == MS_BINDING_AGREED)
		callee->is.agreed = found.record.agreed;
	if(found.record.aor.len > 0) {
		mediasec_rules_bound(hop.iface, found.record.user, found.record.aor,
				&callee->settings);
	} else {
		const struct ms_party party = {
				.claim = who.aor, .n_claims = who.n_aors};

		mediasec_rules_settings(hop.iface, &party, &callee->settings);
	}
}
