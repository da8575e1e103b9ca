/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <stdio.h>
#include <string.h>

#include "keying.h"
#include "ms_sdp.h"
#include "vector.h"

#define HEAD                                                           \
	"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n" \
	"t=0 0\r\n"
#define CM128 "AES_CM_128_HMAC_SHA1_80"
#define KEY1 "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define KEY2 "y8BEtecR51ZpyyPRtMmissFtY2UmeWMaA8V+kZ0X"
#define KEY46 "2Q3b3UpPJMosXTrm/0Ui5q3Mw8tQ6ig5Xq0jt4Ibj0t5hVQx5KBRbC+8sMJDMg"
#define CRYPTO(tag, key) "a=crypto:" tag " " CM128 " inline:" key "\r\n"
#define NULL_CRYPTO "a=crypto:1 NULL_HMAC_SHA1_80 inline:" KEY1 "\r\n"
#define AUDIO(proto) "m=audio 40000 " proto " 8\r\n"
#define FINGERPRINT "a=fingerprint:sha-256 5A:70\r\n"
#define SHA1 "a=fingerprint:sha-1 4A:AD\r\n"
#define SETUP "a=setup:actpass\r\n"
#define HOLDCONN "a=setup:holdconn\r\n"
#define DTLS FINGERPRINT SETUP

#define BIT(protection) (1u << MS_PROT_##protection)

static void test_open(void)
{
	static const struct
	{
		const char *name, *body;
		enum ms_err err;
	} rows[] = {
			{"session part only", HEAD, MS_OK},
			{"least", "v=0", MS_OK},
			{"bare LF", "v=0\ns=-\nm=audio 4 RTP/AVP 0\n", MS_OK},
			{"no end of the last line", HEAD "a=x", MS_OK},
			{"blank lines at the end", HEAD "a=x\r\n\r\n\n", MS_OK},
			{"empty", "", MS_ESYNTAX},
			{"only a line end", "\r\n", MS_ESYNTAX},
			{"no v=", "o=- 1 1 IN IP4 192.0.2.1\r\n", MS_ESYNTAX},
			{"other version", "v=1\r\n", MS_ESYNTAX},
			{"v=0 and more", "v=00\r\n", MS_ESYNTAX},
			{"v= comes twice", HEAD AUDIO("RTP/AVP") HEAD, MS_ESYNTAX},
			{"blank line in the middle", HEAD "\r\na=x\r\n", MS_ESYNTAX},
			{"no =", HEAD "ax\r\n", MS_ESYNTAX},
			{"one byte", HEAD "a\r\n", MS_ESYNTAX},
			{"upper case type", HEAD "A=x\r\n", MS_ESYNTAX},
			{"blank before the type", HEAD " a=x\r\n", MS_ESYNTAX},
			{"CR in a line", HEAD "a=x\ra=crypto:1\r\n", MS_ESYNTAX},
			{"CR CR LF", HEAD "a=x\r\r\na=y\r\n", MS_ESYNTAX},
			{"CR CR LF at the end", HEAD "a=x\r\r\n", MS_ESYNTAX},
			{"CR at the end", HEAD "a=x\r", MS_OK},
	};
	struct ms_sdp sdp;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(
				ms_sdp_open(guard_text(rows[i].body), NULL, &sdp), rows[i].err);
	}
	test_row("NUL");
	CHECK_INT(ms_sdp_open(guard_str(MS_STR("v=0\na=x\0y\n")), 0, &sdp),
			MS_ESYNTAX);
}

static void test_limit(void)
{
	static const char mline[] = "m=audio 4 RTP/AVP 0\n";
	char body[4096] = "v=0\n";
	struct ms_sdp sdp;
	unsigned i;

	for(i = 0; i < MS_MLINES_MAX; i++)
		strcat(body, mline);
	test_row("as many m-lines as may be");
	CHECK_INT(ms_sdp_open(guard_text(body), NULL, &sdp), MS_OK);
	test_row("one m-line more");
	strcat(body, mline);
	CHECK_INT(ms_sdp_open(guard_text(body), NULL, &sdp), MS_ELIMIT);
}

