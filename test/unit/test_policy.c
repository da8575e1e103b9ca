/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* First rows, one situation each; then rules that have to hold for every
 * combination of what is known of a message and of how an interface is set. */

#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ms_offer.h"
#include "ms_policy.h"

#define HEAD                                                           \
	"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n" \
	"t=0 0\r\n"
#define KEY "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define AUDIO(proto) "m=audio 40000 " proto " 8\r\n"
#define VIDEO(proto) "m=video 40002 " proto " 31\r\n"
#define T38 "m=image 40004 udptl t38\r\n"
#define CRYPTO(suite, rest) "a=crypto:1 " suite " inline:" KEY rest "\r\n"
#define CM128 CRYPTO("AES_CM_128_HMAC_SHA1_80", "")
#define NULL_80 CRYPTO("NULL_HMAC_SHA1_80", "")
#define FINGERPRINT "a=fingerprint:sha-256 5A:70\r\na=setup:actpass\r\n"
#define REQUESTED "a=3ge2ae:requested\r\n"

#define PLAIN HEAD AUDIO("RTP/AVP")
#define SDES HEAD AUDIO("RTP/SAVP") CM128
#define SDES_REQUESTED SDES REQUESTED
#define SDES_AND_PLAIN SDES VIDEO("RTP/AVP")
#define OSRTP HEAD AUDIO("RTP/AVP") CM128
#define NO_CRYPTO HEAD AUDIO("RTP/SAVP")
#define DTLS HEAD AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT

/* ---- settings of a row -------------------------------------------------- */

#define LIST "sdes-srtp,dtls-srtp"

/* Differences from the defaults: optional, compat, secure_offer, plain, no
 * strict tag, keys over TLS only, OSRTP and T.38 taken, mixed offers, too. */
enum
{
	OFF = 1 << 0,
	REQUIRED = 1 << 1,
	STRICT = 1 << 2,
	SET = 1 << 3,
	REJECT = 1 << 4,
	ACCEPT = 1 << 5,
	SECURE = 1 << 6,
	REFUSE = 1 << 7,
	TAG = 1 << 8,
	ANY_TRANSPORT = 1 << 9,
	NO_OSRTP = 1 << 10,
	NO_T38 = 1 << 11,
	REFUSE_MIXED = 1 << 12,
	TELEKOM = 1 << 13,	/* W-1 */
	NO_MEDIA = 1 << 14, /* nothing that can be terminated */
	SDES_ONLY = 1 << 15,
	DTLS_FIRST = 1 << 16,
	IN_MANDATORY = 1 << 17,
	IN_FORBIDDEN = 1 << 18,
	OUT_MANDATORY = 1 << 19,
	OUT_FORBIDDEN = 1 << 20,
	STICKY_LOG = 1 << 21,
	STICKY_REJECT = 1 << 22
};

static struct ms_list list_of(const char *text)
{
	struct ms_list list = {0};

	CHECK_INT(ms_list_read(test_text(text), &list), MS_OK);
	return list;
}

static const char *list_text(unsigned flags)
{
	if(flags & TELEKOM)
		return "msrp-tls," LIST;
	if(flags & NO_MEDIA)
		return "msrp-tls,bfcp-tls";
	if(flags & DTLS_FIRST)
		return "x-media,dtls-srtp,sdes-srtp";
	return flags & SDES_ONLY ? "sdes-srtp" : LIST;
}

static enum ms_media media_of(
		unsigned flags, unsigned mandatory, unsigned forbidden)
{
	if(flags & mandatory)
		return MS_MEDIA_MANDATORY;
	return flags & forbidden ? MS_MEDIA_FORBIDDEN : MS_MEDIA_OPTIONAL;
}

static struct ms_settings settings_of(unsigned flags)
{
	return (struct ms_settings){.policy = flags & OFF ? MS_POLICY_OFF
										  : flags & REQUIRED
												  ? MS_POLICY_REQUIRED
												  : MS_POLICY_OPTIONAL,
			.inbound = media_of(flags, IN_MANDATORY, IN_FORBIDDEN),
			.outbound = media_of(flags, OUT_MANDATORY, OUT_FORBIDDEN),
			.verify_mode = flags & STRICT ? MS_VERIFY_STRICT
						   : flags & SET  ? MS_VERIFY_SET
										  : MS_VERIFY_COMPAT,
			.missing = flags & REJECT	? MS_MISSING_REJECT
					   : flags & ACCEPT ? MS_MISSING_ACCEPT
										: MS_MISSING_SECURE_OFFER,
			.unknown = flags & SECURE	? MS_UNKNOWN_SECURE
					   : flags & REFUSE ? MS_UNKNOWN_REFUSE
										: MS_UNKNOWN_PLAIN,
			.sticky = flags & STICKY_REJECT ? MS_STICKY_REJECT
					  : flags & STICKY_LOG	? MS_STICKY_LOG
											: MS_STICKY_OFF,
			.strict_tag = flags & TAG,
			.secure_transport = !(flags & ANY_TRANSPORT),
			.osrtp = !(flags & NO_OSRTP),
			.t38 = !(flags & NO_T38),
			.refuse_mixed = flags & REFUSE_MIXED,
			.list = list_of(list_text(flags)),
			.keying = ms_keying_default};
}

/* ---- facts of a row ----------------------------------------------------- */

/* mechanisms */
#define S MS_MECH_SDES
#define D MS_MECH_DTLS
#define M MS_MECH_MSRP
/* senders, over TLS unless they say UDP */
#define NONE .secure = true, .binding = MS_BINDING_NONE
#define UNKNOWN .secure = true, .binding = MS_BINDING_UNKNOWN
#define AGREED_TO(bits, offer)                                      \
	.secure = true, .binding = MS_BINDING_AGREED, .agreed = (bits), \
	.offered = (offer), .binding_secure = true
#define AGREED AGREED_TO(S, S)
#define UDP_AGREED .binding = MS_BINDING_AGREED, .agreed = S, .offered = S
/* who agreed over TLS and now comes over UDP */
#define UDP_MOVED UDP_AGREED, .binding_secure = true
/* what a REGISTER has */
#define CLIENT(bits) .client = {.rows = 1, .media = (bits)}
#define TAGS .tag = true, .proxy_tag = true
#define VERIFY(result) .verify = MS_VERIFY_##result
/* and what other requests are */
#define INVITE .method = MS_METHOD_INVITE
#define UPDATE .method = MS_METHOD_UPDATE
#define OTHER .method = MS_METHOD_OTHER
#define ACK .method = MS_METHOD_UNANSWERED
#define DIALOG(is) .in_dialog = true, .leg = {is}
/* a leg */
#define P MS_MODE_PLAIN, 0
#define SECURED(bit) MS_MODE_SECURED, (bit)
#define ENFORCED(bit) MS_MODE_ENFORCED, (bit)
/* what is said of them */
#define R(reason) MS_REASON_##reason
#define N(note) MS_NOTE_##note

/* As the glue does it: what may be taken of the offer, and its facts. */
static void take_sdp(const struct ms_settings *settings, struct ms_facts *facts,
		const char *sdp)
{
	struct ms_offer_rules rules = ms_policy_offer_rules(settings, facts);
	struct ms_str body = test_text(sdp), taken;
	size_t size = ms_offer_size(body);
	struct ms_offer offer = {0};
	char *buf;

	facts->has_sdp = sdp != NULL;
	if(!sdp)
		return;
	buf = guard_buf(2 * size);
	taken.p = buf;
	facts->bad_sdp =
			ms_offer_take(
					body, &rules, buf, buf + size, size, &taken.len, &offer)
					!= MS_OK
			|| ms_sdp_survey(taken, rules.keying, &facts->sdp) != MS_OK;
	if(facts->bad_sdp)
		facts->sdp.keys = ms_sdp_text_has_key(body);
	facts->plain_rejected = offer.plain_rejected;
}

/* A refusal says why and nothing else. */
static void check_refused(const struct ms_verdict *verdict)
{
	if(!verdict->reason)
		return;
	CHECK_INT(verdict->note, MS_NOTE_NONE);
	CHECK_INT(verdict->agreed, 0);
	CHECK_INT(verdict->leg.mode, MS_MODE_PLAIN);
	CHECK_INT(verdict->leg.mech, 0);
}

/* ---- REGISTER ----------------------------------------------------------- */

