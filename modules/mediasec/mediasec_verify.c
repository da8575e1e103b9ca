/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_verify.h"

#include "../../core/dprint.h"

#include "mediasec_counters.h"
#include "mediasec_dialog.h"
#include "mediasec_event.h"
#include "mediasec_mod.h"
#include "mediasec_msg.h"
#include "mediasec_refuse.h"
#include "mediasec_register.h"
#include "mediasec_request.h"
#include "mediasec_str.h"
#include "ms_body.h"
#include "ms_log.h"

/* Where the registrar behind us checks the digest, credentials that are there
 * are as far as it can be known here; without them it will challenge. */
static int verify_register(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_verdict verdict;

	if(!mediasec_msg_has_credentials(msg))
		return MEDIASEC_OK;
	if(mediasec_refuse_excess(msg, req))
		return MEDIASEC_REFUSED;
	mediasec_request_bind(msg, req);
	verdict = ms_policy_register(&req->settings, &req->facts);
	if(verdict.reason)
		return mediasec_refuse(msg, req, verdict.reason);
	mediasec_event_note(verdict.note, msg, req);
	if(verdict.note == MS_NOTE_LOST_CAPABILITY)
		LM_NOTICE("lost_capability: a client that had agreed registers without "
				  "asking: aor=%s src=%.*s ci=%s\n",
				MS_LOG_VALUE(req->found.record.aor), (int)req->sender.flow.len,
				req->sender.flow.p,
				MS_LOG_VALUE(mediasec_view(&msg->callid->body)));
	if(req->facts.verify == MS_VERIFY_RIGHT)
		mediasec_count(MEDIASEC_COUNT_VERIFIED);
	req->agreed = verdict.agreed;
	req->granted =
			req->settings.policy != MS_POLICY_OFF && !req->facts.not_first_hop;
	if(req->granted)
		mediasec_register_prepare(msg, req);
	return MEDIASEC_OK;
}

static int verify_request(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_verdict verdict;

	if(req->facts.method == MS_METHOD_UNANSWERED)
		return MEDIASEC_OK;
	if(mediasec_refuse_excess(msg, req))
		return MEDIASEC_REFUSED;
	mediasec_request_bind(msg, req);
	/* only a missing mirror may be made up for by what is offered */
	if(req->facts.verify == MS_VERIFY_ABSENT)
		mediasec_request_take(msg, req);
	verdict = ms_policy_request(&req->settings, &req->facts);
	if(verdict.reason)
		return mediasec_refuse(msg, req, verdict.reason);
	mediasec_event_note(verdict.note, msg, req);
	if(req->facts.verify == MS_VERIFY_RIGHT)
		mediasec_count(MEDIASEC_COUNT_VERIFIED);
	if(verdict.note == MS_NOTE_UNKNOWN && req->facts.method == MS_METHOD_INVITE)
		LM_INFO("no binding is known for the sender: src=%.*s\n",
				(int)req->sender.flow.len, req->sender.flow.p);
	mediasec_request_unannounce(msg, req);
	return MEDIASEC_OK;
}

/* Offers and answers are for mediasec_media(). What else has keys in it, such as
 * an INFO, is not for the core. */
static int strip_keys(sip_msg_t *msg, const struct mediasec_request *req)
{
	struct ms_sdp_facts facts;

	if(!req->facts.has_sdp
			|| (msg->REQ_METHOD
					& (METHOD_INVITE | METHOD_UPDATE | METHOD_ACK
							| METHOD_PRACK)))
		return 0;
	if(req->sdp.len == 0 ? !ms_body_has_key(mediasec_msg_body(msg))
						 : ms_sdp_survey(req->sdp, NULL, &facts) == MS_OK
								   && !facts.keys)
		return 0;
	mediasec_count(MEDIASEC_COUNT_STRIPPED);
	return mediasec_msg_remove_sdp(msg, req->sdp);
}

bool mediasec_verify_dialog(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_facts *facts = &req->facts;

	if(facts->in_dialog
			&& mediasec_dialog_is_lost(
					msg, &req->legs.origin, req->legs.from_caller)) {
		facts->in_dialog = facts->called = false;
		req->legs = (struct mediasec_legs){.branch = {req->branch, 0}};
		facts->leg = req->legs.from;
	}
	return facts->in_dialog;
}

int mediasec_verify(sip_msg_t *msg)
{
	struct mediasec_request *req = mediasec_request(msg);

	if(req == NULL)
		return MEDIASEC_UNREADABLE;
	if(req->refused)
		return MEDIASEC_REFUSED;
	mediasec_verify_dialog(msg, req);
	if(req->settings.policy != MS_POLICY_OFF && !req->stripped) {
		if(mediasec_msg_strip(msg) < 0)
			return MEDIASEC_INTERNAL;
		req->stripped = true;
	}
	if(req->iface->side == MEDIASEC_CORE)
		return MEDIASEC_OK;
	if(strip_keys(msg, req) < 0)
		return MEDIASEC_INTERNAL;
	if(req->facts.method == MS_METHOD_REGISTER)
		return verify_register(msg, req);
	return verify_request(msg, req);
}
