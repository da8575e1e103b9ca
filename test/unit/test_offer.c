/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_crypto.h"
#include "ms_mech.h"
#include "ms_offer.h"
#include "vector.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
#define KEY "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define CRYPTO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n"
#define NULL80 "a=crypto:1 NULL_HMAC_SHA1_80 inline:" KEY "\r\n"
#define NO_KEY "a=crypto:1 AES_CM_128_HMAC_SHA1_80\r\n"
#define FINGERPRINT "a=fingerprint:sha-256 5A:70\r\n"
#define SETUP "a=setup:actpass\r\n"
#define DTLS FINGERPRINT SETUP
#define SHA1 "a=fingerprint:sha-1 4A:AD\r\n" SETUP
#define TLS_ID "a=tls-id:abc3de65cddef001be82\r\n"
#define LINE(media, port, proto) "m=" media " " port " " proto " 8\r\n"
#define AVP "RTP/AVP"
#define AVPF "RTP/AVPF"
#define SAVP "RTP/SAVP"
#define SAVPF "RTP/SAVPF"
#define TLS "UDP/TLS/RTP/SAVP"
#define TLSF "UDP/TLS/RTP/SAVPF"
#define AUDIO(proto) LINE("audio", "40000", proto)
#define NO_AUDIO(proto) LINE("audio", "0", proto)
#define VIDEO(proto) LINE("video", "40002", proto)
#define NO_VIDEO(proto) LINE("video", "0", proto)
#define T38(port) "m=image " port " udptl t38\r\na=T38FaxVersion:0\r\n"
#define MSRP                                              \
	"m=message 7394 TCP/TLS/MSRP *\r\na=setup:active\r\n" \
	"a=fingerprint:sha-1 4A:AD\r\na=3ge2ae:requested\r\n"
#define BFCP "m=application 50000 TCP/TLS/BFCP *\r\na=setup:passive\r\n"

enum
{
	PLAIN = 1,
	OSRTP = 2,
	NO_T38 = 4,
	SHA1_WILL_DO = 8
};

struct rules
{
	unsigned first, second; /* mechanisms */
	unsigned bits;
};

#define SDES MS_MECH_SDES
/* the four orders, and none; streams without protection are rejected */
#define SDES_ONLY          \
	{                      \
		MS_MECH_SDES, 0, 0 \
	}
#define DTLS_ONLY          \
	{                      \
		MS_MECH_DTLS, 0, 0 \
	}
#define SDES_FIRST                    \
	{                                 \
		MS_MECH_SDES, MS_MECH_DTLS, 0 \
	}
#define DTLS_FIRST                    \
	{                                 \
		MS_MECH_DTLS, MS_MECH_SDES, 0 \
	}

static const struct ms_keying with_sha1 = {
		.suite = {MS_SUITE_AES_CM_128_HMAC_SHA1_80},
		.suites = 1,
		.sha1 = true,
};

static struct ms_offer_rules rules_of(const struct rules *rules)
{
	return (struct ms_offer_rules){.mech = {rules->first, rules->second},
			.plain = rules->bits & PLAIN,
			.osrtp = rules->bits & OSRTP,
			.t38 = !(rules->bits & NO_T38),
			.keying = rules->bits & SHA1_WILL_DO ? &with_sha1
												 : &ms_keying_default};
}

/* ---- taken -------------------------------------------------------------- */

/* In smaller buffers the result is the same, or none. */
static void check_sizes(struct ms_str body, const struct ms_offer_rules *rules,
		struct ms_str want)
{
	const size_t most = ms_offer_size(body);
	char *buf = guard_buf(most) + most, *tmp = guard_buf(most) + most;
	struct ms_offer offer, was;
	size_t size, len;
	enum ms_err err;

	memset(&was, 0x55, sizeof(was));
	for(size = 0; size <= most; size++) {
		len = 42;
		offer = was;
		err = ms_offer_take(
				body, rules, buf - size, tmp - size, size, &len, &offer);
		if(err)
			CHECK(err == MS_ENOSPC && len == 42 && size < most
					&& memcmp(&offer, &was, sizeof(was)) == 0);
		else
			CHECK(ms_str_eq((struct ms_str){buf - size, len}, want));
	}
}

/* @return the offer in a buffer that is exactly as large as ms_offer_size()
 *         says */
static struct ms_str taken(struct ms_str body,
		const struct ms_offer_rules *rules, struct ms_offer *offer)
{
	const size_t size = ms_offer_size(body);
	char *buf = guard_buf(size), *tmp = guard_buf(size);
	size_t len = 0;

	memset(offer, 0x55, sizeof(*offer));
	CHECK_INT(ms_offer_take(body, rules, buf, tmp, size, &len, offer), MS_OK);
	return (struct ms_str){buf, len};
}

static void check_taken(struct ms_str body, const struct rules *how,
		struct ms_str want, struct ms_offer *offer)
{
	const struct ms_offer_rules rules = rules_of(how);
	struct ms_offer again;

	CHECK_STR(taken(body, &rules, offer), want);
	check_sizes(body, &rules, want);
	/* there is nothing more to be done to it */
	CHECK_STR(taken(guard_str(want), &rules, &again), want);
	CHECK_INT(again.mech, offer->mech);
}

struct take
{
	const char *name;
	struct rules rules;
	const char *in, *out; /* behind HEAD; out NULL: the same */
	unsigned mech;
	bool plain_rejected;
};

static void check_takes(const struct take *rows, size_t n)
{
	static char in[8192], out[8192];
	struct ms_offer offer;
	size_t i;

	for(i = 0; i < n; i++) {
		test_row(rows[i].name);
		snprintf(in, sizeof(in), "%s%s", HEAD, rows[i].in);
		snprintf(out, sizeof(out), "%s%s", HEAD,
				rows[i].out ? rows[i].out : rows[i].in);
		check_taken(guard_text(in), &rows[i].rules, test_text(out), &offer);
		CHECK_INT(offer.mech, rows[i].mech);
		CHECK_INT(offer.plain_rejected, rows[i].plain_rejected);
	}
}

/* ---- the same stream several times -------------------------------------- */

