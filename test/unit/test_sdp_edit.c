/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "keying.h"
#include "ms_sdp_edit.h"
#include "vector.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
#define KEY "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define KEY46 "2Q3b3UpPJMosXTrm/0Ui5q3Mw8tQ6ig5Xq0jt4Ibj0t5hVQx5KBRbC+8sMJDMg"
#define CM128 "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n"
#define CM256 "a=crypto:2 AES_256_CM_HMAC_SHA1_80 inline:" KEY46 "\r\n"
#define AGAIN "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n"
#define NULL80 "a=crypto:3 NULL_HMAC_SHA1_80 inline:" KEY "\r\n"
#define AVP "m=audio 40000 RTP/AVP 8\r\n"
#define SAVP "m=audio 40000 RTP/SAVP 8\r\n"
#define TLS "m=audio 40000 UDP/TLS/RTP/SAVP 8\r\n"
#define FINGERPRINT "a=fingerprint:sha-256 5A:70\r\n"
#define SHA1 "a=fingerprint:sha-1 4A:AD\r\n"
#define SETUP "a=setup:actpass\r\n"
#define DTLS FINGERPRINT SETUP

/* The body after an edit, in a buffer that ends at a guard page and is exactly
 * as large as ms_sdp_edit_size() says. */
static struct ms_str edited(struct ms_str body, enum ms_edit edit)
{
	const size_t size = ms_sdp_edit_size(body);
	char *buf = guard_buf(size);
	size_t len = 0;

	CHECK_INT(ms_sdp_edit(body, edit, &ms_keying_default, buf, size, &len),
			MS_OK);
	return (struct ms_str){buf, len};
}

static void check_edit(struct ms_str in, enum ms_edit edit, struct ms_str want)
{
	struct ms_str out = edited(in, edit);

	CHECK_STR(out, want);
	CHECK_STR(edited(out, edit), want);
}