static const struct
{
	const char *name;
	unsigned set;
	struct ms_facts facts;
	enum ms_reason reason;
	unsigned agreed;
} register_rows[] = {
		/* who asks */
		{"T-2 S-32 W-2 Client, tags and the mirror", TELEKOM,
				{NONE, CLIENT(S), TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-2 the same under required", REQUIRED | TELEKOM,
				{NONE, CLIENT(S), TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-3 a row of the mirror is missing", TELEKOM,
				{NONE, CLIENT(S), TAGS, VERIFY(DIFFERS)}, R(VERIFY_DIFFERS), 0},
		{"T-4 R-8 a wrong mirror records nothing", 0,
				{AGREED, CLIENT(S), TAGS, VERIFY(DIFFERS)}, R(VERIFY_DIFFERS),
				0},
		{"T-4 R-8 a malformed mirror records nothing", 0,
				{AGREED, CLIENT(S), TAGS, VERIFY(MALFORMED)},
				R(VERIFY_MALFORMED), 0},
		{"T-5 S-29 W-7 Client alone", 0, {NONE, CLIENT(S)}, R(NONE), S},
		{"T-5 S-34 Client alone, required", REQUIRED, {NONE, CLIENT(S)},
				R(NONE), S},
		{"T-5 S-34 Client alone, strict", STRICT, {NONE, CLIENT(S)}, R(NONE),
				S},
		{"S-29 Client alone, strict_option_tag", TAG, {NONE, CLIENT(S)},
				R(TAG_MISSING), 0},
		{"S-29 Client and tag, strict_option_tag", TAG, {NONE, CLIENT(S), TAGS},
				R(NONE), S},
		{"S-20 the tag in Require only", 0,
				{NONE, CLIENT(S), .tag = true, VERIFY(RIGHT)}, R(NONE), S},
		{"T-6 S-26 nobody asks, off", OFF, {NONE}, R(NONE), 0},
		{"T-6 S-26 nobody asks, optional", 0, {NONE}, R(NONE), 0},
		{"T-6 S-26 nobody asks, required", REQUIRED, {NONE}, R(CLIENT_MISSING),
				0},
		{"R-1 nobody asks any more, optional", 0, {AGREED}, R(NONE), 0},
		{"S-37 nobody asks any more, required", REQUIRED, {AGREED},
				R(CLIENT_MISSING), 0},
		{"T-7 S-27 the tag only", 0, {NONE, TAGS}, R(CLIENT_TAG_ONLY), 0},
		{"T-7 S-27 the tag only, required", REQUIRED, {NONE, TAGS},
				R(CLIENT_TAG_ONLY), 0},
		{"T-8 S-28 the mirror and the tag, after a 494", 0,
				{UNKNOWN, TAGS, VERIFY(RIGHT)}, R(NONE), S | D},
		{"T-8 S-28 the same under required and strict", REQUIRED | STRICT | TAG,
				{UNKNOWN, TAGS, VERIFY(RIGHT)}, R(NONE), S | D},
		{"T-8 S-28 the offer that was stored stays", 0,
				{AGREED, TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-8 S-28 a stored offer without what we have", 0,
				{AGREED_TO(S, M), TAGS, VERIFY(RIGHT)}, R(NONE), 0},
		{"T-8 S-28 an agreement whose offer is not known", 0,
				{AGREED_TO(S, 0), TAGS, VERIFY(RIGHT)}, R(NONE), S | D},
		{"T-8 S-28 a stored offer that came to nothing", 0,
				{NONE, .offered = M, TAGS, VERIFY(RIGHT)}, R(NONE), 0},
		{"T-8 S-28 the same, required", REQUIRED,
				{NONE, .offered = M, TAGS, VERIFY(RIGHT)}, R(NO_COMMON), 0},
		{"T-8 S-28 a wrong mirror and the tag", 0,
				{UNKNOWN, TAGS, VERIFY(DIFFERS)}, R(VERIFY_DIFFERS), 0},
		/* what can be read of Security-Client */
		{"T-10 S-4 a bare name does not ask", 0,
				{NONE, .client = {.rows = 1, .bare = S}}, R(NONE), 0},
		{"T-11 S-63 only mechanisms of others", 0,
				{NONE, .client = {.rows = 1, .foreign = 1}}, R(NONE), 0},
		{"T-11 S-63 the same, required", REQUIRED,
				{NONE, .client = {.rows = 1, .foreign = 1}}, R(CLIENT_MISSING),
				0},
		{"T-11 mixed with mechanisms of others", 0,
				{NONE, .client = {.rows = 2, .media = S, .foreign = 1}, TAGS,
						VERIFY(RIGHT)},
				R(NONE), S},
		{"S-31 a malformed element is skipped", 0,
				{NONE, .client = {.rows = 1, .media = S, .bad = 1}}, R(NONE),
				S},
		{"S-31 nothing can be read", 0, {NONE, .client = {.rows = 1, .bad = 1}},
				R(CLIENT_MALFORMED), 0},
		{"S-31 nothing can be read, required", REQUIRED,
				{NONE, .client = {.rows = 1, .bad = 1}}, R(CLIENT_MALFORMED),
				0},
		{"S-31 nothing can be read, with the tag", 0,
				{NONE, .client = {.rows = 1, .bad = 1}, TAGS},
				R(CLIENT_MALFORMED), 0},
		{"S-31 malformed beside others'", 0,
				{NONE, .client = {.rows = 1, .bad = 1, .foreign = 1}}, R(NONE),
				0},
		{"S-31 malformed beside others', required", REQUIRED,
				{NONE, .client = {.rows = 1, .bad = 1, .foreign = 1}},
				R(CLIENT_MISSING), 0},
		/* the mirror */
		{"S-34 Client and tag, no mirror, optional", 0, {NONE, CLIENT(S), TAGS},
				R(NONE), S},
		{"S-34 the same in set mode", SET, {NONE, CLIENT(S), TAGS}, R(NONE), S},
		{"S-34 the same, strict", STRICT, {NONE, CLIENT(S), TAGS},
				R(VERIFY_MISSING), 0},
		{"S-34 the same, required", REQUIRED, {NONE, CLIENT(S), TAGS},
				R(VERIFY_MISSING), 0},
		{"S-34 the same, required, of an agreed binding", REQUIRED,
				{AGREED, CLIENT(S), TAGS}, R(VERIFY_MISSING), 0},
		{"A-8 Client without the tag, a wrong mirror", 0,
				{NONE, CLIENT(S), VERIFY(DIFFERS)}, R(VERIFY_DIFFERS), 0},
		{"A-8 a wrong mirror alone", 0, {AGREED, VERIFY(DIFFERS)},
				R(VERIFY_DIFFERS), 0},
		{"S-28 a right mirror alone", 0, {AGREED, VERIFY(RIGHT)}, R(NONE), S},
		{"S-28 S-31 a right mirror, Client cannot be read", REQUIRED,
				{AGREED, .client = {.rows = 1, .bad = 1}, VERIFY(RIGHT)},
				R(NONE), S},
		{"A-8 a malformed mirror", REQUIRED,
				{NONE, CLIENT(S), VERIFY(MALFORMED)}, R(VERIFY_MALFORMED), 0},
		/* what is agreed */
		{"T-29 S-14 more is offered than we have", TELEKOM,
				{NONE, CLIENT(S | M | MS_MECH_OTHER)}, R(NONE), S},
		{"T-29 both are offered", TELEKOM, {NONE, CLIENT(S | D)}, R(NONE),
				S | D},
		{"T-29 a second contact with DTLS only", 0,
				{NONE, CLIENT(D), TAGS, VERIFY(RIGHT)}, R(NONE), D},
		{"T-29 S-15 what we cannot terminate is not agreed", TELEKOM,
				{NONE, CLIENT(M | MS_MECH_UDPTL)}, R(NONE), 0},
		{"T-29 S-14 nothing in common, required", REQUIRED,
				{NONE, CLIENT(M), TAGS, VERIFY(RIGHT)}, R(NO_COMMON), 0},
		{"S-15 what is not on the list is not agreed", NO_MEDIA,
				{NONE, CLIENT(S)}, R(NONE), 0},
		{"S-15 one of them is not on the list", SDES_ONLY,
				{NONE, CLIENT(S | D)}, R(NONE), S},
		{"S-37 a new offer replaces the old", 0,
				{AGREED, CLIENT(M), TAGS, VERIFY(RIGHT)}, R(NONE), 0},
		{"A-15 a plain client begins to ask", 0,
				{NONE, CLIENT(S), TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"R-6 S-13 keys would be exposed", 0, {CLIENT(S)}, R(NONE), 0},
		{"S-13 DTLS may stay", 0, {CLIENT(S | D)}, R(NONE), D},
		{"R-6 S-13 keys would be exposed, required", REQUIRED, {CLIENT(S)},
				R(NO_COMMON), 0},
		{"R-6 S-13 any transport is taken", REQUIRED | ANY_TRANSPORT,
				{CLIENT(S)}, R(NONE), S},
		/* off, removal, a hop between */
		{"T-16 S-30 off, Proxy-Require", OFF, {NONE, TAGS}, R(TAG_REFUSED), 0},
		{"S-30 off, Require is the registrar's", OFF, {NONE, .tag = true},
				R(NONE), 0},
		{"R-1 off, a full and wrong REGISTER", OFF,
				{AGREED, CLIENT(S), .tag = true, VERIFY(DIFFERS)}, R(NONE), 0},
		{"T-28 S-38 removal without a mirror", REQUIRED,
				{AGREED, .deregister = true, CLIENT(S), TAGS}, R(NONE), 0},
		{"T-28 S-38 removal with a wrong mirror", REQUIRED | STRICT | TAG,
				{AGREED, .deregister = true, CLIENT(S), VERIFY(DIFFERS)},
				R(NONE), 0},
		{"T-28 S-38 removal that asks for nothing", REQUIRED,
				{AGREED, .deregister = true}, R(NONE), 0},
		{"T-17 R-3 a second Via agrees to nothing", 0,
				{NONE, .not_first_hop = true, CLIENT(S), TAGS, VERIFY(RIGHT)},
				R(NONE), 0},
		{"T-17 R-3 a second Via, required", REQUIRED,
				{NONE, .not_first_hop = true, CLIENT(S), TAGS, VERIFY(RIGHT)},
				R(NOT_FIRST_HOP), 0},
		{"T-17 R-3 a second Via, of an agreed binding", 0,
				{AGREED, .not_first_hop = true}, R(NOT_FIRST_HOP), 0},
		{"T-17 R-1 a second Via, off", OFF, {AGREED, .not_first_hop = true},
				R(NONE), 0},
};

static void test_register(void)
{
	struct ms_settings settings;
	struct ms_verdict verdict;
	size_t i;

	for(i = 0; i < N_OF(register_rows); i++) {
		test_row(register_rows[i].name);
		settings = settings_of(register_rows[i].set);
		verdict = ms_policy_register(&settings, &register_rows[i].facts);
		CHECK_INT(verdict.reason, register_rows[i].reason);
		CHECK_INT(verdict.agreed, register_rows[i].agreed);
		CHECK_INT(verdict.note, MS_NOTE_NONE);
		check_refused(&verdict);
	}
}

/* S-122: a client that had agreed registers without asking. */
static void test_lost(void)
{
	static const struct
	{
		const char *name;
		unsigned set;
		struct ms_facts facts;
		enum ms_reason reason;
		enum ms_note note;
	} rows[] = {
			{"S-122 lost, off", 0, {AGREED}, R(NONE), MS_NOTE_NONE},
			{"S-122 lost, log", STICKY_LOG, {AGREED}, R(NONE),
					MS_NOTE_LOST_CAPABILITY},
			{"S-122 lost, reject", STICKY_REJECT, {AGREED}, R(LOST_CAPABILITY),
					MS_NOTE_NONE},
			{"S-122 others' mechanisms only, reject", STICKY_REJECT,
					{AGREED, .client = {.rows = 1, .foreign = 1}},
					R(LOST_CAPABILITY), MS_NOTE_NONE},
			{"S-122 a plain client, reject", STICKY_REJECT, {NONE}, R(NONE),
					MS_NOTE_NONE},
			{"S-122 not known, reject", STICKY_REJECT, {UNKNOWN}, R(NONE),
					MS_NOTE_NONE},
			{"S-122 the mirror alone asks", STICKY_REJECT,
					{AGREED, VERIFY(RIGHT)}, R(NONE), MS_NOTE_NONE},
			{"S-122 de-registering is the way out", STICKY_REJECT,
					{AGREED, .deregister = true}, R(NONE), MS_NOTE_NONE},
			{"S-122 required asks everybody", REQUIRED | STICKY_REJECT,
					{AGREED}, R(CLIENT_MISSING), MS_NOTE_NONE},
	};
	struct ms_settings settings;
	struct ms_verdict verdict;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		settings = settings_of(rows[i].set);
		verdict = ms_policy_register(&settings, &rows[i].facts);
		CHECK_INT(verdict.reason, rows[i].reason);
		CHECK_INT(verdict.note, rows[i].note);
	}
}

/* SRTP that nobody was held to went back. */
static void test_back(void)
{
	static const struct
	{
		const char *name;
		struct ms_facts facts;
		const char *sdp;
		enum ms_note note;
	} rows[] = {
			{"S-105 secured, plain re-offer", {INVITE, DIALOG(SECURED(S))},
					PLAIN, MS_NOTE_REOFFER_PLAIN},
			{"S-105 the same in an UPDATE", {UPDATE, DIALOG(SECURED(D))}, PLAIN,
					MS_NOTE_REOFFER_PLAIN},
			{"S-105 secured, secured re-offer",
					{NONE, INVITE, DIALOG(SECURED(S))}, SDES, MS_NOTE_NONE},
			{"S-105 secured, no offer", {NONE, INVITE, DIALOG(SECURED(S))},
					NULL, MS_NOTE_NONE},
			{"S-105 secured, every stream rejected",
					{NONE, INVITE, DIALOG(SECURED(S))},
					HEAD "m=audio 0 RTP/AVP 8\r\n", MS_NOTE_NONE},
			{"S-105 plain, plain re-offer", {INVITE, DIALOG(P)}, PLAIN,
					MS_NOTE_NONE},
			{"a new call begins plain", {INVITE, .leg = {SECURED(S)}}, PLAIN,
					MS_NOTE_NONE},
	};
	struct ms_settings settings = settings_of(0);
	struct ms_verdict verdict;
	struct ms_facts facts;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		facts = rows[i].facts;
		take_sdp(&settings, &facts, rows[i].sdp);
		verdict = ms_policy_offer(&settings, &facts);
		CHECK_INT(verdict.reason, MS_REASON_NONE);
		CHECK_INT(verdict.note, rows[i].note);
	}
}

static void test_list(void)
{
	static const struct
	{
		const char *name;
		unsigned set;
		bool secure;
		const char *want;
	} rows[] = {
			{"S-14 over TLS", TELEKOM, true, "msrp-tls,sdes-srtp,dtls-srtp"},
			{"R-6 S-13 over UDP without SDES", TELEKOM, false,
					"msrp-tls,dtls-srtp"},
			{"S-13 over UDP where that is allowed", TELEKOM | ANY_TRANSPORT,
					false, "msrp-tls,sdes-srtp,dtls-srtp"},
			{"S-13 over TLS where UDP is allowed", ANY_TRANSPORT, true, LIST},
			{"S-14 whatever the policy", OFF, true, LIST},
	};
	struct ms_settings settings;
	struct ms_list list;
	char buf[64];
	size_t i, len;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		settings = settings_of(rows[i].set);
		list = ms_policy_list(&settings, rows[i].secure);
		CHECK_INT(ms_list_write(&list, buf, sizeof(buf), &len), MS_OK);
		CHECK_TEXT(((struct ms_str){buf, len}), rows[i].want);
	}
}

static void test_offer_rules(void)
{
	static const struct
	{
		const char *name;
		unsigned set;
		struct ms_facts facts;
		struct ms_offer_rules want; /* but the keying */
	} rows[] = {
			{"S-73 what there is", 0, {NONE}, {{S, D}, true, true, true, NULL}},
			{"S-73 in the order of the list", DTLS_FIRST, {NONE},
					{{D, S}, true, true, true, NULL}},
			{"R-5 what was agreed", 0, {AGREED},
					{{S}, false, true, true, NULL}},
			{"R-6 over UDP", REQUIRED, {INVITE},
					{{D}, false, true, true, NULL}},
			{"S-73 without OSRTP", NO_OSRTP, {NONE},
					{{S, D}, true, false, true, NULL}},
			{"A-20 without T.38: for who is held to it", NO_T38, {AGREED},
					{{S}, false, true, false, NULL}},
			{"A-20 without T.38: a plain client", NO_T38, {NONE},
					{{S, D}, true, true, true, NULL}},
	};
	struct ms_offer_rules rules;
	struct ms_settings settings;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		settings = settings_of(rows[i].set);
		rules = ms_policy_offer_rules(&settings, &rows[i].facts);
		CHECK_INT(rules.mech[0], rows[i].want.mech[0]);
		CHECK_INT(rules.mech[1], rows[i].want.mech[1]);
		CHECK_INT(rules.plain, rows[i].want.plain);
		CHECK_INT(rules.osrtp, rows[i].want.osrtp);
		CHECK_INT(rules.t38, rows[i].want.t38);
		CHECK(rules.keying == &settings.keying);
	}
}

static void test_asked(void)
{
	static const struct
	{
		const char *name;
		struct ms_facts facts;
		bool asked;
	} rows[] = {
			{"S-20 nothing", {NONE}, false},
			{"S-20 Client", {NONE, CLIENT(S)}, true},
			{"S-20 Client with a mechanism we do not know",
					{NONE, CLIENT(MS_MECH_OTHER)}, true},
			{"S-20 the tag", {NONE, .tag = true}, true},
			{"S-28 a mirror", {NONE, VERIFY(RIGHT)}, true},
			{"A-8 a wrong mirror", {NONE, VERIFY(DIFFERS)}, true},
			{"S-4 a bare name", {NONE, .client = {.rows = 1, .bare = S}},
					false},
			{"S-63 others' mechanisms",
					{NONE, .client = {.rows = 1, .foreign = 2}}, false},
			{"S-31 what cannot be read",
					{NONE, .client = {.rows = 1, .bad = 1}}, false},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_policy_asked(&rows[i].facts), rows[i].asked);
	}
}

/* ---- requests ----------------------------------------------------------- */