/* the grammar of the m= line */
static void test_media(void)
{
	static const struct
	{
		const char *name, *line;
		enum ms_err err;
		unsigned port;
		enum ms_proto proto;
	} rows[] = {
			{"AVP", "m=audio 49170 RTP/AVP 0 8", MS_OK, 49170, MS_PROTO_AVP},
			{"number of ports", "m=audio 49170/2 RTP/SAVP 0", MS_OK, 49170,
					MS_PROTO_SAVP},
			{"any case", "m=audio 1 rtp/savpf 0", MS_OK, 1, MS_PROTO_SAVPF},
			{"AVPF", "m=audio 1 RTP/AVPF 0", MS_OK, 1, MS_PROTO_AVPF},
			{"TLS", "m=audio 1 UDP/TLS/RTP/SAVP 0", MS_OK, 1,
					MS_PROTO_TLS_SAVP},
			{"TLS with feedback", "m=audio 1 UDP/TLS/RTP/SAVPF 0", MS_OK, 1,
					MS_PROTO_TLS_SAVPF},
			{"T.38", "m=image 1 udptl t38", MS_OK, 1, MS_PROTO_OTHER},
			{"profile and more", "m=audio 1 RTP/SAVPX 0", MS_OK, 1,
					MS_PROTO_OTHER},
			{"highest port", "m=audio 65535 RTP/AVP 0", MS_OK, 65535,
					MS_PROTO_AVP},
			{"no format", "m=audio 1 RTP/AVP", MS_OK, 1, MS_PROTO_AVP},
			{"port too high", "m=audio 65536 RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"no port", "m=audio RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"signed port", "m=audio -1 RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"port and more", "m=audio 1x RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"no number of ports", "m=audio 1/ RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"zero ports", "m=audio 1/0 RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"number of ports and more", "m=audio 1/2/3 RTP/AVP 0", MS_ESYNTAX,
					0, 0},
			{"no profile", "m=audio 1", MS_ESYNTAX, 0, 0},
			{"blank profile", "m=audio 1 ", MS_ESYNTAX, 0, 0},
			{"two blanks", "m=audio  1 RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"no media", "m= 1 RTP/AVP 0", MS_ESYNTAX, 0, 0},
			{"nothing", "m=", MS_ESYNTAX, 0, 0},
	};
	struct ms_mline mline;
	struct ms_sdp sdp;
	char body[200];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(body, sizeof(body), "v=0\r\n%s", rows[i].line);
		CHECK_INT(ms_sdp_open(guard_text(body), NULL, &sdp), MS_OK);
		CHECK_INT(ms_sdp_next(&sdp, &mline), rows[i].err);
		if(rows[i].err) {
			/* nothing moved */
			CHECK_TEXT(sdp.rest, rows[i].line);
			continue;
		}
		CHECK_INT(mline.port, rows[i].port);
		CHECK_INT(mline.proto, rows[i].proto);
		CHECK_TEXT(mline.section, rows[i].line);
		CHECK_INT(ms_sdp_next(&sdp, &mline), MS_END);
	}
}

