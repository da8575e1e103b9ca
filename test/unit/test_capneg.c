/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_capneg.h"
#include "ms_crypto.h"
#include "ms_mech.h"
#include "ms_sdp.h"
#include "vector.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
#define KEY "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define CRYPTO "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "|2^20\r\n"
#define CRYPTO2 "crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n"
#define NULL80 "crypto:3 NULL_HMAC_SHA1_80 inline:" KEY "\r\n"
#define AVP "m=audio 40000 RTP/AVP 8\r\n"
#define AVPF "m=audio 40000 RTP/AVPF 8\r\n"
#define SAVP "m=audio 40000 RTP/SAVP 8\r\n"
#define SAVPF "m=audio 40000 RTP/SAVPF 8\r\n"
#define TLS "m=audio 40000 UDP/TLS/RTP/SAVP 8\r\n"
#define DTLS "a=fingerprint:sha-256 5A:70\r\na=setup:actpass\r\n"
#define OFFERED "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO "a=pcfg:1 t=1 a=1\r\n"
#define BOTH (MS_MECH_SDES | MS_MECH_DTLS)

static enum ms_err resolve(struct ms_str body, unsigned mechs, char *buf,
		size_t size, size_t *len, struct ms_acfg *acfg)
{
	return ms_capneg_resolve(
			body, mechs, &ms_keying_default, buf, size, len, acfg);
}

/* In a smaller buffer the result is the same, or none. */
static void check_sizes(struct ms_str body, unsigned mechs, struct ms_str want)
{
	const size_t most = ms_capneg_size(body);
	char *buf = guard_buf(most) + most;
	struct ms_acfg acfg[MS_MLINES_MAX], was[MS_MLINES_MAX];
	size_t size, len;
	enum ms_err err;

	memset(was, 0x55, sizeof(was));
	for(size = 0; size <= most; size++) {
		len = 42;
		memcpy(acfg, was, sizeof(was));
		err = resolve(body, mechs, buf - size, size, &len, acfg);
		if(err)
			CHECK(err == MS_ENOSPC && len == 42 && size < most
					&& memcmp(acfg, was, sizeof(was)) == 0);
		else
			CHECK(ms_str_eq((struct ms_str){buf - size, len}, want));
	}
}

/* @return the body in a buffer that is exactly as large as ms_capneg_size()
 *         says */
static struct ms_str resolved(
		struct ms_str body, unsigned mechs, struct ms_acfg *acfg)
{
	const size_t size = ms_capneg_size(body);
	char *buf = guard_buf(size);
	size_t len = 0;

	CHECK_INT(resolve(body, mechs, buf, size, &len, acfg), MS_OK);
	return (struct ms_str){buf, len};
}

/* @param want the body, and a=acfg of its first m-line */
static void check_resolved(struct ms_str body, unsigned mechs,
		struct ms_str want, const char *want_acfg)
{
	struct ms_acfg acfg[MS_MLINES_MAX] = {{{0}, 0}};
	struct ms_str out = resolved(body, mechs, acfg);

	CHECK_STR(out, want);
	CHECK_TEXT(((struct ms_str){acfg[0].text, acfg[0].len}), want_acfg);
	check_sizes(body, mechs, want);
	/* nothing is left to negotiate */
	CHECK_STR(resolved(out, mechs, acfg), want);
	CHECK_INT(acfg[0].len, 0);
}

