/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_media.h"

#include "../../core/dprint.h"
#include "../../core/parser/parse_from.h"
#include "../../core/parser/parse_to.h"
#include "../../core/route.h"
#include "../../core/script_cb.h"
#include "../tm/tm_load.h"

#include "mediasec_answer.h"
#include "mediasec_call.h"
#include "mediasec_continuity.h"
#include "mediasec_counters.h"
#include "mediasec_dialog.h"
#include "mediasec_event.h"
#include "mediasec_exchange.h"
#include "mediasec_hangup.h"
#include "mediasec_later.h"
#include "mediasec_mod.h"
#include "mediasec_msg.h"
#include "mediasec_refuse.h"
#include "mediasec_str.h"
#include "mediasec_verify.h"
#include "ms_log.h"

static tm_api_t tm;

/* ---- requests ----------------------------------------------------------- */

/* An exchange begins, with an offer or asking for one; or why it may not. */
static enum ms_reason begin(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_verdict verdict;

	mediasec_request_take(msg, req);
	verdict = ms_policy_offer(&req->settings, &req->facts);
	if(verdict.reason)
		return verdict.reason;
	if(mediasec_call_begin(msg, req, &verdict.leg) < 0)
		return MS_REASON_INTERNAL;
	req->leg = verdict.leg;
	req->leg_known = true;
	if(verdict.leg.mode != MS_MODE_PLAIN)
		mediasec_count(MEDIASEC_COUNT_SECURED);
	mediasec_event_note(verdict.note, msg, req);
	mediasec_continuity(msg, verdict.leg.mech, req->offer);
	return MS_REASON_NONE;
}

static int begin_exchange(sip_msg_t *msg, struct mediasec_request *req)
{
	enum ms_reason reason = begin(msg, req);

	return reason ? mediasec_refuse(msg, req, reason) : MEDIASEC_OK;
}

/* Is it one to the offer that came in a reply, and its relayed form to the offer
 * as that was made? Then the exchange is complete. */
static enum ms_reason relay_late_answer(sip_msg_t *msg,
		const struct mediasec_request *req, struct mediasec_accepted *offered,
		str *out)
{
	struct mediasec_exchange x = mediasec_dialog_answer(offered);
	enum ms_reason reason;

	if(!mediasec_is_answer(&x.from, offered->sent, req->sdp, false))
		return MS_REASON_ANSWER_INSECURE;
	reason = mediasec_exchange(msg, &x, req->sdp, out);
	if(reason)
		return reason;
	if(!mediasec_is_answer(&x.to, offered->offer, mediasec_view(out), false))
		return MS_REASON_RELAY_FAILED;
	offered->answer = req->sdp;
	reason = mediasec_dialog_keep(msg, offered);
	if(!reason)
		mediasec_continuity(msg, x.from.is.mech, req->sdp);
	return reason;
}

static int end_media(sip_msg_t *msg, const struct mediasec_exchange *x)
{
	if(mediasec_dialog_end(msg, x) < 0) {
		LM_WARN("rtpengine has not ended a call: ci=%s\n",
				MS_LOG_VALUE(mediasec_view(&msg->callid->body)));
		mediasec_count(MEDIASEC_COUNT_RELAY_UNTOLD);
	}
	return MEDIASEC_OK;
}

/* Only a BYE of a dialog that is ours ends media: anybody can know a Call-ID. */
static int end_call(sip_msg_t *msg, const struct mediasec_request *req)
{
	struct mediasec_exchange x = {.from.is = req->legs.from,
			.to.is = req->legs.to,
			.from_caller = req->legs.from_caller,
			.origin = req->legs.origin,
			.id = req->legs.branch};

	if(!req->facts.in_dialog)
		return MEDIASEC_OK;
	return end_media(msg, &x);
}

static int drop_sdp(sip_msg_t *msg, const struct mediasec_request *req)
{
	return mediasec_msg_remove_sdp(msg, req->sdp) < 0 ? MEDIASEC_INTERNAL
													  : MEDIASEC_OK;
}

/* ACK and PRACK cannot be refused: what is not right loses its session
 * description, and the call that ACK has made ends at once (RFC 3261, 13.2.2.4). */
static int refuse_body(
		sip_msg_t *msg, struct mediasec_request *req, enum ms_reason reason)
{
	const int ret = mediasec_refuse_sdp(msg, req, reason);

	if(req->facts.in_dialog && msg->REQ_METHOD == METHOD_ACK) {
		mediasec_request_bind(msg, req);
		end_call(msg, req);
		mediasec_hangup_both(msg, req);
	}
	return ret < 0 ? MEDIASEC_INTERNAL : MEDIASEC_OK;
}

/* The answer to an offer that came in a reply. Where that offer is not known any
 * more, after a restart, nothing can be said of its answer. Who made the offer
 * himself, and puts it into ACK again, answers nothing. */