/* as Jitsi does it, but with a hash of today */
#define JITSI_TLS(port) LINE("audio", port, TLS) "a=x:1\r\n" DTLS
#define JITSI_SAVPF(port) LINE("audio", port, SAVPF) "a=x:2\r\n"
#define JITSI_SAVP(port) LINE("audio", port, SAVP) "a=x:3\r\n"
#define JITSI_AVP(port) LINE("audio", port, AVP) "a=x:4\r\n"
#define JITSI                                             \
	JITSI_TLS("5016")                                     \
	JITSI_SAVPF("5016")                                   \
	CRYPTO DTLS JITSI_SAVP("5016") CRYPTO JITSI_AVP("501" \
													"6")
#define JITSI_SDES \
	JITSI_TLS("0") \
	JITSI_SAVPF("5016") CRYPTO DTLS JITSI_SAVP("0") JITSI_AVP("0")
#define JITSI_DTLS \
	JITSI_TLS("5016") JITSI_SAVPF("0") DTLS JITSI_SAVP("0") JITSI_AVP("0")
#define JITSI_PLAIN \
	JITSI_TLS("0") JITSI_SAVPF("0") DTLS JITSI_SAVP("0") JITSI_AVP("5016")

static void test_alternatives(void)
{
	static const struct take rows[] = {
			{"Jitsi, SDES", SDES_ONLY, JITSI, JITSI_SDES, SDES, false},
			{"Jitsi, DTLS", DTLS_ONLY, JITSI, JITSI_DTLS, MS_MECH_DTLS, false},
			{"Jitsi, DTLS before SDES", DTLS_FIRST, JITSI, JITSI_DTLS,
					MS_MECH_DTLS, false},
			{"Jitsi, SDES before DTLS", SDES_FIRST, JITSI, JITSI_SDES, SDES,
					false},
			{"Jitsi, plain may stay", {SDES, 0, PLAIN}, JITSI, JITSI_SDES, SDES,
					false},
			{"Jitsi, no mechanism", {0, 0, PLAIN}, JITSI, JITSI_PLAIN, 0,
					false},
			{"Jitsi, nothing may be had", {0, 0, 0}, JITSI, NULL, 0, false},
			{"Jitsi with SHA-1, DTLS before SDES", DTLS_FIRST,
					LINE("audio", "5016", TLS) SHA1 LINE("audio", "5016", SAVP)
							CRYPTO SHA1 LINE("audio", "5016", AVP),
					LINE("audio", "0", TLS) SHA1 LINE("audio", "5016", SAVP)
							CRYPTO SHA1 LINE("audio", "0", AVP),
					SDES, false},
			{"Jitsi with SHA-1, DTLS", DTLS_ONLY,
					LINE("audio", "5016", TLS) SHA1 LINE("audio", "5016", SAVP)
							CRYPTO,
					NULL, 0, false},

			/* S-73, as Oracle's SBC takes them */
			{"S-73 AVP and SAVP", SDES_ONLY,
					AUDIO(AVP) LINE("audio", "40010", SAVP) CRYPTO,
					NO_AUDIO(AVP) LINE("audio", "40010", SAVP) CRYPTO, SDES,
					false},
			{"S-73 SAVP and AVP", SDES_ONLY,
					AUDIO(SAVP) CRYPTO LINE("audio", "40010", AVP),
					AUDIO(SAVP) CRYPTO NO_AUDIO(AVP), SDES, false},
			{"S-73 on one port", SDES_ONLY, AUDIO(AVP) AUDIO(SAVP) CRYPTO,
					NO_AUDIO(AVP) AUDIO(SAVP) CRYPTO, SDES, false},
			{"S-73 plain may stay: the secured one is better", {SDES, 0, PLAIN},
					AUDIO(AVP) AUDIO(SAVP) CRYPTO,
					NO_AUDIO(AVP) AUDIO(SAVP) CRYPTO, SDES, false},
			{"S-73 plain may stay, and nothing else", {0, 0, PLAIN},
					AUDIO(SAVP) CRYPTO AUDIO(AVP), NO_AUDIO(SAVP) AUDIO(AVP), 0,
					false},
			{"S-73 the secured one is broken", {SDES, 0, PLAIN},
					AUDIO(SAVP) NULL80 AUDIO(AVP), NO_AUDIO(SAVP) AUDIO(AVP), 0,
					false},
			{"S-73 for audio and video", SDES_ONLY,
					AUDIO(AVP) AUDIO(SAVP) CRYPTO VIDEO(SAVP) CRYPTO VIDEO(AVP),
					NO_AUDIO(AVP) AUDIO(SAVP) CRYPTO VIDEO(SAVP)
							CRYPTO NO_VIDEO(AVP),
					SDES, false},
			{"the medium in any case", SDES_ONLY,
					AUDIO(SAVP) CRYPTO LINE("AUDIO", "40000", SAVP)
							CRYPTO LINE("Audio", "40010", AVP),
					AUDIO(SAVP) CRYPTO LINE("AUDIO", "0", SAVP)
							LINE("Audio", "0", AVP),
					SDES, false},

			/* streams of their own */
			{"two secured streams on two ports", SDES_ONLY,
					VIDEO(SAVP) CRYPTO LINE("video", "40010", SAVP) CRYPTO,
					NULL, SDES, false},
			{"audio and video on one port (RFC 9143)", DTLS_ONLY,
					LINE("audio", "9", TLSF) DTLS LINE("video", "9", TLSF) DTLS,
					NULL, MS_MECH_DTLS, false},
			{"S-109 two videos on one port (RFC 9143)", DTLS_ONLY,
					"a=group:BUNDLE 1 2\r\n" LINE(
							"video", "9", TLSF) "a=mid:1\r\n" DTLS LINE("video",
							"9", TLSF) "a=mid:2\r\n" DTLS,
					NULL, MS_MECH_DTLS, false},
			{"only one of them has an identification", DTLS_ONLY,
					AUDIO(TLS) DTLS "a=mid:1\r\n" AUDIO(TLS) DTLS,
					AUDIO(TLS) DTLS "a=mid:1\r\n" NO_AUDIO(TLS) DTLS,
					MS_MECH_DTLS, false},
			{"S-109 one of the group is not secured", DTLS_ONLY,
					"a=group:BUNDLE 1 2\r\n" LINE(
							"audio", "9", TLSF) "a=mid:1\r\n" DTLS LINE("video",
							"9", AVPF) "a=mid:2\r\n",
					"a=group:BUNDLE 1 2\r\n" LINE(
							"audio", "9", TLSF) "a=mid:1\r\n" DTLS LINE("video",
							"0", AVPF) "a=mid:2\r\n",
					MS_MECH_DTLS, true},
			{"the other mechanism's streams", SDES_FIRST,
					AUDIO(SAVP) CRYPTO VIDEO(TLS) DTLS,
					AUDIO(SAVP) CRYPTO NO_VIDEO(TLS) DTLS, SDES, false},
			{"audio comes before what is preferred", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO VIDEO(TLS) DTLS,
					AUDIO(SAVP) CRYPTO NO_VIDEO(TLS) DTLS, SDES, false},
			{"audio with one mechanism, video with both", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO VIDEO(SAVP) CRYPTO DTLS, NULL, SDES,
					false},
			{"the same, video first", DTLS_FIRST,
					VIDEO(SAVP) CRYPTO DTLS AUDIO(SAVP) CRYPTO, NULL, SDES,
					false},
			{"audio with both, video with one", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO DTLS VIDEO(SAVP) CRYPTO, NULL, SDES,
					false},
			{"audio with both, another medium with each", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO DTLS VIDEO(SAVP)
							CRYPTO LINE("text", "40004", TLS) DTLS,
					AUDIO(SAVP) DTLS NO_VIDEO(SAVP) LINE("text", "40004", TLS)
							DTLS,
					MS_MECH_DTLS, false},
			{"audio comes before many others", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO VIDEO(TLS)
							DTLS LINE("text", "40004", TLS) DTLS,
					AUDIO(SAVP) CRYPTO NO_VIDEO(TLS) DTLS LINE("text", "0", TLS)
							DTLS,
					SDES, false},
			{"two audio lines are no more than one", DTLS_FIRST,
					AUDIO(TLS) DTLS LINE("audio", "40010", SAVP)
							CRYPTO LINE("audio", "40020", SAVPF) CRYPTO,
					AUDIO(TLS) DTLS LINE("audio", "0", SAVP)
							LINE("audio", "0", SAVPF),
					MS_MECH_DTLS, false},
	};

	check_takes(rows, N_OF(rows));
}