/* What ms_policy_request() says of it. */
static const struct
{
	const char *name;
	unsigned set;
	struct ms_facts facts;
	const char *sdp;
	enum ms_reason reason;
	enum ms_note note;
} request_rows[] = {
		/* S-46, its rows; for an agreed binding R-1 makes optional the same */
		{"T-12 S-44 the mirror, without the tag", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), N(NONE)},
		{"T-12 S-44 the same, strict_option_tag", REQUIRED | TAG,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), N(NONE)},
		{"T-13 S-46 INVITE, wrong mirror", 0, {AGREED, INVITE, VERIFY(DIFFERS)},
				SDES, R(VERIFY_DIFFERS), N(NONE)},
		{"T-13 S-46 INVITE, wrong mirror, required", REQUIRED,
				{AGREED, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				N(NONE)},
		{"A-8 INVITE, wrong mirror, missing ones accepted", ACCEPT,
				{AGREED, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				N(NONE)},
		{"S-46 INVITE, malformed mirror", 0,
				{AGREED, INVITE, VERIFY(MALFORMED)}, SDES, R(VERIFY_MALFORMED),
				N(NONE)},
		{"S-46 MESSAGE, no mirror", 0, {AGREED, OTHER}, NULL, R(NONE), N(NONE)},
		{"S-46 MESSAGE, no mirror, strict and reject",
				REQUIRED | STRICT | REJECT, {AGREED, OTHER}, NULL, R(NONE),
				N(NONE)},
		{"S-46 MESSAGE, wrong mirror", 0, {AGREED, OTHER, VERIFY(DIFFERS)},
				NULL, R(VERIFY_DIFFERS), N(NONE)},
		{"S-46 re-INVITE, no mirror, reject", REJECT,
				{AGREED, INVITE, DIALOG(ENFORCED(S))}, SDES, R(NONE), N(NONE)},
		{"S-46 re-INVITE, no mirror, plain offer", 0,
				{AGREED, INVITE, DIALOG(ENFORCED(S))}, PLAIN, R(NONE), N(NONE)},
		{"S-46 R-1 re-INVITE, wrong mirror", 0,
				{AGREED, INVITE, DIALOG(ENFORCED(S)), VERIFY(DIFFERS)}, SDES,
				R(VERIFY_DIFFERS), N(NONE)},
		{"S-46 R-1 UPDATE, wrong mirror", 0,
				{AGREED, UPDATE, DIALOG(ENFORCED(S)), VERIFY(DIFFERS)}, SDES,
				R(VERIFY_DIFFERS), N(NONE)},
		{"S-46 UPDATE without SDP, no mirror", REJECT,
				{AGREED, UPDATE, DIALOG(ENFORCED(S))}, NULL, R(NONE), N(NONE)},
		{"S-46 INFO in a dialog, no mirror", REJECT,
				{AGREED, OTHER, DIALOG(ENFORCED(S))}, NULL, R(NONE), N(NONE)},
		{"S-46 INFO in a dialog, wrong mirror", 0,
				{AGREED, OTHER, DIALOG(ENFORCED(S)), VERIFY(DIFFERS)}, NULL,
				R(VERIFY_DIFFERS), N(NONE)},
		/* a missing mirror at the beginning of a call */
		{"A-8 secure offer", 0, {AGREED, INVITE}, SDES, R(NONE), N(FORGIVEN)},
		{"A-8 secure offer, required", REQUIRED, {AGREED, INVITE}, SDES,
				R(NONE), N(FORGIVEN)},
		{"A-8 secure offer, set mode", SET, {AGREED, INVITE}, SDES, R(NONE),
				N(FORGIVEN)},
		{"A-8 secure offer, strict", STRICT, {AGREED, INVITE}, SDES,
				R(VERIFY_MISSING), N(NONE)},
		{"A-8 secure offer, reject", REJECT, {AGREED, INVITE}, SDES,
				R(VERIFY_MISSING), N(NONE)},
		{"A-8 plain offer", 0, {AGREED, INVITE}, PLAIN, R(VERIFY_MISSING),
				N(NONE)},
		{"A-8 plain offer, accept", ACCEPT, {AGREED, INVITE}, PLAIN, R(NONE),
				N(NONE)},
		{"A-8 strict means reject, whatever is accepted", ACCEPT | STRICT,
				{AGREED, INVITE}, SDES, R(VERIFY_MISSING), N(NONE)},
		{"R-5 one stream of two is plain", 0, {AGREED, INVITE}, SDES_AND_PLAIN,
				R(VERIFY_MISSING), N(NONE)},
		{"R-5 the same, mixed offers refused", REFUSE_MIXED, {AGREED, INVITE},
				SDES_AND_PLAIN, R(VERIFY_MISSING), N(NONE)},
		{"R-5 S-108 a rejected stream does not count", 0, {AGREED, INVITE},
				SDES "m=video 0 RTP/AVP 31\r\n", R(NONE), N(FORGIVEN)},
		{"R-5 T.38 beside does not count", 0, {AGREED, INVITE}, SDES T38,
				R(NONE), N(FORGIVEN)},
		{"R-5 a suite that is not allowed", 0, {AGREED, INVITE},
				NO_CRYPTO NULL_80, R(VERIFY_MISSING), N(NONE)},
		{"R-5 a mechanism that was not agreed", 0, {AGREED, INVITE}, DTLS,
				R(VERIFY_MISSING), N(NONE)},
		{"R-5 DTLS, agreed to both", 0, {AGREED_TO(S | D, S | D), INVITE}, DTLS,
				R(NONE), N(FORGIVEN)},
		{"R-5 DTLS over UDP is secure", 0,
				{.binding = MS_BINDING_AGREED, .agreed = D, INVITE}, DTLS,
				R(NONE), N(FORGIVEN)},
		{"R-5 agreed to another mechanism", 0, {AGREED_TO(D, D), INVITE}, SDES,
				R(VERIFY_MISSING), N(NONE)},
		{"R-5 no offer", 0, {AGREED, INVITE}, NULL, R(NONE), N(FORGIVEN)},
		{"R-5 no offer, reject", REJECT, {AGREED, INVITE}, NULL,
				R(VERIFY_MISSING), N(NONE)},
		{"A-8 an offer that cannot be read", 0, {AGREED, INVITE}, "x",
				R(VERIFY_MISSING), N(NONE)},
		{"R-2 UPDATE without our mark", REJECT, {AGREED, UPDATE}, SDES,
				R(VERIFY_MISSING), N(NONE)},
		{"R-6 A-8 keys over UDP are no secure offer", 0, {UDP_AGREED, INVITE},
				SDES, R(VERIFY_MISSING), N(NONE)},
		{"S-13 A-8 keys over UDP where that is allowed", ANY_TRANSPORT,
				{UDP_AGREED, INVITE}, SDES, R(NONE), N(FORGIVEN)},
		/* */
		{"T-17 R-3 a second Via, agreed", 0,
				{AGREED, INVITE, .not_first_hop = true, VERIFY(RIGHT)}, SDES,
				R(NOT_FIRST_HOP), N(NONE)},
		{"T-17 R-3 a second Via, required", REQUIRED,
				{NONE, INVITE, .not_first_hop = true}, SDES, R(NOT_FIRST_HOP),
				N(NONE)},
		{"T-17 R-3 a second Via, plain client", 0,
				{NONE, INVITE, .not_first_hop = true}, PLAIN, R(NONE), N(NONE)},
		{"T-17 R-3 a second Via, unknown", 0,
				{UNKNOWN, INVITE, .not_first_hop = true}, PLAIN, R(NONE),
				N(NONE)},
		{"T-17 R-3 a second Via, unknown, wrong mirror", REFUSE,
				{UNKNOWN, INVITE, .not_first_hop = true, VERIFY(DIFFERS)},
				PLAIN, R(NOT_FIRST_HOP), N(NONE)},
		{"T-17 R-3 a second Via, unknown, no mirror", REFUSE,
				{UNKNOWN, INVITE, .not_first_hop = true}, PLAIN,
				R(NOT_FIRST_HOP), N(NONE)},
		{"R-6 a binding made on TLS, used over UDP", 0,
				{UDP_MOVED, INVITE, VERIFY(RIGHT)}, NULL, R(INSECURE_FLOW),
				N(NONE)},
		{"R-6 the same with a wrong mirror", 0,
				{UDP_MOVED, OTHER, VERIFY(DIFFERS)}, NULL, R(INSECURE_FLOW),
				N(NONE)},
		{"S-13 the same where any transport is taken", ANY_TRANSPORT,
				{UDP_MOVED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), N(NONE)},
		{"R-6 a binding made over UDP", 0, {UDP_AGREED, OTHER}, NULL, R(NONE),
				N(NONE)},
		/* off, emergency, what is never answered */
		{"T-16 S-30 off, Proxy-Require", OFF, {NONE, INVITE, TAGS}, PLAIN,
				R(TAG_REFUSED), N(NONE)},
		{"R-1 off, Require is not the proxy's", OFF,
				{NONE, INVITE, .tag = true}, PLAIN, R(NONE), N(NONE)},
		{"R-1 off, wrong mirror", OFF, {AGREED, INVITE, VERIFY(DIFFERS)}, PLAIN,
				R(NONE), N(NONE)},
		{"R-10 off, an emergency call with the tag", OFF,
				{NONE, INVITE, .emergency = true, TAGS}, PLAIN, R(NONE),
				N(EMERGENCY)},
		{"T-15 S-47 off, CANCEL with Proxy-Require", OFF, {NONE, ACK, TAGS},
				NULL, R(NONE), N(NONE)},
		{"R-10 S-51 emergency, wrong mirror", REQUIRED,
				{AGREED, INVITE, .emergency = true, VERIFY(DIFFERS)}, PLAIN,
				R(NONE), N(EMERGENCY)},
		{"R-10 emergency number in an enforced dialog, wrong mirror", 0,
				{AGREED, INVITE, DIALOG(ENFORCED(S)), .emergency = true,
						VERIFY(DIFFERS)},
				PLAIN, R(VERIFY_DIFFERS), N(NONE)},
		{"R-10 emergency number in a secured dialog, wrong mirror", 0,
				{AGREED, INVITE, DIALOG(SECURED(S)), .emergency = true,
						VERIFY(DIFFERS)},
				PLAIN, R(NONE), N(EMERGENCY)},
		{"R-10 S-51 emergency, unknown sender", REQUIRED,
				{UNKNOWN, INVITE, .emergency = true}, PLAIN, R(NONE),
				N(EMERGENCY)},
		{"R-10 S-51 emergency behind a proxy", REQUIRED,
				{NONE, INVITE, .emergency = true, .not_first_hop = true}, PLAIN,
				R(NONE), N(EMERGENCY)},
		{"R-10 S-51 emergency over UDP, bound over TLS", 0,
				{UDP_MOVED, INVITE, .emergency = true}, PLAIN, R(NONE),
				N(EMERGENCY)},
		{"T-14 ACK, no mirror", REQUIRED, {AGREED, ACK}, NULL, R(NONE),
				N(NONE)},
		{"T-14 PRACK, plain", REQUIRED | STRICT | REJECT, {AGREED, ACK}, PLAIN,
				R(NONE), N(NONE)},
		{"T-14 BYE, wrong mirror", REQUIRED, {AGREED, ACK, VERIFY(DIFFERS)},
				NULL, R(NONE), N(NONE)},
		{"T-14 BYE, malformed mirror", 0, {AGREED, ACK, VERIFY(MALFORMED)},
				NULL, R(NONE), N(NONE)},
		{"T-14 CANCEL, unknown sender", REQUIRED | REFUSE,
				{UNKNOWN, ACK, VERIFY(DIFFERS)}, NULL, R(NONE), N(NONE)},
		{"T-14 R-3 ACK with a second Via", REQUIRED,
				{AGREED, ACK, .not_first_hop = true}, NULL, R(NONE), N(NONE)},
		{"T-14 R-6 BYE over UDP, bound over TLS", 0, {UDP_MOVED, ACK}, NULL,
				R(NONE), N(NONE)},
		/* unknown senders in a dialog of ours */
		{"R-2 the mark speaks for an unknown sender", REQUIRED | REFUSE,
				{UNKNOWN, INVITE, DIALOG(ENFORCED(S))}, SDES, R(NONE), N(NONE)},
		{"A-8 but not for a wrong mirror", 0,
				{UNKNOWN, INVITE, DIALOG(ENFORCED(S)), VERIFY(DIFFERS)}, SDES,
				R(VERIFY_DIFFERS), N(NONE)},
};

static void test_request(void)
{
	struct ms_settings settings;
	struct ms_verdict verdict;
	struct ms_facts facts;
	size_t i;

	for(i = 0; i < N_OF(request_rows); i++) {
		test_row(request_rows[i].name);
		settings = settings_of(request_rows[i].set);
		facts = request_rows[i].facts;
		take_sdp(&settings, &facts, request_rows[i].sdp);
		verdict = ms_policy_request(&settings, &facts);
		CHECK_INT(verdict.reason, request_rows[i].reason);
		CHECK_INT(verdict.note, request_rows[i].note);
		check_refused(&verdict);
	}
}

/* ---- calls -------------------------------------------------------------- */

/* An INVITE: what ms_policy_request() says of it, and if that is nothing, what
 * ms_policy_offer() says. */
static const struct
{
	const char *name;
	unsigned set;
	struct ms_facts facts;
	const char *sdp;
	enum ms_reason reason;
	struct ms_leg leg;
} call_rows[] = {
		/* R-1, its table: the row off */
		{"R-1 off, none, plain", OFF, {NONE, INVITE}, PLAIN, R(NONE), {P}},
		{"R-1 off, agreed, plain", OFF, {AGREED, INVITE}, PLAIN, R(NONE), {P}},
		{"R-1 off, agreed, plain, wrong mirror", OFF,
				{AGREED, INVITE, VERIFY(DIFFERS)}, PLAIN, R(NONE), {P}},
		{"R-1 off, agreed, broken", OFF, {AGREED, INVITE}, NO_CRYPTO, R(NONE),
				{P}},
		{"R-1 off, agreed, keys over UDP", OFF, {UDP_AGREED, INVITE}, SDES,
				R(NONE), {SECURED(S)}},
		{"R-1 off, one that cannot be read", OFF, {AGREED, INVITE}, "x",
				R(NONE), {P}},
		{"R-1 off, one that cannot be read, with a key", OFF, {AGREED, INVITE},
				"x inline:", R(SDP_MALFORMED), {P}},
		{"R-1 off, a re-offer that cannot be read", OFF,
				{AGREED, INVITE, DIALOG(SECURED(S))}, "x", R(SDP_MALFORMED),
				{P}},
		{"R-1 off, unknown, DTLS", OFF | SECURE | SDES_ONLY, {UNKNOWN, INVITE},
				DTLS, R(NONE), {SECURED(D)}},
		{"R-1 off, unknown, plain", OFF | REFUSE, {UNKNOWN, INVITE}, PLAIN,
				R(NONE), {P}},
		{"R-1 off, none, tag", OFF, {NONE, INVITE, TAGS}, PLAIN, R(TAG_REFUSED),
				{P}},
		{"R-1 off, agreed, tag", OFF, {AGREED, INVITE, TAGS, VERIFY(RIGHT)},
				SDES, R(TAG_REFUSED), {P}},
		{"R-1 off, unknown, tag", OFF, {UNKNOWN, INVITE, TAGS}, SDES,
				R(TAG_REFUSED), {P}},
		/* optional, none: a plain client, passes */
		{"R-1 optional, none, plain", 0, {NONE, INVITE}, PLAIN, R(NONE), {P}},
		{"R-1 optional, none, no offer", 0, {NONE, INVITE}, NULL, R(NONE), {P}},
		{"R-1 S-73 optional, none, SDES", 0, {NONE, INVITE}, SDES_REQUESTED,
				R(NONE), {SECURED(S)}},
		{"R-1 S-73 optional, none, one stream of two", 0, {NONE, INVITE},
				SDES_AND_PLAIN, R(NONE), {SECURED(S)}},
		{"R-1 optional, none, a mirror all the same", 0,
				{NONE, INVITE, VERIFY(DIFFERS)}, PLAIN, R(NONE), {P}},
		{"R-1 optional, none, strict everything", STRICT | REJECT | REFUSE,
				{NONE, INVITE}, PLAIN, R(NONE), {P}},
		/* optional, agreed: enforced */
		{"R-1 T-18 optional, agreed, right, SDES", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES_REQUESTED, R(NONE),
				{ENFORCED(S)}},
		{"R-1 optional, agreed, right, plain", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN), {P}},
		{"R-1 optional, agreed, right, no offer", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, NULL, R(NONE), {ENFORCED(S)}},
		{"R-1 optional, agreed, differs, SDES", 0,
				{AGREED, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				{P}},
		{"R-1 A-8 optional, agreed, missing, SDES", 0, {AGREED, INVITE}, SDES,
				R(NONE), {ENFORCED(S)}},
		{"R-1 A-8 optional, agreed, missing, plain", 0, {AGREED, INVITE}, PLAIN,
				R(VERIFY_MISSING), {P}},
		{"R-1 A-8 optional, agreed, missing, plain, accept", ACCEPT,
				{AGREED, INVITE}, PLAIN, R(OFFER_PLAIN), {P}},
		{"R-5 optional, agreed, missing, no offer", 0, {AGREED, INVITE}, NULL,
				R(NONE), {ENFORCED(S)}},
		/* optional, unknown */
		{"R-1 optional, unknown, plain", 0, {UNKNOWN, INVITE}, PLAIN, R(NONE),
				{P}},
		{"R-1 optional, unknown, SDES", 0, {UNKNOWN, INVITE}, SDES, R(NONE),
				{SECURED(S)}},
		{"R-1 optional, unknown, no offer", 0, {UNKNOWN, INVITE}, NULL, R(NONE),
				{P}},
		{"A-8 optional, unknown, differs", 0,
				{UNKNOWN, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				{P}},
		{"T-30 S-41 optional, unknown, right, SDES", 0,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"S-41 R-1 a lost record is never plain: right, plain offer", 0,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN), {P}},
		{"R-1 optional, unknown: secure, plain", SECURE, {UNKNOWN, INVITE},
				PLAIN, R(OFFER_PLAIN), {P}},
		{"R-1 optional, unknown: secure, SDES", SECURE, {UNKNOWN, INVITE}, SDES,
				R(NONE), {ENFORCED(S)}},
		{"R-1 optional, unknown: secure, no offer", SECURE, {UNKNOWN, INVITE},
				NULL, R(NONE), {ENFORCED(S)}},
		{"R-1 optional, unknown: refuse, SDES", REFUSE, {UNKNOWN, INVITE}, SDES,
				R(UNKNOWN_BINDING), {P}},
		{"R-1 optional, unknown: refuse, right, SDES", REFUSE,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"R-1 optional, unknown: refuse, right, plain", REFUSE,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN), {P}},
		/* required, none: 488 unless secure */
		{"R-1 T-21 required, none, plain", REQUIRED, {NONE, INVITE}, PLAIN,
				R(OFFER_PLAIN), {P}},
		{"R-1 required, none, SDES", REQUIRED, {NONE, INVITE}, SDES, R(NONE),
				{ENFORCED(S)}},
		{"R-1 required, none, no offer", REQUIRED, {NONE, INVITE}, NULL,
				R(NONE), {ENFORCED(S)}},
		/* required, agreed: enforced */
		{"R-1 required, agreed, right, SDES", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"T-21 S-74 required, agreed, right, plain", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN), {P}},
		{"T-26 S-108 required, audio secured, video plain", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES_AND_PLAIN, R(NONE),
				{ENFORCED(S)}},
		{"T-26 the same, mixed offers refused", REQUIRED | REFUSE_MIXED,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES_AND_PLAIN, R(OFFER_PLAIN),
				{P}},
		{"T-26 mixed offers refused, none", REFUSE_MIXED, {NONE, INVITE},
				SDES_AND_PLAIN, R(NONE), {SECURED(S)}},
		{"T-26 mixed offers refused, all secured", REQUIRED | REFUSE_MIXED,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"S-73 the same stream, secured and plain", REQUIRED | REFUSE_MIXED,
				{AGREED, INVITE, VERIFY(RIGHT)}, PLAIN AUDIO("RTP/SAVP") CM128,
				R(NONE), {ENFORCED(S)}},
		{"R-1 required, agreed, differs, SDES", REQUIRED,
				{AGREED, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				{P}},
		{"R-1 A-8 required, agreed, missing, SDES", REQUIRED, {AGREED, INVITE},
				SDES, R(NONE), {ENFORCED(S)}},
		{"R-1 A-8 required, agreed, missing, plain", REQUIRED, {AGREED, INVITE},
				PLAIN, R(VERIFY_MISSING), {P}},
		/* required, unknown: refused unless right and secure */
		{"R-1 required, unknown, SDES", REQUIRED, {UNKNOWN, INVITE}, SDES,
				R(UNKNOWN_BINDING), {P}},
		{"R-1 required, unknown, plain", REQUIRED, {UNKNOWN, INVITE}, PLAIN,
				R(UNKNOWN_BINDING), {P}},
		{"T-30 S-41 required, unknown, right, SDES", REQUIRED,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"R-1 required, unknown, right, plain", REQUIRED,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN), {P}},
		{"R-1 required, unknown, differs, SDES", REQUIRED,
				{UNKNOWN, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				{P}},
		/* S-73, S-87 to S-90: what an offer has */
		{"S-73 A-9 SDES without 3ge2ae is ours too", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"S-73 S-90 3ge2ae without a key", 0, {NONE, INVITE},
				NO_CRYPTO REQUESTED, R(OFFER_KEY), {P}},
		{"S-90 a secure profile without a key", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, NO_CRYPTO, R(OFFER_KEY), {P}},
		{"S-73 OSRTP, agreed", 0, {AGREED, INVITE, VERIFY(RIGHT)}, OSRTP,
				R(NONE), {ENFORCED(S)}},
		{"S-73 OSRTP is plain, agreed", NO_OSRTP,
				{AGREED, INVITE, VERIFY(RIGHT)}, OSRTP, R(OFFER_PLAIN), {P}},
		{"S-73 OSRTP, none", 0, {NONE, INVITE}, OSRTP, R(NONE), {SECURED(S)}},
		{"S-73 OSRTP is plain, none", NO_OSRTP, {NONE, INVITE}, OSRTP, R(NONE),
				{P}},
		{"S-73 S-125 a potential configuration is secured", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)},
				PLAIN "a=tcap:1 RTP/SAVP\r\na=acap:1 crypto:1 "
					  "AES_CM_128_HMAC_SHA1_80 inline:" KEY
					  "\r\na=pcfg:1 t=1 a=1\r\n",
				R(NONE), {ENFORCED(S)}},
		{"S-73 R-1 a potential configuration without a key", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)},
				PLAIN "a=tcap:1 RTP/SAVP\r\na=pcfg:1 t=1\r\n", R(OFFER_PLAIN),
				{P}},
		{"S-73 DTLS, agreed", 0,
				{AGREED_TO(S | D, S | D), INVITE, VERIFY(RIGHT)}, DTLS, R(NONE),
				{ENFORCED(D)}},
		{"S-73 DTLS, none", 0, {NONE, INVITE}, DTLS, R(NONE), {SECURED(D)}},
		{"S-73 DTLS, required", REQUIRED, {NONE, INVITE}, DTLS, R(NONE),
				{ENFORCED(D)}},
		{"S-13 DTLS over UDP", 0, {INVITE}, DTLS, R(NONE), {SECURED(D)}},
		{"S-73 DTLS is not on the list, required", REQUIRED | SDES_ONLY,
				{NONE, INVITE}, DTLS, R(OFFER_MECHANISM), {P}},
		{"R-5 DTLS, agreed to another mechanism", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, DTLS, R(OFFER_MECHANISM), {P}},
		{"S-73 S-98 both, SDES stands first on the list", 0,
				{AGREED_TO(S | D, S | D), INVITE, VERIFY(RIGHT)},
				SDES FINGERPRINT, R(NONE), {ENFORCED(S)}},
		{"S-73 S-98 both, DTLS stands first on the list", DTLS_FIRST,
				{AGREED_TO(S | D, S | D), INVITE, VERIFY(RIGHT)},
				SDES FINGERPRINT, R(NONE), {ENFORCED(D)}},
		{"S-73 S-98 both, agreed to DTLS", 0,
				{AGREED_TO(D, D), INVITE, VERIFY(RIGHT)}, SDES FINGERPRINT,
				R(NONE), {ENFORCED(D)}},
		{"S-73 DTLS, no offer, agreed", 0,
				{AGREED_TO(D, D), INVITE, VERIFY(RIGHT)}, NULL, R(NONE),
				{ENFORCED(D)}},
		{"no offer, agreed to both, DTLS stands first", DTLS_FIRST,
				{AGREED_TO(S | D, S | D), INVITE, VERIFY(RIGHT)}, NULL, R(NONE),
				{ENFORCED(D)}},
		{"no offer, agreed to what is not on the list now", NO_MEDIA,
				{AGREED_TO(D, D), INVITE, VERIFY(RIGHT)}, NULL, R(NONE),
				{ENFORCED(D)}},
		{"no offer, agreed to both, none is on the list now", NO_MEDIA,
				{AGREED_TO(S | D, S | D), INVITE, VERIFY(RIGHT)}, NULL, R(NONE),
				{ENFORCED(S)}},
		{"no offer, agreed to both", 0,
				{AGREED_TO(S | D, S | D), INVITE, VERIFY(RIGHT)}, NULL, R(NONE),
				{ENFORCED(S)}},
		{"R-6 over UDP our offer has no keys", REQUIRED, {INVITE}, NULL,
				R(NONE), {ENFORCED(D)}},
		{"R-6 over UDP there is nothing to offer", REQUIRED | SDES_ONLY,
				{INVITE}, NULL, R(OFFER_MECHANISM), {P}},
		{"R-6 over UDP, agreed to SDES only", 0,
				{UDP_AGREED, INVITE, VERIFY(RIGHT)}, NULL, R(OFFER_MECHANISM),
				{P}},
		{"R-5 SDES, agreed to another mechanism", 0,
				{AGREED_TO(D, D), INVITE, VERIFY(RIGHT)}, SDES,
				R(OFFER_MECHANISM), {P}},
		{"R-5 agreed beats the list of now", NO_MEDIA,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE), {ENFORCED(S)}},
		{"R-1 SDES is not on the list, unknown: secure", SECURE | NO_MEDIA,
				{UNKNOWN, INVITE}, SDES, R(OFFER_MECHANISM), {P}},
		{"S-73 SDES is not on the list, none", NO_MEDIA, {NONE, INVITE}, SDES,
				R(NONE), {SECURED(S)}},
		{"T-19 S-88 only a NULL suite", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO NULL_80, R(OFFER_SUITE), {P}},
		{"T-19 S-88 S-89 only a NULL suite, none", 0, {NONE, INVITE},
				NO_CRYPTO NULL_80, R(OFFER_SUITE), {P}},
		{"T-19 S-88 only F8", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO("F8_128_HMAC_SHA1_80", ""), R(OFFER_SUITE),
				{P}},
		{"T-19 S-87 UNENCRYPTED_SRTP", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO(
						"AES_CM_128_HMAC_SHA1_80", " UNENCRYPTED_SRTP"),
				R(OFFER_SESSION), {P}},
		{"S-87 UNAUTHENTICATED_SRTP, none", 0, {NONE, INVITE},
				NO_CRYPTO CRYPTO(
						"AES_CM_128_HMAC_SHA1_80", " UNAUTHENTICATED_SRTP"),
				R(OFFER_SESSION), {P}},
		{"S-87 an unknown session parameter", 0, {NONE, INVITE},
				NO_CRYPTO CRYPTO("AES_CM_128_HMAC_SHA1_80", " NEW_ONE"),
				R(OFFER_KEY), {P}},
		{"S-85 a key of the wrong length", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO("AES_256_CM_HMAC_SHA1_80", ""), R(OFFER_KEY),
				{P}},
		{"T-20 S-87 W-9 FEC_ORDER, lifetime, MKI", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO("AES_CM_128_HMAC_SHA1_80",
						"|2^20|1:4 FEC_ORDER=FEC_SRTP") REQUESTED,
				R(NONE), {ENFORCED(S)}},
		{"T-19 a NULL suite beside a good one", 0,
				{AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO NULL_80
				"a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n",
				R(NONE), {ENFORCED(S)}},
		{"A-20 S-110 T.38 beside, not wanted", REQUIRED | NO_T38,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES T38, R(NONE),
				{ENFORCED(S)}},
		{"A-20 S-110 T.38 is no RTP", REQUIRED, {AGREED, INVITE, VERIFY(RIGHT)},
				HEAD T38, R(NONE), {ENFORCED(S)}},
		{"S-108 every stream is rejected", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, HEAD "m=audio 0 RTP/AVP 8\r\n",
				R(NONE), {ENFORCED(S)}},
		{"an offer that cannot be read", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				"x", R(SDP_MALFORMED), {P}},
		{"an offer that cannot be read, none", 0, {NONE, INVITE}, "x",
				R(SDP_MALFORMED), {P}},
		/* */
		{"R-6 keys over UDP, none", 0, {INVITE}, SDES, R(INSECURE_KEYS), {P}},
		{"R-6 keys over UDP, required", REQUIRED, {INVITE}, SDES,
				R(INSECURE_KEYS), {P}},
		{"R-6 keys over UDP on a plain stream", 0, {INVITE}, OSRTP,
				R(INSECURE_KEYS), {P}},
		{"R-6 keys over UDP on a rejected stream are none", 0, {INVITE},
				PLAIN "m=video 0 RTP/SAVP 31\r\n" CM128, R(NONE), {P}},
		{"R-6 keys over UDP, agreed over UDP", 0,
				{UDP_AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(INSECURE_KEYS),
				{P}},
		{"R-6 plain media over UDP", 0, {INVITE}, PLAIN, R(NONE), {P}},
		{"S-13 keys over UDP where that is allowed", ANY_TRANSPORT, {INVITE},
				SDES, R(NONE), {SECURED(S)}},
		/* the media rules hold behind a proxy */
		{"R-3 behind a proxy, SDES", 0, {NONE, INVITE, .not_first_hop = true},
				SDES, R(NONE), {SECURED(S)}},
		{"R-3 behind a proxy, a NULL suite", 0,
				{NONE, INVITE, .not_first_hop = true}, NO_CRYPTO NULL_80,
				R(OFFER_SUITE), {P}},
		{"R-3 behind a proxy, unknown: secure", SECURE,
				{UNKNOWN, INVITE, .not_first_hop = true}, PLAIN, R(OFFER_PLAIN),
				{P}},
		/* */
		{"R-10 S-51 emergency, plain, required", REQUIRED,
				{NONE, INVITE, .emergency = true}, PLAIN, R(NONE), {P}},
		{"R-10 S-51 emergency, plain, agreed", 0,
				{AGREED, INVITE, .emergency = true, VERIFY(DIFFERS)}, PLAIN,
				R(NONE), {P}},
		{"R-10 S-51 emergency, keys over UDP", REQUIRED,
				{INVITE, .emergency = true}, SDES, R(NONE), {SECURED(S)}},
		{"R-10 S-51 emergency, a NULL suite", REQUIRED,
				{NONE, INVITE, .emergency = true}, NO_CRYPTO NULL_80, R(NONE),
				{P}},
		{"R-10 S-51 emergency, a mechanism that was not agreed", 0,
				{AGREED, INVITE, .emergency = true}, DTLS, R(NONE),
				{SECURED(D)}},
		{"R-10 emergency number in an enforced dialog, plain", 0,
				{AGREED, INVITE, DIALOG(ENFORCED(S)), .emergency = true}, PLAIN,
				R(OFFER_PLAIN), {P}},
		{"R-10 S-51 emergency that cannot be read", 0,
				{NONE, INVITE, .emergency = true}, "x", R(SDP_MALFORMED), {P}},
		{"R-10 S-51 emergency, secured if possible", 0,
				{AGREED, INVITE, .emergency = true}, SDES, R(NONE),
				{SECURED(S)}},
		{"S-51 emergency, no offer, agreed", REQUIRED,
				{AGREED, INVITE, .emergency = true}, NULL, R(NONE),
				{SECURED(S)}},
		{"S-51 emergency, no offer, agreed to DTLS", 0,
				{AGREED_TO(D, D), INVITE, .emergency = true}, NULL, R(NONE),
				{SECURED(D)}},
		{"S-51 emergency, no offer, not agreed", REQUIRED,
				{NONE, INVITE, .emergency = true}, NULL, R(NONE), {P}},
		{"S-51 emergency, no offer, unknown", REQUIRED,
				{UNKNOWN, INVITE, .emergency = true}, NULL, R(NONE), {P}},
		{"S-51 emergency, no offer, off", OFF,
				{AGREED, INVITE, .emergency = true}, NULL, R(NONE), {P}},
		{"S-51 emergency, no offer, over UDP", 0,
				{UDP_AGREED, INVITE, .emergency = true}, NULL, R(NONE),
				{SECURED(S)}},
		/* S-105: in a dialog its mark decides */
		{"S-105 enforced, DTLS re-offer", 0,
				{AGREED_TO(S | D, S | D), INVITE, DIALOG(ENFORCED(D))}, DTLS,
				R(NONE), {ENFORCED(D)}},
		{"S-105 enforced, plain re-offer", 0,
				{AGREED, INVITE, DIALOG(ENFORCED(S))}, PLAIN, R(OFFER_PLAIN),
				{P}},
		{"S-105 T-25 enforced, SDES re-offer", 0,
				{AGREED, INVITE, DIALOG(ENFORCED(S))}, SDES, R(NONE),
				{ENFORCED(S)}},
		{"S-105 enforced, the binding has expired", 0,
				{UNKNOWN, INVITE, DIALOG(ENFORCED(S))}, PLAIN, R(OFFER_PLAIN),
				{P}},
		{"S-105 enforced, the binding is plain now", 0,
				{NONE, UPDATE, DIALOG(ENFORCED(S))}, SDES, R(NONE),
				{ENFORCED(S)}},
		{"S-105 enforced, no offer", 0, {NONE, INVITE, DIALOG(ENFORCED(S))},
				NULL, R(NONE), {ENFORCED(S)}},
		{"S-105 enforced, T.38 re-offer", 0,
				{AGREED_TO(S | D, S | D), INVITE, DIALOG(ENFORCED(D))},
				HEAD T38, R(NONE), {ENFORCED(D)}},
		{"S-105 enforced by DTLS, no offer", 0,
				{AGREED_TO(S | D, S | D), INVITE, DIALOG(ENFORCED(D))}, NULL,
				R(NONE), {ENFORCED(D)}},
		{"S-105 enforced, the binding has agreed to another", 0,
				{AGREED_TO(D, D), INVITE, DIALOG(ENFORCED(S))}, SDES, R(NONE),
				{ENFORCED(S)}},
		{"S-105 enforced, off since", OFF, {NONE, INVITE, DIALOG(ENFORCED(S))},
				PLAIN, R(OFFER_PLAIN), {P}},
		{"S-105 secured, no offer", 0, {NONE, INVITE, DIALOG(SECURED(D))}, NULL,
				R(NONE), {SECURED(D)}},
		{"R-6 secured by keys, no offer, over UDP now", 0,
				{INVITE, DIALOG(SECURED(S))}, NULL, R(OFFER_MECHANISM), {P}},
		{"R-6 enforced by keys, no offer, over UDP now", 0,
				{.binding = MS_BINDING_UNKNOWN, INVITE, DIALOG(ENFORCED(S))},
				NULL, R(OFFER_MECHANISM), {P}},
		{"S-105 secured may go back", 0, {NONE, INVITE, DIALOG(SECURED(S))},
				PLAIN, R(NONE), {P}},
		{"S-105 plain, the binding has agreed since", 0,
				{AGREED, INVITE, DIALOG(P)}, PLAIN, R(NONE), {P}},
		{"S-105 plain, required since", REQUIRED, {NONE, INVITE, DIALOG(P)},
				PLAIN, R(NONE), {P}},
		{"S-105 plain, SDES re-offer", 0, {NONE, INVITE, DIALOG(P)}, SDES,
				R(NONE), {SECURED(S)}},
		{"R-2 the mode of no mark counts for nothing", 0,
				{NONE, INVITE, .leg = {ENFORCED(S)}}, PLAIN, R(NONE), {P}},
		/* calls from the UE: mandatory */
		{"mandatory, none, plain", IN_MANDATORY, {NONE, INVITE}, PLAIN,
				R(OFFER_PLAIN), {P}},
		{"mandatory, none, SDES", IN_MANDATORY, {NONE, INVITE}, SDES, R(NONE),
				{ENFORCED(S)}},
		{"mandatory, none, no offer", IN_MANDATORY, {NONE, INVITE}, NULL,
				R(NONE), {ENFORCED(S)}},
		{"mandatory, unknown, plain", IN_MANDATORY, {UNKNOWN, INVITE}, PLAIN,
				R(OFFER_PLAIN), {P}},
		{"mandatory, agreed to SDES, DTLS", IN_MANDATORY,
				{AGREED, INVITE, VERIFY(RIGHT)}, DTLS, R(OFFER_MECHANISM), {P}},
		{"mandatory, not on the list", IN_MANDATORY | SDES_ONLY, {NONE, INVITE},
				DTLS, R(OFFER_MECHANISM), {P}},
		{"mandatory, SDES over UDP", IN_MANDATORY, {INVITE}, SDES,
				R(INSECURE_KEYS), {P}},
		{"mandatory, off, plain", OFF | IN_MANDATORY, {NONE, INVITE}, PLAIN,
				R(OFFER_PLAIN), {P}},
		{"mandatory, off, SDES", OFF | IN_MANDATORY, {NONE, INVITE}, SDES,
				R(NONE), {ENFORCED(S)}},
		{"mandatory, off, a NULL suite", OFF | IN_MANDATORY, {NONE, INVITE},
				NO_CRYPTO NULL_80, R(OFFER_SUITE), {P}},
		{"mandatory, one stream of two", IN_MANDATORY, {NONE, INVITE},
				SDES_AND_PLAIN, R(NONE), {ENFORCED(S)}},
		{"R-10 mandatory, an emergency call", IN_MANDATORY,
				{NONE, INVITE, .emergency = true}, PLAIN, R(NONE), {P}},
		{"S-105 mandatory since, a plain dialog", IN_MANDATORY,
				{NONE, INVITE, DIALOG(P)}, PLAIN, R(NONE), {P}},
		{"mandatory is about calls from there", OUT_MANDATORY, {NONE, INVITE},
				PLAIN, R(NONE), {P}},
		/* and forbidden */
		{"forbidden, none, plain", IN_FORBIDDEN, {NONE, INVITE}, PLAIN, R(NONE),
				{P}},
		{"forbidden, none, SDES", IN_FORBIDDEN, {NONE, INVITE}, SDES,
				R(OFFER_FORBIDDEN), {P}},
		{"forbidden, none, DTLS", IN_FORBIDDEN, {NONE, INVITE}, DTLS,
				R(OFFER_FORBIDDEN), {P}},
		{"forbidden, the secured stream of two is rejected", IN_FORBIDDEN,
				{NONE, INVITE}, SDES_AND_PLAIN, R(NONE), {P}},
		{"forbidden, off, SDES", OFF | IN_FORBIDDEN, {NONE, INVITE}, SDES,
				R(OFFER_FORBIDDEN), {P}},
		{"forbidden, off, a NULL suite", OFF | IN_FORBIDDEN, {NONE, INVITE},
				NO_CRYPTO NULL_80, R(OFFER_FORBIDDEN), {P}},
		{"forbidden, OSRTP goes as plain", IN_FORBIDDEN, {NONE, INVITE}, OSRTP,
				R(NONE), {P}},
		{"forbidden, an alternative in clear", IN_FORBIDDEN, {NONE, INVITE},
				PLAIN "a=tcap:1 RTP/SAVP\r\na=acap:1 crypto:1 "
					  "AES_CM_128_HMAC_SHA1_80 inline:" KEY
					  "\r\na=pcfg:1 t=1 a=1\r\n",
				R(NONE), {P}},
		{"forbidden, no offer", IN_FORBIDDEN, {AGREED, INVITE, VERIFY(RIGHT)},
				NULL, R(NONE), {P}},
		{"forbidden, agreed, plain, no mirror", IN_FORBIDDEN, {AGREED, INVITE},
				PLAIN, R(NONE), {P}},
		{"forbidden, agreed, plain, no mirror, reject", IN_FORBIDDEN | REJECT,
				{AGREED, INVITE}, PLAIN, R(VERIFY_MISSING), {P}},
		{"forbidden, agreed, plain, wrong mirror", IN_FORBIDDEN,
				{AGREED, INVITE, VERIFY(DIFFERS)}, PLAIN, R(VERIFY_DIFFERS),
				{P}},
		{"forbidden, agreed, SDES", IN_FORBIDDEN,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(OFFER_FORBIDDEN), {P}},
		{"R-10 forbidden, an emergency call", IN_FORBIDDEN,
				{NONE, INVITE, .emergency = true}, SDES, R(NONE), {SECURED(S)}},
		{"S-105 forbidden since, a plain dialog", IN_FORBIDDEN,
				{NONE, INVITE, DIALOG(P)}, SDES, R(OFFER_FORBIDDEN), {P}},
		{"S-105 forbidden since, a secured dialog", IN_FORBIDDEN,
				{NONE, INVITE, DIALOG(SECURED(S))}, SDES, R(NONE),
				{SECURED(S)}},
		{"S-105 forbidden since, an enforced dialog", IN_FORBIDDEN,
				{AGREED, INVITE, DIALOG(ENFORCED(S))}, PLAIN, R(OFFER_PLAIN),
				{P}},
		{"S-105 forbidden from there, re-offered by who was called",
				IN_FORBIDDEN, {NONE, INVITE, DIALOG(P), .called = true}, SDES,
				R(NONE), {SECURED(S)}},
		{"S-105 forbidden to there, re-offered by who was called",
				OUT_FORBIDDEN, {NONE, INVITE, DIALOG(P), .called = true}, SDES,
				R(OFFER_FORBIDDEN), {P}},
		{"S-105 forbidden to there, re-offered by who called", OUT_FORBIDDEN,
				{NONE, INVITE, DIALOG(P)}, SDES, R(NONE), {SECURED(S)}},
		{"forbidden is about calls from there", OUT_FORBIDDEN, {NONE, INVITE},
				SDES, R(NONE), {SECURED(S)}},
};

static void test_call(void)
{
	struct ms_settings settings;
	struct ms_verdict verdict;
	struct ms_facts facts;
	size_t i;

	for(i = 0; i < N_OF(call_rows); i++) {
		test_row(call_rows[i].name);
		settings = settings_of(call_rows[i].set);
		facts = call_rows[i].facts;
		take_sdp(&settings, &facts, call_rows[i].sdp);
		verdict = ms_policy_request(&settings, &facts);
		if(!verdict.reason)
			verdict = ms_policy_offer(&settings, &facts);
		CHECK_INT(verdict.reason, call_rows[i].reason);
		CHECK_INT(verdict.leg.mode, call_rows[i].leg.mode);
		CHECK_INT(verdict.leg.mech, call_rows[i].leg.mech);
		check_refused(&verdict);
	}
}

/* ---- every combination: bodies ------------------------------------------ */

/* What an offer is worth, said by hand: rules do not ask ms_sdp for it. */
enum worth
{
	WORTH_NO_SDP,
	WORTH_UNREADABLE,
	WORTH_PLAIN,  /* no stream is secured */
	WORTH_MIXED,  /* some are */
	WORTH_SECURE, /* all that live are, by one mechanism */
	WORTH_BROKEN, /* a secure profile that cannot be used */
	WORTH_NO_RTP  /* no RTP stream lives */
};

static const struct
{
	const char *name, *sdp;
	enum worth worth;
	unsigned mech;
	bool plain_rejected; /* ms_offer_take() has rejected a plain stream */
} bodies[] = {
		{"none", NULL, WORTH_NO_SDP, 0, false},
		{"unreadable", "x", WORTH_UNREADABLE, 0, false},
		{"plain", PLAIN, WORTH_PLAIN, 0, false},
		{"plain with a key", OSRTP, WORTH_PLAIN, 0, false},
		{"SDES", SDES, WORTH_SECURE, S, false},
		{"SDES, feedback, requested", HEAD AUDIO("RTP/SAVPF") CM128 REQUESTED,
				WORTH_SECURE, S, false},
		{"SDES and rejected", SDES "m=video 0 RTP/AVP 31\r\n", WORTH_SECURE, S,
				false},
		{"SDES and rejected for being plain", SDES "m=video 0 RTP/AVP 31\r\n",
				WORTH_SECURE, S, true},
		{"SDES and T.38", SDES T38, WORTH_SECURE, S, false},
		{"DTLS", DTLS, WORTH_SECURE, D, false},
		{"DTLS and rejected for being plain", DTLS "m=video 0 RTP/AVP 31\r\n",
				WORTH_SECURE, D, true},
		{"SDES and plain", SDES_AND_PLAIN, WORTH_MIXED, S, false},
		{"DTLS and plain", DTLS VIDEO("RTP/AVP"), WORTH_MIXED, D, false},
		{"no crypto", NO_CRYPTO, WORTH_BROKEN, 0, false},
		{"syntax", NO_CRYPTO "a=crypto:1 X\r\n", WORTH_BROKEN, 0, false},
		{"suite", NO_CRYPTO NULL_80, WORTH_BROKEN, 0, false},
		{"key", NO_CRYPTO CRYPTO("AES_256_CM_HMAC_SHA1_80", ""), WORTH_BROKEN,
				0, false},
		{"session",
				NO_CRYPTO CRYPTO(
						"AES_CM_128_HMAC_SHA1_80", " UNENCRYPTED_SRTCP"),
				WORTH_BROKEN, 0, false},
		{"SDES and broken", SDES VIDEO("RTP/SAVP"), WORTH_BROKEN, S, false},
		{"DTLS and broken", DTLS VIDEO("RTP/SAVP") NULL_80, WORTH_BROKEN, D,
				false},
		{"T.38 only", HEAD T38, WORTH_NO_RTP, 0, false},
		{"rejected only", HEAD "m=audio 0 RTP/AVP 8\r\n", WORTH_NO_RTP, 0,
				false},
		{"rejected only, with a key", HEAD "m=audio 0 RTP/SAVP 8\r\n" CM128,
				WORTH_NO_RTP, 0, false},
		{"no m-line", HEAD, WORTH_NO_RTP, 0, false},
};

/* its facts, read once */
static struct ms_facts body_facts[N_OF(bodies)];

static void read_bodies(void)
{
	struct ms_facts *f;
	size_t i;

	memset(body_facts, 0, sizeof(body_facts));
	for(i = 0; i < N_OF(bodies); i++) {
		test_row(bodies[i].name);
		f = &body_facts[i];
		f->has_sdp = bodies[i].sdp != NULL;
		f->bad_sdp = f->has_sdp
					 && ms_sdp_survey(test_text(bodies[i].sdp),
								&ms_keying_default, &f->sdp)
								!= MS_OK;
		f->plain_rejected = bodies[i].plain_rejected;
		CHECK_INT(f->bad_sdp, bodies[i].worth == WORTH_UNREADABLE);
	}
}

/* ---- every combination: settings ---------------------------------------- */

/* Axes on which settings are ordered from lax to strict, and the list. */
enum axis
{
	AXIS_POLICY,
	AXIS_VERIFY_MODE,
	AXIS_MISSING,
	AXIS_UNKNOWN,
	AXIS_TAG,
	AXIS_TRANSPORT,
	AXIS_MIXED,
	AXIS_INBOUND,
	AXIS_OUTBOUND,
	AXIS_STICKY,
	AXIS_LIST,
	AXES
};

static const unsigned axis_flags[AXES][3] = {
		[AXIS_POLICY] = {OFF, 0, REQUIRED},
		[AXIS_VERIFY_MODE] = {SET, 0, STRICT},
		[AXIS_MISSING] = {ACCEPT, 0, REJECT},
		[AXIS_UNKNOWN] = {0, SECURE, REFUSE},
		[AXIS_TAG] = {0, TAG},
		[AXIS_TRANSPORT] = {ANY_TRANSPORT, 0},
		[AXIS_MIXED] = {0, REFUSE_MIXED},
		[AXIS_INBOUND] = {0, IN_MANDATORY, IN_FORBIDDEN},
		[AXIS_OUTBOUND] = {0, OUT_MANDATORY, OUT_FORBIDDEN},
		[AXIS_STICKY] = {0, STICKY_LOG, STICKY_REJECT},
		[AXIS_LIST] = {0, SDES_ONLY, NO_MEDIA},
};

#define SETTINGS_MAX (3 * 3 * 3 * 3 * 2 * 2 * 2 * 3 * 3 * 3 * 3)

/* Take the lowest digit off a number. */
static unsigned digit(unsigned long *n, unsigned radix)
{
	unsigned d = (unsigned)(*n % radix);

	*n /= radix;
	return d;
}

/* @param radix values of each axis that are used, the first ones
 * @return how many */
static size_t all_settings(
		const unsigned radix[AXES], struct ms_settings settings[SETTINGS_MAX])
{
	size_t n, count = 1;
	unsigned long rest;
	unsigned flags, axis;

	for(axis = 0; axis < AXES; axis++)
		count *= radix[axis];
	for(n = 0; n < count; n++) {
		rest = n;
		flags = 0;
		for(axis = 0; axis < AXES; axis++)
			flags |= axis_flags[axis][digit(&rest, radix[axis])];
		settings[n] = settings_of(flags);
	}
	return count;
}

/* ---- every combination: facts ------------------------------------------- */

struct combo
{
	const struct ms_settings *settings;
	struct ms_facts facts;
	size_t body;
	struct ms_verdict verdict;
};

static void take_body(struct combo *c, unsigned i)
{
	c->body = i;
	c->facts.has_sdp = body_facts[i].has_sdp;
	c->facts.bad_sdp = body_facts[i].bad_sdp;
	c->facts.plain_rejected = body_facts[i].plain_rejected;
	c->facts.sdp = body_facts[i].sdp;
}

/* binding and what else is kept of it */
static const struct ms_facts bindings[] = {
		{NONE},
		{UNKNOWN},
		{AGREED},
		{AGREED_TO(D, D)},
		{AGREED_TO(S | D, S | D)},
		{UDP_AGREED},
};

static void take_binding(struct ms_facts *facts, unsigned i)
{
	facts->binding = bindings[i].binding;
	facts->binding_secure = bindings[i].binding_secure;
	facts->agreed = bindings[i].agreed;
}

/* Combination number n of what ms_policy_request() reads.
 * @return false if there are not so many */
static bool request_facts(unsigned long n, struct combo *c)
{
	static const enum ms_method methods[] = {MS_METHOD_INVITE, MS_METHOD_UPDATE,
			MS_METHOD_UNANSWERED, MS_METHOD_OTHER};
	struct ms_facts *f = &c->facts;

	*c = (struct combo){0};
	f->method = methods[digit(&n, N_OF(methods))];
	f->verify = (enum ms_verify_result)digit(&n, 4);
	take_binding(f, digit(&n, N_OF(bindings)));
	take_body(c, digit(&n, N_OF(bodies)));
	f->in_dialog = digit(&n, 2);
	f->proxy_tag = f->tag = digit(&n, 2);
	f->not_first_hop = digit(&n, 2);
	f->secure = digit(&n, 2);
	f->emergency = digit(&n, 2);
	return n == 0;
}

/* the same for ms_policy_offer() */
static bool offer_facts(unsigned long n, struct combo *c)
{
	static const struct ms_leg legs[] = {
			{P}, {SECURED(S)}, {SECURED(D)}, {ENFORCED(S)}, {ENFORCED(D)}};
	struct ms_facts *f = &c->facts;

	*c = (struct combo){.facts = {INVITE}};
	f->verify = (enum ms_verify_result)digit(&n, 4);
	take_binding(f, digit(&n, N_OF(bindings)));
	take_body(c, digit(&n, N_OF(bodies)));
	f->in_dialog = digit(&n, 2);
	f->leg = legs[digit(&n, N_OF(legs))];
	f->secure = digit(&n, 2);
	f->emergency = digit(&n, 2);
	return n == 0;
}

/* the same for ms_policy_register() */
static bool register_facts(unsigned long n, struct combo *c)
{
	static const unsigned offers[] = {
			0, S, D, S | D, M, S | M, MS_MECH_BFCP | MS_MECH_OTHER};
	static const unsigned known[] = {0, S, M};
	struct ms_facts *f = &c->facts;

	*c = (struct combo){0};
	f->verify = (enum ms_verify_result)digit(&n, 4);
	take_binding(f, digit(&n, 3)); /* agreed to what is not read */
	f->offered = known[digit(&n, N_OF(known))];
	f->client.media = offers[digit(&n, N_OF(offers))];
	f->client.bare = digit(&n, 2) * S;
	f->client.foreign = digit(&n, 2);
	f->client.bad = digit(&n, 2);
	f->tag = digit(&n, 2);
	f->proxy_tag = digit(&n, 2);
	f->deregister = digit(&n, 2);
	f->not_first_hop = digit(&n, 2);
	f->secure = digit(&n, 2);
	return n == 0;
}

static void print_combo(const struct combo *c)
{
	const struct ms_settings *s = c->settings;
	const struct ms_facts *f = &c->facts;

	printf("  settings: policy %d inbound %d outbound %d verify_mode %d "
		   "missing %d "
		   "unknown %d strict_tag %d secure_transport %d refuse_mixed %d list "
		   "bits %u\n",
			s->policy, s->inbound, s->outbound, s->verify_mode, s->missing,
			s->unknown, s->strict_tag, s->secure_transport, s->refuse_mixed,
			ms_list_bits(&s->list));
	printf("  facts: method %d in_dialog %d leg %d,%u deregister %d tag %d,%d "
		   "not_first_hop %d secure %d emergency %d\n",
			f->method, f->in_dialog, f->leg.mode, f->leg.mech, f->deregister,
			f->tag, f->proxy_tag, f->not_first_hop, f->secure, f->emergency);
	printf("  client %u,%u,%u,%u verify %d binding %d agreed %u offered %u "
		   "binding_secure %d sdp: %s\n",
			f->client.media, f->client.bare, f->client.foreign, f->client.bad,
			f->verify, f->binding, f->agreed, f->offered, f->binding_secure,
			bodies[c->body].name);
	printf("  verdict: reason %d note %d agreed %u leg %d,%u\n",
			c->verdict.reason, c->verdict.note, c->verdict.agreed,
			c->verdict.leg.mode, c->verdict.leg.mech);
}

/* ---- every combination: rules ------------------------------------------- */

struct rule
{
	const char *name;
	bool (*holds)(const struct combo *c);
};

static bool is_off(const struct combo *c)
{
	return c->settings->policy == MS_POLICY_OFF;
}

static bool is_required(const struct combo *c)
{
	return c->settings->policy == MS_POLICY_REQUIRED;
}

static bool is_agreed(const struct combo *c)
{
	return c->facts.binding == MS_BINDING_AGREED;
}

static bool passes(const struct combo *c)
{
	return c->verdict.reason == MS_REASON_NONE;
}

static int code(const struct combo *c)
{
	return ms_reason_info(c->verdict.reason)->code;
}

/* A call whose leg is enforced is none: R-10, S-105. */
static bool is_emergency(const struct combo *c)
{
	return c->facts.emergency
		   && !(c->facts.in_dialog && c->facts.leg.mode == MS_MODE_ENFORCED);
}

/* A method that is answered, where the mechanism is used. */
static bool is_checked(const struct combo *c)
{
	return !is_off(c) && !is_emergency(c)
		   && c->facts.method != MS_METHOD_UNANSWERED;
}

static bool is_exposed(const struct combo *c)
{
	return c->settings->secure_transport && !c->facts.secure;
}

/* Must this sender's media be secured? R-1; in a dialog S-105. */
static bool is_enforced(const struct combo *c)
{
	const struct ms_facts *f = &c->facts;

	if(is_emergency(c))
		return false;
	if(f->in_dialog)
		return f->leg.mode == MS_MODE_ENFORCED;
	if(c->settings->inbound != MS_MEDIA_OPTIONAL)
		return c->settings->inbound == MS_MEDIA_MANDATORY;
	if(is_off(c))
		return false;
	return is_required(c) || is_agreed(c)
		   || (f->binding == MS_BINDING_UNKNOWN
				   && (c->settings->unknown != MS_UNKNOWN_PLAIN
						   || f->verify == MS_VERIFY_RIGHT));
}

/* May this sender's media not be secured? A leg that is stays so: S-105. */
static bool is_forbidden(const struct combo *c)
{
	return c->settings->inbound == MS_MEDIA_FORBIDDEN && !is_emergency(c)
		   && (!c->facts.in_dialog || c->facts.leg.mode == MS_MODE_PLAIN);
}

/* What is on the list and can be terminated. */
static unsigned all_listed_bits(const struct combo *c)
{
	return ms_list_bits(&c->settings->list) & MS_MECH_TERMINATED;
}

/* The same for the list of this transport. */
static unsigned listed_bits(const struct combo *c)
{
	return is_exposed(c) ? all_listed_bits(c) & ~(unsigned)S
						 : all_listed_bits(c);
}

/* Where keys would be exposed; an emergency call does not ask, and off is off. */
static bool has_no_sdes(const struct combo *c)
{
	return is_exposed(c) && !is_emergency(c) && !is_off(c);
}

static bool has_exposed_keys(const struct combo *c)
{
	return has_no_sdes(c) && c->facts.sdp.keys;
}

/* Who has to be secured may use what he agreed to, or else what is listed;
 * others what there is. A dialog goes on as it is: S-105. */
static unsigned usable_bits(const struct combo *c)
{
	unsigned bits = MS_MECH_TERMINATED;

	if(is_forbidden(c))
		return 0;
	if(is_enforced(c))
		bits = is_agreed(c) ? c->facts.agreed : all_listed_bits(c);
	if(c->facts.in_dialog)
		bits |= c->facts.leg.mech;
	return has_no_sdes(c) ? bits & ~(unsigned)S : bits;
}

static bool has_worth(const struct combo *c, enum worth worth)
{
	return bodies[c->body].worth == worth;
}

/* */
static bool is_secure_offer(const struct combo *c)
{
	return has_worth(c, WORTH_SECURE) && !has_exposed_keys(c)
		   && (usable_bits(c) & bodies[c->body].mech);
}

static bool has_no_leg(const struct combo *c)
{
	return c->verdict.leg.mode == MS_MODE_PLAIN && c->verdict.leg.mech == 0;
}

/* A refusal says why and nothing else. */
static bool refusal_is_bare(const struct combo *c)
{
	return passes(c)
		   || (c->verdict.note == MS_NOTE_NONE && c->verdict.agreed == 0
				   && has_no_leg(c));
}

/* ---- rules of requests -------------------------------------------------- */

/* ACK, CANCEL, PRACK and BYE cannot be challenged, or must not fail. */
static bool unanswered_passes(const struct combo *c)
{
	return c->facts.method != MS_METHOD_UNANSWERED || passes(c);
}

/* Off refuses our tag in Proxy-Require and nothing else; nobody else does. */
static bool off_refuses_the_tag(const struct combo *c)
{
	bool refused = is_off(c) && c->facts.method != MS_METHOD_UNANSWERED
				   && !is_emergency(c) && c->facts.proxy_tag;

	return refused ? c->verdict.reason == MS_REASON_TAG_REFUSED
				   : c->verdict.reason != MS_REASON_TAG_REFUSED
							 && (!is_off(c) || passes(c));
}

/* An emergency call passes unchecked, and it is counted. */
static bool emergency_passes(const struct combo *c)
{
	bool unchecked = is_emergency(c) && c->facts.method != MS_METHOD_UNANSWERED;

	return (c->verdict.note == MS_NOTE_EMERGENCY) == unchecked
		   && (!unchecked || passes(c));
}

/* Who mirrors the list is not bid down: 494 could tell him nothing. */
static bool right_is_no_494(const struct combo *c)
{
	return c->facts.verify != MS_VERIFY_RIGHT || code(c) != 494;
}

/* Who agreed and mirrors something else was bid down: always refused, and with
 * 494 unless he is on a way that is refused by itself. */
static bool wrong_is_refused(const struct combo *c)
{
	if(!is_checked(c) || !is_agreed(c)
			|| (c->facts.verify != MS_VERIFY_DIFFERS
					&& c->facts.verify != MS_VERIFY_MALFORMED))
		return true;
	return code(c) == 494 || c->verdict.reason == MS_REASON_NOT_FIRST_HOP
		   || c->verdict.reason == MS_REASON_INSECURE_FLOW;
}

/* Each of these two is refused for what it is, so its 494 names the fault. */
static bool fault_is_named(const struct combo *c)
{
	return (c->verdict.reason != MS_REASON_VERIFY_DIFFERS
				   || c->facts.verify == MS_VERIFY_DIFFERS)
		   && (c->verdict.reason != MS_REASON_VERIFY_MALFORMED
				   || c->facts.verify == MS_VERIFY_MALFORMED);
}

/* A binding made on TLS is served there only, and no other is refused so. */
static bool flow_is_kept(const struct combo *c)
{
	bool left = is_checked(c) && is_agreed(c) && c->facts.binding_secure
				&& is_exposed(c);

	return left ? !passes(c) : c->verdict.reason != MS_REASON_INSECURE_FLOW;
}

/* A second Via is refused under required, to who agreed, and to who is refused
 * without it; who may have one uses no mechanism. */
static bool second_via_is_no_way_out(const struct combo *c)
{
	bool second = is_checked(c) && c->facts.not_first_hop;
	struct ms_facts first = c->facts;

	first.not_first_hop = false;
	if(second
			&& (is_required(c) || is_agreed(c)
					|| ms_policy_request(c->settings, &first).reason))
		return c->verdict.reason == MS_REASON_NOT_FIRST_HOP;
	return c->verdict.reason != MS_REASON_NOT_FIRST_HOP
		   && (!second || passes(c));
}

/* A plain client on an optional interface is left alone, whatever it sends. */
static bool plain_client_passes(const struct combo *c)
{
	return c->settings->policy != MS_POLICY_OPTIONAL
		   || c->facts.binding != MS_BINDING_NONE || passes(c);
}

/* strict means reject: A-8. Who may not secure his media cannot be asked to. */
static bool is_accepted(const struct combo *c)
{
	return c->settings->verify_mode != MS_VERIFY_STRICT
		   && (c->settings->missing == MS_MISSING_ACCEPT
				   || (c->settings->missing == MS_MISSING_SECURE_OFFER
						   && c->settings->inbound == MS_MEDIA_FORBIDDEN));
}

/* A missing mirror counts only where an agreed sender begins a call, and never
 * where missing ones are accepted. */
static bool missing_counts_at_the_start(const struct combo *c)
{
	if(c->verdict.reason != MS_REASON_VERIFY_MISSING)
		return true;
	return is_agreed(c) && c->facts.verify == MS_VERIFY_ABSENT
		   && !c->facts.in_dialog && c->facts.method != MS_METHOD_OTHER
		   && !is_accepted(c);
}

/* It is forgiven where nothing was bid down and secure_offer says so. */
static bool forgiven_is_secure(const struct combo *c)
{
	if(c->verdict.note != MS_NOTE_FORGIVEN)
		return true;
	return c->settings->missing == MS_MISSING_SECURE_OFFER && !is_accepted(c)
		   && c->settings->verify_mode != MS_VERIFY_STRICT
		   && (!c->facts.has_sdp
				   || (is_secure_offer(c) && !c->facts.plain_rejected)
				   || (has_worth(c, WORTH_NO_RTP) && !has_exposed_keys(c)));
}

/* Then, and unless it is accepted, an agreed sender does not begin a call. */
static bool missing_is_refused(const struct combo *c)
{
	if(!is_checked(c) || !is_agreed(c) || c->facts.in_dialog
			|| c->facts.verify != MS_VERIFY_ABSENT
			|| c->facts.method == MS_METHOD_OTHER)
		return true;
	return !passes(c) || is_accepted(c) || c->verdict.note == MS_NOTE_FORGIVEN;
}

/* In a dialog of ours nobody has to mirror or to be known. */
static bool dialog_is_known(const struct combo *c)
{
	return !c->facts.in_dialog
		   || (c->verdict.reason != MS_REASON_VERIFY_MISSING
				   && c->verdict.reason != MS_REASON_UNKNOWN_BINDING);
}

/* Outside of one, required serves an unknown sender with a right mirror only,
 * and so does unknown_binding = refuse. */
static bool unknown_has_to_mirror(const struct combo *c)
{
	bool served = is_checked(c) && !c->facts.not_first_hop
				  && c->facts.binding == MS_BINDING_UNKNOWN && passes(c)
				  && !c->facts.in_dialog && c->facts.verify != MS_VERIFY_RIGHT;

	return !served
		   || (!is_required(c) && c->settings->unknown != MS_UNKNOWN_REFUSE);
}

/* Who is served without record and mirror is counted each time. */
static bool unknown_is_counted(const struct combo *c)
{
	bool counted = is_checked(c) && !c->facts.not_first_hop
				   && c->facts.binding == MS_BINDING_UNKNOWN && passes(c)
				   && !c->facts.in_dialog
				   && c->facts.verify == MS_VERIFY_ABSENT;

	return counted == (c->verdict.note == MS_NOTE_UNKNOWN);
}

/* A request agrees to nothing; the mode of media is ms_policy_offer()'s. */
static bool request_agrees_to_nothing(const struct combo *c)
{
	return c->verdict.agreed == 0 && has_no_leg(c);
}

static const struct rule request_rules[] = {
		{"T-14 R-1 unanswered methods are never refused", unanswered_passes},
		{"R-1 S-30 off: the tag and nothing else", off_refuses_the_tag},
		{"R-10 S-51 an emergency call passes", emergency_passes},
		{"R-1 a right mirror is never a 494", right_is_no_494},
		{"R-1 A-8 a wrong mirror is refused", wrong_is_refused},
		{"S-46 the fault of a mirror is named", fault_is_named},
		{"R-6 a binding made on TLS stays there", flow_is_kept},
		{"R-3 a second Via is no way out", second_via_is_no_way_out},
		{"R-1 optional: plain clients pass", plain_client_passes},
		{"S-46 A-8 a missing mirror counts at the start",
				missing_counts_at_the_start},
		{"A-8 R-5 forgiven: nothing was bid down", forgiven_is_secure},
		{"A-8 R-5 not forgiven: refused", missing_is_refused},
		{"R-2 the mark of a dialog speaks for it", dialog_is_known},
		{"R-1 S-41 an unknown sender has to mirror", unknown_has_to_mirror},
		{"R-1 an unknown sender is counted", unknown_is_counted},
		{"a request agrees to nothing", request_agrees_to_nothing},
		{"a refused request has a reason only", refusal_is_bare},
};

/* ---- rules of offers ---------------------------------------------------- */

/* Enforced: every stream that lives is secured as agreed, to the end. */
static bool enforced_is_secured(const struct combo *c)
{
	if(!is_enforced(c) || !passes(c))
		return true;
	return c->verdict.leg.mode == MS_MODE_ENFORCED
		   && (has_worth(c, WORTH_NO_SDP) || has_worth(c, WORTH_NO_RTP)
				   || is_secure_offer(c));
}

/* Nobody else's leg is enforced; the one of a dialog stays. */
static bool enforced_has_a_cause(const struct combo *c)
{
	return c->verdict.leg.mode != MS_MODE_ENFORCED || is_enforced(c)
		   || (c->facts.in_dialog && !c->facts.has_sdp);
}

/* Mixed offers are refused where that is set, from who has to be secured. */
static bool mixed_is_refused(const struct combo *c)
{
	return !is_enforced(c) || !c->facts.plain_rejected
		   || !c->settings->refuse_mixed || !passes(c);
}

/* A secure offer passes, and stays secured by what it has. */
static bool secure_offer_passes(const struct combo *c)
{
	if(!is_secure_offer(c)
			|| (c->facts.plain_rejected && c->settings->refuse_mixed))
		return true;
	return passes(c) && c->verdict.leg.mode != MS_MODE_PLAIN
		   && c->verdict.leg.mech == bodies[c->body].mech;
}

/* Keys that everybody on the way could read pass from nobody. */
static bool keys_are_not_exposed(const struct combo *c)
{
	return !has_exposed_keys(c) || !passes(c);
}

/* Off, where nothing is said of media, and outside of a dialog that has begun
 * otherwise: an offer is left alone. */
static bool off_is_let_alone(const struct combo *c)
{
	return !is_off(c) || c->settings->inbound != MS_MEDIA_OPTIONAL
		   || c->facts.in_dialog || passes(c);
}

/* An offer that no one could serve does not pass where it is checked. */
static bool broken_is_refused(const struct combo *c)
{
	return (is_off(c) && c->settings->inbound == MS_MEDIA_OPTIONAL)
		   || (is_off(c) && is_forbidden(c)) || is_emergency(c) || !passes(c)
		   || (!has_worth(c, WORTH_BROKEN) && !has_worth(c, WORTH_UNREADABLE));
}

/* Mandatory: a call from there has no stream in clear, whatever was agreed. */
static bool mandatory_is_secured(const struct combo *c)
{
	if(c->settings->inbound != MS_MEDIA_MANDATORY || c->facts.in_dialog
			|| is_emergency(c) || !passes(c))
		return true;
	return c->verdict.leg.mode == MS_MODE_ENFORCED && c->verdict.leg.mech
		   && !has_worth(c, WORTH_PLAIN) && !has_worth(c, WORTH_MIXED)
		   && !has_worth(c, WORTH_BROKEN);
}

/* Forbidden: it has none that is secured, and is refused for that only. */
static bool forbidden_is_plain(const struct combo *c)
{
	bool secured = has_worth(c, WORTH_SECURE) || has_worth(c, WORTH_MIXED)
				   || has_worth(c, WORTH_BROKEN);

	if(!is_forbidden(c))
		return c->verdict.reason != MS_REASON_OFFER_FORBIDDEN;
	if(has_exposed_keys(c))
		return !passes(c);
	return secured == (c->verdict.reason == MS_REASON_OFFER_FORBIDDEN)
		   && has_no_leg(c);
}

/* Media that need not be secured are not refused for being plain, and those
 * that are plain stay so. ms_offer_take() rejects none of theirs. */
static bool plain_is_let_alone(const struct combo *c)
{
	if(is_enforced(c) || c->facts.plain_rejected)
		return true;
	return c->verdict.reason != MS_REASON_OFFER_PLAIN
		   && (!has_worth(c, WORTH_PLAIN) || has_exposed_keys(c)
				   || (passes(c) && has_no_leg(c)));
}

/* Secured is who offered it and does not have to; without an offer it is ours,
 * and the leg stays as it is, or in an emergency is as agreed. */
static bool secured_was_offered(const struct combo *c)
{
	if(c->verdict.leg.mode != MS_MODE_SECURED)
		return true;
	if(is_enforced(c))
		return false;
	if(c->facts.has_sdp)
		return c->verdict.leg.mech == bodies[c->body].mech;
	return c->facts.in_dialog
		   || (is_emergency(c) && is_agreed(c) && !is_off(c)
				   && !(c->verdict.leg.mech & ~c->facts.agreed));
}

/* S-105: who does not offer does not change the leg. */
static bool leg_stays(const struct combo *c)
{
	const struct ms_leg *was = &c->facts.leg, *is = &c->verdict.leg;

	if(c->facts.has_sdp || !c->facts.in_dialog || !passes(c))
		return true;
	return is->mode == was->mode && is->mech == was->mech;
}

/* A leg that is secured has one mechanism, of those it may use; in a dialog a
 * re-offer without RTP needs none, and the leg keeps its own. */
static bool leg_has_a_mechanism(const struct combo *c)
{
	unsigned mech = c->verdict.leg.mech;

	if(!passes(c) || c->verdict.leg.mode == MS_MODE_PLAIN)
		return mech == 0;
	if(c->facts.in_dialog && has_worth(c, WORTH_NO_RTP))
		return mech == c->facts.leg.mech;
	return (mech == S || mech == D) && (mech & usable_bits(c));
}

/* An emergency call passes if only it can be read. */
static bool emergency_offer_passes(const struct combo *c)
{
	return !is_emergency(c) || passes(c) || has_worth(c, WORTH_UNREADABLE);
}

/* An offer is not acceptable, or not readable: never a security agreement. */
static bool offer_code(const struct combo *c)
{
	return passes(c) || code(c) == 488 || (code(c) == 400 && c->facts.bad_sdp);
}

static bool offer_agrees_to_nothing(const struct combo *c)
{
	return c->verdict.agreed == 0;
}

/* Streams live, none is secured any more, and nobody was held to it. */
static bool offer_goes_back(const struct combo *c)
{
	bool back = passes(c) && c->facts.in_dialog
				&& c->facts.leg.mode == MS_MODE_SECURED
				&& c->verdict.leg.mode == MS_MODE_PLAIN
				&& (bodies[c->body].worth == WORTH_PLAIN
						|| bodies[c->body].worth == WORTH_BROKEN);

	return c->verdict.note == (back ? MS_NOTE_REOFFER_PLAIN : MS_NOTE_NONE);
}

/* What may be taken of an offer: two mechanisms at most, each once, of those
 * that may be used here, and plain streams of who may send them. */
static bool rules_are_kept(const struct combo *c)
{
	struct ms_offer_rules r = ms_policy_offer_rules(c->settings, &c->facts);
	unsigned bits = usable_bits(c);

	return (r.mech[0] | r.mech[1]) == bits && !(r.mech[0] & r.mech[1])
		   && (r.mech[0] || !r.mech[1]) && r.mech[0] != (S | D)
		   && r.plain == !is_enforced(c) && r.osrtp == c->settings->osrtp
		   && r.t38 == (c->settings->t38 || r.plain)
		   && r.keying == &c->settings->keying;
}

static const struct rule offer_rules[] = {
		{"R-1 R-5 enforced: secured as agreed", enforced_is_secured},
		{"R-1 S-41 S-105 enforced: for a cause", enforced_has_a_cause},
		{"T-26 S-108 mixed offers are refused where set", mixed_is_refused},
		{"R-5 a secure offer passes", secure_offer_passes},
		{"R-6 exposed keys pass from nobody", keys_are_not_exposed},
		{"S-73 S-90 a broken offer passes from nobody", broken_is_refused},
		{"R-1 S-30 off: offers are let alone", off_is_let_alone},
		{"mandatory: never plain RTP", mandatory_is_secured},
		{"forbidden: never SRTP", forbidden_is_plain},
		{"R-1 S-105 plain media where they may be", plain_is_let_alone},
		{"R-1 S-73 secured: it was offered", secured_was_offered},
		{"R-5 R-6 a secured leg has a mechanism it may use",
				leg_has_a_mechanism},
		{"S-105 a leg stays without an offer", leg_stays},
		{"R-10 S-51 an emergency call passes", emergency_offer_passes},
		{"S-74 an offer gets 488 or 400", offer_code},
		{"S-15 R-5 R-6 what may be taken of an offer", rules_are_kept},
		{"an offer agrees to nothing", offer_agrees_to_nothing},
		{"S-105 SRTP that goes back is noted", offer_goes_back},
		{"a refused offer has a reason only", refusal_is_bare},
};

/* ---- rules of REGISTER -------------------------------------------------- */

static bool has_asked(const struct combo *c)
{
	return c->facts.client.media || c->facts.tag
		   || c->facts.verify != MS_VERIFY_ABSENT;
}

/* A REGISTER that is judged by what it asks. */
static bool is_judged(const struct combo *c)
{
	return !is_off(c) && !c->facts.not_first_hop && !c->facts.deregister;
}

/* Off: the tag and nothing else. */
static bool register_off(const struct combo *c)
{
	if(!is_off(c))
		return c->verdict.reason != MS_REASON_TAG_REFUSED;
	return c->verdict.agreed == 0
		   && c->verdict.reason
					  == (c->facts.proxy_tag ? MS_REASON_TAG_REFUSED
											 : MS_REASON_NONE);
}

/* Off: said by the same words before and after authentication. */
static bool register_off_twice(const struct combo *c)
{
	return !is_off(c)
		   || ms_policy_request(c->settings, &c->facts).reason
					  == c->verdict.reason;
}

/* Agreed is what is on the list, and can be terminated, and was offered. */
static bool agreed_is_common(const struct combo *c)
{
	return !(c->verdict.agreed & ~listed_bits(c))
		   && (!c->facts.client.media
				   || !(c->verdict.agreed & ~c->facts.client.media));
}

/* All of it: the client could use any of them. Of one that sends the mirror
 * only, what it offered before counts, if that is known. */
static bool agreed_is_complete(const struct combo *c)
{
	unsigned offered = c->facts.client.media;

	if(!passes(c) || !is_judged(c) || !has_asked(c))
		return true;
	if(!offered && c->facts.binding != MS_BINDING_UNKNOWN)
		offered = c->facts.offered;
	return c->verdict.agreed
		   == (offered ? offered & listed_bits(c) : listed_bits(c));
}

/* Who does not ask, removes, or is not first hop, agrees to nothing. */
static bool agreed_was_asked(const struct combo *c)
{
	return !c->verdict.agreed || (is_judged(c) && has_asked(c));
}

/* A removal is refused for its way, never for its mirror or its offer. */
static bool removal_passes(const struct combo *c)
{
	return !c->facts.deregister || passes(c)
		   || c->verdict.reason == MS_REASON_TAG_REFUSED
		   || c->verdict.reason == MS_REASON_NOT_FIRST_HOP;
}

/* The way of a REGISTER is judged as that of other requests. */
static bool register_second_via(const struct combo *c)
{
	bool refused = !is_off(c) && c->facts.not_first_hop
				   && (is_required(c) || is_agreed(c));

	return refused == (c->verdict.reason == MS_REASON_NOT_FIRST_HOP)
		   && (refused || is_off(c) || !c->facts.not_first_hop || passes(c));
}

/* Required: who passes has agreed, or goes. */
static bool required_agrees(const struct combo *c)
{
	return !is_required(c) || !passes(c) || c->facts.deregister
		   || c->verdict.agreed;
}

/* Required: who does not ask gets the list; under optional nobody does so. */
static bool required_asks(const struct combo *c)
{
	bool missing = is_judged(c) && is_required(c) && !has_asked(c)
				   && (!c->facts.client.bad || c->facts.client.foreign);

	return missing == (c->verdict.reason == MS_REASON_CLIENT_MISSING);
}

/* Optional: a client that knows nothing of it registers as it always did. */
static bool register_plain_client(const struct combo *c)
{
	return c->settings->policy != MS_POLICY_OPTIONAL || has_asked(c)
		   || (c->facts.client.bad && !c->facts.client.foreign)
		   || c->facts.not_first_hop || passes(c)
		   || c->verdict.reason == MS_REASON_LOST_CAPABILITY;
}

/* Who has an agreement and does not ask: let go, noted or refused. */
static bool register_lost(const struct combo *c)
{
	bool lost = is_judged(c) && !is_required(c) && !has_asked(c) && is_agreed(c)
				&& (!c->facts.client.bad || c->facts.client.foreign);

	return (c->verdict.note == MS_NOTE_LOST_CAPABILITY)
				   == (lost && c->settings->sticky == MS_STICKY_LOG)
		   && (c->verdict.reason == MS_REASON_LOST_CAPABILITY)
					  == (lost && c->settings->sticky == MS_STICKY_REJECT);
}

/* A right mirror gets a 494 for what else is demanded only: the tag, or
 * something in common. */
static bool register_right(const struct combo *c)
{
	return c->facts.verify != MS_VERIFY_RIGHT || code(c) != 494
		   || (c->verdict.reason == MS_REASON_TAG_MISSING
				   && c->settings->strict_tag)
		   || (c->verdict.reason == MS_REASON_NO_COMMON && is_required(c));
}

/* Who mirrors something else was bid down. */
static bool register_wrong(const struct combo *c)
{
	return !is_judged(c)
		   || (c->facts.verify != MS_VERIFY_DIFFERS
				   && c->facts.verify != MS_VERIFY_MALFORMED)
		   || (code(c) == 494 && fault_is_named(c));
}

/* A mirror is demanded from who sends the tag, under required or strict. */
static bool register_missing(const struct combo *c)
{
	bool demanded =
			c->facts.tag
			&& (is_required(c) || c->settings->verify_mode == MS_VERIFY_STRICT);

	if(c->verdict.reason == MS_REASON_VERIFY_MISSING)
		return demanded && c->facts.verify == MS_VERIFY_ABSENT;
	return !demanded || !is_judged(c) || !passes(c)
		   || c->facts.verify != MS_VERIFY_ABSENT;
}

/* The tag is demanded by strict_option_tag from who asks. */
static bool register_tag(const struct combo *c)
{
	bool missing = c->settings->strict_tag && !c->facts.tag;

	if(c->verdict.reason == MS_REASON_TAG_MISSING)
		return missing && has_asked(c);
	return !missing || !is_judged(c) || !has_asked(c) || !passes(c);
}

static bool register_is_no_media(const struct combo *c)
{
	return (c->verdict.note == MS_NOTE_NONE
				   || c->verdict.note == MS_NOTE_LOST_CAPABILITY)
		   && has_no_leg(c);
}

/* S-20, and ms_policy_register() keeps to it. */
static bool asked_is_client_or_tag(const struct combo *c)
{
	return ms_policy_asked(&c->facts) == has_asked(c);
}

static const struct rule register_rules[] = {
		{"R-1 S-30 REGISTER, off: the tag and nothing else", register_off},
		{"S-30 REGISTER, off: the same twice", register_off_twice},
		{"S-15 agreed is listed, offered and ours", agreed_is_common},
		{"S-37 agreed is all of that", agreed_is_complete},
		{"R-1 R-3 agreed was asked for", agreed_was_asked},
		{"T-28 S-38 a removal is not refused for its mirror", removal_passes},
		{"R-3 a REGISTER with a second Via", register_second_via},
		{"R-1 required: who passes has agreed", required_agrees},
		{"R-1 S-26 required: who does not ask gets 421", required_asks},
		{"R-1 S-26 optional: plain clients register", register_plain_client},
		{"S-122 a capability that is lost", register_lost},
		{"S-28 a right mirror is enough", register_right},
		{"S-33 A-8 a wrong one is refused", register_wrong},
		{"S-34 who has to mirror", register_missing},
		{"S-29 who has to send the tag", register_tag},
		{"S-20 who asks", asked_is_client_or_tag},
		{"a REGISTER has no media", register_is_no_media},
		{"a refused REGISTER has a reason only", refusal_is_bare},
};

/* ---- every combination: the walk ---------------------------------------- */

struct tally
{
	unsigned long broken;
	struct combo first;
};

static void tally_add(
		struct tally *tally, const struct combo *c, const struct ms_verdict *v)
{
	if(tally->broken++ == 0) {
		tally->first = *c;
		tally->first.verdict = *v;
	}
}

static void tally_check(const char *name, const struct tally *tally)
{
	test_row(name);
	if(!CHECK_INT(tally->broken, 0))
		print_combo(&tally->first);
}

static bool reached_reason[MS_REASON_COUNT];
static bool reached_note[MS_NOTE_REOFFER_PLAIN + 1];

struct walk
{
	const char *name, *stricter, *same;
	bool (*facts)(unsigned long n, struct combo *c);
	struct ms_verdict (*verdict)(
			const struct ms_settings *settings, const struct ms_facts *facts);
	unsigned radix[AXES];
	unsigned long combinations;
	const struct rule *rules;
	size_t n_rules;
};

#define RULES_MAX 20

static struct ms_settings settings_all[SETTINGS_MAX];
static struct ms_verdict verdicts[SETTINGS_MAX];
static struct tally tallies[RULES_MAX], stricter, same;

static bool is_same(const struct ms_verdict *a, const struct ms_verdict *b)
{
	return a->reason == b->reason && a->note == b->note
		   && a->agreed == b->agreed && a->leg.mode == b->leg.mode
		   && a->leg.mech == b->leg.mech;
}

/* A stricter setting makes no pass of a refusal, no weaker leg of a stronger
 * one, and lets nobody agree to more. */
static bool is_no_laxer(
		const struct ms_verdict *strict, const struct ms_verdict *lax)
{
	if(strict->reason)
		return true;
	return !lax->reason && strict->leg.mode >= lax->leg.mode
		   && !(strict->agreed & ~lax->agreed);
}

/* The settings one step stricter on an axis; 0: none. Off, and forbidden, is
 * another thing, not less of the same. */
static size_t next_stricter[AXIS_LIST][SETTINGS_MAX];

static void find_stricter(const unsigned radix[AXES], size_t count)
{
	size_t i, at, stride = 1;
	unsigned axis;

	for(axis = 0; axis < AXIS_LIST; axis++) {
		for(i = 0; i < count; i++) {
			at = i / stride % radix[axis];
			next_stricter[axis][i] =
					at + 1 == radix[axis] || (axis == AXIS_POLICY && at == 0)
									|| (axis == AXIS_INBOUND && at == 1)
									|| (axis == AXIS_OUTBOUND && at == 1)
							? 0
							: i + stride;
		}
		stride *= radix[axis];
	}
}

static void compare_settings(struct combo *c, size_t count)
{
	size_t i, next;
	unsigned axis;

	for(axis = 0; axis < AXIS_LIST; axis++) {
		for(i = 0; i < count; i++) {
			next = next_stricter[axis][i];
			if(next == 0)
				continue;
			c->settings = &settings_all[i];
			if(!is_no_laxer(&verdicts[next], &verdicts[i]))
				tally_add(&stricter, c, &verdicts[i]);
			if(axis == AXIS_POLICY && is_agreed(c)
					&& !is_same(&verdicts[next], &verdicts[i]))
				tally_add(&same, c, &verdicts[i]);
		}
	}
}

static void judge(const struct walk *w, struct combo *c, size_t i)
{
	size_t k;

	c->settings = &settings_all[i];
	c->verdict = verdicts[i] = w->verdict(c->settings, &c->facts);
	reached_reason[c->verdict.reason] = true;
	reached_note[c->verdict.note] = true;
	for(k = 0; k < w->n_rules; k++)
		if(!w->rules[k].holds(c))
			tally_add(&tallies[k], c, &c->verdict);
}

static void walk(const struct walk *w)
{
	size_t count, i;
	unsigned long n;
	struct combo c;

	test_row(w->name);
	memset(tallies, 0, sizeof(tallies));
	memset(&stricter, 0, sizeof(stricter));
	memset(&same, 0, sizeof(same));
	count = all_settings(w->radix, settings_all);
	find_stricter(w->radix, count);
	for(n = 0; w->facts(n, &c); n++) {
		for(i = 0; i < count; i++)
			judge(w, &c, i);
		compare_settings(&c, count);
	}
	CHECK_INT(n * count, w->combinations);
	for(i = 0; i < w->n_rules; i++)
		tally_check(w->rules[i].name, &tallies[i]);
	tally_check(w->stricter, &stricter);
	if(w->same)
		tally_check(w->same, &same);
}

/* 36, 7.5 and 13.9 million combinations: facts times settings, these by how many
 * values of policy, verify_mode, missing, unknown, tag, transport, mixed, inbound,
 * outbound, sticky and list. What has one value is not read. */
static const struct walk walks[] = {
		{"every request", "a stricter setting refuses no less",
				"R-1 agreed: optional is required", request_facts,
				ms_policy_request, {3, 3, 3, 3, 1, 2, 1, 3, 1, 1, 1},
				73728 * 486, request_rules, N_OF(request_rules)},
		{"every offer", "a stricter setting secures no less",
				"R-1 agreed: an offer under optional and required", offer_facts,
				ms_policy_offer, {3, 1, 1, 3, 1, 2, 2, 3, 1, 1, 3}, 23040 * 324,
				offer_rules, N_OF(offer_rules)},
		{"every REGISTER", "a stricter setting agrees to no more", NULL,
				register_facts, ms_policy_register,
				{3, 3, 1, 1, 2, 2, 1, 1, 1, 3, 2}, 64512 * 216, register_rules,
				N_OF(register_rules)},
};

static void test_every_combination(void)
{
	size_t i;

	read_bodies();
	for(i = 0; i < N_OF(walks); i++)
		walk(&walks[i]);
}

/* ---- callees ------------------------------------------------------------ */

#define CALLEE_NONE                     \
	{                                   \
		MS_BINDING_NONE, 0, true, false \
	}
#define CALLEE_UNKNOWN                     \
	{                                      \
		MS_BINDING_UNKNOWN, 0, true, false \
	}
#define CALLEE_AGREED(bits)                    \
	{                                          \
		MS_BINDING_AGREED, (bits), true, false \
	}
#define CALLEE_OVER_UDP(is)              \
	{                                    \
		MS_BINDING_##is, S, false, false \
	}
#define CALLEE_OUT_OF_CORE(is)         \
	{                                  \
		MS_BINDING_##is, S, true, true \
	}

static void test_callee(void)
{
	static const struct
	{
		const char *name;
		unsigned set;
		struct ms_callee callee;
		enum ms_reason reason;
		struct ms_leg leg;
	} rows[] = {
			{"R-1 optional, none", 0, CALLEE_NONE, R(NONE), {P}},
			{"R-1 optional, agreed", 0, CALLEE_AGREED(S), R(NONE),
					{ENFORCED(S)}},
			{"S-98 optional, agreed to both", DTLS_FIRST, CALLEE_AGREED(S | D),
					R(NONE), {ENFORCED(D)}},
			{"R-1 optional, unknown", 0, CALLEE_UNKNOWN, R(NONE), {P}},
			{"R-1 optional, unknown: secure", SECURE, CALLEE_UNKNOWN, R(NONE),
					{ENFORCED(S)}},
			{"R-1 optional, unknown: refuse", REFUSE, CALLEE_UNKNOWN, R(NONE),
					{ENFORCED(S)}},
			{"R-1 off, agreed", OFF, CALLEE_AGREED(S), R(NONE), {P}},
			{"agreed, out of a core socket", 0, CALLEE_OUT_OF_CORE(AGREED),
					R(INTERNAL), {P}},
			{"not agreed, out of a core socket", 0, CALLEE_OUT_OF_CORE(NONE),
					R(NONE), {P}},
			{"R-1 off, unknown: secure", OFF | SECURE, CALLEE_UNKNOWN, R(NONE),
					{P}},
			{"R-1 required, none", REQUIRED, CALLEE_NONE, R(NONE),
					{ENFORCED(S)}},
			{"R-1 required, unknown", REQUIRED, CALLEE_UNKNOWN, R(NONE),
					{ENFORCED(S)}},
			{"mandatory, none", OUT_MANDATORY, CALLEE_NONE, R(NONE),
					{ENFORCED(S)}},
			{"mandatory, none, the first of the list",
					OUT_MANDATORY | DTLS_FIRST, CALLEE_NONE, R(NONE),
					{ENFORCED(D)}},
			{"mandatory, agreed to another", OUT_MANDATORY, CALLEE_AGREED(D),
					R(NONE), {ENFORCED(D)}},
			{"mandatory, off", OFF | OUT_MANDATORY, CALLEE_NONE, R(NONE),
					{ENFORCED(S)}},
			{"R-6 mandatory, over UDP", OUT_MANDATORY, CALLEE_OVER_UDP(NONE),
					R(NONE), {ENFORCED(D)}},
			{"R-6 mandatory, over UDP, nothing else", OUT_MANDATORY | SDES_ONLY,
					CALLEE_OVER_UDP(NONE), R(OFFER_MECHANISM), {P}},
			{"R-6 agreed over TLS, called over UDP", 0, CALLEE_OVER_UDP(AGREED),
					R(OFFER_MECHANISM), {P}},
			{"S-13 agreed over UDP where that is allowed", ANY_TRANSPORT,
					CALLEE_OVER_UDP(AGREED), R(NONE), {ENFORCED(S)}},
			{"mandatory, nothing on the list", OUT_MANDATORY | NO_MEDIA,
					CALLEE_NONE, R(OFFER_MECHANISM), {P}},
			{"forbidden, agreed", OUT_FORBIDDEN, CALLEE_AGREED(S), R(NONE),
					{P}},
			{"forbidden, unknown: secure", OUT_FORBIDDEN | SECURE,
					CALLEE_UNKNOWN, R(NONE), {P}},
			{"mandatory is about calls to it", IN_MANDATORY, CALLEE_NONE,
					R(NONE), {P}},
			{"forbidden is about calls to it", IN_FORBIDDEN, CALLEE_AGREED(S),
					R(NONE), {ENFORCED(S)}},
	};
	struct ms_settings settings;
	struct ms_verdict verdict;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		settings = settings_of(rows[i].set);
		verdict = ms_policy_callee(&settings, &rows[i].callee);
		CHECK_INT(verdict.reason, rows[i].reason);
		CHECK_INT(verdict.leg.mode, rows[i].leg.mode);
		CHECK_INT(verdict.leg.mech, rows[i].leg.mech);
		check_refused(&verdict);
	}
}

