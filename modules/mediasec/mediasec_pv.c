/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_pv.h"

#include "mediasec_request.h"
#include "mediasec_str.h"

enum field
{
	FIELD_STATE,
	FIELD_VERIFY,
	FIELD_AGREED,
	FIELD_REASON,
	FIELD_AOR,
	FIELD_DIALOG
};

static const char *const field_names[] = {[FIELD_STATE] = "state",
		[FIELD_VERIFY] = "verify",
		[FIELD_AGREED] = "agreed",
		[FIELD_REASON] = "reason",
		[FIELD_AOR] = "aor",
		[FIELD_DIALOG] = "dialog"};

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

/* of several the one we would offer */
static struct ms_str agreed_word(const struct mediasec_request *req)
{
	unsigned bits = req->facts.method == MS_METHOD_REGISTER ? req->agreed
															: req->facts.agreed;

	return ms_mech_name(ms_policy_preferred(&req->settings, bits));
}

static struct ms_str field_value(
		const struct mediasec_request *req, enum field field)
{
	switch(field) {
		case FIELD_STATE:
			return state_word(req->facts.binding);
		case FIELD_VERIFY:
			return verify_word(req->facts.verify);
		case FIELD_AGREED:
			return agreed_word(req);
		case FIELD_REASON:
			return ms_reason_info(req->refused)->word;
		case FIELD_AOR:
			return req->facts.binding == MS_BINDING_UNKNOWN
						   ? MS_STR("")
						   : req->found.record.aor;
		case FIELD_DIALOG:
			break;
	}
	return MS_STR("");
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

static int get_value(sip_msg_t *msg, pv_param_t *param, pv_value_t *value)
{
	const enum field field = (enum field)param->pvn.u.isname.name.n;
	const struct mediasec_request *req;
	str text;

	if(msg->first_line.type != SIP_REQUEST)
		return pv_get_null(msg, param, value);
	if(field == FIELD_DIALOG) {
		req = mediasec_request(msg);
		return pv_get_sintval(
				msg, param, value, req && req->facts.in_dialog ? 1 : 0);
	}
	req = mediasec_request_known(msg);
	/* the state of a sender is known once mediasec_verify() has asked */
	if(req == NULL || (!req->bound && field != FIELD_REASON))
		return pv_get_null(msg, param, value);
	text = mediasec_str(field_value(req, field));
	return pv_get_strval(msg, param, value, &text);
}

pv_export_t mediasec_pvs[] = {
		{{"mediasec", sizeof("mediasec") - 1}, PVT_OTHER, get_value, 0,
				parse_name, 0, 0, 0},
		{{0, 0}, 0, 0, 0, 0, 0, 0, 0},
};
