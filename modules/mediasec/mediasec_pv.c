/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_pv.h"

#include "../../core/route.h"

#include "mediasec_call.h"
#include "mediasec_event.h"
#include "mediasec_refuse.h"
#include "mediasec_request.h"
#include "mediasec_str.h"
#include "mediasec_verify.h"
#include "ms_log.h"

enum field
{
	FIELD_STATE,
	FIELD_VERIFY,
	FIELD_AGREED,
	FIELD_REASON,
	FIELD_CODE,
	FIELD_AOR,
	FIELD_DIALOG,
	FIELD_EMERGENCY,
	FIELD_LEG,
	FIELD_MODE,
	FIELD_MECHANISM,
	FIELD_PEER,
	FIELD_SUITE,
	FIELD_FLOW,
	FIELD_CALLID,
	FIELD_CI,
	FIELD_EVENT,
	FIELD_CALLER_MODE, /* from here on: of a call */
	FIELD_CALLER_MECHANISM,
	FIELD_CALLER_SUITE,
	FIELD_CALLEE_MODE,
	FIELD_CALLEE_MECHANISM,
	FIELD_CALLEE_SUITE
};

static const char *const field_names[] = {[FIELD_STATE] = "state",
		[FIELD_VERIFY] = "verify",
		[FIELD_AGREED] = "agreed",
		[FIELD_REASON] = "reason",
		[FIELD_CODE] = "code",
		[FIELD_AOR] = "aor",
		[FIELD_DIALOG] = "dialog",
		[FIELD_EMERGENCY] = "emergency",
		[FIELD_LEG] = "leg",
		[FIELD_MODE] = "mode",
		[FIELD_MECHANISM] = "mechanism",
		[FIELD_PEER] = "peer",
		[FIELD_SUITE] = "suite",
		[FIELD_FLOW] = "flow",
		[FIELD_CALLID] = "callid",
		[FIELD_CI] = "ci",
		[FIELD_EVENT] = "event",
		[FIELD_CALLER_MODE] = "caller_mode",
		[FIELD_CALLER_MECHANISM] = "caller_mechanism",
		[FIELD_CALLER_SUITE] = "caller_suite",
		[FIELD_CALLEE_MODE] = "callee_mode",
		[FIELD_CALLEE_MECHANISM] = "callee_mechanism",
		[FIELD_CALLEE_SUITE] = "callee_suite"};

#define MS_NULL ((struct ms_str){NULL, 0})

static struct ms_str state_word(enum ms_binding binding)
{
	switch(binding) {
		case MS_BINDING_NONE:
			return MS_STR("none");
		case MS_BINDING_AGREED:
			return MS_STR("agreed");
		case MS_BINDING_UNKNOWN:
			break;
	}
	return MS_STR("unknown");
}

static struct ms_str verify_word(enum ms_verify_result verify)
{
	switch(verify) {
		case MS_VERIFY_RIGHT:
			return MS_STR("right");
		case MS_VERIFY_DIFFERS:
			return MS_STR("differs");
		case MS_VERIFY_MALFORMED:
			return MS_STR("malformed");
		case MS_VERIFY_ABSENT:
			break;
	}
	return MS_STR("absent");
}

static struct ms_str mode_word(enum ms_mode mode)
{
	switch(mode) {
		case MS_MODE_PLAIN:
			return MS_STR("plain");
		case MS_MODE_SECURED:
			return MS_STR("secured");
		case MS_MODE_ENFORCED:
			return MS_STR("enforced");
	}
	return MS_NULL;
}

static struct ms_str party_word(enum mediasec_party party)
{
	switch(party) {
		case MEDIASEC_CALLER:
			return MS_STR("caller");
		case MEDIASEC_CALLEE:
			return MS_STR("callee");
		case MEDIASEC_NOBODY:
			break;
	}
	return MS_NULL;
}