/* how an m-line asks to be protected */
static void test_protection(void)
{
	static const struct
	{
		const char *name, *body; /* behind HEAD */
		enum ms_protection protection;
		unsigned cryptos;
		enum ms_crypto_fault fault;
	} rows[] = {
			{"S-73 AVP", AUDIO("RTP/AVP"), MS_PROT_PLAIN, 0, 0},
			{"S-73 SAVP and crypto", AUDIO("RTP/SAVP") CRYPTO("1", KEY1),
					MS_PROT_SDES, 1, 0},
			{"S-73 SAVPF and crypto", AUDIO("RTP/SAVPF") CRYPTO("1", KEY1),
					MS_PROT_SDES, 1, 0},
			{"S-82 crypto on AVP", AUDIO("RTP/AVP") CRYPTO("1", KEY1),
					MS_PROT_PLAIN, 1, 0},
			{"S-82 crypto on AVPF", AUDIO("RTP/AVPF") CRYPTO("1", KEY1),
					MS_PROT_PLAIN, 1, 0},
			{"fingerprint on AVP", AUDIO("RTP/AVP") DTLS, MS_PROT_PLAIN, 0, 0},
			{"S-73 SAVP, crypto and fingerprint",
					AUDIO("RTP/SAVP") DTLS CRYPTO("1", KEY1), MS_PROT_SDES, 1,
					0},
			{"S-94 SAVP and fingerprint", AUDIO("RTP/SAVP") DTLS, MS_PROT_DTLS,
					0, 0},
			{"S-96 fingerprint at session level", DTLS AUDIO("RTP/SAVPF"),
					MS_PROT_DTLS, 0, 0},
			{"S-94 TLS", AUDIO("UDP/TLS/RTP/SAVP") DTLS, MS_PROT_DTLS, 0, 0},
			{"S-94 TLS, fingerprint at session level",
					DTLS AUDIO("UDP/TLS/RTP/SAVPF"), MS_PROT_DTLS, 0, 0},
			{"S-96 one of them at either level",
					SETUP AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT, MS_PROT_DTLS,
					0, 0},
			{"S-95 setup is needed", AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT,
					MS_PROT_BROKEN, 0, 0},
			{"S-95 setup is needed, under the name of SDES",
					AUDIO("RTP/SAVP") FINGERPRINT, MS_PROT_BROKEN, 0, 0},
			{"S-95 a fingerprint is needed", AUDIO("UDP/TLS/RTP/SAVP") SETUP,
					MS_PROT_BROKEN, 0, 0},
			{"S-95 no holdconn", AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT HOLDCONN,
					MS_PROT_BROKEN, 0, 0},
			{"S-96 no SHA-1", AUDIO("UDP/TLS/RTP/SAVP") SHA1 SETUP,
					MS_PROT_BROKEN, 0, 0},
			{"S-96 SHA-1 beside SHA-256", AUDIO("UDP/TLS/RTP/SAVP") SHA1 DTLS,
					MS_PROT_DTLS, 0, 0},
			{"S-96 the m-line's own SHA-1 takes precedence",
					DTLS AUDIO("UDP/TLS/RTP/SAVP") SHA1, MS_PROT_BROKEN, 0, 0},
			{"S-96 the m-line's own setup takes precedence",
					DTLS AUDIO("UDP/TLS/RTP/SAVP") HOLDCONN, MS_PROT_BROKEN, 0,
					0},
			{"S-96 the m-line's own SHA-256 takes precedence",
					SHA1 SETUP AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT,
					MS_PROT_DTLS, 0, 0},
			{"S-96 fingerprint of the next m-line",
					AUDIO("UDP/TLS/RTP/SAVP") AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					MS_PROT_BROKEN, 0, 0},
			{"TLS, fingerprint and a crypto",
					AUDIO("UDP/TLS/RTP/SAVP") DTLS CRYPTO("1", KEY1),
					MS_PROT_DTLS, 1, 0},
			{"TLS with a crypto and no fingerprint",
					AUDIO("UDP/TLS/RTP/SAVP") CRYPTO("1", KEY1), MS_PROT_BROKEN,
					1, 0},
			{"S-90 SAVP alone", AUDIO("RTP/SAVP"), MS_PROT_BROKEN, 0, 0},
			{"T-19 NULL suite only", AUDIO("RTP/SAVP") NULL_CRYPTO,
					MS_PROT_BROKEN, 1, MS_CRYPTO_SUITE},
			{"T-19 NULL suite and fingerprint",
					AUDIO("RTP/SAVP") NULL_CRYPTO DTLS, MS_PROT_BROKEN, 1,
					MS_CRYPTO_SUITE},
			{"T-19 UNENCRYPTED_SRTP",
					AUDIO("RTP/SAVP") "a=crypto:1 " CM128 " inline:" KEY1
									  " UNENCRYPTED_SRTP",
					MS_PROT_BROKEN, 1, MS_CRYPTO_SESSION},
			{"first unusable, second usable",
					AUDIO("RTP/SAVP") NULL_CRYPTO CRYPTO("2", KEY2),
					MS_PROT_SDES, 2, 0},
			{"S-81 same tag: the first counts, and is unusable",
					AUDIO("RTP/SAVP") NULL_CRYPTO CRYPTO("1", KEY2),
					MS_PROT_BROKEN, 2, MS_CRYPTO_SUITE},
			{"A-19 crypto at session level",
					CRYPTO("1", KEY1) AUDIO("RTP/SAVP"), MS_PROT_BROKEN, 0, 0},
			{"S-81 the name has one case",
					AUDIO("RTP/SAVP") "a=Crypto:1 " CM128 " inline:" KEY1,
					MS_PROT_BROKEN, 0, 0},
			{"crypto of the next m-line",
					AUDIO("RTP/SAVP") AUDIO("RTP/SAVP") CRYPTO("1", KEY1),
					MS_PROT_BROKEN, 0, 0},
			{"S-108 rejected", "m=audio 0 RTP/SAVP 8\r\n" CRYPTO("1", KEY1),
					MS_PROT_REJECTED, 1, 0},
			{"rejected T.38", "m=image 0 udptl t38", MS_PROT_REJECTED, 0, 0},
			{"S-110 T.38", "m=image 4 udptl t38", MS_PROT_OTHER, 0, 0},
			{"S-111 MSRP", "m=message 7394 TCP/TLS/MSRP *\r\n" FINGERPRINT,
					MS_PROT_OTHER, 0, 0},
			{"audio over TCP", AUDIO("TCP/RTP/AVP"), MS_PROT_BROKEN, 0, 0},
			{"audio over what is not known", AUDIO("RTP/SAVPX") DTLS,
					MS_PROT_BROKEN, 0, 0},
			{"video in any case", "m=Video 4 TCP/TLS/RTP/SAVP 31\r\n",
					MS_PROT_BROKEN, 0, 0},
			{"rejected audio over TCP", "m=audio 0 TCP/RTP/AVP 0\r\n",
					MS_PROT_REJECTED, 0, 0},
			{"text is RTP, too", "m=text 4 RTP/AVP 98\r\n", MS_PROT_PLAIN, 0,
					0},
			{"other media", "m=application 4 TCP/BFCP *\r\n", MS_PROT_OTHER, 0,
					0},
	};
	struct ms_mline mline;
	struct ms_sdp sdp;
	char body[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(body, sizeof(body), "%s%s", HEAD, rows[i].body);
		if(!CHECK_INT(ms_sdp_open(guard_text(body), &keying_all, &sdp), MS_OK)
				|| !CHECK_INT(ms_sdp_next(&sdp, &mline), MS_OK))
			continue;
		CHECK_INT(mline.protection, rows[i].protection);
		CHECK_INT(mline.cryptos, rows[i].cryptos);
		if(mline.cryptos > 0)
			CHECK_INT(mline.crypto.fault, rows[i].fault);
	}
}