/* What is not an m-line alone: levels, other lines, line ends. */
static void test_body(void)
{
	static const struct
	{
		const char *name, *in;
		unsigned mechs;
		const char *out, *acfg;
	} rows[] = {
			{"nothing to do", HEAD AVP "a=sendrecv\r\n", BOTH,
					HEAD AVP "a=sendrecv\r\n", ""},
			{"no m-line", HEAD, BOTH, HEAD, ""},
			{"line ends become CRLF", "v=0\nm=audio 4 RTP/AVP 8\na=x", BOTH,
					"v=0\r\nm=audio 4 RTP/AVP 8\r\na=x\r\n", ""},
			{"m-line without formats",
					"v=0\nm=a 4 RTP/AVP\na=tcap:1 RTP/SAVP\na=pcfg:1 t=1\n"
					"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY,
					BOTH,
					"v=0\r\nm=a 4 RTP/SAVP\r\n"
					"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n",
					"1 t=1"},

			/* clients.md, AOSP ImsStack */
			{"AOSP",
					HEAD AVP "b=AS:49\r\na=tcap:1 RTP/SAVP\r\n"
							 "a=acap:1 " CRYPTO "a=pcfg:1 t=1 a=1\r\n"
							 "a=3ge2ae:requested\r\na=sendrecv\r\n",
					BOTH,
					HEAD SAVP "b=AS:49\r\na=3ge2ae:requested\r\n"
							  "a=sendrecv\r\na=" CRYPTO,
					"1 t=1 a=1"},
			{"capabilities of the session",
					HEAD "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO AVP
						 "a=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"those of the m-line come first",
					HEAD "a=tcap:1 RTP/AVP\r\na=acap:1 " NULL80 AVP
						 "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO
						 "a=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"those of another m-line do not count",
					HEAD AVP "a=pcfg:1 t=1 a=1\r\n" AVP
							 "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO,
					BOTH, HEAD AVP AVP, ""},
			{"S-79 only about feedback: what the callee can surely do stays",
					HEAD AVP "a=tcap:1 RTP/AVPF\r\na=pcfg:1 t=1\r\n"
							 "a=rtcp-fb:* nack\r\n",
					BOTH, HEAD AVP "a=rtcp-fb:* nack\r\n", ""},

			/* a=creq */
			{"RFC 5939, 3.3.2 an extension we do not have",
					HEAD AVP "a=creq:med-v0\r\n" OFFERED, BOTH, HEAD AVP, ""},
			{"RFC 5939, 3.3.2 the same, for the session",
					HEAD "a=creq:med-v0\r\n" AVP OFFERED AVP OFFERED, BOTH,
					HEAD AVP AVP, ""},
			{"RFC 5939, 3.3.2 the same, for another m-line",
					HEAD AVP OFFERED AVP "a=creq:med-v0\r\n" OFFERED, BOTH,
					HEAD SAVP "a=" CRYPTO AVP, "1 t=1 a=1"},
			{"RFC 5939, 3.3.2 one of two, in any line",
					HEAD AVP OFFERED "a=creq:cap-v0, x\r\n", BOTH, HEAD AVP,
					""},
			{"RFC 5939, 3.3.2 a second line",
					HEAD AVP OFFERED "a=creq:cap-v0\r\na=creq:x\r\n", BOTH,
					HEAD AVP, ""},
			{"RFC 5939, 3.3.2 nothing but what we have",
					HEAD "a=csup:cap-v0\r\na=creq:CAP-v0\r\n" AVP
						 "a=creq: cap-v0 ,cap-v0\r\na=csup:x\r\n" OFFERED,
					BOTH, HEAD SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"RFC 5939, 3.3.2 nothing at all",
					HEAD AVP "a=creq:\r\na=creq\r\n" OFFERED, BOTH,
					HEAD SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"RFC 5939, 3.3.2 what is supported asks for nothing",
					HEAD AVP "a=csup:med-v0\r\n" OFFERED, BOTH,
					HEAD SAVP "a=" CRYPTO, "1 t=1 a=1"},

			{"configurations are of m-lines",
					HEAD "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO
						 "a=pcfg:1 t=1 a=1\r\n" AVP,
					BOTH, HEAD AVP, ""},

			/* RFC 5763, 7.1, but with a hash of today */
			{"RFC 5763 with SHA-256",
					HEAD DTLS AVP "a=sendrecv\r\n"
								  "a=tcap:1 UDP/TLS/RTP/SAVP RTP/AVP\r\n"
								  "a=pcfg:1 t=1\r\n",
					BOTH, HEAD DTLS TLS "a=sendrecv\r\n", "1 t=1"},
			{"its mechanism may not be used",
					HEAD DTLS AVP "a=tcap:1 UDP/TLS/RTP/SAVP RTP/AVP\r\n"
								  "a=pcfg:1 t=1\r\n",
					MS_MECH_SDES, HEAD DTLS AVP, ""},
			{"DTLS in a=acap",
					HEAD AVP "a=tcap:1 UDP/TLS/RTP/SAVP\r\n"
							 "a=acap:1 setup:actpass\r\n"
							 "a=acap:2 fingerprint:sha-256 5A:70\r\n"
							 "a=pcfg:1 t=1 a=2,1\r\n",
					MS_MECH_DTLS, HEAD TLS DTLS, "1 t=1 a=2,1"},

			/* what is open: plain or without a usable key */
			{"secured as it stands",
					HEAD SAVP "a=" CRYPTO2 "a=tcap:1 UDP/TLS/RTP/SAVP\r\n" DTLS
							  "a=pcfg:1 t=1\r\n",
					BOTH, HEAD SAVP "a=" CRYPTO2 DTLS, ""},
			{"secured, but not by what may be used",
					HEAD SAVP "a=" CRYPTO2 "a=tcap:1 UDP/TLS/RTP/SAVP\r\n" DTLS
							  "a=pcfg:1 t=1\r\n",
					MS_MECH_DTLS, HEAD SAVP "a=" CRYPTO2 DTLS, ""},
			{"broken as it stands",
					HEAD SAVP "a=acap:1 " CRYPTO "a=tcap:1 RTP/SAVP\r\n"
							  "a=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"rejected",
					HEAD "m=audio 0 RTP/AVP 8\r\na=tcap:1 RTP/SAVP\r\n"
						 "a=acap:1 " CRYPTO "a=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD "m=audio 0 RTP/AVP 8\r\n", ""},
			{"not RTP",
					HEAD "m=image 4 udptl t38\r\na=tcap:1 RTP/SAVP\r\n"
						 "a=acap:1 " CRYPTO "a=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD "m=image 4 udptl t38\r\n", ""},
			{"a key that is there already",
					HEAD AVP "a=" CRYPTO "a=tcap:1 RTP/SAVP\r\n"
							 "a=pcfg:1 t=1\r\n",
					BOTH, HEAD SAVP "a=" CRYPTO, "1 t=1"},

			{"a key that is there, but would be deleted",
					HEAD AVP "a=" CRYPTO "a=tcap:1 RTP/SAVP\r\n"
							 "a=pcfg:1 t=1 a=-m:1\r\n",
					BOTH, HEAD AVP "a=" CRYPTO, ""},

			/* S-125: nothing that could be taken up again behind us */
			{"S-79 not secured: no capability stays",
					HEAD AVP "a=tcap:1 RTP/AVPF\r\na=acap:1 rtcp-fb:* nack\r\n"
							 "a=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD AVP, ""},
			{"no mechanism may be used",
					HEAD AVP "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO
							 "a=pcfg:1 t=1 a=1\r\n",
					0, HEAD AVP, ""},
			{"MIKEY",
					HEAD "a=acap:1 key-mgmt:mikey AQAF\r\n" AVP
						 "a=tcap:1 RTP/SAVP\r\na=pcfg:1 t=1 a=1\r\n",
					BOTH, HEAD AVP, ""},
			{"MIKEY or SDES",
					HEAD "a=acap:1 key-mgmt:mikey AQAF\r\n" AVP
						 "a=tcap:1 RTP/SAVP\r\na=acap:2 " CRYPTO
						 "a=pcfg:1 t=1 a=1|2\r\n",
					BOTH, HEAD SAVP "a=" CRYPTO, "1 t=1 a=2"},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		check_resolved(guard_text(rows[i].in), rows[i].mechs,
				test_text(rows[i].out), rows[i].acfg);
	}
}

#define CAPS                                                  \
	"a=tcap:1 RTP/SAVP RTP/SAVPF UDP/TLS/RTP/SAVP\r\n"        \
	"a=tcap:5 RTP/AVPF\r\n"                                   \
	"a=acap:1 " CRYPTO "a=acap:2 " CRYPTO2 "a=acap:3 " NULL80 \
	"a=acap:4 fingerprint:sha-256 5A:70\r\n"                  \
	"a=acap:5 setup:actpass\r\na=acap:6 rtcp-fb:* nack\r\n"   \
	"a=acap:7 tcap:9 RTP/AVP\r\na=acap:8 PCFG:9 t=1\r\n"      \
	"a=acap:9\r\n"

/* a=pcfg lines of an AVP m-line with these capabilities */
static void test_configurations(void)
{
	static const struct
	{
		const char *name, *pcfg;
		const char *out; /* behind HEAD; NULL: as it stands */
		const char *acfg;
	} rows[] = {
			{"one", "a=pcfg:1 t=1 a=1\r\n", SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"several attributes", "a=pcfg:1 t=2 a=6,2,1\r\n",
					SAVPF "a=rtcp-fb:* nack\r\na=" CRYPTO2 "a=" CRYPTO,
					"1 t=2 a=6,2,1"},
			{"DTLS", "a=pcfg:3 t=3 a=4,5\r\n", TLS DTLS, "3 t=3 a=4,5"},
			{"the other way round", "a=pcfg:1 a=1 t=1\r\n", SAVP "a=" CRYPTO,
					"1 t=1 a=1"},
			{"blanks and tabs (RFC 5939, 3.5.1)", "a=pcfg:1 \tt=1  a=1 \r\n",
					SAVP "a=" CRYPTO, "1 t=1 a=1"},

			/* which one */
			{"the first secured one",
					"a=pcfg:1 t=5 a=6\r\na=pcfg:2 t=1 a=3\r\n"
					"a=pcfg:3 t=2 a=2\r\na=pcfg:4 t=1 a=1\r\n",
					SAVPF "a=" CRYPTO2, "3 t=2 a=2"},
			{"the lowest number is the preferred one",
					"a=pcfg:20 t=1 a=1\r\na=pcfg:3 t=2 a=2\r\n"
					"a=pcfg:1 t=5\r\n",
					SAVPF "a=" CRYPTO2, "3 t=2 a=2"},
			{"the first of the same number",
					"a=pcfg:1 t=1 a=1\r\na=pcfg:1 t=2 a=2\r\n",
					SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"the highest number", "a=pcfg:2147483647 t=1 a=1\r\n",
					SAVP "a=" CRYPTO, "2147483647 t=1 a=1"},

			/* alternatives, the preferred one first */
			{"t= with alternatives", "a=pcfg:1 t=1|2 a=1\r\n", SAVP "a=" CRYPTO,
					"1 t=1 a=1"},
			{"t=, the second is secured", "a=pcfg:1 t=5|2 a=1\r\n",
					SAVPF "a=" CRYPTO, "1 t=2 a=1"},
			{"t=, the first is not there", "a=pcfg:1 t=99|2 a=1\r\n",
					SAVPF "a=" CRYPTO, "1 t=2 a=1"},
			{"a= with alternatives", "a=pcfg:1 t=1 a=2,6|1\r\n",
					SAVP "a=" CRYPTO2 "a=rtcp-fb:* nack\r\n", "1 t=1 a=2,6"},
			{"a=, the second is secured", "a=pcfg:1 t=1 a=3|1\r\n",
					SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"a=, the first is not there", "a=pcfg:1 t=1 a=1,99|2\r\n",
					SAVP "a=" CRYPTO2, "1 t=1 a=2"},
			{"a= matters more to neither", "a=pcfg:1 t=3|1 a=1|4,5\r\n",
					TLS DTLS, "1 t=3 a=4,5"},
			{"none of them", "a=pcfg:1 t=5|9 a=3|6\r\n", NULL, ""},
			{"an empty alternative", "a=pcfg:1 t=|1 a=|1\r\n", SAVP "a=" CRYPTO,
					"1 t=1 a=1"},

			/* what may be left out */
			{"optional attributes", "a=pcfg:1 t=1 a=1,[6]\r\n",
					SAVP "a=" CRYPTO, "1 t=1 a=1"},
			{"optional ones that are not there",
					"a=pcfg:1 t=1 a=1,2,[6,99]\r\n",
					SAVP "a=" CRYPTO "a=" CRYPTO2, "1 t=1 a=1,2"},
			{"optional ones only", "a=pcfg:1 t=1 a=[1]\r\n", NULL, ""},
			{"optional ones only, then an alternative",
					"a=pcfg:1 t=1 a=[6]|1,[6]\r\n", SAVP "a=" CRYPTO,
					"1 t=1 a=1"},
			{"no t=: the transport there is", "a=pcfg:1 a=1\r\n", NULL, ""},
			{"an extension that may be ignored", "a=pcfg:1 t=1 a=1 x=2\r\n",
					SAVP "a=" CRYPTO, "1 t=1 a=1"},

			/* what is passed over */
			{"an extension that has to be known", "a=pcfg:1 t=1 a=1 +x=2\r\n",
					NULL, ""},
			{"it has to be for that one only",
					"a=pcfg:1 +x=2 t=1 a=1\r\na=pcfg:2 t=2 a=2\r\n",
					SAVPF "a=" CRYPTO2, "2 t=2 a=2"},
			{"deletes attributes of the m-line", "a=pcfg:1 t=1 a=-m:1\r\n",
					NULL, ""},
			{"deletes attributes of the session", "a=pcfg:1 t=1 a=-s:1\r\n",
					NULL, ""},
			{"deletes all attributes",
					"a=pcfg:1 t=1 a=-ms:1\r\na=pcfg:2 t=2 a=2\r\n",
					SAVPF "a=" CRYPTO2, "2 t=2 a=2"},
			{"transport that is not there", "a=pcfg:1 t=4 a=1\r\n", NULL, ""},
			{"attribute that is not there", "a=pcfg:1 t=1 a=1,10\r\n", NULL,
					""},
			{"attribute without a text", "a=pcfg:1 t=1 a=1,9\r\n", NULL, ""},
			{"attribute twice", "a=pcfg:1 t=1 a=1,1\r\n", NULL, ""},
			{"attribute twice, other digits", "a=pcfg:1 t=1 a=1,01\r\n", NULL,
					""},
			{"attribute that negotiates (RFC 5939, 3.4.1)",
					"a=pcfg:1 t=1 a=1,7\r\n", NULL, ""},
			{"the same in another case", "a=pcfg:1 t=1 a=1,8\r\n", NULL, ""},
			{"no number of the transport", "a=pcfg:1 t= a=1\r\n", NULL, ""},
			{"no number of an attribute", "a=pcfg:1 t=1 a=1,,2\r\n", NULL, ""},
			{"a word for a number", "a=pcfg:1 t=x a=1\r\n", NULL, ""},
			{"a number and more", "a=pcfg:1 t=1 a=1x\r\n", NULL, ""},
			{"a range", "a=pcfg:1 t=1 a=1-2\r\n", NULL, ""},
			{"a number too high", "a=pcfg:1 t=1 a=2147483648\r\n", NULL, ""},
			{"a number that wraps", "a=pcfg:1 t=4294967297 a=1\r\n", NULL, ""},
			{"a configuration without a number", "a=pcfg:t=1 a=1\r\n", NULL,
					""},
			{"its number too high", "a=pcfg:2147483648 t=1 a=1\r\n", NULL, ""},
			{"its number is a word", "a=pcfg:x t=1 a=1\r\n", NULL, ""},
			{"its number only", "a=pcfg:1\r\n", NULL, ""},
			{"nothing", "a=pcfg\r\n", NULL, ""},
			{"the name has one case", "a=Pcfg:1 t=1 a=1\r\n",
					AVP "a=Pcfg:1 t=1 a=1\r\n", ""},
			{"a NULL suite", "a=pcfg:1 t=1 a=3\r\n", NULL, ""},
			{"DTLS without setup", "a=pcfg:1 t=3 a=4\r\n", NULL, ""},
			{"more than a=acfg has room for",
					"a=pcfg:1000000000 t=1 a=1,2,000000000000000000006\r\n",
					NULL, ""},
			{"as much as it has room for",
					"a=pcfg:1000000000 t=1 a=1,00000000000000000006\r\n",
					SAVP "a=" CRYPTO "a=rtcp-fb:* nack\r\n",
					"1000000000 t=1 a=1,00000000000000000006"},
	};
	char in[1000], out[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(in, sizeof(in), "%s%s", HEAD AVP CAPS, rows[i].pcfg);
		snprintf(out, sizeof(out), "%s%s", HEAD,
				rows[i].out ? rows[i].out : AVP);
		check_resolved(guard_text(in), BOTH, test_text(out), rows[i].acfg);
	}
}

static void test_transports(void)
{
	static const struct
	{
		const char *name, *tcap, *out, *acfg;
	} rows[] = {
			{"the third of a list", "a=tcap:7 RTP/AVP RTP/AVPF RTP/SAVP\r\n",
					SAVP, "1 t=9 a=1"},
			{"of another line", "a=tcap:1 RTP/AVP\r\na=tcap:9 RTP/SAVPF\r\n",
					SAVPF, "1 t=9 a=1"},
			{"several blanks between two", "a=tcap:8  RTP/AVP \t RTP/SAVP \r\n",
					SAVP, "1 t=9 a=1"},
			{"any case", "a=tcap:9 rtp/savp\r\n",
					"m=audio 40000 rtp/savp 8\r\n", "1 t=9 a=1"},
			{"the first of the same number",
					"a=tcap:8 RTP/AVP RTP/SAVP\r\na=tcap:9 RTP/SAVPF\r\n", SAVP,
					"1 t=9 a=1"},
			{"a list that ends before", "a=tcap:1 RTP/SAVP RTP/SAVP\r\n", NULL,
					""},
			{"without a list", "a=tcap:9\r\n", NULL, ""},
			{"without a number", "a=tcap:RTP/SAVP\r\n", NULL, ""},
			{"not known", "a=tcap:9 RTP/SAVPX\r\n", NULL, ""},
	};
	char in[1000], out[1000];
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(in, sizeof(in), "%s%sa=acap:1 %sa=pcfg:1 t=9 a=1\r\n",
				HEAD AVP, rows[i].tcap, CRYPTO);
		snprintf(out, sizeof(out), "%s%s", HEAD,
				rows[i].out ? rows[i].out : AVP);
		if(rows[i].out)
			strcat(out, "a=" CRYPTO);
		check_resolved(guard_text(in), BOTH, test_text(out), rows[i].acfg);
	}
	test_row("no t= where the transport is secured already");
	check_resolved(guard_text(HEAD SAVPF "a=acap:1 " CRYPTO "a=pcfg:1 a=1\r\n"),
			BOTH, test_text(HEAD SAVPF "a=" CRYPTO), "1 a=1");
	test_row("feedback stays feedback");
	check_resolved(
			guard_text(HEAD AVPF "a=tcap:1 RTP/SAVPF\r\n"
								 "a=acap:1 " CRYPTO "a=pcfg:1 t=1 a=1\r\n"),
			BOTH, test_text(HEAD SAVPF "a=" CRYPTO), "1 t=1 a=1");
}

/* each m-line has its own a=acfg */
static void test_mlines(void)
{
	struct ms_acfg acfg[MS_MLINES_MAX];
	struct ms_str out;

	test_row("picked, secured as it stands, picked");
	out = resolved(
			guard_text(HEAD "a=tcap:1 RTP/SAVP\r\n"
							"a=acap:1 " CRYPTO "a=acap:2 " CRYPTO2 AVP
							"a=pcfg:3 t=1 a=2\r\n" SAVP "a=" CRYPTO2
							"a=pcfg:1 t=1 a=1\r\n" AVP "a=pcfg:1 t=1 a=1\r\n"),
			BOTH, acfg);
	CHECK_TEXT(out, HEAD SAVP "a=" CRYPTO2 SAVP "a=" CRYPTO2 SAVP "a=" CRYPTO);
	CHECK_TEXT(((struct ms_str){acfg[0].text, acfg[0].len}), "3 t=1 a=2");
	CHECK_INT(acfg[1].len, 0);
	CHECK_TEXT(((struct ms_str){acfg[2].text, acfg[2].len}), "1 t=1 a=1");
}

/* so many that cannot be picked, and one that can */
static void put_configurations(char *in, int n)
{
	int i;

	in += sprintf(in, "%s", HEAD AVP CAPS);
	for(i = 0; i < n; i++)
		in += sprintf(in, "a=pcfg:%d t=9\r\n", i);
	sprintf(in, "a=pcfg:%d t=1 a=1\r\n", n);
}

static void test_limits(void)
{
	static char in[MS_MLINES_MAX * 100 + 1000], out[sizeof(in) * 2];
	struct ms_acfg acfg[MS_MLINES_MAX];
	size_t i;

	test_row("the session's attributes in as many m-lines as may be");
	strcpy(in,
			HEAD "a=tcap:1 RTP/SAVP\r\na=acap:1 " CRYPTO "a=acap:2 " CRYPTO2);
	strcpy(out, HEAD);
	for(i = 0; i < MS_MLINES_MAX; i++) {
		strcat(in, AVP "a=pcfg:1 t=1 a=1,2\r\n");
		strcat(out, SAVP "a=" CRYPTO "a=" CRYPTO2);
	}
	CHECK_TEXT(resolved(guard_text(in), BOTH, acfg), out);
	for(i = 0; i < MS_MLINES_MAX; i++)
		CHECK_TEXT(((struct ms_str){acfg[i].text, acfg[i].len}), "1 t=1 a=1,2");

	test_row("a few configurations");
	put_configurations(in, 20);
	CHECK_TEXT(resolved(guard_text(in), BOTH, acfg), HEAD SAVP "a=" CRYPTO);

	test_row("hundreds of configurations: only the first ones are looked at");
	put_configurations(in, 300);
	CHECK_TEXT(resolved(guard_text(in), BOTH, acfg), HEAD AVP);

	test_row("hundreds of alternatives");
	strcpy(in, HEAD AVP CAPS "a=pcfg:1 a=3");
	for(i = 0; i < 300; i++)
		strcat(in, "|3");
	strcat(in, "|1 t=1");
	for(i = 0; i < 300; i++)
		strcat(in, "|1");
	strcat(in, "\r\na=pcfg:2 t=1 a=1\r\n");
	CHECK_TEXT(resolved(guard_text(in), BOTH, acfg), HEAD AVP);
}

static void test_vectors(void)
{
	static const struct
	{
		const char *out, *in, *acfg;
	} rows[] = {
			{"sdp/capneg-key-in-acap.resolved", "sdp/capneg-key-in-acap.sdp",
					"1 t=1 a=2"},
			{"sdp/rfc5763-capneg-offer.resolved",
					"sdp/rfc5763-capneg-offer.sdp", ""},
			{"sdp/rfc5763-capneg-sha256.resolved",
					"sdp/rfc5763-capneg-sha256.sdp", "1 t=1"},
			{"sdp/jitsi-four-lines.sdp", "sdp/jitsi-four-lines.sdp", ""},
			{"sdp/webrtc-audio-datachannel.sdp",
					"sdp/webrtc-audio-datachannel.sdp", ""},
			{"sdp/asterisk-offer.sdp", "sdp/asterisk-offer.sdp", ""},
			{"sdp/ts34229-w9.sdp", "sdp/ts34229-w9.sdp", ""},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].out);
		check_resolved(vector_read(rows[i].in), BOTH, vector_read(rows[i].out),
				rows[i].acfg);
	}
}

static void test_errors(void)
{
	static const struct
	{
		const char *name, *body;
	} rows[] = {
			{"not SDP", "x"},
			{"an m-line that cannot be read", HEAD AVP "m=audio\r\n"},
			{"a blank line", HEAD "\r\n" AVP},
	};
	struct ms_acfg acfg[MS_MLINES_MAX];
	char body[4096] = "v=0\n";
	size_t i, len = 42;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(resolve(guard_text(rows[i].body), BOTH, guard_buf(999), 999,
						  &len, acfg),
				MS_ESYNTAX);
		CHECK_INT(len, 42);
	}
	test_row("too many m-lines");
	for(i = 0; i <= MS_MLINES_MAX; i++)
		strcat(body, "m=audio 4 RTP/AVP 0\n");
	CHECK_INT(
			resolve(guard_text(body), BOTH, guard_buf(9999), 9999, &len, acfg),
			MS_ELIMIT);
	CHECK_INT(len, 42);
}

void test_capneg(void);

void test_capneg(void)
{
	test_body();
	test_configurations();
	test_transports();
	test_mlines();
	test_limits();
	test_vectors();
	test_errors();
}
