/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_policy.h"

static const struct ms_verdict pass;

static struct ms_verdict refuse(enum ms_reason reason)
{
	return (struct ms_verdict){.reason = reason};
}

static struct ms_verdict pass_with(enum ms_note note)
{
	return (struct ms_verdict){.note = note};
}

struct ms_list ms_policy_list(const struct ms_settings *settings, bool secure)
{
	if(secure || !settings->secure_transport)
		return settings->list;
	return ms_list_without(&settings->list, MS_MECH_SDES);
}

bool ms_policy_asked(const struct ms_facts *facts)
{
	return facts->client.media || facts->tag
		   || facts->verify != MS_VERIFY_ABSENT;
}

/* The leg of an emergency call is never enforced: one that is does not get rid of
 * it by a number in a re-offer. */
static bool is_emergency(const struct ms_facts *facts)
{
	return facts->emergency
		   && !(facts->in_dialog && facts->leg.mode == MS_MODE_ENFORCED);
}

/* ---- Security-Verify ---------------------------------------------------- */

static enum ms_reason verify_fault(enum ms_verify_result verify)
{
	switch(verify) {
		case MS_VERIFY_DIFFERS:
			return MS_REASON_VERIFY_DIFFERS;
		case MS_VERIFY_MALFORMED:
			return MS_REASON_VERIFY_MALFORMED;
		case MS_VERIFY_ABSENT:
		case MS_VERIFY_RIGHT:
			return MS_REASON_NONE;
	}
	return MS_REASON_INTERNAL;
}

/* ---- REGISTER ----------------------------------------------------------- */

/* Nobody asked, or nothing of what was asked can be read. */
static struct ms_verdict register_unasked(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	if(facts->client.bad && !facts->client.foreign)
		return refuse(MS_REASON_CLIENT_MALFORMED);
	if(settings->policy == MS_POLICY_REQUIRED)
		return refuse(MS_REASON_CLIENT_MISSING);
	if(facts->binding != MS_BINDING_AGREED || settings->sticky == MS_STICKY_OFF)
		return pass;
	return settings->sticky == MS_STICKY_REJECT
				   ? refuse(MS_REASON_LOST_CAPABILITY)
				   : pass_with(MS_NOTE_LOST_CAPABILITY);
}

/* What the offer and the mirror amount to. A client that sends the mirror
 * only, as Asterisk does after a 494, keeps what it offered before; if that is
 * not known it has accepted the whole list. */
static unsigned agreed_bits(const struct ms_facts *facts, unsigned list)
{
	if(facts->client.media)
		return facts->client.media & list;
	if(facts->binding != MS_BINDING_UNKNOWN && facts->offered)
		return facts->offered & list;
	return list;
}

static enum ms_reason register_fault(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	const bool absent = facts->verify == MS_VERIFY_ABSENT;
	enum ms_reason fault = verify_fault(facts->verify);

	if(fault)
		return fault;
	if(!facts->client.media && absent)
		return facts->client.bad ? MS_REASON_CLIENT_MALFORMED
								 : MS_REASON_CLIENT_TAG_ONLY;
	if(settings->strict_tag && !facts->tag)
		return MS_REASON_TAG_MISSING;
	/* A client without the tag follows 3GPP, where the list comes with the
   * 200 and there is nothing to mirror before. */
	if(absent && facts->tag
			&& (settings->policy == MS_POLICY_REQUIRED
					|| settings->verify_mode == MS_VERIFY_STRICT))
		return MS_REASON_VERIFY_MISSING;
	return MS_REASON_NONE;
}