/* ---- protected, plain, broken ------------------------------------------- */

static void test_mixed(void)
{
	static const struct take rows[] = {
			{"no m-line", SDES_ONLY, "", NULL, 0, false},
			{"secured", SDES_ONLY, AUDIO(SAVP) CRYPTO "a=sendrecv\r\n", NULL,
					SDES, false},
			{"plain, which may stay", {SDES, 0, PLAIN}, AUDIO(AVP), NULL, 0,
					false},

			/* S-108 */
			{"S-108 audio secured, video plain", {SDES, 0, PLAIN},
					AUDIO(SAVP) CRYPTO VIDEO(AVP), NULL, SDES, false},
			{"S-108 the same, enforced", SDES_ONLY,
					AUDIO(SAVP) CRYPTO VIDEO(AVP),
					AUDIO(SAVP) CRYPTO NO_VIDEO(AVP), SDES, true},
			{"S-108 video before audio", SDES_ONLY,
					VIDEO(AVP) AUDIO(SAVP) CRYPTO,
					NO_VIDEO(AVP) AUDIO(SAVP) CRYPTO, SDES, true},
			{"S-108 video broken", {SDES, 0, PLAIN},
					AUDIO(SAVP) CRYPTO VIDEO(SAVP) NULL80,
					AUDIO(SAVP) CRYPTO NO_VIDEO(SAVP), SDES, false},
			{"audio over TCP beside audio", SDES_ONLY,
					AUDIO("TCP/RTP/AVP") AUDIO(SAVP) CRYPTO,
					NO_AUDIO("TCP/RTP/AVP") AUDIO(SAVP) CRYPTO, SDES, false},
			{"plain audio, broken video", {SDES, 0, PLAIN},
					AUDIO(AVP) VIDEO(SAVP), AUDIO(AVP) NO_VIDEO(SAVP), 0,
					false},
			{"S-108 a stream that is rejected", SDES_ONLY,
					AUDIO(SAVP) CRYPTO NO_VIDEO(AVP), NULL, SDES, false},
			{"S-108 all are rejected", SDES_ONLY, NO_AUDIO(AVP) NO_VIDEO(SAVP),
					NULL, 0, false},
			{"S-108 no key where nothing flows", SDES_ONLY,
					NO_AUDIO(SAVP) CRYPTO NO_KEY "a=x\r\n" VIDEO(SAVP) CRYPTO,
					NO_AUDIO(SAVP) "a=x\r\n" VIDEO(SAVP) CRYPTO, SDES, false},
			{"S-108 nothing to choose where nothing flows", DTLS_FIRST,
					NO_AUDIO(SAVP) DTLS VIDEO(SAVP) CRYPTO, NULL, SDES, false},
			{"a rejected alternative is none", SDES_ONLY,
					NO_AUDIO(SAVP) AUDIO(SAVP) CRYPTO, NULL, SDES, false},
			{"number of ports", SDES_ONLY,
					LINE("audio", "40000/2", SAVP)
							CRYPTO LINE("video", "40010/2", AVP),
					LINE("audio", "40000/2", SAVP)
							CRYPTO LINE("video", "0", AVP),
					SDES, true},

			/* nothing to keep: the facts still say why */
			{"plain only", SDES_ONLY, AUDIO(AVP) VIDEO(AVP), NULL, 0, false},
			{"plain only, rules for nobody", {0, 0, 0}, AUDIO(AVP), NULL, 0,
					false},
			{"S-73 no usable key", SDES_ONLY, AUDIO(SAVP) NULL80, NULL, 0,
					false},
			{"broken, plain may stay", {SDES, 0, PLAIN}, AUDIO(SAVP) NULL80,
					NULL, 0, false},
			{"broken and plain", SDES_ONLY, AUDIO(SAVP) NULL80 VIDEO(AVP), NULL,
					0, false},
			{"not the mechanism", DTLS_ONLY, AUDIO(SAVP) CRYPTO, NULL, 0,
					false},
			{"no mechanism", {0, 0, PLAIN}, AUDIO(SAVP) CRYPTO, NULL, 0, false},
			{"plain beside T.38", {SDES, 0, NO_T38}, AUDIO(AVP) T38("4"), NULL,
					0, false},
			{"its rejected streams stay rejected", SDES_ONLY,
					NO_VIDEO(SAVP) AUDIO(AVP), NULL, 0, false},
	};

	check_takes(rows, N_OF(rows));
}