/* of the sender's binding */
static struct ms_str sender_value(
		const struct mediasec_event *event, enum field field)
{
	if(!event->known)
		return MS_NULL;
	if(field == FIELD_STATE)
		return state_word(event->state);
	if(field == FIELD_VERIFY)
		return verify_word(event->verify);
	return ms_mech_name(event->agreed);
}

/* of one party's leg */
static struct ms_str leg_value(
		const struct mediasec_event *event, enum field field)
{
	if(event->party == MEDIASEC_NOBODY)
		return MS_NULL;
	if(field == FIELD_LEG)
		return party_word(event->party);
	if(field == FIELD_MODE)
		return mode_word(event->leg.mode);
	return ms_mech_name(event->leg.mech);
}

static struct ms_str event_value(
		const struct mediasec_event *event, enum field field)
{
	switch(field) {
		case FIELD_STATE:
		case FIELD_VERIFY:
		case FIELD_AGREED:
			return sender_value(event, field);
		case FIELD_LEG:
		case FIELD_MODE:
		case FIELD_MECHANISM:
			return leg_value(event, field);
		case FIELD_REASON:
			return event->reason;
		case FIELD_AOR:
			return event->aor;
		case FIELD_FLOW:
			return event->flow;
		case FIELD_CALLID:
			return event->call_id;
		case FIELD_SUITE:
			return event->suite;
		case FIELD_EVENT:
			return mediasec_event_word(event->kind);
		default:
			return MS_NULL;
	}
}

/* The same of the request that the script handles. */
static struct ms_str request_value(
		sip_msg_t *msg, struct mediasec_request *req, enum field field)
{
	struct mediasec_event event;

	mediasec_request_sender(msg, req);
	event = mediasec_event_of(msg, req);
	switch(field) {
		case FIELD_AOR: /* a claim is not enough here */
			if(!req->bound)
				return MS_NULL;
			return req->facts.binding == MS_BINDING_UNKNOWN ? MS_STR("")
															: event.aor;
		case FIELD_PEER:
			return req->facts.in_dialog ? mode_word(req->legs.to.mode)
										: MS_NULL;
		case FIELD_EVENT:
			return MS_NULL;
		default:
			return event_value(&event, field);
	}
}

static struct ms_str outcome_value(
		const struct mediasec_outcome_leg *leg, enum field field)
{
	switch(field) {
		case FIELD_CALLER_MODE:
		case FIELD_CALLEE_MODE:
			return mode_word(leg->is.mode);
		case FIELD_CALLER_MECHANISM:
		case FIELD_CALLEE_MECHANISM:
			return ms_mech_name(leg->is.mech);
		default:
			return leg->suite.p ? leg->suite : MS_STR("");
	}
}

/* The same of the call this process is at. */
static struct ms_str call_value(enum field field)
{
	struct mediasec_outcome outcome;

	if(!mediasec_call_outcome(&outcome))
		return MS_NULL;
	if(field < FIELD_CALLEE_MODE)
		return outcome_value(&outcome.caller, field);
	return outcome.called ? outcome_value(&outcome.callee, field) : MS_NULL;
}

/* Why the request was refused, or of its call a branch or an answer; also where a
 * route has a message of its own while the request is handled.
 * @return false if nothing is known */
static bool get_refused(const sip_msg_t *msg, enum ms_reason *reason)
{
	const struct mediasec_request *req = mediasec_request_known(msg);
	struct mediasec_outcome outcome = {.refused = MS_REASON_NONE};
	const bool called = mediasec_call_outcome(&outcome);

	if(req == NULL && mediasec_request_message())
		req = mediasec_request_known(mediasec_request_message());
	*reason = req && req->refused ? req->refused : outcome.refused;
	return req || called;
}

static struct ms_str value_of(sip_msg_t *msg, enum field field)
{
	const struct mediasec_event *event = mediasec_event_current();
	struct mediasec_request *req = mediasec_request_known(msg);
	enum ms_reason reason;

	if(event)
		return event_value(event, field);
	if(field == FIELD_REASON)
		return get_refused(msg, &reason) ? ms_reason_info(reason)->word
										 : MS_NULL;
	if(field >= FIELD_CALLER_MODE)
		return call_value(field);
	return req ? request_value(msg, req, field) : MS_NULL;
}