struct ms_verdict ms_policy_register(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	struct ms_list list = ms_policy_list(settings, facts->secure);
	struct ms_verdict verdict = pass;

	if(settings->policy == MS_POLICY_OFF)
		return facts->proxy_tag ? refuse(MS_REASON_TAG_REFUSED) : pass;
	if(facts->not_first_hop) {
		if(settings->policy == MS_POLICY_REQUIRED
				|| facts->binding == MS_BINDING_AGREED)
			return refuse(MS_REASON_NOT_FIRST_HOP);
		return pass;
	}
	if(facts->deregister)
		return pass;
	if(!ms_policy_asked(facts))
		return register_unasked(settings, facts);

	verdict.reason = register_fault(settings, facts);
	if(verdict.reason)
		return verdict;
	verdict.agreed =
			agreed_bits(facts, ms_list_bits(&list)) & MS_MECH_TERMINATED;
	if(!verdict.agreed && settings->policy == MS_POLICY_REQUIRED)
		return refuse(MS_REASON_NO_COMMON);
	return verdict;
}

/* ---- who is held to it --------------------------------------------------- */

/* A right mirror from a sender without a record says that it asked: after a
 * lost record it is held to the list of the interface. */
static bool sender_is_held(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	if(settings->policy != MS_POLICY_OPTIONAL)
		return settings->policy == MS_POLICY_REQUIRED;
	switch(facts->binding) {
		case MS_BINDING_AGREED:
			return true;
		case MS_BINDING_UNKNOWN:
			return facts->verify == MS_VERIFY_RIGHT
				   || settings->unknown != MS_UNKNOWN_PLAIN;
		case MS_BINDING_NONE:
			return false;
	}
	return true;
}

/* A leg stays what it was, whatever has happened to its binding, and to the
 * settings, since. */
static bool is_enforced(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	if(is_emergency(facts))
		return false;
	if(facts->in_dialog)
		return facts->leg.mode == MS_MODE_ENFORCED;
	switch(settings->inbound) {
		case MS_MEDIA_OPTIONAL:
			return sender_is_held(settings, facts);
		case MS_MEDIA_MANDATORY:
			return true;
		case MS_MEDIA_FORBIDDEN:
			return false;
	}
	return true;
}

/* No secured media: but a leg that has them keeps them. */
static bool is_forbidden(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	if(is_emergency(facts))
		return false;
	if(!facts->in_dialog)
		return settings->inbound == MS_MEDIA_FORBIDDEN;
	return facts->leg.mode == MS_MODE_PLAIN
		   && (facts->called ? settings->outbound : settings->inbound)
					  == MS_MEDIA_FORBIDDEN;
}

/* ---- offers ------------------------------------------------------------- */

static bool has(const struct ms_sdp_facts *sdp, enum ms_protection protection)
{
	return sdp->protections & 1u << protection;
}

/* SDES keys that others on the way could read are no protection. */
static bool is_exposed(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	return settings->secure_transport && settings->policy != MS_POLICY_OFF
		   && !facts->secure && !is_emergency(facts);
}

/* The mechanisms a secured offer of this sender may use. Who is not held to an
 * agreement may use what there is. */
static unsigned usable_bits(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	unsigned bits = MS_MECH_TERMINATED;

	if(is_forbidden(settings, facts))
		return 0;
	if(is_enforced(settings, facts))
		bits = facts->binding == MS_BINDING_AGREED
					   ? facts->agreed
					   : ms_list_bits(&settings->list);
	if(facts->in_dialog)
		bits |= facts->leg.mech;
	if(is_exposed(settings, facts))
		bits &= ~(unsigned)MS_MECH_SDES;
	return bits & MS_MECH_TERMINATED;
}

/* The mechanism of a leg; an offer that was taken has one at most. */
static unsigned offer_mech(const struct ms_sdp_facts *sdp)
{
	if(has(sdp, MS_PROT_SDES))
		return MS_MECH_SDES;
	return has(sdp, MS_PROT_DTLS) ? MS_MECH_DTLS : 0;
}

static bool asks_for_protection(const struct ms_sdp_facts *sdp)
{
	return offer_mech(sdp) || has(sdp, MS_PROT_BROKEN);
}

