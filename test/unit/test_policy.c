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
#define FINGERPRINT "a=fingerprint:sha-256 5A:70\r\n"
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
 * strict tag, keys over TLS only, LIST. */
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
	TELEKOM = 1 << 10, /* W-1 */
	NO_SDES = 1 << 11
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
	return flags & NO_SDES ? "msrp-tls,dtls-srtp" : LIST;
}

static struct ms_settings settings_of(unsigned flags)
{
	return (struct ms_settings){
			.policy = flags & OFF		 ? MS_POLICY_OFF
					  : flags & REQUIRED ? MS_POLICY_REQUIRED
										 : MS_POLICY_OPTIONAL,
			.verify_mode = flags & STRICT ? MS_VERIFY_STRICT
						   : flags & SET  ? MS_VERIFY_SET
										  : MS_VERIFY_COMPAT,
			.missing = flags & REJECT	? MS_MISSING_REJECT
					   : flags & ACCEPT ? MS_MISSING_ACCEPT
										: MS_MISSING_SECURE_OFFER,
			.unknown = flags & SECURE	? MS_UNKNOWN_SECURE
					   : flags & REFUSE ? MS_UNKNOWN_REFUSE
										: MS_UNKNOWN_PLAIN,
			.strict_tag = flags & TAG,
			.secure_transport = !(flags & ANY_TRANSPORT),
			.list = list_of(list_text(flags)),
			.suites = MS_SUITES_DEFAULT};
}

/* ---- facts of a row ----------------------------------------------------- */

/* Senders, over TLS */
#define NONE .secure = true, .binding = MS_BINDING_NONE
#define AGREED                                                 \
	.secure = true, .binding = MS_BINDING_AGREED,              \
	.agreed = MS_MECH_SDES, .offered = MS_MECH_SDES,           \
	.binding_secure = true
#define UNKNOWN .secure = true, .binding = MS_BINDING_UNKNOWN
/* what a REGISTER has */
#define CLIENT(bits) .client = {.rows = 1, .media = (bits)}
#define TAGS .tag = true, .proxy_tag = true
#define VERIFY(result) .verify = MS_VERIFY_##result
/* and what other requests are */
#define INVITE .method = MS_METHOD_INVITE
#define UPDATE .method = MS_METHOD_UPDATE
#define OTHER .method = MS_METHOD_OTHER
#define ACK .method = MS_METHOD_UNANSWERED
#define DIALOG(leg) .in_dialog = true, .mode = MS_MODE_##leg

static void read_sdp(
		struct ms_facts *facts, const char *sdp, uint32_t suites)
{
	facts->has_sdp = sdp != NULL;
	if(sdp)
		facts->bad_sdp =
				ms_sdp_survey(test_text(sdp), suites, &facts->sdp) != MS_OK;
}