static int late_answer(sip_msg_t *msg, struct mediasec_request *req)
{
	enum ms_reason reason = MS_REASON_ANSWER_INSECURE;
	struct mediasec_accepted offered;
	str memory = {0, 0}, out = {0, 0};
	bool known;

	if(!req->facts.has_sdp)
		return MEDIASEC_OK;
	known = req->facts.in_dialog
			&& mediasec_dialog_get(msg, &req->legs.origin,
					req->legs.from_caller, &offered, &memory);
	if(known && offered.x.from_caller == req->legs.from_caller) {
		mediasec_rtpe_free(&memory);
		return drop_sdp(msg, req);
	}
	if(known)
		reason = relay_late_answer(msg, req, &offered, &out);
	if(!reason && mediasec_msg_replace(msg, req->sdp, mediasec_view(&out)) < 0)
		reason = MS_REASON_INTERNAL;
	mediasec_rtpe_free(&memory);
	mediasec_rtpe_free(&out);
	return reason ? refuse_body(msg, req, reason) : MEDIASEC_OK;
}

/* An offer came in a reply, and has no answer yet. */
static bool is_awaited(sip_msg_t *msg, const struct mediasec_request *req)
{
	struct mediasec_accepted accepted;
	str memory = {0, 0};
	bool awaited;

	if(!mediasec_dialog_get(msg, &req->legs.origin, req->legs.from_caller,
			   &accepted, &memory))
		return false;
	awaited = accepted.answer.len == 0;
	mediasec_rtpe_free(&memory);
	return awaited;
}

/* PRACK may also begin an exchange (RFC 3262, 5), and is not answered by us. */
static int prack(sip_msg_t *msg, struct mediasec_request *req)
{
	enum ms_reason reason;

	if(!req->facts.has_sdp)
		return MEDIASEC_OK;
	if(!req->facts.in_dialog) /* it can begin none */
		return drop_sdp(msg, req);
	if(is_awaited(msg, req))
		return late_answer(msg, req);
	reason = begin(msg, req);
	return reason ? refuse_body(msg, req, reason) : MEDIASEC_OK;
}

/* A request of this server's own, which tm builds while another message may be in
 * hand: that is not touched. Its second BYE of a dialog finds nothing any more. */
static int own_request(sip_msg_t *msg)
{
	struct mediasec_exchange x;

	if(msg->REQ_METHOD != METHOD_BYE || mediasec_hangup_is_sending())
		return MEDIASEC_OK;
	if(parse_headers(msg, HDR_EOH_F, 0) < 0 || !msg->callid
			|| parse_from_header(msg) < 0 || parse_to_header(msg) < 0)
		return MEDIASEC_UNREADABLE;
	return mediasec_dialog_legs(msg, &x) ? end_media(msg, &x) : MEDIASEC_OK;
}

int mediasec_media(sip_msg_t *msg)
{
	struct mediasec_request *req;

	if(get_route_type() == LOCAL_ROUTE)
		return own_request(msg);
	req = mediasec_request(msg);
	if(req == NULL)
		return MEDIASEC_UNREADABLE;
	if(req->refused)
		return MEDIASEC_REFUSED;
	mediasec_verify_dialog(msg, req);
	switch(msg->REQ_METHOD) {
		case METHOD_INVITE:
		case METHOD_UPDATE:
			return begin_exchange(msg, req);
		case METHOD_PRACK:
			return prack(msg, req);
		case METHOD_ACK:
			return late_answer(msg, req);
		case METHOD_BYE:
			return end_call(msg, req);
		default:
			return MEDIASEC_OK;
	}
}

/* ---- replies that are part of no exchange ------------------------------- */

/* A 2xx of a call, repeated after its transaction is gone or after a restart: it
 * is forwarded statelessly, with what its sender wrote. */
static bool is_late(sip_msg_t *rpl)
{
	const struct cell *t = tm.t_gett();

	return (t == NULL || t == T_UNDEFINED) && mediasec_mark_is_in(rpl);
}

/* Keys in an answer to OPTIONS, say, are not for the core. */
static bool is_leak(const sip_msg_t *rpl, struct ms_str sdp)
{
	struct ms_sdp_facts facts;

	return mediasec_iface(rpl->rcv.bind_address)->side == MEDIASEC_ACCESS
		   && (ms_sdp_survey(sdp, NULL, &facts) != MS_OK || facts.keys);
}

static int on_any_reply(sip_msg_t *msg, unsigned flags, void *param)
{
	struct ms_str sdp;
	int branch = T_BR_UNDEFINED;

	if(msg->first_line.type != SIP_REPLY || mediasec_msg_is_bodiless(msg)
			|| parse_headers(msg, HDR_EOH_F, 0) < 0
			|| !mediasec_msg_sdp(msg, &sdp))
		return 1;
	/* its callbacks run here, if there is a transaction */
	mediasec_answer_forget();
	tm.t_check(msg, &branch);
	if(mediasec_answer_saw(msg) || !(is_late(msg) || is_leak(msg, sdp)))
		return 1;
	if(mediasec_msg_remove_sdp(msg, sdp) < 0)
		return 0; /* dropped: its sender will repeat it */
	mediasec_count(MEDIASEC_COUNT_STRIPPED);
	return 1;
}

int mediasec_media_init(void)
{
	if(tm_load_api(&tm) < 0) {
		LM_ERR("the tm module is needed, loaded before\n");
		return -1;
	}
	if(register_script_cb(on_any_reply, PRE_SCRIPT_CB | ONREPLY_CB, NULL) < 0) {
		LM_ERR("cannot register a script callback\n");
		return -1;
	}
	if(mediasec_call_init() < 0 || mediasec_hangup_init() < 0
			|| mediasec_dialog_init() < 0 || mediasec_later_init() < 0)
		return -1;
	return 0;
}