/* both kinds of keying in one m-line (S-73, S-98) */
static void test_both(void)
{
	static const struct take rows[] = {
			{"S-73 SDES of both", SDES_FIRST, AUDIO(SAVP) CRYPTO DTLS, NULL,
					SDES, false},
			{"S-73 DTLS of both", DTLS_FIRST,
					AUDIO(SAVP) "a=x\r\n" CRYPTO CRYPTO DTLS,
					AUDIO(SAVP) "a=x\r\n" DTLS, MS_MECH_DTLS, false},
			{"S-73 DTLS of the session", DTLS_FIRST, DTLS AUDIO(SAVPF) CRYPTO,
					DTLS AUDIO(SAVPF), MS_MECH_DTLS, false},
			{"S-81 DTLS beside a crypto without a key", DTLS_FIRST,
					AUDIO(SAVP) NO_KEY DTLS, AUDIO(SAVP) DTLS, MS_MECH_DTLS,
					false},
			{"DTLS beside a NULL suite", DTLS_FIRST, AUDIO(SAVP) NULL80 DTLS,
					AUDIO(SAVP) DTLS, MS_MECH_DTLS, false},
			{"S-95 no setup: there is only SDES", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO FINGERPRINT, NULL, SDES, false},
			{"S-96 SHA-1: there is only SDES", DTLS_FIRST,
					AUDIO(SAVP) CRYPTO SHA1, NULL, SDES, false},
			{"S-96 SHA-1 will do", {MS_MECH_DTLS, SDES, SHA1_WILL_DO},
					AUDIO(SAVP) CRYPTO SHA1, AUDIO(SAVP) SHA1, MS_MECH_DTLS,
					false},
			{"S-95 neither", DTLS_ONLY, AUDIO(SAVP) CRYPTO FINGERPRINT, NULL, 0,
					false},
			{"S-94 a key in a TLS profile", DTLS_FIRST, AUDIO(TLS) CRYPTO DTLS,
					AUDIO(TLS) DTLS, MS_MECH_DTLS, false},
			{"S-94 a key in a TLS profile is not SDES", SDES_ONLY,
					AUDIO(TLS) CRYPTO DTLS, NULL, 0, false},
			{"S-93 no key beside DTLS", DTLS_FIRST,
					AUDIO(TLS) DTLS "a=key-mgmt:mikey AQAF\r\n"
									"a=x-crypto:inline:" KEY "\r\n",
					AUDIO(TLS) DTLS, MS_MECH_DTLS, false},
			{"S-93 in a plain stream beside it, too", {MS_MECH_DTLS, 0, PLAIN},
					AUDIO(TLS) DTLS VIDEO(AVP) CRYPTO,
					AUDIO(TLS) DTLS VIDEO(AVP), MS_MECH_DTLS, false},
	};

	check_takes(rows, N_OF(rows));
}

static void test_osrtp(void)
{
	static const struct take rows[] = {
			{"RFC 8643 a key in RTP/AVP", {SDES, 0, OSRTP}, AUDIO(AVP) CRYPTO,
					AUDIO(SAVP) CRYPTO, SDES, false},
			{"RFC 8643 with feedback", {SDES, 0, OSRTP | PLAIN},
					AUDIO(AVPF) CRYPTO, AUDIO(SAVPF) CRYPTO, SDES, false},
			{"RFC 8643 not wanted", SDES_ONLY, AUDIO(AVP) CRYPTO, NULL, 0,
					false},
			{"RFC 8643 not wanted, plain may stay", {SDES, 0, PLAIN},
					AUDIO(AVP) CRYPTO, NULL, 0, false},
			{"RFC 8643 SDES may not be used", {MS_MECH_DTLS, 0, OSRTP},
					AUDIO(AVP) CRYPTO, NULL, 0, false},
			{"RFC 8643 the key is not usable", {SDES, 0, OSRTP | PLAIN},
					AUDIO(AVP) NULL80, NULL, 0, false},
			{"RFC 8643 DTLS is preferred", {MS_MECH_DTLS, SDES, OSRTP},
					AUDIO(TLS) DTLS VIDEO(AVP) CRYPTO,
					AUDIO(TLS) DTLS NO_VIDEO(AVP), MS_MECH_DTLS, true},
			{"RFC 8643 beside SAVP", {SDES, 0, OSRTP},
					AUDIO(SAVP) CRYPTO VIDEO(AVP) CRYPTO,
					AUDIO(SAVP) CRYPTO VIDEO(SAVP) CRYPTO, SDES, false},
			{"RFC 8643 the same stream as SAVP", {SDES, 0, OSRTP},
					AUDIO(AVP) CRYPTO AUDIO(SAVP) CRYPTO,
					NO_AUDIO(AVP) AUDIO(SAVP) CRYPTO, SDES, false},
			{"RFC 8643 the same medium as SAVP", {SDES, 0, OSRTP | PLAIN},
					AUDIO(AVP) CRYPTO LINE("audio", "40010", SAVP) CRYPTO,
					NO_AUDIO(AVP) LINE("audio", "40010", SAVP) CRYPTO, SDES,
					false},
			{"RFC 8643 the same medium as broken SAVP", {SDES, 0, OSRTP},
					AUDIO(SAVP) NULL80 AUDIO(AVP) CRYPTO,
					NO_AUDIO(SAVP) AUDIO(SAVP) CRYPTO, SDES, false},
			{"RFC 8643 two streams", {SDES, 0, OSRTP},
					AUDIO(AVP) CRYPTO LINE("audio", "40010", AVP) CRYPTO,
					AUDIO(SAVP) CRYPTO LINE("audio", "40010", SAVP) CRYPTO,
					SDES, false},
			{"RFC 8643 rejected", {SDES, 0, OSRTP}, NO_AUDIO(AVP) CRYPTO,
					NO_AUDIO(AVP), 0, false},
			{"RFC 8643 without formats", {SDES, 0, OSRTP},
					"m=audio 4 RTP/AVP\r\n" CRYPTO,
					"m=audio 4 RTP/SAVP\r\n" CRYPTO, SDES, false},
	};

	check_takes(rows, N_OF(rows));
}

