/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_rtpp.h"

#include "ms_crypto.h"
#include "ms_mech.h"

/* For rtpengine from 10.5 on and Kamailio's rtpengine.so from 5.6 on; what one
 * of them does not know it ignores, so nothing newer is used. */

/* one word of the string, in two pieces; the value may be empty */
static void put_flag(
		struct ms_out *out, struct ms_str name, struct ms_str value)
{
	if(out->len > 0)
		ms_out_char(out, ' ');
	ms_out_put(out, name);
	ms_out_put(out, value);
}

static void put_word(struct ms_out *out, struct ms_str word)
{
	put_flag(out, word, MS_STR(""));
}

/* A second lock behind ms_sdp_edit(): rtpengine would offer all twelve suites,
 * the NULL ones too, and take from a party what was never offered to it. */
static void put_suites(struct ms_out *out, uint32_t allowed)
{
	unsigned suite;

	for(suite = 0; suite < MS_SUITES; suite++)
		if(!(allowed & ~MS_SUITES_NEVER & 1u << suite))
			put_flag(out, MS_STR("SDES-no-"),
					ms_suite_name((enum ms_suite)suite));
}

static struct ms_str profile(unsigned mech)
{
	if(mech == MS_MECH_SDES)
		return MS_STR("RTP/SAVP");
	return mech == MS_MECH_DTLS ? MS_STR("UDP/TLS/RTP/SAVP")
								: MS_STR("RTP/AVP");
}

static void put_offer(struct ms_out *out, const struct ms_rtpp *rtpp)
{
	/* answers go back in the profile of their offer */
	put_flag(out, profile(rtpp->to), rtpp->feedback ? MS_STR("F") : MS_STR(""));
	if(rtpp->from == MS_MECH_DTLS)
		/* As the DTLS client it would begin before the phone knows our
		 * fingerprint, and the answer is too late to tell it. */
		put_word(out, MS_STR("DTLS-reverse=passive"));
	if(rtpp->to == MS_MECH_DTLS)
		put_word(out, MS_STR("SDES-off"));
	/* the receiver may not know RTP and RTCP on one port */
	put_word(out, MS_STR("rtcp-mux-demux"));
	if(rtpp->from_if.len > 0) {
		put_flag(out, MS_STR("direction="), rtpp->from_if);
		put_flag(out, MS_STR("direction="), rtpp->to_if);
	}
}

static void put_media(struct ms_out *out, const struct ms_rtpp *rtpp)
{
	/* candidates of the sender would lead around rtpengine */
	put_word(out, rtpp->ice ? MS_STR("ICE=force") : MS_STR("ICE=remove"));
	/* the other side learns no address of this one */
	put_word(out, MS_STR("replace-origin"));
	put_word(out, MS_STR("replace-session-connection"));
	if(rtpp->from == MS_MECH_SDES || rtpp->to == MS_MECH_SDES)
		put_suites(out, rtpp->suites);
	if(rtpp->to == MS_MECH_SDES) {
		/* it prefers DTLS, and offers it next to SDES */
		put_word(out, MS_STR("DTLS=off"));
		/* some stacks read the keys of AES-192, AES-256 and GCM only with
		 * their base64 padding */
		put_word(out, MS_STR("SDES-pad"));
	}
	/* media towards a phone only from the address in the core's SDP. Never on
	 * the access side: the port of a phone moves with its NAT, and there SRTP
	 * tells who sends */
	if(rtpp->from_core)
		put_word(out, MS_STR("strict-source"));
}

/* Flags are split at blanks and end at a NUL. */
static bool is_word(struct ms_str text)
{
	size_t i;

	for(i = 0; i < text.len; i++)
		if(text.p[i] <= ' ' || text.p[i] > '~')
			return false;
	return true;
}

static bool is_valid(const struct ms_rtpp *rtpp)
{
	return is_word(rtpp->from_if) && is_word(rtpp->to_if)
		   && is_word(rtpp->call_id) && is_word(rtpp->from_tag)
		   && is_word(rtpp->to_tag)
		   && (rtpp->from_if.len > 0) == (rtpp->to_if.len > 0)
		   && (rtpp->from_tag.len > 0 || rtpp->to_tag.len == 0)
		   && (rtpp->from == 0 || rtpp->to == 0);
}

enum ms_err ms_rtpp_flags(
		const struct ms_rtpp *rtpp, char *buf, size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};
	enum ms_err err;
	size_t n;

	if(!is_valid(rtpp))
		return MS_ESYNTAX;
	if(rtpp->op == MS_RTPP_OFFER)
		put_offer(&out, rtpp);
	if(rtpp->op != MS_RTPP_DELETE)
		put_media(&out, rtpp);
	if(rtpp->branch)
		put_word(&out, MS_STR("via-branch=extra"));
	if(rtpp->call_id.len > 0)
		put_flag(&out, MS_STR("call-id="), rtpp->call_id);
	if(rtpp->from_tag.len > 0)
		put_flag(&out, MS_STR("from-tag="), rtpp->from_tag);
	if(rtpp->to_tag.len > 0)
		put_flag(&out, MS_STR("to-tag="), rtpp->to_tag);
	ms_out_char(&out, '\0');

	err = ms_out_end(&out, &n);
	if(err)
		return err;
	*len = n - 1;
	return MS_OK;
}