/* a=3ge2ae of the first m-line */
static void test_indicator(void)
{
	enum
	{
		REQUESTED = 1,
		APPLIED = 2
	};
	static const struct
	{
		const char *name, *body; /* behind HEAD */
		unsigned marks;
	} rows[] = {
			{"none", AUDIO("RTP/AVP"), 0},
			{"requested", AUDIO("RTP/SAVP") "a=3ge2ae:requested", REQUESTED},
			{"applied", AUDIO("RTP/SAVP") "a=3ge2ae:applied", APPLIED},
			{"W-9 a blank", AUDIO("RTP/SAVP") "a=3ge2ae: requested", REQUESTED},
			{"W-3 upper case R", AUDIO("RTP/SAVP") "a=3ge2ae:Requested",
					REQUESTED},
			{"blank behind", AUDIO("RTP/SAVP") "a=3ge2ae:APPLIED ", APPLIED},
			{"S-9 other value", AUDIO("RTP/SAVP") "a=3ge2ae:desired", 0},
			{"no value", AUDIO("RTP/SAVP") "a=3ge2ae", 0},
			{"empty value", AUDIO("RTP/SAVP") "a=3ge2ae:", 0},
			{"A-19 session level", "a=3ge2ae:requested\r\n" AUDIO("RTP/SAVP"),
					REQUESTED},
			{"A-19 session level, applied",
					"a=3ge2ae:applied\r\n" AUDIO("RTP/SAVP"), APPLIED},
			{"both levels",
					"a=3ge2ae:applied\r\n" AUDIO(
							"RTP/SAVP") "a=3ge2ae:requested",
					REQUESTED | APPLIED},
			{"of the next m-line",
					AUDIO("RTP/SAVP") AUDIO("RTP/SAVP") "a=3ge2ae:requested",
					0},
	};
	struct ms_mline mline;
	struct ms_sdp sdp;
	char body[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(body, sizeof(body), "%s%s", HEAD, rows[i].body);
		if(!CHECK_INT(ms_sdp_open(guard_text(body), NULL, &sdp), MS_OK)
				|| !CHECK_INT(ms_sdp_next(&sdp, &mline), MS_OK))
			continue;
		CHECK_INT((mline.requested ? REQUESTED : 0)
						  | (mline.applied ? APPLIED : 0),
				rows[i].marks);
	}
}

static void test_mlines(void)
{
	struct ms_mline mline;
	struct ms_sdp sdp;

	test_row("the parts of two m-lines");
	CHECK_INT(ms_sdp_open(guard_text(HEAD AUDIO("RTP/SAVP") CRYPTO(
								  "5", KEY1) "m=video 0 RTP/AVP 31"),
					  &ms_keying_default, &sdp),
			MS_OK);
	CHECK_TEXT(sdp.session, HEAD);
	CHECK_INT(ms_sdp_next(&sdp, &mline), MS_OK);
	CHECK_TEXT(mline.media, "audio");
	CHECK_TEXT(mline.proto_text, "RTP/SAVP");
	CHECK_TEXT(mline.section, AUDIO("RTP/SAVP") CRYPTO("5", KEY1));
	CHECK_INT(mline.crypto.tag, 5);
	CHECK_TEXT(mline.crypto.key, KEY1);
	CHECK_INT(ms_sdp_next(&sdp, &mline), MS_OK);
	CHECK_TEXT(mline.media, "video");
	CHECK_TEXT(mline.section, "m=video 0 RTP/AVP 31");
	CHECK_INT(mline.cryptos, 0);
	CHECK_INT(ms_sdp_next(&sdp, &mline), MS_END);
	CHECK_INT(ms_sdp_next(&sdp, &mline), MS_END);
}

static void test_has_key(void)
{
	static const struct
	{
		const char *name, *line;
		bool has;
	} rows[] = {
			{"a=crypto", "a=crypto:1 " CM128 " inline:" KEY1, true},
			{"malformed", "a=crypto:inline:", true},
			{"any case", "a=CRYPTO:1 X INLINE:" KEY1, true},
			{"a=acap", "a=acap:1 crypto:1 " CM128 " inline:" KEY1, true},
			{"MIKEY", "a=key-mgmt:mikey AQAF", true},
			{"MIKEY in a=acap", "a=acap:1 key-mgmt:mikey AQAF", true},
			{"no key", "a=crypto:1 " CM128, false},
			{"not quite", "a=x:inlin:", false},
			{"not an attribute", "s=inline:", false},
			{"empty", "", false},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_sdp_line_has_key(guard_text(rows[i].line)), rows[i].has);
	}
}

static void test_is_dtls(void)
{
	static const struct
	{
		const char *name, *line;
		bool is;
	} rows[] = {
			{"SHA-256", "a=fingerprint:sha-256 5A:70", true},
			{"any case", "a=fingerprint:SHA-256 5A:70", true},
			{"SHA-384", "a=fingerprint:sha-384 5A:70", true},
			{"SHA-512", "a=fingerprint:sha-512 5A:70", true},
			{"S-96 SHA-1", "a=fingerprint:sha-1 5A:70", false},
			{"S-96 MD2", "a=fingerprint:md2 5A:70", false},
			{"S-96 MD5", "a=fingerprint:md5 5A:70", false},
			{"SHA-224", "a=fingerprint:sha-224 5A:70", false},
			{"unknown hash", "a=fingerprint:sha3-256 5A:70", false},
			{"no fingerprint", "a=fingerprint:sha-256 ", false},
			{"hash only", "a=fingerprint:sha-256", false},
			{"empty", "a=fingerprint:", false},
			{"the name has one case", "a=Fingerprint:sha-256 5A:70", false},
			{"actpass", "a=setup:actpass", true},
			{"active", "a=setup:active", true},
			{"passive", "a=setup:PASSIVE", true},
			{"S-95 holdconn", "a=setup:holdconn", false},
			{"no role", "a=setup", false},
			{"role and more", "a=setup:active passive", false},
			{"another attribute", "a=sendrecv", false},
			{"not an attribute", "s=setup:active", false},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_sdp_is_dtls(guard_text(rows[i].line), &ms_keying_default),
				rows[i].is);
	}
}

