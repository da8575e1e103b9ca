/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 * rtpengine gives each of two SRTP parties the other's key and so would make
 * either of them able to read, and to forge, what the other sends. A call
 * between two secured parties is therefore two rtpengine calls with a plain hop
 * in between: the caller's has the Call-ID of the message, the callee's one
 * that is derived from it, and so have both where a call spirals.
 */
#include "mediasec_exchange.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/mem/mem.h"
#include "../../core/parser/parse_from.h"

#include "mediasec_mark.h"
#include "mediasec_msg.h"
#include "mediasec_str.h"
#include "mediasec_watch.h"
#include "ms_sdp_edit.h"

static bool is_secured(const struct mediasec_leg *leg)
{
	return leg->is.mode != MS_MODE_PLAIN;
}

bool mediasec_is_answer(const struct mediasec_leg *leg, struct ms_str offer,
		struct ms_str answer, bool later)
{
	return !is_secured(leg)
		   || ms_sdp_answer_is_secure(offer, answer, &leg->keying, later);
}

struct mediasec_draft mediasec_draft(size_t size)
{
	struct mediasec_draft draft = {pkg_malloc((int)size), size, 0};

	if(draft.p == NULL) {
		PKG_MEM_ERROR;
		draft.size = 0;
	}
	return draft;
}

enum ms_err mediasec_draft_end(
		struct mediasec_draft *draft, enum ms_err err, str *sdp)
{
	str written = {draft->p, (int)draft->size};

	if(err) {
		mediasec_rtpe_free(&written);
		return err;
	}
	mediasec_rtpe_free(sdp);
	*sdp = (str){draft->p, (int)draft->len};
	return MS_OK;
}

static enum ms_reason edit(
		str *sdp, enum ms_edit how, const struct ms_keying *keying)
{
	struct mediasec_draft draft =
			mediasec_draft(ms_sdp_edit_size(mediasec_view(sdp)));
	enum ms_err err = ms_sdp_edit(
			mediasec_view(sdp), how, keying, draft.p, draft.size, &draft.len);

	err = mediasec_draft_end(&draft, err, sdp);
	if(err == MS_ESYNTAX)
		return MS_REASON_SDP_MALFORMED;
	return err ? MS_REASON_INTERNAL : MS_REASON_NONE;
}

/* *sdp becomes what rtpengine made of it, less what it cannot relay. */
static enum ms_reason restore(str *sdp, const str *relayed)
{
	struct ms_str sent = mediasec_view(sdp), back = mediasec_view(relayed);
	struct mediasec_draft draft =
			mediasec_draft(ms_sdp_restore_size(sent, back));
	enum ms_err err =
			ms_sdp_restore(sent, back, draft.p, draft.size, &draft.len);

	return mediasec_draft_end(&draft, err, sdp) ? MS_REASON_RELAY_FAILED
												: MS_REASON_NONE;
}

/* One rtpengine call: *sdp goes in and comes out. */
static enum ms_reason pass(sip_msg_t *msg, const struct mediasec_exchange *x,
		const struct ms_rtpp *rtpp, str *sdp)
{
	str out = {0, 0};
	enum ms_reason reason;

	if(mediasec_rtpe_exchange(msg, rtpp, x->id, mediasec_view(sdp), &out) < 0)
		return MS_REASON_RELAY_FAILED;
	reason = restore(sdp, &out);
	mediasec_rtpe_free(&out);
	return reason;
}

/* The parts of a command that both calls of a secured pair have in common. */
static struct ms_rtpp command(
		const struct mediasec_exchange *x, const struct ms_sdp_facts *facts)
{
	return (struct ms_rtpp){.op = x->op,
			.from = x->from.is.mech,
			.to = x->to.is.mech,
			.from_core = x->from.iface->side == MEDIASEC_CORE,
			.feedback = facts->feedback,
			.ice = x->ice,
			.branch = x->branch,
			.keying = is_secured(&x->to) ? &x->to.keying : &x->from.keying,
			.from_tag = x->offerer_tag,
			.to_tag = x->answerer_tag};
}