static void test_other_media(void)
{
	static const struct take rows[] = {
			{"S-110 T.38 beside secured audio", SDES_ONLY,
					AUDIO(SAVP) CRYPTO T38("4"), NULL, SDES, false},
			{"S-110 T.38 not wanted", {SDES, 0, NO_T38},
					AUDIO(SAVP) CRYPTO T38("4"), AUDIO(SAVP) CRYPTO T38("0"),
					SDES, false},
			{"S-110 T.38 alone", SDES_ONLY, T38("4"), NULL, 0, false},
			{"S-110 T.38 alone, not wanted", {SDES, 0, NO_T38}, T38("4"),
					T38("0"), 0, false},
			{"S-110 T.38 instead of audio", SDES_ONLY, NO_AUDIO(SAVP) T38("4"),
					NULL, 0, false},
			{"S-110 rejected T.38", {SDES, 0, NO_T38},
					AUDIO(SAVP) CRYPTO T38("0"), NULL, SDES, false},
			{"S-111 MSRP and BFCP", {SDES, 0, NO_T38},
					AUDIO(SAVP) CRYPTO MSRP BFCP, NULL, SDES, false},
			{"S-111 MSRP and BFCP beside DTLS", DTLS_ONLY,
					AUDIO(TLS) DTLS MSRP BFCP, NULL, MS_MECH_DTLS, false},
			{"S-111 MSRP alone", SDES_ONLY, MSRP, NULL, 0, false},
			{"S-111 two on one port", SDES_ONLY, MSRP MSRP, NULL, 0, false},
	};

	check_takes(rows, N_OF(rows));
}

/* ---- capabilities, line ends, limits ------------------------------------ */

#define CAPNEG                                                        \
	"a=tcap:1 RTP/SAVP\r\na=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 " \
	"inline:" KEY "\r\na=pcfg:1 t=1 a=1\r\n"

static void test_capabilities(void)
{
	static const struct take rows[] = {
			{"RFC 5939", SDES_ONLY, AUDIO(AVP) CAPNEG "a=x\r\n",
					AUDIO(SAVP) "a=x\r\n" CRYPTO, SDES, false},
			{"S-125 plain may stay: the secured one is better",
					{SDES, 0, PLAIN}, AUDIO(AVP) CAPNEG, AUDIO(SAVP) CRYPTO,
					SDES, false},
			{"RFC 5939, not the mechanism", {MS_MECH_DTLS, 0, PLAIN},
					AUDIO(AVP) CAPNEG, AUDIO(AVP), 0, false},
			{"RFC 5939, not the mechanism, enforced", DTLS_ONLY,
					AUDIO(AVP) CAPNEG, AUDIO(AVP), 0, false},
			{"RFC 5939 and plain video", SDES_ONLY,
					AUDIO(AVP) CAPNEG VIDEO(AVP),
					AUDIO(SAVP) CRYPTO NO_VIDEO(AVP), SDES, true},
			{"RFC 5939, a stream of the other mechanism", DTLS_FIRST,
					AUDIO(TLS) DTLS VIDEO(AVP) CAPNEG,
					AUDIO(TLS) DTLS NO_VIDEO(SAVP), MS_MECH_DTLS, false},
			{"RFC 5939 beside SAVP", SDES_ONLY,
					AUDIO(SAVP) CRYPTO LINE("audio", "40010", AVP) CAPNEG,
					AUDIO(SAVP) CRYPTO LINE("audio", "40010", SAVP) CRYPTO,
					SDES, false},
			{"S-79 no key in what is rejected", SDES_ONLY,
					AUDIO(SAVP) CRYPTO NO_VIDEO(AVP) CAPNEG,
					AUDIO(SAVP) CRYPTO NO_VIDEO(AVP), SDES, false},
	};

	check_takes(rows, N_OF(rows));
}

static void test_tls_id(void)
{
	static const struct
	{
		const char *name, *in; /* behind HEAD */
		struct rules rules;
		bool tls_id[2]; /* of the first two m-lines */
	} rows[] = {
			{"none", AUDIO(TLS) DTLS, DTLS_ONLY, {false, false}},
			{"S-95 one", AUDIO(TLS) DTLS TLS_ID, DTLS_ONLY, {true, false}},
			{"S-95 of the session", TLS_ID AUDIO(TLS) DTLS VIDEO(TLS) DTLS,
					DTLS_ONLY, {true, true}},
			{"S-95 of the second stream only",
					AUDIO(TLS) DTLS VIDEO(TLS) DTLS TLS_ID, DTLS_ONLY,
					{false, true}},
			{"S-95 of a stream that goes",
					AUDIO(TLS) DTLS AUDIO(TLS) DTLS TLS_ID, DTLS_ONLY,
					{false, false}},
			{"S-95 of MSRP", AUDIO(TLS) DTLS MSRP TLS_ID, DTLS_ONLY,
					{false, false}},
			{"S-95 with SDES there is none", AUDIO(SAVP) CRYPTO DTLS TLS_ID,
					SDES_FIRST, {false, false}},
	};
	struct ms_offer_rules rules;
	struct ms_offer offer;
	char in[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(in, sizeof(in), "%s%s", HEAD, rows[i].in);
		rules = rules_of(&rows[i].rules);
		taken(guard_text(in), &rules, &offer);
		CHECK_INT(offer.line[0].tls_id, rows[i].tls_id[0]);
		CHECK_INT(offer.line[1].tls_id, rows[i].tls_id[1]);
	}
}