/* S-96: where SHA-1 will do */
static void test_sha1(void)
{
	static const struct
	{
		const char *name, *body; /* behind HEAD */
		bool will_do;
		enum ms_protection protection;
	} rows[] = {
			{"SHA-1", AUDIO("UDP/TLS/RTP/SAVP") SHA1 SETUP, true, MS_PROT_DTLS},
			{"SHA-1 in capitals",
					AUDIO("UDP/TLS/RTP/SAVP") "a=fingerprint:SHA-1 "
											  "5A\r\n" SETUP,
					true, MS_PROT_DTLS},
			{"SHA-1 of the session", SHA1 SETUP AUDIO("RTP/SAVP"), true,
					MS_PROT_DTLS},
			{"SHA-256 as before", AUDIO("UDP/TLS/RTP/SAVP") DTLS, true,
					MS_PROT_DTLS},
			{"MD5 never does",
					AUDIO("UDP/TLS/RTP/SAVP") "a=fingerprint:md5 5A\r\n" SETUP,
					true, MS_PROT_BROKEN},
			{"MD2 never does",
					AUDIO("UDP/TLS/RTP/SAVP") "a=fingerprint:md2 5A\r\n" SETUP,
					true, MS_PROT_BROKEN},
			{"SHA-1, but it will not do", AUDIO("UDP/TLS/RTP/SAVP") SHA1 SETUP,
					false, MS_PROT_BROKEN},
	};
	struct ms_keying keying = ms_keying_default;
	struct ms_mline mline;
	struct ms_sdp sdp;
	char body[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		keying.sha1 = rows[i].will_do;
		snprintf(body, sizeof(body), "%s%s", HEAD, rows[i].body);
		if(CHECK_INT(ms_sdp_open(guard_text(body), &keying, &sdp), MS_OK)
				&& CHECK_INT(ms_sdp_next(&sdp, &mline), MS_OK))
			CHECK_INT(mline.protection, rows[i].protection);
	}
	test_row("without settings it will not do");
	snprintf(body, sizeof(body), "%s%s", HEAD, rows[0].body);
	if(CHECK_INT(ms_sdp_open(guard_text(body), NULL, &sdp), MS_OK)
			&& CHECK_INT(ms_sdp_next(&sdp, &mline), MS_OK))
		CHECK_INT(mline.protection, MS_PROT_BROKEN);
}

static void check_facts(
		const struct ms_sdp_facts *facts, const struct ms_sdp_facts *want)
{
	CHECK_INT(facts->alive, want->alive);
	CHECK_INT(facts->protections, want->protections);
	CHECK_INT(facts->fault, want->fault);
	CHECK_INT(facts->keys, want->keys);
	CHECK_INT(facts->requested, want->requested);
	CHECK_INT(facts->ice, want->ice);
	CHECK_INT(facts->feedback, want->feedback);
}

static void test_survey(void)
{
	static const struct
	{
		const char *name, *body; /* behind HEAD */
		struct ms_sdp_facts facts;
	} rows[] = {
			{"no m-line", "", {0}},
			{"plain", AUDIO("RTP/AVP"),
					{.alive = 1, .protections = BIT(PLAIN)}},
			{"T-18 SDES and requested",
					AUDIO("RTP/SAVP")
							CRYPTO("1", KEY1) "a=3ge2ae:requested\r\n",
					{.alive = 1,
							.protections = BIT(SDES),
							.keys = true,
							.requested = true}},
			{"T-26 audio SAVP, video AVP",
					AUDIO("RTP/SAVP")
							CRYPTO("1", KEY1) "m=video 4 RTP/AVP 31\r\n",
					{.alive = 2,
							.protections = BIT(SDES) | BIT(PLAIN),
							.keys = true}},
			{"S-108 a rejected one is not alive",
					AUDIO("RTP/SAVP")
							CRYPTO("1", KEY1) "m=video 0 RTP/AVP 31\r\n",
					{.alive = 1,
							.protections = BIT(SDES) | BIT(REJECTED),
							.keys = true}},
			{"S-94 DTLS has no keys", DTLS AUDIO("UDP/TLS/RTP/SAVP"),
					{.alive = 1, .protections = BIT(DTLS)}},
			{"SDES and DTLS",
					AUDIO("RTP/SAVP") CRYPTO("1", KEY1)
							AUDIO("UDP/TLS/RTP/SAVPF") DTLS,
					{.alive = 2,
							.protections = BIT(SDES) | BIT(DTLS),
							.keys = true,
							.feedback = true}},
			{"audio over TCP is alive", AUDIO("TCP/RTP/AVP"),
					{.alive = 1, .protections = BIT(BROKEN)}},
			{"ICE in an m-line",
					AUDIO("RTP/AVP") AUDIO("RTP/AVP") "a=ice-ufrag:w5/T\r\n",
					{.alive = 2, .protections = BIT(PLAIN), .ice = true}},
			{"ICE at session level", "a=ice-ufrag:w5/T\r\n" AUDIO("RTP/AVP"),
					{.alive = 1, .protections = BIT(PLAIN), .ice = true}},
			{"S-110 T.38 is not RTP", "m=image 4 udptl t38\r\n",
					{.protections = BIT(OTHER)}},
			{"T-19 the fault of the first broken one",
					AUDIO("RTP/SAVP") AUDIO("RTP/SAVP")
							NULL_CRYPTO AUDIO("RTP/SAVP") "a=crypto:1 X\r\n",
					{.alive = 3,
							.protections = BIT(BROKEN),
							.fault = MS_CRYPTO_SUITE,
							.keys = true}},
			{"an unusable line beside a usable one is no fault",
					AUDIO("RTP/SAVP") NULL_CRYPTO CRYPTO("2", KEY1),
					{.alive = 1, .protections = BIT(SDES), .keys = true}},
			{"a key on a plain line", AUDIO("RTP/AVP") CRYPTO("1", KEY1),
					{.alive = 1, .protections = BIT(PLAIN), .keys = true}},
			{"A-19 a key at session level", CRYPTO("1", KEY1) AUDIO("RTP/AVP"),
					{.alive = 1, .protections = BIT(PLAIN), .keys = true}},
			{"a key on a rejected line",
					"m=audio 0 RTP/SAVP 8\r\n" CRYPTO("1", KEY1),
					{.protections = BIT(REJECTED), .keys = true}},
			{"S-75 a profile with feedback",
					AUDIO("RTP/AVP") AUDIO("rtp/savpf") CRYPTO("1", KEY1),
					{.alive = 2,
							.protections = BIT(PLAIN) | BIT(SDES),
							.keys = true,
							.feedback = true}},
			{"S-75 another one", AUDIO("RTP/AVPF"),
					{.alive = 1, .protections = BIT(PLAIN), .feedback = true}},
			{"A-19 requested at session level, no m-line",
					"a=3ge2ae:requested\r\n", {.requested = true}},
	};
	struct ms_sdp_facts facts;
	char body[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(body, sizeof(body), "%s%s", HEAD, rows[i].body);
		if(!CHECK_INT(
				   ms_sdp_survey(guard_text(body), &keying_all, &facts), MS_OK))
			continue;
		check_facts(&facts, &rows[i].facts);
	}
	test_row("facts of what cannot be read");
	facts.alive = 42;
	CHECK_INT(ms_sdp_survey(guard_text("x"), NULL, &facts), MS_ESYNTAX);
	CHECK_INT(ms_sdp_survey(guard_text("v=0\r\nm=audio"), NULL, &facts),
			MS_ESYNTAX);
	CHECK_INT(facts.alive, 42);
}