/* A refusal says why and nothing else. */
static void check_refused(const struct ms_verdict *verdict)
{
	if(!verdict->reason)
		return;
	CHECK_INT(verdict->note, MS_NOTE_NONE);
	CHECK_INT(verdict->agreed, 0);
	CHECK_INT(verdict->mode, MS_MODE_PLAIN);
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
#define R(reason) MS_REASON_##reason
#define S MS_MECH_SDES
#define D MS_MECH_DTLS
#define M MS_MECH_MSRP
		/* who asks */
		{"T-2 S-32 W-2 Client, tags and the mirror", TELEKOM,
				{NONE, CLIENT(S), TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-2 the same under required", REQUIRED | TELEKOM,
				{NONE, CLIENT(S), TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-3 a row of the mirror is missing", TELEKOM,
				{NONE, CLIENT(S), TAGS, VERIFY(DIFFERS)}, R(VERIFY_DIFFERS),
				0},
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
		{"S-29 Client and tag, strict_option_tag", TAG,
				{NONE, CLIENT(S), TAGS}, R(NONE), S},
		{"S-20 the tag in Require only", 0,
				{NONE, CLIENT(S), .tag = true, VERIFY(RIGHT)}, R(NONE), S},
		{"T-6 S-26 nobody asks, off", OFF, {NONE}, R(NONE), 0},
		{"T-6 S-26 nobody asks, optional", 0, {NONE}, R(NONE), 0},
		{"T-6 S-26 nobody asks, required", REQUIRED, {NONE},
				R(CLIENT_MISSING), 0},
		{"R-1 nobody asks any more, optional", 0, {AGREED}, R(NONE), 0},
		{"S-37 nobody asks any more, required", REQUIRED, {AGREED},
				R(CLIENT_MISSING), 0},
		{"T-7 S-27 the tag only", 0, {NONE, TAGS}, R(CLIENT_TAG_ONLY), 0},
		{"T-7 S-27 the tag only, required", REQUIRED, {NONE, TAGS},
				R(CLIENT_TAG_ONLY), 0},
		{"T-8 S-28 the mirror and the tag, after a 494", 0,
				{UNKNOWN, TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-8 S-28 the same under required and strict",
				REQUIRED | STRICT | TAG, {UNKNOWN, TAGS, VERIFY(RIGHT)},
				R(NONE), S},
		{"T-8 S-28 the offer that was stored stays", 0,
				{AGREED, TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"T-8 S-28 a stored offer without what we have", 0,
				{.secure = true, .binding = MS_BINDING_AGREED, .agreed = S,
						.offered = M, TAGS, VERIFY(RIGHT)},
				R(NONE), 0},
		{"T-8 S-28 an agreement whose offer is not known", 0,
				{.secure = true, .binding = MS_BINDING_AGREED, .agreed = S,
						TAGS, VERIFY(RIGHT)},
				R(NONE), S},
		{"T-8 S-28 a wrong mirror and the tag", 0,
				{UNKNOWN, TAGS, VERIFY(DIFFERS)}, R(VERIFY_DIFFERS), 0},
		/* what can be read of Security-Client */
		{"T-10 S-4 a bare name does not ask", 0,
				{NONE, .client = {.rows = 1, .bare = S}}, R(NONE), 0},
		{"T-11 S-63 only mechanisms of others", 0,
				{NONE, .client = {.rows = 1, .foreign = 1}}, R(NONE), 0},
		{"T-11 S-63 the same, required", REQUIRED,
				{NONE, .client = {.rows = 1, .foreign = 1}},
				R(CLIENT_MISSING), 0},
		{"T-11 mixed with mechanisms of others", 0,
				{NONE, .client = {.rows = 2, .media = S, .foreign = 1}, TAGS,
						VERIFY(RIGHT)},
				R(NONE), S},
		{"S-31 a malformed element is skipped", 0,
				{NONE, .client = {.rows = 1, .media = S, .bad = 1}}, R(NONE),
				S},
		{"S-31 nothing can be read", 0,
				{NONE, .client = {.rows = 1, .bad = 1}}, R(CLIENT_MALFORMED),
				0},
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
		{"S-34 Client and tag, no mirror, optional", 0,
				{NONE, CLIENT(S), TAGS}, R(NONE), S},
		{"S-34 the same in set mode", SET, {NONE, CLIENT(S), TAGS}, R(NONE),
				S},
		{"S-34 the same, strict", STRICT, {NONE, CLIENT(S), TAGS},
				R(VERIFY_MISSING), 0},
		{"S-34 the same, required", REQUIRED, {NONE, CLIENT(S), TAGS},
				R(VERIFY_MISSING), 0},
		{"S-34 the same, required, of an agreed binding", REQUIRED,
				{AGREED, CLIENT(S), TAGS}, R(VERIFY_MISSING), 0},
		{"A-8 Client without the tag, a wrong mirror", 0,
				{NONE, CLIENT(S), VERIFY(DIFFERS)}, R(VERIFY_DIFFERS), 0},
		{"A-8 a malformed mirror", REQUIRED,
				{NONE, CLIENT(S), VERIFY(MALFORMED)}, R(VERIFY_MALFORMED), 0},
		/* what is agreed */
		{"T-29 S-14 more is offered than we have", TELEKOM,
				{NONE, CLIENT(S | M | MS_MECH_OTHER)}, R(NONE), S},
		{"T-29 S-15 what we cannot terminate is not agreed", TELEKOM,
				{NONE, CLIENT(M | D)}, R(NONE), 0},
		{"T-29 S-14 nothing in common, required", REQUIRED,
				{NONE, CLIENT(M), TAGS, VERIFY(RIGHT)}, R(NO_COMMON), 0},
		{"S-15 what is not on the list is not agreed", NO_SDES,
				{NONE, CLIENT(S)}, R(NONE), 0},
		{"S-37 a new offer replaces the old", 0,
				{AGREED, CLIENT(M), TAGS, VERIFY(RIGHT)}, R(NONE), 0},
		{"A-15 a plain client begins to ask", 0,
				{NONE, CLIENT(S), TAGS, VERIFY(RIGHT)}, R(NONE), S},
		{"R-6 S-13 keys would be exposed", 0,
				{.secure = false, CLIENT(S)}, R(NONE), 0},
		{"R-6 S-13 keys would be exposed, required", REQUIRED,
				{.secure = false, CLIENT(S)}, R(NO_COMMON), 0},
		{"R-6 S-13 any transport is taken", REQUIRED | ANY_TRANSPORT,
				{.secure = false, CLIENT(S)}, R(NONE), S},
		/* off, removal, a hop between */
		{"T-16 S-30 off, Proxy-Require", OFF, {NONE, TAGS}, R(TAG_REFUSED),
				0},
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

/* What ms_policy_request() says of it; T-14: to be repeated for a policy. */
static const struct
{
	const char *name;
	unsigned set;
	struct ms_facts facts;
	const char *sdp;
	enum ms_reason reason;
	enum ms_note note;
} request_rows[] = {
#define N(note) MS_NOTE_##note
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
				{AGREED, INVITE, VERIFY(MALFORMED)}, SDES,
				R(VERIFY_MALFORMED), N(NONE)},
		{"S-46 MESSAGE, no mirror", 0, {AGREED, OTHER}, NULL, R(NONE),
				N(NONE)},
		{"S-46 MESSAGE, no mirror, strict and reject",
				REQUIRED | STRICT | REJECT, {AGREED, OTHER}, NULL, R(NONE),
				N(NONE)},
		{"S-46 MESSAGE, wrong mirror", 0, {AGREED, OTHER, VERIFY(DIFFERS)},
				NULL, R(VERIFY_DIFFERS), N(NONE)},
		{"S-46 re-INVITE, no mirror, reject", REJECT,
				{AGREED, INVITE, DIALOG(ENFORCED)}, SDES, R(NONE), N(NONE)},
		{"S-46 re-INVITE, no mirror, plain offer", 0,
				{AGREED, INVITE, DIALOG(ENFORCED)}, PLAIN, R(NONE), N(NONE)},
		{"S-46 R-1 re-INVITE, wrong mirror", 0,
				{AGREED, INVITE, DIALOG(ENFORCED), VERIFY(DIFFERS)}, SDES,
				R(VERIFY_DIFFERS), N(NONE)},
		{"S-46 R-1 UPDATE, wrong mirror", 0,
				{AGREED, UPDATE, DIALOG(ENFORCED), VERIFY(DIFFERS)}, SDES,
				R(VERIFY_DIFFERS), N(NONE)},
		{"S-46 UPDATE without SDP, no mirror", REJECT,
				{AGREED, UPDATE, DIALOG(ENFORCED)}, NULL, R(NONE), N(NONE)},
		{"S-46 INFO in a dialog, no mirror", REJECT,
				{AGREED, OTHER, DIALOG(ENFORCED)}, NULL, R(NONE), N(NONE)},
		{"S-46 INFO in a dialog, wrong mirror", 0,
				{AGREED, OTHER, DIALOG(ENFORCED), VERIFY(DIFFERS)}, NULL,
				R(VERIFY_DIFFERS), N(NONE)},
		/* a missing mirror at the beginning of a call */
		{"A-8 secure offer", 0, {AGREED, INVITE}, SDES, R(NONE),
				N(FORGIVEN)},
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
		{"R-5 one stream of two is plain", 0, {AGREED, INVITE},
				SDES_AND_PLAIN, R(VERIFY_MISSING), N(NONE)},
		{"R-5 S-108 a rejected stream does not count", 0, {AGREED, INVITE},
				SDES "m=video 0 RTP/AVP 31\r\n", R(NONE), N(FORGIVEN)},
		{"R-5 T.38 beside does not count", 0, {AGREED, INVITE}, SDES T38,
				R(NONE), N(FORGIVEN)},
		{"R-5 a suite that is not allowed", 0, {AGREED, INVITE},
				NO_CRYPTO NULL_80, R(VERIFY_MISSING), N(NONE)},
		{"R-5 a mechanism that was not agreed", 0, {AGREED, INVITE}, DTLS,
				R(VERIFY_MISSING), N(NONE)},
		{"R-5 agreed to another mechanism", 0,
				{.secure = true, .binding = MS_BINDING_AGREED, .agreed = D,
						INVITE},
				SDES, R(VERIFY_MISSING), N(NONE)},
		{"R-5 no offer", 0, {AGREED, INVITE}, NULL, R(NONE), N(FORGIVEN)},
		{"R-5 no offer, reject", REJECT, {AGREED, INVITE}, NULL,
				R(VERIFY_MISSING), N(NONE)},
		{"A-8 an offer that cannot be read", 0, {AGREED, INVITE}, "x",
				R(VERIFY_MISSING), N(NONE)},
		{"R-2 UPDATE without our mark", REJECT, {AGREED, UPDATE}, SDES,
				R(VERIFY_MISSING), N(NONE)},
		{"R-6 A-8 keys over UDP are no secure offer", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S, INVITE}, SDES,
				R(VERIFY_MISSING), N(NONE)},
		{"S-13 A-8 keys over UDP where that is allowed", ANY_TRANSPORT,
				{.binding = MS_BINDING_AGREED, .agreed = S, INVITE}, SDES,
				R(NONE), N(FORGIVEN)},
		/* */
		{"T-17 R-3 a second Via, agreed", 0,
				{AGREED, INVITE, .not_first_hop = true, VERIFY(RIGHT)}, SDES,
				R(NOT_FIRST_HOP), N(NONE)},
		{"T-17 R-3 a second Via, required", REQUIRED,
				{NONE, INVITE, .not_first_hop = true}, SDES,
				R(NOT_FIRST_HOP), N(NONE)},
		{"T-17 R-3 a second Via, plain client", 0,
				{NONE, INVITE, .not_first_hop = true}, PLAIN, R(NONE),
				N(NONE)},
		{"T-17 R-3 a second Via, unknown", 0,
				{UNKNOWN, INVITE, .not_first_hop = true}, PLAIN, R(NONE),
				N(UNKNOWN)},
		{"R-6 a binding made on TLS, used over UDP", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S,
						.binding_secure = true, INVITE, VERIFY(RIGHT)},
				NULL, R(INSECURE_FLOW), N(NONE)},
		{"R-6 the same with a wrong mirror", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S,
						.binding_secure = true, OTHER, VERIFY(DIFFERS)},
				NULL, R(INSECURE_FLOW), N(NONE)},
		{"S-13 the same where any transport is taken", ANY_TRANSPORT,
				{.binding = MS_BINDING_AGREED, .agreed = S,
						.binding_secure = true, INVITE, VERIFY(RIGHT)},
				SDES, R(NONE), N(NONE)},
		{"R-6 a binding made over UDP", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S, OTHER}, NULL,
				R(NONE), N(NONE)},
		/* off, emergency, what is never answered */
		{"T-16 S-30 off, Proxy-Require", OFF, {NONE, INVITE, TAGS}, PLAIN,
				R(TAG_REFUSED), N(NONE)},
		{"R-1 off, Require is not the proxy's", OFF,
				{NONE, INVITE, .tag = true}, PLAIN, R(NONE), N(NONE)},
		{"R-1 off, wrong mirror", OFF, {AGREED, INVITE, VERIFY(DIFFERS)},
				PLAIN, R(NONE), N(NONE)},
		{"T-15 S-47 off, CANCEL with Proxy-Require", OFF, {NONE, ACK, TAGS},
				NULL, R(NONE), N(NONE)},
		{"R-10 S-51 emergency, wrong mirror", REQUIRED,
				{AGREED, INVITE, .emergency = true, VERIFY(DIFFERS)}, PLAIN,
				R(NONE), N(EMERGENCY)},
		{"R-10 S-51 emergency, unknown sender", REQUIRED,
				{UNKNOWN, INVITE, .emergency = true}, PLAIN, R(NONE),
				N(EMERGENCY)},
		{"R-10 S-51 emergency behind a proxy", REQUIRED,
				{NONE, INVITE, .emergency = true, .not_first_hop = true},
				PLAIN, R(NONE), N(EMERGENCY)},
		{"R-10 S-51 emergency over UDP, bound over TLS", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S,
						.binding_secure = true, INVITE, .emergency = true},
				PLAIN, R(NONE), N(EMERGENCY)},
		{"T-14 ACK, no mirror", REQUIRED, {AGREED, ACK}, NULL, R(NONE),
				N(NONE)},
		{"T-14 PRACK, plain", REQUIRED | STRICT | REJECT, {AGREED, ACK},
				PLAIN, R(NONE), N(NONE)},
		{"T-14 BYE, wrong mirror", REQUIRED, {AGREED, ACK, VERIFY(DIFFERS)},
				NULL, R(NONE), N(NONE)},
		{"T-14 BYE, malformed mirror", 0, {AGREED, ACK, VERIFY(MALFORMED)},
				NULL, R(NONE), N(NONE)},
		{"T-14 CANCEL, unknown sender", REQUIRED | REFUSE,
				{UNKNOWN, ACK, VERIFY(DIFFERS)}, NULL, R(NONE), N(NONE)},
		{"T-14 R-3 ACK with a second Via", REQUIRED,
				{AGREED, ACK, .not_first_hop = true}, NULL, R(NONE), N(NONE)},
		{"T-14 R-6 BYE over UDP, bound over TLS", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S,
						.binding_secure = true, ACK},
				NULL, R(NONE), N(NONE)},
		/* unknown senders in a dialog of ours */
		{"R-2 the mark speaks for an unknown sender", REQUIRED | REFUSE,
				{UNKNOWN, INVITE, DIALOG(ENFORCED)}, SDES, R(NONE), N(NONE)},
		{"A-8 but not for a wrong mirror", 0,
				{UNKNOWN, INVITE, DIALOG(ENFORCED), VERIFY(DIFFERS)}, SDES,
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
		read_sdp(&facts, request_rows[i].sdp, settings.suites);
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
	enum ms_mode mode;
} call_rows[] = {
#define MODE(mode) MS_MODE_##mode
		/* R-1, its table: the row off */
		{"R-1 off, none, plain", OFF, {NONE, INVITE}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"R-1 off, agreed, plain", OFF, {AGREED, INVITE}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"R-1 off, agreed, plain, wrong mirror", OFF,
				{AGREED, INVITE, VERIFY(DIFFERS)}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"R-1 off, unknown, plain", OFF | REFUSE, {UNKNOWN, INVITE}, PLAIN,
				R(NONE), MODE(PLAIN)},
		{"R-1 off, none, tag", OFF, {NONE, INVITE, TAGS}, PLAIN,
				R(TAG_REFUSED), MODE(PLAIN)},
		{"R-1 off, agreed, tag", OFF, {AGREED, INVITE, TAGS, VERIFY(RIGHT)},
				SDES, R(TAG_REFUSED), MODE(PLAIN)},
		{"R-1 off, unknown, tag", OFF, {UNKNOWN, INVITE, TAGS}, SDES,
				R(TAG_REFUSED), MODE(PLAIN)},
		/* optional, none: a plain client, passes */
		{"R-1 optional, none, plain", 0, {NONE, INVITE}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"R-1 optional, none, no offer", 0, {NONE, INVITE}, NULL, R(NONE),
				MODE(PLAIN)},
		{"R-1 S-73 optional, none, SDES", 0, {NONE, INVITE}, SDES_REQUESTED,
				R(NONE), MODE(SECURED)},
		{"R-1 S-73 optional, none, one stream of two", 0, {NONE, INVITE},
				SDES_AND_PLAIN, R(NONE), MODE(SECURED)},
		{"R-1 optional, none, a mirror all the same", 0,
				{NONE, INVITE, VERIFY(DIFFERS)}, PLAIN, R(NONE), MODE(PLAIN)},
		{"R-1 optional, none, strict everything", STRICT | REJECT | REFUSE,
				{NONE, INVITE}, PLAIN, R(NONE), MODE(PLAIN)},
		/* optional, agreed: enforced */
		{"R-1 T-18 optional, agreed, right, SDES", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES_REQUESTED, R(NONE),
				MODE(ENFORCED)},
		{"R-1 optional, agreed, right, plain", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"R-1 optional, agreed, right, no offer", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, NULL, R(NONE),
				MODE(ENFORCED)},
		{"R-1 optional, agreed, differs, SDES", 0,
				{AGREED, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				MODE(PLAIN)},
		{"R-1 A-8 optional, agreed, missing, SDES", 0, {AGREED, INVITE}, SDES,
				R(NONE), MODE(ENFORCED)},
		{"R-1 A-8 optional, agreed, missing, plain", 0, {AGREED, INVITE},
				PLAIN, R(VERIFY_MISSING), MODE(PLAIN)},
		{"R-1 A-8 optional, agreed, missing, plain, accept", ACCEPT,
				{AGREED, INVITE}, PLAIN, R(OFFER_PLAIN), MODE(PLAIN)},
		{"R-5 optional, agreed, missing, no offer", 0, {AGREED, INVITE}, NULL,
				R(NONE), MODE(ENFORCED)},
		/* optional, unknown */
		{"R-1 optional, unknown, plain", 0, {UNKNOWN, INVITE}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"R-1 optional, unknown, SDES", 0, {UNKNOWN, INVITE}, SDES, R(NONE),
				MODE(SECURED)},
		{"R-1 optional, unknown, no offer", 0, {UNKNOWN, INVITE}, NULL,
				R(NONE), MODE(PLAIN)},
		{"A-8 optional, unknown, differs", 0,
				{UNKNOWN, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				MODE(PLAIN)},
		{"T-30 S-41 optional, unknown, right, SDES", 0,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"S-41 R-1 a lost record is never plain: right, plain offer", 0,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"R-1 optional, unknown: secure, plain", SECURE, {UNKNOWN, INVITE},
				PLAIN, R(OFFER_PLAIN), MODE(PLAIN)},
		{"R-1 optional, unknown: secure, SDES", SECURE, {UNKNOWN, INVITE},
				SDES, R(NONE), MODE(ENFORCED)},
		{"R-1 optional, unknown: secure, no offer", SECURE, {UNKNOWN, INVITE},
				NULL, R(NONE), MODE(ENFORCED)},
		{"R-1 optional, unknown: refuse, SDES", REFUSE, {UNKNOWN, INVITE},
				SDES, R(UNKNOWN_BINDING), MODE(PLAIN)},
		{"R-1 optional, unknown: refuse, right, SDES", REFUSE,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"R-1 optional, unknown: refuse, right, plain", REFUSE,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		/* required, none: 488 unless secure */
		{"R-1 T-21 required, none, plain", REQUIRED, {NONE, INVITE}, PLAIN,
				R(OFFER_PLAIN), MODE(PLAIN)},
		{"R-1 required, none, SDES", REQUIRED, {NONE, INVITE}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"R-1 required, none, no offer", REQUIRED, {NONE, INVITE}, NULL,
				R(NONE), MODE(ENFORCED)},
		/* required, agreed: enforced */
		{"R-1 required, agreed, right, SDES", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"T-21 S-74 required, agreed, right, plain", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"T-26 R-5 required, audio secured, video plain", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES_AND_PLAIN,
				R(OFFER_PLAIN), MODE(PLAIN)},
		{"R-1 required, agreed, differs, SDES", REQUIRED,
				{AGREED, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				MODE(PLAIN)},
		{"R-1 A-8 required, agreed, missing, SDES", REQUIRED,
				{AGREED, INVITE}, SDES, R(NONE), MODE(ENFORCED)},
		{"R-1 A-8 required, agreed, missing, plain", REQUIRED,
				{AGREED, INVITE}, PLAIN, R(VERIFY_MISSING), MODE(PLAIN)},
		/* required, unknown: refused unless right and secure */
		{"R-1 required, unknown, SDES", REQUIRED, {UNKNOWN, INVITE}, SDES,
				R(UNKNOWN_BINDING), MODE(PLAIN)},
		{"R-1 required, unknown, plain", REQUIRED, {UNKNOWN, INVITE}, PLAIN,
				R(UNKNOWN_BINDING), MODE(PLAIN)},
		{"T-30 S-41 required, unknown, right, SDES", REQUIRED,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"R-1 required, unknown, right, plain", REQUIRED,
				{UNKNOWN, INVITE, VERIFY(RIGHT)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"R-1 required, unknown, differs, SDES", REQUIRED,
				{UNKNOWN, INVITE, VERIFY(DIFFERS)}, SDES, R(VERIFY_DIFFERS),
				MODE(PLAIN)},
		/* S-73, S-87 to S-90: what an offer has */
		{"S-73 A-9 SDES without 3ge2ae is ours too", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"S-73 S-90 3ge2ae without a key", 0, {NONE, INVITE},
				NO_CRYPTO REQUESTED, R(OFFER_KEY), MODE(PLAIN)},
		{"S-90 a secure profile without a key", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, NO_CRYPTO, R(OFFER_KEY),
				MODE(PLAIN)},
		{"S-73 OSRTP is plain, agreed", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				OSRTP, R(OFFER_PLAIN), MODE(PLAIN)},
		{"S-73 OSRTP is plain, none", 0, {NONE, INVITE}, OSRTP, R(NONE),
				MODE(PLAIN)},
		{"S-73 S-79 R-1 a potential configuration is plain", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)},
				PLAIN "a=tcap:1 RTP/SAVP\r\na=pcfg:1 t=1\r\n", R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"S-15 DTLS is not terminated, agreed", 0,
				{AGREED, INVITE, VERIFY(RIGHT)}, DTLS, R(OFFER_MECHANISM),
				MODE(PLAIN)},
		{"S-15 DTLS is not terminated, none", 0, {NONE, INVITE}, DTLS,
				R(OFFER_MECHANISM), MODE(PLAIN)},
		{"R-5 SDES, agreed to another mechanism", 0,
				{.secure = true, .binding = MS_BINDING_AGREED, .agreed = D,
						INVITE, VERIFY(RIGHT)},
				SDES, R(OFFER_MECHANISM), MODE(PLAIN)},
		{"R-5 agreed beats the list of now", NO_SDES,
				{AGREED, INVITE, VERIFY(RIGHT)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"R-1 SDES is not on the list, unknown: secure", SECURE | NO_SDES,
				{UNKNOWN, INVITE}, SDES, R(OFFER_MECHANISM), MODE(PLAIN)},
		{"S-73 SDES is not on the list, none", NO_SDES, {NONE, INVITE}, SDES,
				R(NONE), MODE(SECURED)},
		{"T-19 S-88 only a NULL suite", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO NULL_80, R(OFFER_SUITE), MODE(PLAIN)},
		{"T-19 S-88 S-89 only a NULL suite, none", 0, {NONE, INVITE},
				NO_CRYPTO NULL_80, R(OFFER_SUITE), MODE(PLAIN)},
		{"T-19 S-88 only F8", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO("F8_128_HMAC_SHA1_80", ""), R(OFFER_SUITE),
				MODE(PLAIN)},
		{"T-19 S-87 UNENCRYPTED_SRTP", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO(
						"AES_CM_128_HMAC_SHA1_80", " UNENCRYPTED_SRTP"),
				R(OFFER_SESSION), MODE(PLAIN)},
		{"S-87 UNAUTHENTICATED_SRTP, none", 0, {NONE, INVITE},
				NO_CRYPTO CRYPTO(
						"AES_CM_128_HMAC_SHA1_80", " UNAUTHENTICATED_SRTP"),
				R(OFFER_SESSION), MODE(PLAIN)},
		{"S-87 an unknown session parameter", 0, {NONE, INVITE},
				NO_CRYPTO CRYPTO("AES_CM_128_HMAC_SHA1_80", " NEW_ONE"),
				R(OFFER_KEY), MODE(PLAIN)},
		{"S-85 a key of the wrong length", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO("AES_256_CM_HMAC_SHA1_80", ""), R(OFFER_KEY),
				MODE(PLAIN)},
		{"T-20 S-87 W-9 FEC_ORDER, lifetime, MKI", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO CRYPTO("AES_CM_128_HMAC_SHA1_80",
						"|2^20|1:4 FEC_ORDER=FEC_SRTP") REQUESTED,
				R(NONE), MODE(ENFORCED)},
		{"T-19 a NULL suite beside a good one", 0,
				{AGREED, INVITE, VERIFY(RIGHT)},
				NO_CRYPTO NULL_80
				"a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n",
				R(NONE), MODE(ENFORCED)},
		{"A-20 S-110 T.38 is no RTP", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)}, HEAD T38, R(NONE),
				MODE(ENFORCED)},
		{"S-108 every stream is rejected", REQUIRED,
				{AGREED, INVITE, VERIFY(RIGHT)},
				HEAD "m=audio 0 RTP/AVP 8\r\n", R(NONE), MODE(ENFORCED)},
		{"an offer that cannot be read", 0, {AGREED, INVITE, VERIFY(RIGHT)},
				"x", R(SDP_MALFORMED), MODE(PLAIN)},
		{"an offer that cannot be read, none", 0, {NONE, INVITE}, "x",
				R(SDP_MALFORMED), MODE(PLAIN)},
		/* */
		{"R-6 keys over UDP, none", 0, {INVITE}, SDES, R(INSECURE_KEYS),
				MODE(PLAIN)},
		{"R-6 keys over UDP, required", REQUIRED, {INVITE}, SDES,
				R(INSECURE_KEYS), MODE(PLAIN)},
		{"R-6 keys over UDP on a plain stream", 0, {INVITE}, OSRTP,
				R(INSECURE_KEYS), MODE(PLAIN)},
		{"R-6 keys over UDP on a rejected stream", 0, {INVITE},
				PLAIN "m=video 0 RTP/SAVP 31\r\n" CM128, R(INSECURE_KEYS),
				MODE(PLAIN)},
		{"R-6 keys over UDP, agreed over UDP", 0,
				{.binding = MS_BINDING_AGREED, .agreed = S, INVITE,
						VERIFY(RIGHT)},
				SDES, R(INSECURE_KEYS), MODE(PLAIN)},
		{"R-6 plain media over UDP", 0, {INVITE}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"S-13 keys over UDP where that is allowed", ANY_TRANSPORT, {INVITE},
				SDES, R(NONE), MODE(SECURED)},
		/* the media rules hold behind a proxy */
		{"R-3 behind a proxy, SDES", 0,
				{NONE, INVITE, .not_first_hop = true}, SDES, R(NONE),
				MODE(SECURED)},
		{"R-3 behind a proxy, a NULL suite", 0,
				{NONE, INVITE, .not_first_hop = true}, NO_CRYPTO NULL_80,
				R(OFFER_SUITE), MODE(PLAIN)},
		{"R-3 behind a proxy, unknown: secure", SECURE,
				{UNKNOWN, INVITE, .not_first_hop = true}, PLAIN,
				R(OFFER_PLAIN), MODE(PLAIN)},
		/* */
		{"R-10 S-51 emergency, plain, required", REQUIRED,
				{NONE, INVITE, .emergency = true}, PLAIN, R(NONE),
				MODE(PLAIN)},
		{"R-10 S-51 emergency, plain, agreed", 0,
				{AGREED, INVITE, .emergency = true, VERIFY(DIFFERS)}, PLAIN,
				R(NONE), MODE(PLAIN)},
		{"R-10 S-51 emergency, secured if possible", 0,
				{AGREED, INVITE, .emergency = true}, SDES, R(NONE),
				MODE(SECURED)},
		/* S-105: in a dialog its mark decides */
		{"S-105 enforced, plain re-offer", 0,
				{AGREED, INVITE, DIALOG(ENFORCED)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"S-105 T-25 enforced, SDES re-offer", 0,
				{AGREED, INVITE, DIALOG(ENFORCED)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"S-105 enforced, the binding has expired", 0,
				{UNKNOWN, INVITE, DIALOG(ENFORCED)}, PLAIN, R(OFFER_PLAIN),
				MODE(PLAIN)},
		{"S-105 enforced, the binding is plain now", 0,
				{NONE, UPDATE, DIALOG(ENFORCED)}, SDES, R(NONE),
				MODE(ENFORCED)},
		{"S-105 enforced, no offer", 0, {NONE, INVITE, DIALOG(ENFORCED)},
				NULL, R(NONE), MODE(ENFORCED)},
		{"S-105 secured may go back", 0, {NONE, INVITE, DIALOG(SECURED)},
				PLAIN, R(NONE), MODE(PLAIN)},
		{"S-105 plain, the binding has agreed since", 0,
				{AGREED, INVITE, DIALOG(PLAIN)}, PLAIN, R(NONE), MODE(PLAIN)},
		{"S-105 plain, required since", REQUIRED,
				{NONE, INVITE, DIALOG(PLAIN)}, PLAIN, R(NONE), MODE(PLAIN)},
		{"S-105 plain, SDES re-offer", 0, {NONE, INVITE, DIALOG(PLAIN)}, SDES,
				R(NONE), MODE(SECURED)},
		{"R-2 the mode of no mark counts for nothing", 0,
				{NONE, INVITE, .mode = MS_MODE_ENFORCED}, PLAIN, R(NONE),
				MODE(PLAIN)},
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
		read_sdp(&facts, call_rows[i].sdp, settings.suites);
		verdict = ms_policy_request(&settings, &facts);
		if(!verdict.reason)
			verdict = ms_policy_offer(&settings, &facts);
		CHECK_INT(verdict.reason, call_rows[i].reason);
		CHECK_INT(verdict.mode, call_rows[i].mode);
		check_refused(&verdict);
	}
}