static void test_golden(void)
{
	static const struct
	{
		const char *name, *in;
		enum ms_edit edit;
		const char *out;
	} rows[] = {
			{"nothing to do", HEAD AVP "a=sendrecv\r\n", MS_EDIT_PLAIN,
					HEAD AVP "a=sendrecv\r\n"},
			{"line ends become CRLF", "v=0\ns=-\r\nm=audio 4 RTP/AVP 8\na=x",
					MS_EDIT_PLAIN,
					"v=0\r\ns=-\r\nm=audio 4 RTP/AVP 8\r\na=x\r\n"},
			{"blank lines at the end go", HEAD AVP "\r\n\n", MS_EDIT_PLAIN,
					HEAD AVP},
			{"blanks in a line stay", HEAD AVP "a=x \t\r\n", MS_EDIT_PLAIN,
					HEAD AVP "a=x \t\r\n"},

			/* S-76 */
			{"W-12, T-18 to the core", HEAD SAVP CM128 "a=3ge2ae:requested\r\n",
					MS_EDIT_PLAIN, HEAD SAVP},
			{"S-76 all attributes, all levels",
					HEAD "a=3ge2ae:requested\r\n" CM128 FINGERPRINT
						 "a=setup:actpass\r\na=connection:new\r\n"
						 "a=tls-id:1\r\na=key-mgmt:mikey A\r\n"
						 "a=zrtp-hash:1.10 fe\r\na=tcap:1 RTP/SAVP\r\n"
						 "a=acap:1 setup:actpass\r\na=pcfg:1 t=1\r\n"
						 "a=acfg:1 t=1\r\na=creq:cap-v0\r\na=csup:cap-v0\r\n"
						 "k=clear:secret\r\na=stays\r\n" SAVP
						 "a=3ge2ae:requested\r\n" CM128 FINGERPRINT
						 "a=setup:actpass\r\na=connection:new\r\n"
						 "a=tls-id:1\r\na=key-mgmt:mikey A\r\n"
						 "a=zrtp-hash:1.10 fe\r\na=tcap:1 RTP/SAVP\r\n"
						 "a=acap:1 setup:actpass\r\na=pcfg:1 t=1\r\n"
						 "a=acfg:1 t=1\r\nk=clear:secret\r\na=stays\r\n",
					MS_EDIT_PLAIN, HEAD "a=stays\r\n" SAVP "a=stays\r\n"},
			{"names in any case, and with a blank",
					HEAD AVP
					"a=CRYPTO:1 X\r\na=3GE2AE:requested\r\n"
					"a=Setup:active\r\na=crypto :1 X\r\na= crypto:1\r\n"
					"a=crypto\r\na=x\r\n",
					MS_EDIT_SECURED, HEAD AVP "a=x\r\n"},
			{"a key under another name", HEAD AVP "a=x-crypto:1 inline:" KEY,
					MS_EDIT_SECURED, HEAD AVP},
			{"names that only begin alike",
					HEAD AVP "a=setups:1\r\na=cryptox:1\r\na=pcfgs:1\r\n",
					MS_EDIT_PLAIN,
					HEAD AVP "a=setups:1\r\na=cryptox:1\r\na=pcfgs:1\r\n"},
			{"S-77 a=group and others stay",
					HEAD "a=group:BUNDLE 0\r\n" AVP "a=mid:0\r\na=rtcp-mux\r\n",
					MS_EDIT_PLAIN,
					HEAD "a=group:BUNDLE 0\r\n" AVP
						 "a=mid:0\r\na=rtcp-mux\r\n"},
			{"S-111 MSRP keeps what it needs",
					HEAD FINGERPRINT "m=message 7394 TCP/TLS/MSRP *\r\n"
									 "a=setup:active\r\n"
									 "a=connection:new\r\n" FINGERPRINT
									 "a=3ge2ae:requested\r\n" CM128,
					MS_EDIT_CHOSEN,
					HEAD "m=message 7394 TCP/TLS/MSRP *\r\n"
						 "a=setup:active\r\n"
						 "a=connection:new\r\n" FINGERPRINT},

			/* S-83, S-89 */
			{"S-83 the first usable one",
					HEAD SAVP NULL80 CM256 CM128 "a=x\r\n", MS_EDIT_CHOSEN,
					HEAD SAVP CM256 "a=x\r\n"},
			{"all usable ones, in their order",
					HEAD SAVP "a=x\r\n" CM256 "a=y\r\n" NULL80 CM128,
					MS_EDIT_SECURED, HEAD SAVP "a=x\r\n" CM256 CM128 "a=y\r\n"},
			{"S-88 a first offer: in our order, with their tags and keys",
					HEAD SAVP "a=x\r\n" CM256 "a=y\r\n" NULL80 CM128 SAVP CM256,
					MS_EDIT_PREFERRED,
					HEAD SAVP "a=x\r\n" CM128 CM256
							  "a=y\r\na=3ge2ae:applied\r\n" SAVP CM256
							  "a=3ge2ae:applied\r\n"},
			{"S-88 the same suite twice", HEAD SAVP CM256 CM128 AGAIN,
					MS_EDIT_PREFERRED,
					HEAD SAVP CM128 AGAIN CM256 "a=3ge2ae:applied\r\n"},
			{"S-105 a later offer begins with the suite in use",
					HEAD SAVP CM256 CM128, MS_EDIT_APPLIED,
					HEAD SAVP CM256 CM128 "a=3ge2ae:applied\r\n"},
			{"S-78 DTLS of a first offer", HEAD TLS DTLS, MS_EDIT_PREFERRED,
					HEAD TLS DTLS "a=3ge2ae:applied\r\n"},
			{"S-81 the same tag twice", HEAD SAVP CM128 CM128, MS_EDIT_SECURED,
					HEAD SAVP CM128},
			{"T-19 none is usable", HEAD SAVP NULL80, MS_EDIT_CHOSEN,
					HEAD SAVP},
			{"A-19 session level", HEAD CM128 SAVP CM256, MS_EDIT_CHOSEN,
					HEAD SAVP CM256},
			{"S-73 SDES and DTLS",
					HEAD SAVP FINGERPRINT "a=setup:actpass\r\n" CM128,
					MS_EDIT_CHOSEN, HEAD SAVP CM128},
			{"S-82 plain m-line with a crypto", HEAD AVP CM128, MS_EDIT_SECURED,
					HEAD AVP},
			{"S-108 rejected m-line", HEAD "m=audio 0 RTP/SAVP 8\r\n" CM128,
					MS_EDIT_SECURED, HEAD "m=audio 0 RTP/SAVP 8\r\n"},
			{"each m-line on its own",
					HEAD SAVP CM128 CM256 AVP CM128 SAVP CM256 CM128 SAVP,
					MS_EDIT_CHOSEN, HEAD SAVP CM128 AVP SAVP CM256 SAVP},
			{"the tag rtpengine would give it",
					HEAD SAVP "a=x\r\n" NULL80 CM128 CM256 SAVP CM256 AVP CM128,
					MS_EDIT_NUMBERED,
					HEAD SAVP "a=x\r\na=crypto:4 AES_CM_128_HMAC_SHA1_80 "
							  "inline:" KEY "\r\n" SAVP
							  "a=crypto:3 AES_256_CM_HMAC_SHA1_80 inline:" KEY46
							  "\r\n" AVP},
			{"the tag and single blanks",
					HEAD SAVP
					"a=crypto:123456789\tAEAD_AES_128_GCM  "
					"inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubG \r\n",
					MS_EDIT_NUMBERED,
					HEAD SAVP
					"a=crypto:2 AEAD_AES_128_GCM "
					"inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubG\r\n"},
			{"DTLS has no tag", HEAD TLS CM128 DTLS, MS_EDIT_NUMBERED,
					HEAD TLS DTLS},
			{"S-80 rtpengine needs single blanks",
					HEAD SAVP "a=crypto: 1\tAES_CM_128_HMAC_SHA1_80  "
							  "inline:" KEY "|2^20 \tFEC_ORDER=FEC_SRTP \r\n",
					MS_EDIT_CHOSEN,
					HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 "
							  "inline:" KEY "|2^20 FEC_ORDER=FEC_SRTP\r\n"},

			/* S-94 to S-96 */
			{"S-94 DTLS towards the core", HEAD TLS DTLS, MS_EDIT_PLAIN,
					HEAD TLS},
			{"S-94 DTLS into rtpengine", HEAD TLS DTLS "a=x\r\n",
					MS_EDIT_CHOSEN, HEAD TLS "a=x\r\n" DTLS},
			{"S-94 DTLS out of rtpengine", HEAD TLS DTLS, MS_EDIT_SECURED,
					HEAD TLS DTLS},
			{"S-78 DTLS of a leg that agreed to it",
					HEAD TLS DTLS "a=3ge2ae:requested\r\n", MS_EDIT_APPLIED,
					HEAD TLS DTLS "a=3ge2ae:applied\r\n"},
			{"DTLS under the name of SDES", HEAD SAVP DTLS, MS_EDIT_CHOSEN,
					HEAD SAVP DTLS},
			{"DTLS m-line with a crypto", HEAD TLS CM128 DTLS, MS_EDIT_SECURED,
					HEAD TLS DTLS},
			{"S-96 session level goes into each DTLS m-line",
					HEAD DTLS AVP TLS SAVP CM128 TLS, MS_EDIT_CHOSEN,
					HEAD AVP TLS DTLS SAVP CM128 TLS DTLS},
			{"S-96 one of them at either level", HEAD FINGERPRINT TLS SETUP,
					MS_EDIT_CHOSEN, HEAD TLS SETUP FINGERPRINT},
			{"S-96 the m-line's own takes precedence",
					HEAD DTLS TLS "a=setup:passive\r\n", MS_EDIT_CHOSEN,
					HEAD TLS "a=setup:passive\r\n" FINGERPRINT},
			{"S-96 its own SHA-1 does, too", HEAD DTLS TLS SHA1, MS_EDIT_CHOSEN,
					HEAD TLS},
			{"S-96 only the good one of two", HEAD TLS SHA1 DTLS,
					MS_EDIT_SECURED, HEAD TLS DTLS},
			{"S-96 all good ones",
					HEAD TLS DTLS "a=fingerprint:sha-512 5B:70\r\n",
					MS_EDIT_SECURED,
					HEAD TLS DTLS "a=fingerprint:sha-512 5B:70\r\n"},
			{"S-95 no tls-id of others",
					HEAD "a=tls-id:1\r\n" TLS "a=tls-id:2\r\n" DTLS,
					MS_EDIT_SECURED, HEAD TLS DTLS},
			{"a fingerprint under another spelling",
					HEAD TLS DTLS "a=Fingerprint:sha-256 66:66\r\n"
								  "a=SETUP:active\r\n",
					MS_EDIT_SECURED, HEAD TLS DTLS},
			{"S-95 DTLS without setup", HEAD TLS FINGERPRINT, MS_EDIT_SECURED,
					HEAD TLS},
			{"S-93 a key in a fingerprint",
					HEAD TLS "a=fingerprint:sha-256 5A inline:" KEY
							 "\r\n" SETUP,
					MS_EDIT_APPLIED, HEAD TLS},
			{"S-93 a key in a fingerprint of the session",
					HEAD "a=fingerprint:sha-256 5A key-mgmt:A\r\n" TLS SETUP,
					MS_EDIT_SECURED, HEAD TLS},
			{"S-108 rejected DTLS m-line",
					HEAD "m=audio 0 UDP/TLS/RTP/SAVP 8\r\n" DTLS,
					MS_EDIT_SECURED, HEAD "m=audio 0 UDP/TLS/RTP/SAVP 8\r\n"},
			{"fingerprint on a plain m-line", HEAD AVP DTLS, MS_EDIT_SECURED,
					HEAD AVP},

			/* S-78 */
			{"S-78 applied", HEAD SAVP CM128 "a=x\r\n", MS_EDIT_APPLIED,
					HEAD SAVP CM128 "a=x\r\na=3ge2ae:applied\r\n"},
			{"S-78 applied where SDES is, once",
					HEAD "a=3ge2ae:applied\r\n" AVP SAVP CM128
						 "a=3ge2ae:applied\r\na=3ge2ae:requested\r\n" SAVP
						 "m=image 4 udptl t38\r\na=3ge2ae:applied\r\n",
					MS_EDIT_APPLIED,
					HEAD AVP SAVP CM128 "a=3ge2ae:applied\r\n" SAVP
										"m=image 4 udptl t38\r\n"},
			{"S-78 least body",
					"v=0\nm=a 1 RTP/SAVP\n"
					"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY,
					MS_EDIT_APPLIED,
					"v=0\r\nm=a 1 RTP/SAVP\r\n" CM128 "a=3ge2ae:applied\r\n"},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		check_edit(
				guard_text(rows[i].in), rows[i].edit, test_text(rows[i].out));
	}
}