static void test_vectors(void)
{
	static const struct
	{
		const char *out, *in;
		struct rules rules;
		unsigned mech;
	} rows[] = {
			/* its hash is SHA-1 */
			{"sdp/jitsi-four-lines.taken", "sdp/jitsi-four-lines.sdp",
					DTLS_FIRST, MS_MECH_SDES},
			{"sdp/capneg-key-in-acap.resolved", "sdp/capneg-key-in-acap.sdp",
					SDES_ONLY, MS_MECH_SDES},
			{"sdp/rfc5763-capneg-sha256.resolved",
					"sdp/rfc5763-capneg-sha256.sdp", DTLS_FIRST, MS_MECH_DTLS},
			{"sdp/rfc5763-capneg-offer.resolved",
					"sdp/rfc5763-capneg-offer.sdp", DTLS_FIRST, 0},
			{"sdp/rfc5763-capneg-offer.sha1", "sdp/rfc5763-capneg-offer.sdp",
					{MS_MECH_DTLS, SDES, SHA1_WILL_DO}, MS_MECH_DTLS},
			{"sdp/webrtc-audio-datachannel.sdp",
					"sdp/webrtc-audio-datachannel.sdp", DTLS_ONLY,
					MS_MECH_DTLS},
			{"sdp/asterisk-offer.sdp", "sdp/asterisk-offer.sdp", DTLS_FIRST,
					MS_MECH_SDES},
			{"sdp/freeswitch-nine-suites.sdp", "sdp/freeswitch-nine-suites.sdp",
					DTLS_FIRST, MS_MECH_SDES},
			{"sdp/ts34229-w9.sdp", "sdp/ts34229-w9.sdp", SDES_ONLY,
					MS_MECH_SDES},
			{"sdp/e2ae-w12.sdp", "sdp/e2ae-w12.sdp", SDES_ONLY, MS_MECH_SDES},
	};
	struct ms_offer offer;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].out);
		check_taken(vector_read(rows[i].in), &rows[i].rules,
				vector_read(rows[i].out), &offer);
		CHECK_INT(offer.mech, rows[i].mech);
	}
}

static void test_form(void)
{
	static const struct rules rules = SDES_ONLY;
	struct ms_offer offer;

	test_row("line ends become CRLF, blank lines at the end go");
	check_taken(
			guard_text("v=0\nm=audio 0 RTP/AVP\nm=video 4 RTP/SAVP 3\n" CRYPTO
					   "a=x\n\r\n\n"),
			&rules,
			test_text("v=0\r\nm=audio 0 RTP/AVP\r\nm=video 4 RTP/SAVP "
					  "3\r\n" CRYPTO "a=x\r\n"),
			&offer);
	test_row("all other lines keep their bytes");
	check_taken(guard_text(HEAD AUDIO(AVP) "i= \t\r\nb=AS:37\r\na=\r\n" AUDIO(
						SAVP) CRYPTO "k=clear:x\r\na=CRYPTO:1\r\na=tls-id\r\n"),
			&rules,
			test_text(HEAD NO_AUDIO(AVP) "i= \t\r\nb=AS:37\r\na=\r\n" AUDIO(
					SAVP) CRYPTO "k=clear:x\r\na=CRYPTO:1\r\na=tls-id\r\n"),
			&offer);
}

static void test_limits(void)
{
	static const struct rules rules = {SDES, 0, OSRTP};
	static char in[MS_MLINES_MAX * 200], out[sizeof(in)];
	struct ms_offer_rules take = rules_of(&rules);
	struct ms_offer offer;
	size_t i, len = 42;

	test_row("as many m-lines as may be, each one changed");
	strcpy(in, HEAD);
	strcpy(out, HEAD);
	for(i = 0; i < MS_MLINES_MAX; i++) {
		strcat(in, i % 2 ? VIDEO(AVP) : AUDIO(AVP) CRYPTO);
		strcat(out, i % 2 ? NO_VIDEO(AVP)
					: i	  ? NO_AUDIO(AVP)
						  : AUDIO(SAVP) CRYPTO);
	}
	CHECK_TEXT(taken(guard_text(in), &take, &offer), out);
	CHECK_INT(offer.mech, SDES);
	CHECK_INT(offer.line[0].osrtp, true);
	for(i = 1; i < MS_MLINES_MAX; i++)
		CHECK_INT(offer.line[i].osrtp, false);

	test_row("one m-line more");
	strcat(in, VIDEO(AVP));
	memset(&offer, 0x55, sizeof(offer));
	CHECK_INT(ms_offer_take(guard_text(in), &take, guard_buf(sizeof(out)),
					  guard_buf(sizeof(out)), sizeof(out), &len, &offer),
			MS_ELIMIT);
	CHECK_INT(len, 42);
	CHECK_INT(offer.mech, 0x55555555);

	test_row("what is not SDP");
	CHECK_INT(ms_offer_take(guard_text("v=0\nm=audio\n"), &take, guard_buf(99),
					  guard_buf(99), 99, &len, &offer),
			MS_ESYNTAX);
	CHECK_INT(ms_offer_take(guard_text(""), &take, guard_buf(99), guard_buf(99),
					  99, &len, &offer),
			MS_ESYNTAX);
	CHECK_INT(len, 42);
	CHECK_INT(offer.mech, 0x55555555);
}

/* ---- the answer --------------------------------------------------------- */

#define ID "abcdefghijklmnopqrst"
#define OUR_ID "a=tls-id:" ID "\r\n"
#define KEY2 "y8BEtecR51ZpyyPRtMmissFtY2UmeWMaA8V+kZ0X"
#define CRYPTO2 "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY2 "\r\n"
#define TAGGED(tag, key) \
	"a=crypto:" tag " AES_CM_128_HMAC_SHA1_80 inline:" key "\r\n"
#define OUR_DTLS "a=fingerprint:sha-256 66:66\r\na=setup:passive\r\n"

/* In a smaller buffer the result is the same, or none. */
static void check_answer(const struct ms_offer *offer, struct ms_str answer,
		struct ms_str tls_id, struct ms_str want)
{
	const size_t most = ms_offer_answer_size(answer, tls_id);
	char *buf = guard_buf(most) + most;
	size_t size, len = 0;
	enum ms_err err;