static void test_field_offers(void)
{
	static const struct
	{
		const char *name;
		struct ms_sdp_facts facts;
	} rows[] = {
			{"sdp/asterisk-offer.sdp", {.alive = 1,
											   .protections = BIT(SDES),
											   .keys = true,
											   .requested = true}},
			{"sdp/freeswitch-nine-suites.sdp",
					{.alive = 1, .protections = BIT(SDES), .keys = true}},
			{"sdp/jitsi-four-lines.sdp",
					{.alive = 4,
							.protections = BIT(BROKEN) | BIT(SDES) | BIT(PLAIN),
							.keys = true,
							.feedback = true}},
			{"sdp/webrtc-audio-datachannel.sdp",
					{.alive = 1,
							.protections = BIT(DTLS) | BIT(OTHER),
							.ice = true,
							.feedback = true}},
			{"sdp/rfc5763-capneg-offer.sdp",
					{.alive = 1, .protections = BIT(PLAIN)}},
			{"sdp/capneg-key-in-acap.sdp", {.alive = 1,
												   .protections = BIT(PLAIN),
												   .keys = true,
												   .requested = true}},
			{"sdp/ts34229-w9.sdp", {.alive = 1,
										   .protections = BIT(SDES),
										   .keys = true,
										   .requested = true}},
			{"sdp/e2ae-w12.sdp", {.alive = 1,
										 .protections = BIT(SDES),
										 .keys = true,
										 .requested = true}},
	};
	struct ms_sdp_facts facts = {0};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_sdp_survey(vector_read(rows[i].name), &ms_keying_default,
						  &facts),
				MS_OK);
		check_facts(&facts, &rows[i].facts);
	}
}

static void test_is_secure(void)
{
	static const struct
	{
		const char *name;
		unsigned protections;
		bool secure;
	} rows[] = {
			{"SDES", BIT(SDES), true},
			{"SDES, rejected and T.38", BIT(SDES) | BIT(REJECTED) | BIT(OTHER),
					true},
			{"T-26 SDES and plain", BIT(SDES) | BIT(PLAIN), false},
			{"SDES and broken", BIT(SDES) | BIT(BROKEN), false},
			{"DTLS", BIT(DTLS), true},
			{"SDES and DTLS", BIT(SDES) | BIT(DTLS), true},
			{"plain", BIT(PLAIN), false},
			{"broken", BIT(BROKEN), false},
			{"DTLS and broken", BIT(DTLS) | BIT(BROKEN), false},
			{"all rejected", BIT(REJECTED), true},
			{"T.38 alone", BIT(OTHER), true},
			{"no stream", 0, true},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_sdp_is_secure(&(struct ms_sdp_facts){
						  .protections = rows[i].protections}),
				rows[i].secure);
	}
}

/* the offer most answers are to: two suites, and a second m-line */
#define SAVP_OFFER    \
	AUDIO("RTP/SAVP") \
	CRYPTO("1", KEY1) \
	"a=crypto:2 AES_256_CM_HMAC_SHA1_80 inline:" KEY46 "==\r\n"
#define GOOD AUDIO("RTP/SAVP") CRYPTO("1", KEY2)