static unsigned callee_bits(
		const struct ms_settings *settings, const struct ms_callee *callee)
{
	unsigned bits = callee->binding == MS_BINDING_AGREED
							? callee->agreed
							: ms_list_bits(&settings->list);

	if(settings->secure_transport && !callee->secure)
		bits &= ~(unsigned)S;
	return bits & MS_MECH_TERMINATED;
}

/* R-1 of the other side. */
static bool callee_has_to(
		const struct ms_settings *settings, const struct ms_callee *callee)
{
	if(settings->outbound != MS_MEDIA_OPTIONAL)
		return settings->outbound == MS_MEDIA_MANDATORY;
	if(settings->policy != MS_POLICY_OPTIONAL)
		return settings->policy == MS_POLICY_REQUIRED;
	return callee->binding == MS_BINDING_AGREED
		   || (callee->binding == MS_BINDING_UNKNOWN
				   && settings->unknown != MS_UNKNOWN_PLAIN);
}

/* Of callees in clear: who might have agreed, where an agreement would count. */
static enum ms_note callee_note(
		const struct ms_settings *settings, const struct ms_callee *callee)
{
	return callee->binding == MS_BINDING_UNKNOWN
						   && settings->policy == MS_POLICY_OPTIONAL
						   && settings->outbound == MS_MEDIA_OPTIONAL
				   ? MS_NOTE_CALLED_UNKNOWN
				   : MS_NOTE_NONE;
}