	CHECK_INT(ms_offer_answer(offer, answer, tls_id, buf - most, most, &len),
			MS_OK);
	CHECK_STR(((struct ms_str){buf - most, len}), want);
	for(size = 0; size < most; size++) {
		len = 42;
		err = ms_offer_answer(offer, answer, tls_id, buf - size, size, &len);
		if(err)
			CHECK(err == MS_ENOSPC && len == 42);
		else
			CHECK(ms_str_eq((struct ms_str){buf - size, len}, want));
	}
}

static void test_answers(void)
{
	static const struct
	{
		const char *name;
		struct rules rules;
		const char *offer, *answer; /* behind HEAD */
		const char *out;			/* NULL: the same */
	} rows[] = {
			{"nothing was done", SDES_ONLY, AUDIO(SAVP) CRYPTO,
					AUDIO(SAVP) CRYPTO2 "a=x\r\n", NULL},
			{"nothing was there", {SDES, 0, PLAIN | OSRTP}, AUDIO(AVP),
					AUDIO(AVP), NULL},
			{"Jitsi", SDES_ONLY, JITSI,
					NO_AUDIO(TLS) AUDIO(SAVPF) CRYPTO2 NO_AUDIO(SAVP)
							NO_AUDIO(AVP),
					NULL},

			/* its own profile again */
			{"RFC 8643 back to RTP/AVP", {SDES, 0, OSRTP}, AUDIO(AVP) CRYPTO,
					AUDIO(SAVP) CRYPTO2 "a=x\r\n",
					AUDIO(AVP) CRYPTO2 "a=x\r\n"},
			{"RFC 8643 back to RTP/AVPF", {SDES, 0, OSRTP}, AUDIO(AVPF) CRYPTO,
					AUDIO(SAVPF) CRYPTO2, AUDIO(AVPF) CRYPTO2},
			{"RFC 8643 rejected", {SDES, 0, OSRTP}, AUDIO(AVP) CRYPTO,
					NO_AUDIO(SAVP), NO_AUDIO(AVP)},
			{"RFC 8643 one of two", {SDES, 0, OSRTP},
					AUDIO(SAVP) CRYPTO VIDEO(AVP) CRYPTO,
					AUDIO(SAVP) CRYPTO2 VIDEO(SAVP) CRYPTO2,
					AUDIO(SAVP) CRYPTO2 VIDEO(AVP) CRYPTO2},
			{"RFC 8643 never protection where none is", {SDES, 0, OSRTP},
					AUDIO(AVP) CRYPTO, AUDIO(AVP), NULL},
			{"without formats", {SDES, 0, OSRTP}, AUDIO(AVP) CRYPTO,
					"m=audio 4 RTP/SAVP\r\n", "m=audio 4 RTP/AVP\r\n"},

			/* S-83: the tag of the offer */
			{"S-83 the tag of the one that was chosen", SDES_ONLY,
					AUDIO(SAVP) NULL80 TAGGED("123456789", KEY) CRYPTO,
					AUDIO(SAVP) TAGGED("4", KEY2),
					AUDIO(SAVP) TAGGED("123456789", KEY2)},
			{"S-83 tag 0", SDES_ONLY, AUDIO(SAVP) TAGGED("0", KEY),
					AUDIO(SAVP) TAGGED("4", KEY2),
					AUDIO(SAVP) TAGGED("0", KEY2)},
			{"S-83 each stream has its own", SDES_ONLY,
					AUDIO(SAVP) TAGGED("7", KEY) NO_VIDEO(SAVP) VIDEO(SAVP)
							TAGGED("10", KEY),
					AUDIO(SAVP) TAGGED("4", KEY2) NO_VIDEO(SAVP) VIDEO(SAVP)
							TAGGED("4", KEY2),
					AUDIO(SAVP) TAGGED("7", KEY2) NO_VIDEO(SAVP) VIDEO(SAVP)
							TAGGED("10", KEY2)},
			{"S-83 in RTP/AVP", {SDES, 0, OSRTP}, AUDIO(AVP) TAGGED("9", KEY),
					AUDIO(SAVP) TAGGED("4", KEY2),
					AUDIO(AVP) TAGGED("9", KEY2)},
			{"S-83 of a capability", SDES_ONLY,
					AUDIO(AVP) "a=tcap:1 RTP/SAVP\r\na=acap:1 crypto:5 "
							   "AES_CM_128_HMAC_SHA1_80 inline:" KEY
							   "\r\na=pcfg:1 t=1 a=1\r\n",
					AUDIO(SAVP) TAGGED("4", KEY2),
					AUDIO(SAVP) TAGGED("5", KEY2) "a=acfg:1 t=1 a=1\r\n"},
			{"S-83 DTLS has none", DTLS_ONLY, AUDIO(SAVP) CRYPTO DTLS,
					AUDIO(SAVP) OUR_DTLS, NULL},

			/* S-73: a=acfg */
			{"RFC 5939", SDES_ONLY, AUDIO(AVP) CAPNEG,
					AUDIO(SAVP) CRYPTO2 "a=x\r\n",
					AUDIO(SAVP) CRYPTO2 "a=x\r\na=acfg:1 t=1 a=1\r\n"},
			{"RFC 5939 rejected", SDES_ONLY, AUDIO(AVP) CAPNEG, NO_AUDIO(SAVP),
					NULL},
			{"RFC 5939 not picked", {SDES, 0, PLAIN},
					AUDIO(AVP) CAPNEG VIDEO(AVP) "a=pcfg:1 t=1\r\n",
					AUDIO(SAVP) CRYPTO2 VIDEO(AVP),
					AUDIO(SAVP) CRYPTO2 "a=acfg:1 t=1 a=1\r\n" VIDEO(AVP)},
			{"RFC 5939 the second of two", SDES_ONLY,
					NO_AUDIO(AVP) CAPNEG VIDEO(AVP) CAPNEG,
					NO_AUDIO(AVP) VIDEO(SAVP) CRYPTO2,
					NO_AUDIO(AVP) VIDEO(SAVP) CRYPTO2 "a=acfg:1 t=1 a=1\r\n"},

			/* */
			{"S-95 tls-id", DTLS_ONLY, AUDIO(TLS) DTLS TLS_ID,
					AUDIO(TLS) OUR_DTLS, AUDIO(TLS) OUR_DTLS OUR_ID},
			{"S-95 no tls-id", DTLS_ONLY, AUDIO(TLS) DTLS, AUDIO(TLS) OUR_DTLS,
					NULL},
			{"S-95 tls-id, rejected", DTLS_ONLY, AUDIO(TLS) DTLS TLS_ID,
					NO_AUDIO(TLS), NULL},
			{"S-95 tls-id in each stream", DTLS_ONLY,
					TLS_ID AUDIO(TLS) DTLS VIDEO(TLS) DTLS MSRP,
					AUDIO(TLS) OUR_DTLS VIDEO(TLS) OUR_DTLS MSRP,
					AUDIO(TLS) OUR_DTLS OUR_ID VIDEO(TLS) OUR_DTLS OUR_ID MSRP},
			{"S-95 tls-id in the second stream only", DTLS_ONLY,
					AUDIO(TLS) DTLS VIDEO(TLS) DTLS TLS_ID,
					AUDIO(TLS) OUR_DTLS VIDEO(TLS) OUR_DTLS,
					AUDIO(TLS) OUR_DTLS VIDEO(TLS) OUR_DTLS OUR_ID},
			{"S-95 tls-id, but SDES", SDES_FIRST,
					AUDIO(SAVP) CRYPTO DTLS TLS_ID, AUDIO(SAVP) CRYPTO2, NULL},
			{"RFC 5939 with DTLS and tls-id", DTLS_ONLY,
					DTLS AUDIO(AVP) TLS_ID
					"a=tcap:1 UDP/TLS/RTP/SAVP\r\na=pcfg:7 t=1\r\n",
					AUDIO(TLS) OUR_DTLS,
					AUDIO(TLS) OUR_DTLS "a=acfg:7 t=1\r\n" OUR_ID},

			{"S-110 T.38 that went", {SDES, 0, NO_T38},
					AUDIO(SAVP) CRYPTO T38("4"), AUDIO(SAVP) CRYPTO2 T38("0"),
					NULL},
			{"more m-lines than the offer has", {SDES, 0, OSRTP},
					AUDIO(AVP) CRYPTO, AUDIO(SAVP) CRYPTO2 VIDEO(SAVP) CRYPTO2,
					AUDIO(AVP) CRYPTO2 VIDEO(SAVP) CRYPTO2},
			{"fewer", {SDES, 0, OSRTP}, AUDIO(AVP) CRYPTO VIDEO(AVP), "", NULL},
	};
	char in[2000], answer[2000], out[2000];
	struct ms_offer_rules rules;
	struct ms_offer offer;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		rules = rules_of(&rows[i].rules);
		snprintf(in, sizeof(in), "%s%s", HEAD, rows[i].offer);
		snprintf(answer, sizeof(answer), "%s%s", HEAD, rows[i].answer);
		snprintf(out, sizeof(out), "%s%s", HEAD,
				rows[i].out ? rows[i].out : rows[i].answer);
		taken(guard_text(in), &rules, &offer);
		check_answer(
				&offer, guard_text(answer), guard_text(ID), test_text(out));
	}
}

