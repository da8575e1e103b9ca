/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* An SDP body whose last line is digits: settings and facts. The body is taken
 * and judged as the glue does it. */

#include "fuzz.h"

#include "ms_offer.h"
#include "ms_policy.h"

static unsigned pick(struct ms_str *digits, unsigned n)
{
	unsigned d;

	if(digits->len == 0)
		return 0;
	d = (unsigned char)digits->p[0];
	*digits = (struct ms_str){digits->p + 1, digits->len - 1};
	return (d - '0') % n;
}

static struct ms_list pick_list(struct ms_str *digits)
{
	static const char *const texts[] = {"sdes-srtp,dtls-srtp", "sdes-srtp",
			"dtls-srtp,sdes-srtp", "msrp-tls,x"};
	const char *text = texts[pick(digits, 4)];
	struct ms_list list = {0};

	REQUIRE(ms_list_read((struct ms_str){text, strlen(text)}, &list) == MS_OK);
	return list;
}

static struct ms_settings pick_settings(struct ms_str *digits)
{
	struct ms_settings s = {0};

	s.policy = (enum ms_policy)pick(digits, 3);
	s.verify_mode = (enum ms_verify_mode)pick(digits, 3);
	s.missing = (enum ms_missing)pick(digits, 3);
	s.unknown = (enum ms_unknown)pick(digits, 3);
	s.strict_tag = pick(digits, 2);
	s.secure_transport = pick(digits, 2);
	s.osrtp = pick(digits, 2);
	s.t38 = pick(digits, 2);
	s.refuse_mixed = pick(digits, 2);
	s.inbound = (enum ms_media)pick(digits, 3);
	s.outbound = (enum ms_media)pick(digits, 3);
	s.list = pick_list(digits);
	s.keying = pick(digits, 2) ? fuzz_keying(UINT32_MAX) : ms_keying_default;
	return s;
}

static struct ms_facts pick_facts(struct ms_str *digits)
{
	struct ms_facts f = {0};

	f.method = (enum ms_method)pick(digits, 5);
	f.verify = (enum ms_verify_result)pick(digits, 4);
	f.binding = (enum ms_binding)pick(digits, 3);
	f.agreed = pick(digits, 4) & MS_MECH_TERMINATED;
	f.offered = pick(digits, 8);
	f.binding_secure = pick(digits, 2);
	f.in_dialog = pick(digits, 2);
	f.called = f.in_dialog && pick(digits, 2);
	f.leg.mode = (enum ms_mode)pick(digits, 3);
	f.leg.mech = pick(digits, 2) ? MS_MECH_DTLS : MS_MECH_SDES;
	if(f.leg.mode == MS_MODE_PLAIN)
		f.leg.mech = 0;
	f.tag = pick(digits, 2);
	f.proxy_tag = f.tag && pick(digits, 2);
	f.not_first_hop = pick(digits, 2);
	f.secure = pick(digits, 2);
	f.emergency = pick(digits, 2);
	f.deregister = pick(digits, 2);
	f.client.media = pick(digits, 8);
	f.client.bad = pick(digits, 2);
	f.client.foreign = pick(digits, 2);
	return f;
}

static void take(
		const struct ms_settings *s, struct ms_facts *f, struct ms_str body)
{
	struct ms_offer_rules rules = ms_policy_offer_rules(s, f);
	size_t size = ms_offer_size(body);
	char *buf = fuzz_buf(size), *tmp = fuzz_buf(size);
	struct ms_str taken = {buf, 0};
	struct ms_offer offer = {0};

	REQUIRE(!(rules.mech[0] & rules.mech[1]));
	REQUIRE(!((rules.mech[0] | rules.mech[1]) & ~(unsigned)MS_MECH_TERMINATED));
	f->has_sdp = true;
	f->bad_sdp = ms_offer_take(body, &rules, buf, tmp, size, &taken.len, &offer)
						 != MS_OK
				 || ms_sdp_survey(taken, rules.keying, &f->sdp) != MS_OK;
	if(f->bad_sdp)
		f->sdp.keys = ms_sdp_text_has_key(body);
	f->plain_rejected = offer.plain_rejected;
	free(buf);
	free(tmp);
}