/* A socket that has no row has no name either; rtpengine wants both. */
static void name_interfaces(
		const struct mediasec_exchange *x, struct ms_rtpp *rtpp)
{
	if(x->from.iface->media.len == 0 || x->to.iface->media.len == 0)
		return;
	rtpp->from_if = x->from.iface->media;
	rtpp->to_if = x->to.iface->media;
}

/* The id of a leg's call in rtpengine; empty for that of the message. */
static struct ms_str own_id(sip_msg_t *msg, const struct mediasec_exchange *x,
		bool callee, char buf[MEDIASEC_ID_LEN + 1])
{
	struct ms_str call_id = mediasec_view(&msg->callid->body);
	struct ms_str id = mediasec_mark_id(call_id, x->spiral, callee, buf);

	return id.p == call_id.p ? MS_STR("") : id;
}

static enum ms_reason pass_pair(sip_msg_t *msg,
		const struct mediasec_exchange *x, const struct ms_rtpp *both, str *sdp)
{
	char id[MEDIASEC_ID_LEN + 1];
	struct ms_str callee_id = own_id(msg, x, true, id);
	struct ms_rtpp first = *both, second = *both;
	enum ms_reason reason;

	/* The hop is in clear: it runs on the core side, and from nowhere else. */
	first.to = second.from = 0;
	first.ice = false;
	if(both->from_if.len > 0)
		first.to_if = second.from_if = mediasec_core_media();
	second.from_core = true;
	if(x->from_caller)
		second.call_id = callee_id;
	else
		first.call_id = callee_id;

	reason = pass(msg, x, &first, sdp);
	if(!reason)
		reason = edit(sdp, MS_EDIT_PLAIN, both->keying);
	if(!reason)
		reason = pass(msg, x, &second, sdp);
	return reason;
}

/* rtpengine answers "ok" to nearly everything: what it gave has to be read. */
static enum ms_reason check(const struct mediasec_exchange *x,
		struct ms_str sdp, const struct ms_keying *keying)
{
	struct ms_sdp_facts facts;

	if(ms_sdp_survey(sdp, keying, &facts) != MS_OK)
		return MS_REASON_RELAY_FAILED;
	if(!is_secured(&x->to))
		return facts.keys ? MS_REASON_RELAY_FAILED : MS_REASON_NONE;
	/* the streams of a party that secured only some of them are compared one
	 * by one with its offer, in ms_sdp_answer_is_secure() */
	if(x->to.is.mode == MS_MODE_SECURED && x->op == MS_RTPP_ANSWER)
		return MS_REASON_NONE;
	return ms_sdp_is_secure(&facts) ? MS_REASON_NONE : MS_REASON_RELAY_FAILED;
}

static enum ms_edit outgoing(const struct mediasec_exchange *x)
{
	if(!is_secured(&x->to))
		return MS_EDIT_PLAIN;
	if(x->op == MS_RTPP_OFFER && x->offerer_tag.len == 0)
		return MS_EDIT_PREFERRED;
	return x->op == MS_RTPP_OFFER || x->applied ? MS_EDIT_APPLIED
												: MS_EDIT_SECURED;
}

/* Who stands in From? With an answer in an ACK or PRACK the answerer, else who
 * made the offer. */
static bool is_from_caller(
		const struct mediasec_exchange *x, struct ms_str from_tag)
{
	const bool is_answerer =
			x->answerer_tag.len > 0 && ms_str_eq(from_tag, x->answerer_tag);

	return is_answerer == x->from_caller;
}

/* An answered DTLS leg is looked after. In a secured pair each leg has a call of
 * its own, the callee's under the derived id. */
