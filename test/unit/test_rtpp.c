/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "keying.h"
#include "ms_mech.h"
#include "ms_rtpp.h"

#define MEDIA "ICE=remove replace-origin replace-session-connection"
/* all but those of ms_keying_default */
#define SUITES                                                         \
	" SDES-no-AES_256_CM_HMAC_SHA1_32 SDES-no-AES_192_CM_HMAC_SHA1_80" \
	" SDES-no-AES_192_CM_HMAC_SHA1_32 SDES-no-AES_CM_128_HMAC_SHA1_32" \
	" SDES-no-F8_128_HMAC_SHA1_80 SDES-no-F8_128_HMAC_SHA1_32"         \
	" SDES-no-NULL_HMAC_SHA1_80 SDES-no-NULL_HMAC_SHA1_32"


static void test_flags(void)
{
	static const struct
	{
		const char *name;
		struct ms_rtpp rtpp;
		const char *flags;
	} rows[] = {
			{"S-100 offer of a SDES UE to the core",
					{.from = MS_MECH_SDES, .keying = &ms_keying_default},
					"RTP/AVP rtcp-mux-demux " MEDIA SUITES},
			{"S-100 answer of the core to a SDES UE",
					{.op = MS_RTPP_ANSWER,
							.to = MS_MECH_SDES,
							.from_core = true,
							.keying = &ms_keying_default},
					MEDIA SUITES " DTLS=off SDES-pad strict-source"},
			{"S-101 offer of the core to a SDES UE",
					{.to = MS_MECH_SDES,
							.from_core = true,
							.keying = &ms_keying_default},
					"RTP/SAVP rtcp-mux-demux " MEDIA SUITES
					" DTLS=off SDES-pad strict-source"},
			{"S-101 answer of a SDES UE to the core",
					{.op = MS_RTPP_ANSWER,
							.from = MS_MECH_SDES,
							.keying = &ms_keying_default},
					MEDIA SUITES},
			{"R-13 offer of a DTLS UE to the core",
					{.from = MS_MECH_DTLS, .keying = &ms_keying_default},
					"RTP/AVP DTLS-reverse=passive rtcp-mux-demux " MEDIA},
			{"S-75 SAVPF over DTLS to AVPF",
					{.from = MS_MECH_DTLS, .feedback = true},
					"RTP/AVPF DTLS-reverse=passive rtcp-mux-demux " MEDIA},
			{"S-100 answer of the core to a DTLS UE",
					{.op = MS_RTPP_ANSWER,
							.to = MS_MECH_DTLS,
							.from_core = true,
							.keying = &ms_keying_default},
					MEDIA " strict-source"},
			{"S-99 offer of the core to a DTLS UE",
					{.to = MS_MECH_DTLS,
							.from_core = true,
							.keying = &ms_keying_default},
					"UDP/TLS/RTP/SAVP SDES-off rtcp-mux-demux " MEDIA
					" strict-source"},
			{"S-75 AVPF to SAVPF over DTLS",
					{.to = MS_MECH_DTLS, .feedback = true},
					"UDP/TLS/RTP/SAVPF SDES-off rtcp-mux-demux " MEDIA},
			{"S-101 answer of a DTLS UE to the core",
					{.op = MS_RTPP_ANSWER, .from = MS_MECH_DTLS}, MEDIA},
			{"S-109 the answer to an offer with ICE",
					{.op = MS_RTPP_ANSWER,
							.to = MS_MECH_DTLS,
							.from_core = true,
							.ice = true},
					"ICE=force replace-origin replace-session-connection "
					"strict-source"},
			{"S-109 ICE and SDES",
					{.op = MS_RTPP_ANSWER,
							.to = MS_MECH_SDES,
							.ice = true,
							.keying = &ms_keying_default},
					"ICE=force replace-origin "
					"replace-session-connection" SUITES " DTLS=off SDES-pad"},
			{"plain to plain", {0}, "RTP/AVP rtcp-mux-demux " MEDIA},
			{"plain answer of the core",
					{.op = MS_RTPP_ANSWER, .from_core = true},
					MEDIA " strict-source"},
			{"S-75 SAVPF to AVPF",
					{.from = MS_MECH_SDES,
							.feedback = true,
							.keying = &ms_keying_default},
					"RTP/AVPF rtcp-mux-demux " MEDIA SUITES},
			{"S-75 AVPF to SAVPF",
					{.to = MS_MECH_SDES,
							.feedback = true,
							.keying = &ms_keying_default},
					"RTP/SAVPF rtcp-mux-demux " MEDIA SUITES
					" DTLS=off SDES-pad"},
			{"S-75 an answer has the profile of its offer",
					{.op = MS_RTPP_ANSWER, .feedback = true}, MEDIA},
			{"S-75 SAVPF in an answer",
					{.op = MS_RTPP_ANSWER,
							.to = MS_MECH_SDES,
							.feedback = true,
							.keying = &ms_keying_default},
					MEDIA SUITES " DTLS=off SDES-pad"},
			{"S-75 SAVPF over DTLS in an answer",
					{.op = MS_RTPP_ANSWER,
							.to = MS_MECH_DTLS,
							.feedback = true},
					MEDIA},
			{"S-88 NULL is never allowed",
					{.from = MS_MECH_SDES, .keying = &keying_all},
					"RTP/AVP rtcp-mux-demux " MEDIA
					" SDES-no-NULL_HMAC_SHA1_80 SDES-no-NULL_HMAC_SHA1_32"},
			{"interfaces", {.from_if = {"access", 6}, .to_if = {"core", 4}},
					"RTP/AVP rtcp-mux-demux direction=access "
					"direction=core " MEDIA},
			{"interfaces are for offers",
					{.op = MS_RTPP_ANSWER,
							.from_if = {"access", 6},
							.to_if = {"core", 4}},
					MEDIA},
			{"S-92 branch of a fork", {.branch = true},
					"RTP/AVP rtcp-mux-demux " MEDIA " via-branch=extra"},
			{"R-11 own call-id", {.branch = true, .call_id = {"a=b@c", 5}},
					"RTP/AVP rtcp-mux-demux " MEDIA
					" via-branch=extra call-id=a=b@c"},
			{"own tags", {.from_tag = {"a", 1}, .to_tag = {"b", 1}},
					"RTP/AVP rtcp-mux-demux " MEDIA " from-tag=a to-tag=b"},
			{"delete, whatever tags it is known by", {.op = MS_RTPP_DELETE},
					"from-tag="},
			{"delete a branch", {.op = MS_RTPP_DELETE, .branch = true},
					"via-branch=extra"},
			{"delete an own call-id",
					{.op = MS_RTPP_DELETE, .call_id = {"x", 1}},
					"call-id=x from-tag="},
			{"delete one dialog of several",
					{.op = MS_RTPP_DELETE,
							.from_tag = {"a", 1},
							.to_tag = {"b", 1}},
					"from-tag=a to-tag=b"},
			{"delete is nothing but that",
					{.op = MS_RTPP_DELETE,
							.to = MS_MECH_SDES,
							.from_core = true,
							.feedback = true,
							.ice = true,
							.from_if = {"a", 1},
							.to_if = {"b", 1},
							.branch = true,
							.call_id = {"x", 1},
							.from_tag = {"c", 1},
							.to_tag = {"d", 1}},
					"via-branch=extra call-id=x from-tag=c to-tag=d"},
	};
	size_t i, size, len;
	char *buf;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		/* the NUL lies just before the guard page */
		size = strlen(rows[i].flags) + 1;
		buf = guard_buf(size);
		len = 0;
		CHECK_INT(ms_rtpp_flags(&rows[i].rtpp, buf, size, &len), MS_OK);
		CHECK_STR(((struct ms_str){buf, len}), test_text(rows[i].flags));
		CHECK_INT(buf[len], '\0');
	}
}