/* Every RTP stream that lives is protected by what was agreed. */
static bool offer_is_secure(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	return facts->has_sdp && !facts->bad_sdp && !facts->plain_rejected
		   && !(is_exposed(settings, facts) && facts->sdp.keys)
		   && ms_sdp_is_secure(&facts->sdp)
		   && !(offer_mech(&facts->sdp) & ~usable_bits(settings, facts));
}

static enum ms_reason broken_reason(const struct ms_sdp_facts *sdp)
{
	switch(sdp->fault) {
		case MS_CRYPTO_SUITE:
			return MS_REASON_OFFER_SUITE;
		case MS_CRYPTO_SESSION:
			return MS_REASON_OFFER_SESSION;
		case MS_CRYPTO_USABLE:
		case MS_CRYPTO_SYNTAX:
		case MS_CRYPTO_KEY:
			return MS_REASON_OFFER_KEY;
	}
	return MS_REASON_INTERNAL;
}

/* ---- requests ----------------------------------------------------------- */

static struct ms_verdict verify_absent(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	const bool begins = !facts->in_dialog
						&& (facts->method == MS_METHOD_INVITE
								|| facts->method == MS_METHOD_UPDATE);

	if(!begins)
		return pass;
	if(settings->missing == MS_MISSING_REJECT
			|| settings->verify_mode == MS_VERIFY_STRICT)
		return refuse(MS_REASON_VERIFY_MISSING);
	if(settings->missing == MS_MISSING_ACCEPT
			|| settings->inbound == MS_MEDIA_FORBIDDEN)
		return pass;
	/* Without an offer nothing is bid down: our side makes the offer then,
   * and makes a secured one. */
	if(facts->has_sdp && !offer_is_secure(settings, facts))
		return refuse(MS_REASON_VERIFY_MISSING);
	return pass_with(MS_NOTE_FORGIVEN);
}

static struct ms_verdict request_agreed(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	enum ms_reason fault = verify_fault(facts->verify);

	if(settings->secure_transport && facts->binding_secure && !facts->secure)
		return refuse(MS_REASON_INSECURE_FLOW);
	if(fault)
		return refuse(fault);
	if(facts->verify == MS_VERIFY_ABSENT)
		return verify_absent(settings, facts);
	return pass;
}

static struct ms_verdict request_unknown(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	enum ms_reason fault = verify_fault(facts->verify);

	if(fault)
		return refuse(fault);
	if(facts->verify == MS_VERIFY_RIGHT || facts->in_dialog)
		return pass;
	if(settings->policy == MS_POLICY_REQUIRED
			|| settings->unknown == MS_UNKNOWN_REFUSE)
		return refuse(MS_REASON_UNKNOWN_BINDING);
	return pass_with(MS_NOTE_UNKNOWN);
}

/* A second Via makes no agreement, and lets nothing pass that did not without it. */
static struct ms_verdict request_behind(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	if(settings->policy == MS_POLICY_REQUIRED
			|| facts->binding == MS_BINDING_AGREED
			|| (facts->binding == MS_BINDING_UNKNOWN
					&& request_unknown(settings, facts).reason))
		return refuse(MS_REASON_NOT_FIRST_HOP);
	return pass;
}

struct ms_verdict ms_policy_request(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	if(facts->method == MS_METHOD_UNANSWERED)
		return pass;
	if(is_emergency(facts))
		return pass_with(MS_NOTE_EMERGENCY);
	if(settings->policy == MS_POLICY_OFF)
		return facts->proxy_tag ? refuse(MS_REASON_TAG_REFUSED) : pass;
	if(facts->not_first_hop)
		return request_behind(settings, facts);

	switch(facts->binding) {
		case MS_BINDING_AGREED:
			return request_agreed(settings, facts);
		case MS_BINDING_UNKNOWN:
			return request_unknown(settings, facts);
		case MS_BINDING_NONE:
			return pass;
	}
	return refuse(MS_REASON_INTERNAL);
}