/* Secured by one mechanism it may use, or refused for want of one; or plain. */
static bool callee_holds(const struct ms_settings *settings,
		const struct ms_callee *callee, const struct ms_verdict *v)
{
	unsigned bits = callee_bits(settings, callee);

	if(!callee_has_to(settings, callee))
		return v->reason == MS_REASON_NONE && v->leg.mode == MS_MODE_PLAIN
			   && v->leg.mech == 0 && v->note == callee_note(settings, callee);
	if(bits == 0)
		return v->reason == MS_REASON_OFFER_MECHANISM;
	return v->reason == MS_REASON_NONE && v->leg.mode == MS_MODE_ENFORCED
		   && v->note == MS_NOTE_NONE && (v->leg.mech == S || v->leg.mech == D)
		   && (v->leg.mech & bits);
}

static void test_every_callee(void)
{
	static const unsigned radix[AXES] = {3, 1, 1, 3, 1, 2, 1, 1, 3, 1, 3};
	static const struct ms_callee callees[] = {CALLEE_NONE, CALLEE_UNKNOWN,
			CALLEE_AGREED(S), CALLEE_AGREED(D), CALLEE_AGREED(S | D),
			CALLEE_OVER_UDP(NONE), CALLEE_OVER_UDP(UNKNOWN),
			CALLEE_OVER_UDP(AGREED)};
	size_t count = all_settings(radix, settings_all), i, k, next;
	unsigned axis;

	find_stricter(radix, count);
	for(k = 0; k < N_OF(callees); k++) {
		test_row("every callee");
		for(i = 0; i < count; i++) {
			verdicts[i] = ms_policy_callee(&settings_all[i], &callees[k]);
			CHECK(callee_holds(&settings_all[i], &callees[k], &verdicts[i]));
			reached_note[verdicts[i].note] = true;
			check_refused(&verdicts[i]);
		}
		test_row("a stricter setting secures no callee less");
		for(axis = 0; axis < AXIS_LIST; axis++) {
			for(i = 0; i < count; i++) {
				next = next_stricter[axis][i];
				if(next > 0)
					CHECK(is_no_laxer(&verdicts[next], &verdicts[i]));
			}
		}
	}
}