static void test_refused(void)
{
	static const struct
	{
		const char *name;
		struct ms_rtpp rtpp;
	} rows[] = {
			{"a Call-ID with a blank", {.call_id = {"a DTLS=passive", 14}}},
			{"a Call-ID with a tab", {.call_id = {"a\tb", 3}}},
			{"a Call-ID with a NUL", {.call_id = {"a\0b", 3}}},
			{"a Call-ID with a line end", {.call_id = {"a\r\n", 3}}},
			{"a Call-ID with DEL", {.call_id = {"a\x7f", 2}}},
			{"a Call-ID with a byte above", {.call_id = {"\xc3\xa4", 2}}},
			{"a blank in a Call-ID of a delete",
					{.op = MS_RTPP_DELETE, .call_id = {" ", 1}}},
			{"an interface with a blank",
					{.from_if = {"a b", 3}, .to_if = {"c", 1}}},
			{"the other interface with a blank",
					{.from_if = {"a", 1}, .to_if = {"b c", 3}}},
			{"one interface", {.from_if = {"a", 1}}},
			{"the other one", {.to_if = {"a", 1}}},
			{"R-11 SDES on both legs", {.from = MS_MECH_SDES,
											   .to = MS_MECH_SDES,
											   .keying = &ms_keying_default}},
			{"R-11 DTLS on both legs",
					{.from = MS_MECH_DTLS, .to = MS_MECH_DTLS}},
			{"R-11 SDES and DTLS", {.from = MS_MECH_SDES, .to = MS_MECH_DTLS}},
			{"R-11 secured legs of an answer", {.op = MS_RTPP_ANSWER,
													   .from = MS_MECH_DTLS,
													   .to = MS_MECH_SDES}},
			{"the answerer's tag alone", {.to_tag = {"a", 1}}},
			{"a tag with a blank",
					{.from_tag = {"a b", 3}, .to_tag = {"c", 1}}},
			{"the other tag with a blank",
					{.from_tag = {"a", 1}, .to_tag = {"b c", 3}}},
	};
	char buf[MS_RTPP_FLAGS_MAX];
	size_t i, len;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		len = 42;
		CHECK_INT(ms_rtpp_flags(&rows[i].rtpp, buf, sizeof(buf), &len),
				MS_ESYNTAX);
		CHECK_INT(len, 42);
	}
}

static void test_size(void)
{
	const struct ms_rtpp small = {.op = MS_RTPP_DELETE, .branch = true};
	struct ms_rtpp large = {.to = MS_MECH_SDES,
			.from_core = true,
			.feedback = true,
			.branch = true,
			.from_if = {NULL, 32},
			.to_if = {NULL, 32},
			.call_id = {NULL, 300}};
	char text[300];
	size_t size, len;

	test_row("every size but the right one is too small");
	for(size = 0; size <= strlen("via-branch=extra"); size++) {
		len = 42;
		CHECK_INT(
				ms_rtpp_flags(&small, guard_buf(size), size, &len), MS_ENOSPC);
		CHECK_INT(len, 42);
	}
	CHECK_INT(ms_rtpp_flags(&small, guard_buf(size), size, &len), MS_OK);

	test_row("the longest string");
	memset(text, 'x', sizeof(text));
	large.from_if.p = large.to_if.p = large.call_id.p = text;
	CHECK_INT(ms_rtpp_flags(&large, guard_buf(MS_RTPP_FLAGS_MAX),
					  MS_RTPP_FLAGS_MAX, &len),
			MS_OK);
}

void test_rtpp(void);

void test_rtpp(void)
{
	test_flags();
	test_refused();
	test_size();
}
