/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_callee.h"

#include <time.h>

#include "../../core/dprint.h"

#include "mediasec_counters.h"
#include "mediasec_event.h"
#include "mediasec_msg.h"
#include "mediasec_str.h"
#include "ms_log.h"

/* Nobody behind a core socket has a binding. If the flow has one, the branch does
 * not leave by that socket: see mediasec_hop.c */
static enum ms_binding find_behind_core(
		struct mediasec_sender who, struct mediasec_found *found)
{
	who.flow_only = true;
	if(who.flow.len > 0
			&& mediasec_store_find(&who, time(NULL), found)
					   == MS_BINDING_AGREED)
		return MS_BINDING_AGREED;
	return MS_BINDING_NONE;
}

static enum ms_binding find(const struct mediasec_hop *hop,
		const struct mediasec_sender *who, struct mediasec_found *found)
{
	const bool core = hop->iface->side == MEDIASEC_CORE;
	enum ms_binding binding =
			core ? find_behind_core(*who, found)
				 : mediasec_store_find_callee(who, time(NULL), found);

	if(core || binding == MS_BINDING_UNKNOWN)
		found->record = (struct ms_record){0};
	return binding;
}

static void add_name(struct mediasec_sender *who, struct ms_str name)
{
	if(name.len > 0)
		who->aor[who->n_aors++] = name;
}

/* By what it may be known here: the AoR that was asked for, which the script may
 * have replaced, or with a registrar behind us that of To. */
static void read_names(sip_msg_t *msg, struct mediasec_callee *callee)
{
	struct mediasec_sender *who = &callee->who;

	*who = (struct mediasec_sender){
			.flow = callee->hop.flow, .contact = mediasec_view(GET_RURI(msg))};
	add_name(who, mediasec_msg_target(msg, callee->names[0]));
	add_name(who, mediasec_msg_to(msg, callee->names[1]));
}

void mediasec_callee(sip_msg_t *msg, struct mediasec_callee *callee)
{
	const struct mediasec_hop *hop = &callee->hop;
	const struct mediasec_sender *who = &callee->who;
	struct mediasec_found found;

	mediasec_hop(msg, &callee->hop);
	read_names(msg, callee);
	callee->iface = hop->iface;
	callee->is = (struct ms_callee){.binding = find(hop, who, &found),
			.secure = hop->secure,
			.core = hop->iface->side == MEDIASEC_CORE};
	if(callee->is.binding == MS_BINDING_AGREED)
		callee->is.agreed = found.record.agreed;
	if(found.record.aor.len > 0) {
		mediasec_rules_bound(hop->iface, found.record.user, found.record.aor,
				&callee->settings);
	} else {
		const struct ms_party party = {
				.claim = who->aor, .n_claims = who->n_aors};

		mediasec_rules_settings(hop->iface, &party, &callee->settings);
	}
}

void mediasec_callee_note(enum ms_note note, const sip_msg_t *msg,
		const struct mediasec_callee *callee)
{
	const struct mediasec_sender *who = &callee->who;
	struct ms_str call_id = mediasec_view(&msg->callid->body);
	struct ms_str aor = who->n_aors > 0 ? who->aor[0] : MS_STR("");

	if(note == MS_NOTE_NONE)
		return;
	mediasec_count_note(note);
	LM_INFO("%s: no binding is known for the callee: aor=%s dst=%.*s ci=%s\n",
			mediasec_note_word(note).p, MS_LOG_VALUE(aor), (int)who->flow.len,
			who->flow.p, MS_LOG_VALUE(call_id));
	mediasec_event_raise(
			&(struct mediasec_event){.kind = MEDIASEC_EVENT_DOWNGRADE,
					.reason = mediasec_note_word(note),
					.aor = aor,
					.flow = who->flow,
					.call_id = call_id,
					.known = true,
					.state = callee->is.binding,
					.verify = MS_VERIFY_ABSENT,
					.party = MEDIASEC_CALLEE});
}