static void test_answer_limits(void)
{
	static char in[MS_MLINES_MAX * 200], out[sizeof(in)];
	struct ms_offer offer = {.mech = MS_MECH_DTLS};
	struct ms_offer osrtp = {.mech = SDES};
	size_t i, len = 42;

	test_row("line ends become CRLF, blank lines at the end go");
	osrtp.line[0].osrtp = true;
	check_answer(&osrtp, guard_text("v=0\nm=a 4 RTP/SAVP 8\na=x\n\n\r\n"),
			guard_text(ID), test_text("v=0\r\nm=a 4 RTP/AVP 8\r\na=x\r\n"));

	test_row("all there is to add, to as many m-lines as may be");
	strcpy(in, "v=0\na=fingerprint:sha-256 6\na=setup:active\n");
	strcpy(out, "v=0\r\na=fingerprint:sha-256 6\r\na=setup:active\r\n");
	for(i = 0; i < MS_MLINES_MAX; i++) {
		memset(offer.line[i].acfg.text, '1', MS_ACFG_LEN_MAX);
		offer.line[i].acfg.len = MS_ACFG_LEN_MAX;
		offer.line[i].tls_id = true;
		strcat(in, "m=a 4 " TLS "\n");
		strcat(out, "m=a 4 " TLS "\r\na=acfg:"
					"1111111111111111111111111111111111111111\r\n" OUR_ID);
	}
	check_answer(&offer, guard_text(in), guard_text(ID), test_text(out));

	test_row("room for the tag in what has none");
	osrtp.line[0].sdes = true;
	osrtp.line[0].tag = 999999999;
	strcpy(in, "v=0\nm=a 4 RTP/SAVP\n");
	strcpy(out, "v=0\r\nm=a 4 RTP/AVP\r\n");
	for(i = 0; i < 200; i++) {
		strcat(in, "a=crypto\n");
		strcat(out, "a=crypto:999999999 \r\n");
	}
	check_answer(&osrtp, guard_text(in), guard_text(ID), test_text(out));

	test_row("no tls-id to add");
	CHECK_INT(ms_offer_answer(&osrtp, guard_text("v=0\n"), guard_text(""),
					  guard_buf(5), 5, &len),
			MS_OK);
	CHECK_INT(len, 5);

	test_row("what is not SDP");
	len = 42;
	CHECK_INT(ms_offer_answer(&offer, guard_text("x"), guard_text(ID),
					  guard_buf(99), 99, &len),
			MS_ESYNTAX);
	CHECK_INT(ms_offer_answer(&offer, guard_text("v=0\nm=audio"),
					  guard_text(ID), guard_buf(99), 99, &len),
			MS_ESYNTAX);
	CHECK_INT(len, 42);
}

void test_offer(void);

void test_offer(void)
{
	test_alternatives();
	test_mixed();
	test_both();
	test_osrtp();
	test_other_media();
	test_capabilities();
	test_tls_id();
	test_vectors();
	test_form();
	test_limits();
	test_answers();
	test_answer_limits();
}