/* What a callee sends back. */
static void test_forbids(void)
{
	static const struct ms_leg legs[] = {{P}, {SECURED(S)}, {ENFORCED(D)}};
	enum ms_media media;
	size_t i, k;

	for(i = 0; i < N_OF(bodies); i++) {
		bool secured = bodies[i].worth == WORTH_SECURE
					   || bodies[i].worth == WORTH_MIXED
					   || bodies[i].worth == WORTH_BROKEN;

		test_row(bodies[i].name);
		for(k = 0; k < N_OF(legs); k++)
			for(media = MS_MEDIA_OPTIONAL; media <= MS_MEDIA_FORBIDDEN; media++)
				CHECK_INT(
						ms_policy_forbids(media, &legs[k], &body_facts[i].sdp),
						secured && legs[k].mode == MS_MODE_PLAIN
								&& media == MS_MEDIA_FORBIDDEN);
	}
}

/* ---- reasons and notes -------------------------------------------------- */

/* Who gives a reason. A new one has to be placed here. */
enum giver
{
	NOBODY,
	POLICY,
	GLUE
};

static const enum giver givers[MS_REASON_COUNT] = {
		[MS_REASON_NONE] = POLICY,
		[MS_REASON_TAG_REFUSED] = POLICY,
		[MS_REASON_NOT_FIRST_HOP] = POLICY,
		[MS_REASON_CLIENT_MISSING] = POLICY,
		[MS_REASON_LOST_CAPABILITY] = POLICY,
		[MS_REASON_CLIENT_MALFORMED] = POLICY,
		[MS_REASON_CLIENT_TAG_ONLY] = POLICY,
		[MS_REASON_TAG_MISSING] = POLICY,
		[MS_REASON_NO_COMMON] = POLICY,
		[MS_REASON_VERIFY_MISSING] = POLICY,
		[MS_REASON_VERIFY_DIFFERS] = POLICY,
		[MS_REASON_VERIFY_MALFORMED] = POLICY,
		[MS_REASON_UNKNOWN_BINDING] = POLICY,
		[MS_REASON_INSECURE_FLOW] = POLICY,
		[MS_REASON_INSECURE_KEYS] = POLICY,
		[MS_REASON_OFFER_PLAIN] = POLICY,
		[MS_REASON_OFFER_FORBIDDEN] = POLICY,
		[MS_REASON_OFFER_MECHANISM] = POLICY,
		[MS_REASON_OFFER_SUITE] = POLICY,
		[MS_REASON_OFFER_SESSION] = POLICY,
		[MS_REASON_OFFER_KEY] = POLICY,
		[MS_REASON_SDP_MALFORMED] = POLICY,
		[MS_REASON_REJECT_LIMIT] = GLUE,
		[MS_REASON_ANSWER_LIMIT] = GLUE,
		[MS_REASON_ANSWER_INSECURE] = GLUE,
		[MS_REASON_REOFFER_PENDING] = GLUE,
		[MS_REASON_RELAY_FAILED] = GLUE,
		[MS_REASON_INTERNAL] = GLUE, /* here for facts that are none only */
};