unsigned ms_policy_preferred(
		const struct ms_settings *settings, unsigned agreed)
{
	unsigned i, bit;

	for(i = 0; i < settings->list.n; i++) {
		bit = ms_mech_bit(settings->list.name[i]) & MS_MECH_TERMINATED;
		if(bit & agreed)
			return bit;
	}
	return agreed & MS_MECH_SDES ? MS_MECH_SDES : agreed & MS_MECH_DTLS;
}

struct ms_offer_rules ms_policy_offer_rules(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	const unsigned bits = usable_bits(settings, facts);
	const unsigned first = ms_policy_preferred(settings, bits);

	return (struct ms_offer_rules){
			.mech = {first, ms_policy_preferred(settings, bits & ~first)},
			.plain = !is_enforced(settings, facts),
			.osrtp = settings->osrtp,
			.t38 = settings->t38 || !is_enforced(settings, facts),
			.keying = &settings->keying,
	};
}

/* Off is off, where nothing is said of media. */
static bool is_let_alone(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	return settings->policy == MS_POLICY_OFF
		   && settings->inbound == MS_MEDIA_OPTIONAL && !facts->in_dialog;
}

static enum ms_reason offer_fault(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	const struct ms_sdp_facts *sdp = &facts->sdp;

	/* but keys go nowhere */
	if(facts->bad_sdp)
		return is_let_alone(settings, facts) && !sdp->keys
					   ? MS_REASON_NONE
					   : MS_REASON_SDP_MALFORMED;
	if(is_emergency(facts))
		return MS_REASON_NONE; /* as secure as it comes, but never refused */
	if(is_exposed(settings, facts) && sdp->keys)
		return MS_REASON_INSECURE_KEYS;
	if(is_forbidden(settings, facts) && asks_for_protection(sdp))
		return MS_REASON_OFFER_FORBIDDEN;
	if(is_let_alone(settings, facts))
		return MS_REASON_NONE;
	if(has(sdp, MS_PROT_BROKEN))
		return broken_reason(sdp);
	if(offer_mech(sdp) & ~usable_bits(settings, facts))
		return MS_REASON_OFFER_MECHANISM;
	if(has(sdp, MS_PROT_PLAIN) && is_enforced(settings, facts))
		return MS_REASON_OFFER_PLAIN;
	if(facts->all_rejected)
		return MS_REASON_OFFER_PLAIN;
	if(facts->plain_rejected && settings->refuse_mixed)
		return MS_REASON_OFFER_PLAIN;
	return MS_REASON_NONE;
}

/* Our side makes the offer of an emergency call: as was agreed, if it was. */
static struct ms_leg emergency_leg(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	unsigned mech = 0;

	if(facts->binding == MS_BINDING_AGREED && settings->policy != MS_POLICY_OFF)
		mech = facts->agreed;
	mech = ms_policy_preferred(settings, mech);
	return (struct ms_leg){mech ? MS_MODE_SECURED : MS_MODE_PLAIN, mech};
}

/* The leg of a sender whose offer, or lack of one, is good. */
static struct ms_leg offer_leg(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	struct ms_leg leg = {MS_MODE_PLAIN, offer_mech(&facts->sdp)};

	/* our side makes the offer, as the leg is */
	if(facts->in_dialog && !facts->has_sdp)
		return (struct ms_leg){facts->leg.mode,
				facts->leg.mech & usable_bits(settings, facts)};
	if(is_emergency(facts) && !facts->has_sdp)
		return emergency_leg(settings, facts);
	if(is_enforced(settings, facts)) {
		leg.mode = MS_MODE_ENFORCED;
		if(!leg.mech && facts->in_dialog)
			leg.mech = facts->leg.mech;
		if(!leg.mech)
			leg.mech =
					ms_policy_preferred(settings, usable_bits(settings, facts));
	} else if(leg.mech) {
		leg.mode = MS_MODE_SECURED;
	}
	return leg;
}