static void watch(sip_msg_t *msg, const struct mediasec_exchange *x)
{
	const struct mediasec_leg *caller = x->from_caller ? &x->from : &x->to;
	const struct mediasec_leg *callee = x->from_caller ? &x->to : &x->from;
	const bool pair = is_secured(caller) && is_secured(callee);
	char names[2][MEDIASEC_NAME_MAX], id[MEDIASEC_ID_LEN + 1];
	struct ms_str from = mediasec_msg_from(msg, names[0]);
	struct ms_str to = mediasec_msg_to(msg, names[1]);
	struct mediasec_watched leg = {
			.tag = mediasec_view(&get_from(msg)->tag_value),
			.call_id = mediasec_view(&msg->callid->body),
			.later = x->offerer_tag.len > 0,
	};
	const bool forward = is_from_caller(x, leg.tag);

	if(caller->is.mech == MS_MECH_DTLS) {
		leg.id = mediasec_mark_id(leg.call_id, x->spiral, false, id);
		leg.party = MEDIASEC_CALLER;
		leg.is = caller->is;
		leg.aor = forward ? from : to;
		mediasec_watch(&leg);
	}
	if(callee->is.mech == MS_MECH_DTLS) {
		leg.id = mediasec_mark_id(leg.call_id, x->spiral, pair, id);
		leg.party = MEDIASEC_CALLEE;
		leg.is = callee->is;
		leg.aor = forward ? to : from;
		mediasec_watch(&leg);
	}
}

enum ms_reason mediasec_exchange(sip_msg_t *msg,
		const struct mediasec_exchange *x, struct ms_str sdp, str *out)
{
	const struct ms_keying *from_keying = &x->from.keying;
	const struct ms_keying *to_keying = &x->to.keying;
	const struct ms_sdp_facts *facts = x->facts;
	struct ms_sdp_facts own;
	char id[MEDIASEC_ID_LEN + 1];
	struct ms_rtpp rtpp;
	enum ms_reason reason = MS_REASON_NONE;
	str work = {pkg_malloc((int)sdp.len), (int)sdp.len};

	if(work.s == NULL) {
		PKG_MEM_ERROR;
		return MS_REASON_INTERNAL;
	}
	memcpy(work.s, sdp.p, sdp.len);
	if(!facts) {
		facts = &own;
		if(ms_sdp_survey(sdp, from_keying, &own) != MS_OK)
			reason = MS_REASON_SDP_MALFORMED;
	}
	if(!reason)
		reason = edit(&work,
				is_secured(&x->from) ? MS_EDIT_CHOSEN : MS_EDIT_PLAIN,
				from_keying);
	if(!reason) {
		rtpp = command(x, facts);
		name_interfaces(x, &rtpp);
		rtpp.call_id = own_id(msg, x, false, id);
		if(is_secured(&x->from) && is_secured(&x->to))
			reason = pass_pair(msg, x, &rtpp, &work);
		else
			reason = pass(msg, x, &rtpp, &work);
	}
	if(!reason)
		reason = edit(&work, outgoing(x), to_keying);
	if(!reason)
		reason = check(x, mediasec_view(&work), to_keying);
	if(reason) {
		mediasec_rtpe_free(&work);
		return reason;
	}
	if(x->op == MS_RTPP_ANSWER)
		watch(msg, x);
	*out = work;
	return MS_REASON_NONE;
}

int mediasec_exchange_delete(sip_msg_t *msg, const struct mediasec_exchange *x)
{
	struct ms_rtpp rtpp = {.op = MS_RTPP_DELETE,
			.branch = x->branch,
			.from_tag = x->offerer_tag,
			.to_tag = x->answerer_tag};
	char id[MEDIASEC_ID_LEN + 1];
	int ret;

	rtpp.call_id = own_id(msg, x, false, id);
	ret = mediasec_rtpe_delete(msg, &rtpp, x->id);
	if(is_secured(&x->from) && is_secured(&x->to)) {
		rtpp.call_id = own_id(msg, x, true, id);
		if(mediasec_rtpe_delete(msg, &rtpp, x->id) < 0)
			ret = -1;
	}
	return ret;
}