/* whole bodies from the field */
static void test_vectors(void)
{
	static const struct
	{
		const char *out, *in;
		enum ms_edit edit;
	} rows[] = {
			{"sdp/asterisk-offer.secured", "sdp/asterisk-offer.sdp",
					MS_EDIT_SECURED},
			{"sdp/capneg-key-in-acap.plain", "sdp/capneg-key-in-acap.sdp",
					MS_EDIT_PLAIN},
			{"sdp/freeswitch-nine-suites.chosen",
					"sdp/freeswitch-nine-suites.sdp", MS_EDIT_CHOSEN},
			{"sdp/jitsi-four-lines.chosen", "sdp/jitsi-four-lines.sdp",
					MS_EDIT_CHOSEN},
			{"sdp/jitsi-four-lines.applied", "sdp/jitsi-four-lines.sdp",
					MS_EDIT_APPLIED},
			{"sdp/ts34229-w9.plain", "sdp/ts34229-w9.sdp", MS_EDIT_PLAIN},
			{"sdp/ts34229-w9.chosen", "sdp/ts34229-w9.sdp", MS_EDIT_CHOSEN},
			{"sdp/ts34229-w9.applied", "sdp/ts34229-w9.sdp", MS_EDIT_APPLIED},
			{"sdp/webrtc-audio-datachannel.plain",
					"sdp/webrtc-audio-datachannel.sdp", MS_EDIT_PLAIN},
			{"sdp/webrtc-audio-datachannel.secured",
					"sdp/webrtc-audio-datachannel.sdp", MS_EDIT_SECURED},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].out);
		check_edit(vector_read(rows[i].in), rows[i].edit,
				vector_read(rows[i].out));
	}
}