/* The mark of a dialog stays what it was: each plain re-offer counts. */
static bool goes_plain(const struct ms_facts *facts, const struct ms_leg *leg)
{
	return facts->in_dialog && facts->leg.mode == MS_MODE_SECURED
		   && facts->has_sdp && facts->sdp.alive > 0
		   && leg->mode == MS_MODE_PLAIN;
}

struct ms_verdict ms_policy_offer(
		const struct ms_settings *settings, const struct ms_facts *facts)
{
	struct ms_verdict verdict = pass;

	if(facts->has_sdp)
		verdict.reason = offer_fault(settings, facts);
	if(verdict.reason)
		return verdict;
	verdict.leg = offer_leg(settings, facts);
	/* held to something that cannot be had here */
	if(verdict.leg.mode != MS_MODE_PLAIN && !verdict.leg.mech)
		return refuse(MS_REASON_OFFER_MECHANISM);
	if(goes_plain(facts, &verdict.leg))
		verdict.note = MS_NOTE_REOFFER_PLAIN;
	return verdict;
}

/* ---- callees ------------------------------------------------------------ */

/* A lost record is no licence to be called in clear where that may not be. */
static bool callee_is_held(
		const struct ms_settings *settings, const struct ms_callee *callee)
{
	switch(settings->outbound) {
		case MS_MEDIA_MANDATORY:
			return true;
		case MS_MEDIA_FORBIDDEN:
			return false;
		case MS_MEDIA_OPTIONAL:
			break;
	}
	if(settings->policy != MS_POLICY_OPTIONAL)
		return settings->policy == MS_POLICY_REQUIRED;
	switch(callee->binding) {
		case MS_BINDING_AGREED:
			return true;
		case MS_BINDING_UNKNOWN:
			return settings->unknown != MS_UNKNOWN_PLAIN;
		case MS_BINDING_NONE:
			return false;
	}
	return true;
}

/* Whom a record would have held to an agreement. */
static bool callee_passes_unknown(
		const struct ms_settings *settings, const struct ms_callee *callee)
{
	return callee->binding == MS_BINDING_UNKNOWN
		   && settings->policy == MS_POLICY_OPTIONAL
		   && settings->outbound == MS_MEDIA_OPTIONAL;
}

struct ms_verdict ms_policy_callee(
		const struct ms_settings *settings, const struct ms_callee *callee)
{
	unsigned bits = callee->binding == MS_BINDING_AGREED
							? callee->agreed
							: ms_list_bits(&settings->list);
	struct ms_verdict verdict = pass;

	if(callee->core && callee->binding == MS_BINDING_AGREED)
		return refuse(MS_REASON_INTERNAL);
	if(!callee_is_held(settings, callee))
		return callee_passes_unknown(settings, callee)
					   ? pass_with(MS_NOTE_CALLED_UNKNOWN)
					   : pass;
	if(settings->secure_transport && !callee->secure)
		bits &= ~(unsigned)MS_MECH_SDES;
	verdict.leg = (struct ms_leg){
			MS_MODE_ENFORCED, ms_policy_preferred(settings, bits)};
	return verdict.leg.mech ? verdict : refuse(MS_REASON_OFFER_MECHANISM);
}

bool ms_policy_forbids(enum ms_media media, const struct ms_leg *leg,
		const struct ms_sdp_facts *sdp)
{
	return media == MS_MEDIA_FORBIDDEN && leg->mode == MS_MODE_PLAIN
		   && asks_for_protection(sdp);
}

bool ms_policy_retries_plain(const struct ms_settings *settings)
{
	return settings->retry_plain && settings->policy == MS_POLICY_OPTIONAL
		   && settings->outbound == MS_MEDIA_OPTIONAL;
}

bool ms_policy_rejects_srtp(unsigned code)
{
	return code == 415 || code == 488 || code == 606;
}