static void check_verdict(const struct ms_verdict *v)
{
	int code = ms_reason_info(v->reason)->code;

	REQUIRE(v->reason < MS_REASON_INTERNAL);
	if(!v->reason)
		return;
	REQUIRE(code >= 400 && code <= 699);
	REQUIRE(!v->note && !v->agreed && !v->leg.mode && !v->leg.mech);
}

static void check_register(
		const struct ms_settings *s, const struct ms_facts *f)
{
	struct ms_verdict v = ms_policy_register(s, f);
	struct ms_list list = ms_policy_list(s, f->secure);

	check_verdict(&v);
	REQUIRE(!v.leg.mode && !v.leg.mech);
	REQUIRE(!v.note
			|| (v.note == MS_NOTE_LOST_CAPABILITY && !v.agreed
					&& f->binding == MS_BINDING_AGREED));
	REQUIRE(!(v.agreed & ~(ms_list_bits(&list) & MS_MECH_TERMINATED)));
	REQUIRE(!v.agreed || (ms_policy_asked(f) && !f->deregister));
}

static bool is_emergency(const struct ms_facts *f)
{
	return f->emergency && !(f->in_dialog && f->leg.mode == MS_MODE_ENFORCED);
}

static bool is_held(const struct ms_settings *s, const struct ms_facts *f)
{
	if(is_emergency(f))
		return false;
	if(f->in_dialog)
		return f->leg.mode == MS_MODE_ENFORCED;
	if(s->inbound != MS_MEDIA_OPTIONAL)
		return s->inbound == MS_MEDIA_MANDATORY;
	return s->policy == MS_POLICY_REQUIRED
		   || (s->policy == MS_POLICY_OPTIONAL
				   && f->binding == MS_BINDING_AGREED);
}

static bool is_forbidden(const struct ms_settings *s, const struct ms_facts *f)
{
	return (f->called ? s->outbound : s->inbound) == MS_MEDIA_FORBIDDEN
		   && !is_emergency(f)
		   && (!f->in_dialog || f->leg.mode == MS_MODE_PLAIN);
}

/* Who is held to an agreement has no stream in clear, whatever he wrote, and who
 * may not secure his media none that is secured. */
static void check_offer(const struct ms_settings *s, const struct ms_facts *f)
{
	const unsigned weak = 1u << MS_PROT_PLAIN | 1u << MS_PROT_BROKEN;
	struct ms_verdict v = ms_policy_offer(s, f);

	check_verdict(&v);
	REQUIRE(!is_emergency(f) || !v.reason || f->bad_sdp);
	if(v.reason)
		return;
	REQUIRE(!f->bad_sdp || (s->policy == MS_POLICY_OFF && !f->sdp.keys));
	REQUIRE(!v.agreed);
	REQUIRE(!v.note
			|| (v.note == MS_NOTE_REOFFER_PLAIN && f->in_dialog
					&& f->leg.mode == MS_MODE_SECURED
					&& v.leg.mode == MS_MODE_PLAIN));
	REQUIRE((v.leg.mode == MS_MODE_PLAIN) == (v.leg.mech == 0));
	REQUIRE(v.leg.mech == 0 || v.leg.mech == MS_MECH_SDES
			|| v.leg.mech == MS_MECH_DTLS);
	if(is_held(s, f))
		REQUIRE(v.leg.mode == MS_MODE_ENFORCED && !(f->sdp.protections & weak));
	if(s->secure_transport && s->policy != MS_POLICY_OFF && !f->secure
			&& !is_emergency(f))
		REQUIRE(!f->sdp.keys);
	if(is_forbidden(s, f))
		REQUIRE(v.leg.mode == MS_MODE_PLAIN
				&& !(f->sdp.protections
						& (1u << MS_PROT_SDES | 1u << MS_PROT_DTLS)));
}