/* of twelve suites two are never allowed */
static void test_numbers(void)
{
	static const char body[] = HEAD SAVP "a=crypto:1 F8_128_HMAC_SHA1_32 "
										 "inline:" KEY "\r\n";
	size_t size = ms_sdp_edit_size(test_text(body)), len = 0;
	char *buf;

	test_row("a tag of two digits");
	buf = guard_buf(size);
	CHECK_INT(ms_sdp_edit(guard_text(body), MS_EDIT_NUMBERED, &keying_all, buf,
					  size, &len),
			MS_OK);
	CHECK_TEXT(((struct ms_str){buf, len}),
			HEAD SAVP "a=crypto:10 F8_128_HMAC_SHA1_32 inline:" KEY "\r\n");
}

#define MSRP "m=message 7394 TCP/TLS/MSRP *\r\n"
#define BFCP "m=application 50000 TCP/TLS/BFCP *\r\n"
#define OURS "c=IN IP4 198.51.100.1\r\n"
#define THEIRS "c=IN IP4 192.0.2.1\r\n"

/* S-111 */
static void test_restored(void)
{
	static const struct
	{
		const char *name, *sent, *relayed, *out; /* behind HEAD */
	} rows[] = {
			{"nothing over TCP", THEIRS AVP "a=x\r\n", OURS SAVP "a=y\r\n",
					OURS SAVP "a=y\r\n"},
			{"no m-line", THEIRS, OURS, OURS},
			{"c= of the session", THEIRS AVP BFCP "a=setup:active\r\n",
					OURS SAVP "m=application 30000 TCP/TLS/BFCP *\r\n" AVP,
					OURS SAVP BFCP THEIRS "a=setup:active\r\n" AVP},
			{"c= of its own", THEIRS BFCP "i=x\r\nc=IN IP6 ::1\r\na=x\r\n",
					OURS BFCP OURS, OURS BFCP "i=x\r\nc=IN IP6 ::1\r\na=x\r\n"},
			{"c= comes behind i=", THEIRS MSRP "i=x\r\na=path:y\r\n", OURS MSRP,
					OURS MSRP "i=x\r\n" THEIRS "a=path:y\r\n"},
			{"c= at the end", THEIRS MSRP "i=x\r\n" MSRP, OURS MSRP MSRP,
					OURS MSRP "i=x\r\n" THEIRS MSRP THEIRS},
			{"no c= at all", MSRP "a=x\r\n", OURS MSRP, OURS MSRP "a=x\r\n"},
			{"rejected", THEIRS "m=message 0 TCP/MSRP *\r\na=x\r\n",
					OURS "m=message 0 TCP/MSRP *\r\n",
					OURS "m=message 0 TCP/MSRP *\r\n"},
			{"BFCP over UDP is relayed",
					THEIRS "m=application 4 UDP/BFCP *\r\n",
					OURS "m=application 6 UDP/BFCP *\r\n",
					OURS "m=application 6 UDP/BFCP *\r\n"},
			{"fewer m-lines were given", THEIRS BFCP, OURS BFCP AVP,
					OURS BFCP THEIRS AVP},
	};
	char sent[500], relayed[500], out[500];
	struct ms_str a, b;
	size_t i, size, most, len;
	char *buf;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		snprintf(sent, sizeof(sent), "%s%s", HEAD, rows[i].sent);
		snprintf(relayed, sizeof(relayed), "%s%s", HEAD, rows[i].relayed);
		snprintf(out, sizeof(out), "%s%s", HEAD, rows[i].out);
		a = guard_text(sent);
		b = guard_text(relayed);
		most = ms_sdp_restore_size(a, b);
		buf = guard_buf(most) + most;
		CHECK_INT(ms_sdp_restore(a, b, buf - most, most, &len), MS_OK);
		CHECK_TEXT(((struct ms_str){buf - most, len}), out);
		for(size = 0; size < strlen(out); size++)
			CHECK_INT(ms_sdp_restore(a, b, buf - size, size, &len), MS_ENOSPC);
	}
	test_row("what is not SDP");
	len = 42;
	a = guard_text(HEAD MSRP);
	CHECK_INT(ms_sdp_restore(guard_text("x"), a, guard_buf(99), 99, &len),
			MS_ESYNTAX);
	CHECK_INT(ms_sdp_restore(a, guard_text("x"), guard_buf(99), 99, &len),
			MS_ESYNTAX);
	CHECK_INT(
			ms_sdp_restore(a, guard_text(HEAD "m=x"), guard_buf(99), 99, &len),
			MS_ESYNTAX);
	CHECK_INT(len, 42);
}