static void test_answer(void)
{
	static const struct
	{
		const char *name, *offer, *answer; /* behind HEAD */
		bool secure;
	} rows[] = {
			{"S-83 one crypto, own key", SAVP_OFFER, GOOD, true},
			{"T-22 answered AVP", SAVP_OFFER, AUDIO("RTP/AVP"), false},
			{"S-102 AVP with a crypto", SAVP_OFFER,
					AUDIO("RTP/AVP") CRYPTO("1", KEY2), false},
			{"S-102 no crypto", SAVP_OFFER, AUDIO("RTP/SAVP"), false},
			{"S-102 DTLS instead", SAVP_OFFER, AUDIO("RTP/SAVP") FINGERPRINT,
					false},
			{"S-102 two cryptos", SAVP_OFFER, GOOD CRYPTO("2", KEY2), false},
			{"S-102 a second one that is malformed", SAVP_OFFER,
					GOOD "a=crypto:x\r\n", false},
			{"S-102 unknown tag", SAVP_OFFER,
					AUDIO("RTP/SAVP") CRYPTO("3", KEY2), false},
			{"S-102 tag of another suite", SAVP_OFFER,
					AUDIO("RTP/SAVP") CRYPTO("2", KEY2), false},
			{"S-102 suite not offered", SAVP_OFFER,
					AUDIO("RTP/SAVP") "a=crypto:1 F8_128_HMAC_SHA1_80 "
									  "inline:" KEY2 "\r\n",
					false},
			{"S-102 NULL suite", SAVP_OFFER,
					AUDIO("RTP/SAVP") "a=crypto:1 NULL_HMAC_SHA1_80 "
									  "inline:" KEY2 "\r\n",
					false},
			{"NULL suite offered and answered", AUDIO("RTP/SAVP") NULL_CRYPTO,
					AUDIO("RTP/SAVP") "a=crypto:1 NULL_HMAC_SHA1_80 "
									  "inline:" KEY2 "\r\n",
					false},
			{"S-87 UNENCRYPTED_SRTP", SAVP_OFFER,
					AUDIO("RTP/SAVP") "a=crypto:1 " CM128 " inline:" KEY2
									  " UNENCRYPTED_SRTP\r\n",
					false},
			{"other profile", SAVP_OFFER, AUDIO("RTP/SAVPF") CRYPTO("1", KEY2),
					false},
			{"S-108 rejected", SAVP_OFFER, "m=audio 0 RTP/SAVP 8\r\n", true},
			{"S-84 reflected key", SAVP_OFFER,
					AUDIO("RTP/SAVP") CRYPTO("1", KEY1), false},
			{"S-84 reflected, other padding", SAVP_OFFER,
					AUDIO("RTP/SAVP") "a=crypto:2 AES_256_CM_HMAC_SHA1_80 "
									  "inline:" KEY46 "\r\n",
					false},
			{"S-84 reflected with padding",
					AUDIO("RTP/SAVP") "a=crypto:2 AES_256_CM_HMAC_SHA1_80 "
									  "inline:" KEY46 "\r\n",
					AUDIO("RTP/SAVP") "a=crypto:2 AES_256_CM_HMAC_SHA1_80 "
									  "inline:" KEY46 "==\r\n",
					false},
			{"S-102 tag and suite of an unusable one",
					AUDIO("RTP/SAVP") "a=crypto:1 " CM128 " inline:" KEY1
									  " UNENCRYPTED_SRTP\r\n"
									  "a=crypto:2 " CM128 " inline:" KEY1
									  "\r\n",
					GOOD, false},
			{"S-84 key of another m-line", SAVP_OFFER GOOD,
					AUDIO("RTP/SAVP") CRYPTO("1", KEY2) GOOD, false},
			{"S-84 reflected key of an unusable one",
					SAVP_OFFER "a=crypto:9 X inline:" KEY2 "\r\n", GOOD, false},
			{"S-83 several m-lines", SAVP_OFFER "m=video 4 RTP/AVP 31\r\n",
					GOOD "m=video 0 RTP/AVP 31\r\n", true},
			{"the second is not secured",
					AUDIO("RTP/SAVP") CRYPTO("1", KEY1) SAVP_OFFER,
					GOOD AUDIO("RTP/AVP"), false},
			{"an m-line less", SAVP_OFFER "m=video 4 RTP/AVP 31\r\n", GOOD,
					false},
			{"an m-line more", SAVP_OFFER, GOOD "m=video 4 RTP/AVP 31\r\n",
					false},
			{"other order", SAVP_OFFER "m=video 4 RTP/AVP 31\r\n",
					"m=video 4 RTP/AVP 31\r\n" GOOD, false},
			{"other media", SAVP_OFFER,
					"m=video 4 RTP/SAVP 8\r\n" CRYPTO("1", KEY2), false},
			{"alive although rejected", "m=audio 0 RTP/SAVP 8\r\n", GOOD,
					false},
			{"alive although broken", AUDIO("RTP/SAVP"), GOOD, false},
			{"plain asks for nothing", AUDIO("RTP/AVP"), AUDIO("RTP/AVP"),
					true},
			{"T.38 asks for nothing", "m=image 4 udptl t38\r\n",
					"m=image 6 udptl t38\r\n", true},
			{"S-95 DTLS", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT "a=setup:active\r\n",
					true},
			{"S-96 DTLS, at session level", DTLS AUDIO("UDP/TLS/RTP/SAVP"),
					FINGERPRINT "a=setup:active\r\n" AUDIO("UDP/TLS/RTP/SAVP"),
					true},
			{"DTLS without fingerprint", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") SETUP, false},
			{"S-95 DTLS without setup", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT, false},
			{"S-95 DTLS passive", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT "a=setup:passive\r\n",
					true},
			{"RFC 5763 DTLS answered actpass", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") DTLS, false},
			{"RFC 5763 DTLS answered actpass, in any case",
					AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT "a=setup:ActPass\r\n",
					false},
			{"RFC 5763 DTLS answered actpass, at session level",
					AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					SETUP AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT, false},
			{"RFC 5763 the m-line's own role counts",
					AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					SETUP AUDIO("UDP/TLS/RTP/SAVP") FINGERPRINT
					"a=setup:active\r\n",
					true},
			{"RFC 5763 actpass on a line that is not DTLS", AUDIO("RTP/AVP"),
					SETUP AUDIO("RTP/AVP"), true},
			{"S-96 DTLS with SHA-1", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVP") SHA1 SETUP, false},
			{"DTLS answered AVP", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("RTP/AVP") DTLS, false},
			{"DTLS answered with SDES", AUDIO("UDP/TLS/RTP/SAVP") DTLS, GOOD,
					false},
			{"DTLS in another profile", AUDIO("UDP/TLS/RTP/SAVP") DTLS,
					AUDIO("UDP/TLS/RTP/SAVPF") DTLS, false},
			{"S-102 SDES answered with DTLS", SAVP_OFFER DTLS,
					AUDIO("RTP/SAVP") DTLS, false},
			{"audio over TCP", AUDIO("TCP/RTP/AVP"), AUDIO("TCP/RTP/AVP"),
					false},
			{"no m-lines", "", "", true},
			{"malformed answer", SAVP_OFFER, GOOD "x\r\n", false},
			{"malformed m-line in the answer", SAVP_OFFER "m=audio\r\n",
					GOOD "m=audio\r\n", false},
			{"malformed offer", "x\r\n", GOOD, false},
	};
	char offer[1000], answer[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(offer, sizeof(offer), "%s%s", HEAD, rows[i].offer);
		snprintf(answer, sizeof(answer), "%s%s", HEAD, rows[i].answer);
		CHECK_INT(ms_sdp_answer_is_secure(guard_text(offer), guard_text(answer),
						  &ms_keying_default, false),
				rows[i].secure);
	}
	test_row("actpass when the media are up");
	snprintf(
			offer, sizeof(offer), "%s%s", HEAD, AUDIO("UDP/TLS/RTP/SAVP") DTLS);
	snprintf(answer, sizeof(answer), "%s%s", HEAD,
			AUDIO("UDP/TLS/RTP/SAVP") DTLS);
	CHECK_INT(ms_sdp_answer_is_secure(guard_text(offer), guard_text(answer),
					  &ms_keying_default, true),
			true);
}

#define HEX "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
#define SHA256 HEX "0f:1e:2d:3c:4b:5a:69:78:87:96:a5:b4:c3:d2:e1:f0"

static void test_fingerprint(void)
{
	static const unsigned char want[MS_FINGERPRINT_LEN] = {0x00, 0x11, 0x22,
			0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
			0xee, 0xff, 0x0f, 0x1e, 0x2d, 0x3c, 0x4b, 0x5a, 0x69, 0x78, 0x87,
			0x96, 0xa5, 0xb4, 0xc3, 0xd2, 0xe1, 0xf0};
	static const struct
	{
		const char *name, *sdp;
		bool found;
	} rows[] = {
			{"a certificate of the stream",
					AUDIO("RTP/SAVP") "a=fingerprint:sha-256 " SHA256 "\r\n",
					true},
			{"of the session", "a=fingerprint:SHA-256 " SHA256 "\r\n", true},
			{"of SHA-512 the beginning",
					"a=fingerprint:sha-512 " SHA256 ":" SHA256 "\r\n", true},
			{"RFC 8122 one that is not to be trusted is passed over",
					SHA1 "a=fingerprint:sha-256 " SHA256 "\r\n", true},
			{"one that is too short is passed over",
					FINGERPRINT "a=fingerprint:sha-256 " SHA256 "\r\n", true},
			{"the first of two",
					"a=fingerprint:sha-256 " SHA256 "\r\n"
					"a=fingerprint:sha-256 " HEX HEX "01\r\n",
					true},
			{"no certificate", AUDIO("RTP/AVP"), false},
			{"no digits", "a=fingerprint:sha-256 \r\n", false},
			{"one digit is missing",
					"a=fingerprint:sha-256 "
					"0:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:" HEX
					"\r\n",
					false},
	};
	unsigned char digest[MS_FINGERPRINT_LEN];
	char body[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(body, sizeof(body), "%s%s", HEAD, rows[i].sdp);
		memset(digest, 0x55, sizeof(digest));
		CHECK_INT(ms_sdp_fingerprint(guard_text(body), digest),
				rows[i].found ? MS_OK : MS_END);
		CHECK((memcmp(digest, want, sizeof(want)) == 0) == rows[i].found);
	}
}

void test_sdp(void);

void test_sdp(void)
{
	test_open();
	test_limit();
	test_media();
	test_protection();
	test_indicator();
	test_mlines();
	test_has_key();
	test_is_dtls();
	test_sha1();
	test_survey();
	test_field_offers();
	test_is_secure();
	test_answer();
	test_fingerprint();
}