static int parse_name(pv_spec_t *spec, str *in)
{
	unsigned i;

	for(i = 0; i < sizeof(field_names) / sizeof(field_names[0]); i++) {
		if(ms_str_eq(mediasec_view(in), mediasec_view_z(field_names[i]))) {
			spec->pvp.pvn.type = PV_NAME_INTSTR;
			spec->pvp.pvn.u.isname.name.n = (int)i;
			return 0;
		}
	}
	LM_ERR("no such field: $mediasec(%.*s)\n", in->len, in->s);
	return -1;
}

/* Gathered now, if need be; not where a route of another module has a message of
 * its own while a request is in hand. */
static struct mediasec_request *gathered(sip_msg_t *msg)
{
	return get_route_type() == LOCAL_ROUTE ? mediasec_request_known(msg)
										   : mediasec_request(msg);
}

static int get_dialog(sip_msg_t *msg, pv_param_t *param, pv_value_t *value)
{
	const struct mediasec_event *event = mediasec_event_current();
	struct mediasec_request *req = event ? NULL : gathered(msg);
	const bool dialog =
			event ? event->dialog : req && mediasec_verify_dialog(msg, req);

	return pv_get_sintval(msg, param, value, dialog ? 1 : 0);
}

static int get_emergency(sip_msg_t *msg, pv_param_t *param, pv_value_t *value)
{
	const struct mediasec_request *req;

	if(mediasec_event_current())
		return pv_get_null(msg, param, value);
	req = gathered(msg);
	return pv_get_sintval(msg, param, value, req && req->facts.emergency);
}

static int get_code(sip_msg_t *msg, pv_param_t *param, pv_value_t *value)
{
	enum ms_reason reason;

	if(mediasec_event_current() || !get_refused(msg, &reason))
		return pv_get_null(msg, param, value);
	return pv_get_sintval(msg, param, value, mediasec_refuse_code(reason));
}

/* Of any message, at any time: for the core's own log prefix, too. */
static int get_ci(sip_msg_t *msg, pv_param_t *param, pv_value_t *value)
{
	static char buf[MS_LOG_VALUE_MAX];
	const struct mediasec_event *event = mediasec_event_current();
	struct ms_str id;

	if(event == NULL
			&& (parse_headers(msg, HDR_CALLID_F, 0) < 0 || !msg->callid))
		return pv_get_null(msg, param, value);
	id = event ? event->call_id : mediasec_view(&msg->callid->body);
	return pv_get_strzval(msg, param, value, (char *)ms_log_value(id, buf));
}

static int get_text(
		sip_msg_t *msg, pv_param_t *param, pv_value_t *value, enum field field)
{
	struct ms_str text = value_of(msg, field);
	str copy;

	if(text.p == NULL)
		return pv_get_null(msg, param, value);
	copy = mediasec_str(text);
	return pv_get_strval(msg, param, value, &copy);
}

static int get_value(sip_msg_t *msg, pv_param_t *param, pv_value_t *value)
{
	const enum field field = (enum field)param->pvn.u.isname.name.n;
	const bool request = msg->first_line.type == SIP_REQUEST;

	switch(field) {
		case FIELD_CI:
			return get_ci(msg, param, value);
		case FIELD_CODE:
			return get_code(msg, param, value);
		case FIELD_DIALOG:
			return request ? get_dialog(msg, param, value)
						   : pv_get_null(msg, param, value);
		case FIELD_EMERGENCY:
			return request ? get_emergency(msg, param, value)
						   : pv_get_null(msg, param, value);
		default:
			return get_text(msg, param, value, field);
	}
}

pv_export_t mediasec_pvs[] = {
		{{"mediasec", sizeof("mediasec") - 1}, PVT_OTHER, get_value, 0,
				parse_name, 0, 0, 0},
		{{0, 0}, 0, 0, 0, 0, 0, 0, 0},
};