/* A call to who sent it. */
static void check_callee(const struct ms_settings *s, const struct ms_facts *f)
{
	const struct ms_callee callee = {f->binding, f->agreed, f->secure, false};
	struct ms_verdict v = ms_policy_callee(s, &callee);

	check_verdict(&v);
	REQUIRE((v.leg.mode == MS_MODE_PLAIN) == (v.leg.mech == 0));
	if(s->outbound == MS_MEDIA_MANDATORY)
		REQUIRE(v.reason || v.leg.mode == MS_MODE_ENFORCED);
	if(s->outbound == MS_MEDIA_FORBIDDEN)
		REQUIRE(!v.reason && v.leg.mode == MS_MODE_PLAIN);
	if(s->secure_transport && !f->secure)
		REQUIRE(v.leg.mech != MS_MECH_SDES);
}

/* A claim makes no verdict laxer, and twice the same claim changes nothing. */
static void check_claim(const struct ms_settings *s,
		const struct ms_settings *claim, const struct ms_facts *f)
{
	struct ms_settings both = *s;
	struct ms_verdict lax = ms_policy_request(s, f), strict;
	unsigned i;

	ms_settings_tighten(&both, claim);
	REQUIRE(!(ms_list_bits(&both.list) & MS_MECH_TERMINATED
			  & ~ms_list_bits(&s->list)));
	for(i = 0; i < both.keying.suites; i++)
		REQUIRE(ms_keying_has(&s->keying, both.keying.suite[i]));
	REQUIRE(!both.keying.sha1 || s->keying.sha1);
	REQUIRE(!s->secure_transport || both.secure_transport);
	strict = ms_policy_request(&both, f);
	if(s->policy != MS_POLICY_OFF || !f->proxy_tag)
		REQUIRE(!lax.reason || strict.reason);
	lax = ms_policy_offer(s, f);
	strict = ms_policy_offer(&both, f);
	REQUIRE(!lax.reason || strict.reason);
	if(!strict.reason)
		REQUIRE(strict.leg.mode >= lax.leg.mode);
	ms_settings_tighten(&both, claim);
	REQUIRE(ms_policy_offer(&both, f).reason == strict.reason);
}

static void check_request(const struct ms_settings *s, const struct ms_facts *f)
{
	struct ms_verdict v = ms_policy_request(s, f), required;
	struct ms_settings strict = *s;

	check_verdict(&v);
	REQUIRE(f->method != MS_METHOD_UNANSWERED || !v.reason);
	REQUIRE(f->verify != MS_VERIFY_RIGHT
			|| ms_reason_info(v.reason)->code != 494);
	if(s->policy != MS_POLICY_OPTIONAL)
		return;
	REQUIRE(f->binding != MS_BINDING_NONE || !v.reason);
	strict.policy = MS_POLICY_REQUIRED;
	required = ms_policy_request(&strict, f);
	REQUIRE(!v.reason || required.reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str in = {(const char *)data, size}, body, digits;
	struct ms_settings settings, claim;
	struct ms_facts facts;
	size_t at = size;

	while(at > 0 && data[at - 1] != '\n')
		at--;
	digits = (struct ms_str){in.p + at, size - at};
	settings = pick_settings(&digits);
	facts = pick_facts(&digits);
	settings.sticky = (enum ms_sticky)pick(&digits, 3);
	check_register(&settings, &facts);
	if(at > 0) {
		body = fuzz_copy((struct ms_str){in.p, at});
		take(&settings, &facts, body);
		fuzz_free(body);
	}
	check_request(&settings, &facts);
	check_offer(&settings, &facts);
	check_callee(&settings, &facts);
	claim = pick_settings(&digits);
	check_claim(&settings, &claim, &facts);
	return 0;
}