static void test_errors(void)
{
	const struct ms_str body = test_text(HEAD SAVP CM128);
	const struct ms_str want =
			test_text(HEAD SAVP CM128 "a=3ge2ae:applied\r\n");
	size_t size, len;

	test_row("every size but the right one is too small");
	for(size = 0; size < want.len; size++) {
		len = 42;
		CHECK_INT(ms_sdp_edit(body, MS_EDIT_APPLIED, &ms_keying_default,
						  guard_buf(size), size, &len),
				MS_ENOSPC);
		CHECK_INT(len, 42);
		guard_release();
	}
	CHECK_INT(ms_sdp_edit(body, MS_EDIT_APPLIED, &ms_keying_default,
					  guard_buf(size), size, &len),
			MS_OK);
	CHECK_INT(len, want.len);

	test_row("what is not SDP");
	CHECK_INT(ms_sdp_edit(guard_text("x"), MS_EDIT_PLAIN, NULL, guard_buf(9), 9,
					  &len),
			MS_ESYNTAX);
	CHECK_INT(ms_sdp_edit(guard_text("v=0\r\nm=audio"), MS_EDIT_PLAIN, NULL,
					  guard_buf(99), 99, &len),
			MS_ESYNTAX);
	CHECK_INT(len, want.len);

	test_row("the size of what is not SDP");
	CHECK_INT(ms_sdp_edit_size(guard_text("")), 0);
	CHECK_INT(ms_sdp_edit_size(guard_text("\n")), 2);
}

void test_sdp_edit(void);

void test_sdp_edit(void)
{
	test_golden();
	test_vectors();
	test_numbers();
	test_restored();
	test_errors();
}