static void test_retries_plain(void)
{
	static const struct
	{
		const char *name;
		struct ms_settings settings;
		bool retries;
	} rows[] = {
			{"S-103 optional and allowed",
					{.policy = MS_POLICY_OPTIONAL, .retry_plain = true}, true},
			{"not allowed", {.policy = MS_POLICY_OPTIONAL}, false},
			{"S-103 required",
					{.policy = MS_POLICY_REQUIRED, .retry_plain = true}, false},
			{"mandatory",
					{.policy = MS_POLICY_OPTIONAL,
							.outbound = MS_MEDIA_MANDATORY,
							.retry_plain = true},
					false},
			{"off", {.policy = MS_POLICY_OFF, .retry_plain = true}, false},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_policy_retries_plain(&rows[i].settings), rows[i].retries);
	}
	test_row("S-103 codes");
	CHECK(ms_policy_rejects_srtp(415) && ms_policy_rejects_srtp(488)
			&& ms_policy_rejects_srtp(606));
	CHECK(!ms_policy_rejects_srtp(486) && !ms_policy_rejects_srtp(600));
}

/* Of what every combination came to. */
static void test_reached(void)
{
	const char *word;
	unsigned i;

	for(i = 0; i < MS_REASON_COUNT; i++) {
		word = ms_reason_info((enum ms_reason)i)->word.p;
		test_row(i ? word : "no reason");
		CHECK(givers[i] != NOBODY);
		CHECK_INT(reached_reason[i], givers[i] == POLICY);
	}
	test_row("every note is given");
	for(i = 0; i < N_OF(reached_note); i++)
		CHECK(reached_note[i]);
}

void test_policy(void);

void test_policy(void)
{
	test_list();
	test_asked();
	test_offer_rules();
	test_register();
	test_lost();
	test_back();
	test_request();
	test_call();
	test_retries_plain();
	test_callee();
	test_every_combination();
	test_every_callee();
	test_forbids();
	test_reached();
}
