/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_rtpp.h"

#include "ms_mech.h"

/* Facts of a command, a bit each. */
enum
{
	MEDIA = 1 << 0, /* an offer or an answer */
	OFFER = 1 << 1,
	DELETE = 1 << 2,
	BRANCH = 1 << 3,
	FROM_CORE = 1 << 4,
	FROM_DTLS = 1 << 5,
	TO_SDES = 1 << 6,
	TO_DTLS = 1 << 7,
	TO_SECURED = TO_SDES | TO_DTLS,
	SDES = 1 << 8, /* on one of the legs */
	FEEDBACK = 1 << 9,
	ICE = 1 << 10,
	TAGS = 1 << 11,
};

/* What comes behind a flag. */
enum value
{
	NOTHING,
	/* a row for each suite that is not allowed */
	SUITE,
	/* no row where they are empty */
	FROM_IF,
	TO_IF,
	CALL_ID,
	FROM_TAG,
	TO_TAG,
};

/*
 * Run with rtpengine 10.5.3 and 12.5.1: there is no difference in what they
 * need, one in what they understand. Nothing newer is used, for what one of them
 * or Kamailio's rtpengine.so does not know is ignored.
 */
static const struct
{
	unsigned all, none; /* when: all of these facts, and none of those */
	struct ms_str flag;
	enum value value;
} rows[] = {
		/* answers go back in the profile of their offer */
		{OFFER, FEEDBACK | TO_SECURED, MS_STR("RTP/AVP"), NOTHING},
		{OFFER | FEEDBACK, TO_SECURED, MS_STR("RTP/AVPF"), NOTHING},
		{OFFER | TO_SDES, FEEDBACK, MS_STR("RTP/SAVP"), NOTHING},
		{OFFER | TO_SDES | FEEDBACK, 0, MS_STR("RTP/SAVPF"), NOTHING},
		{OFFER | TO_DTLS, FEEDBACK, MS_STR("UDP/TLS/RTP/SAVP"), NOTHING},
		{OFFER | TO_DTLS | FEEDBACK, 0, MS_STR("UDP/TLS/RTP/SAVPF"), NOTHING},
		/* As the DTLS client it would begin before the phone knows our
		 * fingerprint, and the answer is too late to tell it. */
		{OFFER | FROM_DTLS, 0, MS_STR("DTLS-reverse=passive"), NOTHING},
		{OFFER | TO_DTLS, 0, MS_STR("SDES-off"), NOTHING},
		/* the receiver may not know RTP and RTCP on one port */
		{OFFER, 0, MS_STR("rtcp-mux-demux"), NOTHING},
		{OFFER, 0, MS_STR("direction="), FROM_IF},
		{OFFER, 0, MS_STR("direction="), TO_IF},
		/* candidates of the sender would lead around rtpengine */
		{MEDIA | ICE, 0, MS_STR("ICE=force"), NOTHING},
		{MEDIA, ICE, MS_STR("ICE=remove"), NOTHING},
		/* The other side learns no address of this one. The second flag is for
		 * 10.5: 12.5 does that unasked, and ignores it. */
		{MEDIA, 0, MS_STR("replace-origin"), NOTHING},
		{MEDIA, 0, MS_STR("replace-session-connection"), NOTHING},
		/* A second lock behind ms_sdp_edit(): rtpengine would offer all twelve
		 * suites, the NULL ones too, and take from a party what was never offered
		 * to it. */
		{MEDIA | SDES, 0, MS_STR("SDES-no-"), SUITE},
		/* it prefers DTLS, and offers it next to SDES */
		{MEDIA | TO_SDES, 0, MS_STR("DTLS=off"), NOTHING},
		/* some stacks read the keys of AES-192, AES-256 and GCM only with their
		 * base64 padding */
		{MEDIA | TO_SDES, 0, MS_STR("SDES-pad"), NOTHING},
		/* Media towards a phone only from the address in the core's SDP. Never on
		 * the access side: the port of a phone moves with its NAT, and there SRTP
		 * tells who sends. */
		{MEDIA | FROM_CORE, 0, MS_STR("strict-source"), NOTHING},
		{BRANCH, 0, MS_STR("via-branch=extra"), NOTHING},
		{0, 0, MS_STR("call-id="), CALL_ID},
		{0, 0, MS_STR("from-tag="), FROM_TAG},
		{0, 0, MS_STR("to-tag="), TO_TAG},
		/* The call ends as a whole. With a tag only what is known by it does, and
		 * 12.5 learns no tag from an offer but the offerer's. */
		{DELETE, BRANCH | TAGS, MS_STR("from-tag="), NOTHING},
};

static unsigned facts(const struct ms_rtpp *rtpp)
{
	static const unsigned ops[] = {[MS_RTPP_OFFER] = MEDIA | OFFER,
			[MS_RTPP_ANSWER] = MEDIA,
			[MS_RTPP_DELETE] = DELETE};
	const struct
	{
		bool is;
		unsigned fact;
	} all[] = {
			{rtpp->from == MS_MECH_DTLS, FROM_DTLS},
			{rtpp->to == MS_MECH_SDES, TO_SDES},
			{rtpp->to == MS_MECH_DTLS, TO_DTLS},
			{rtpp->from == MS_MECH_SDES || rtpp->to == MS_MECH_SDES, SDES},
			{rtpp->feedback, FEEDBACK},
			{rtpp->ice, ICE},
			{rtpp->from_core, FROM_CORE},
			{rtpp->branch, BRANCH},
			{rtpp->from_tag.len > 0, TAGS},
	};
	unsigned found = ops[rtpp->op], i;

	for(i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if(all[i].is)
			found |= all[i].fact;
	return found;
}

/* ---- writing ------------------------------------------------------------ */

/* one word of the string */
static void put_flag(
		struct ms_out *out, struct ms_str flag, struct ms_str value)
{
	if(out->len > 0)
		ms_out_char(out, ' ');
	ms_out_put(out, flag);
	ms_out_put(out, value);
}

static void put_suites(
		struct ms_out *out, struct ms_str flag, const struct ms_keying *keying)
{
	unsigned suite;

	for(suite = 0; suite < MS_SUITES; suite++)
		if(!ms_keying_has(keying, (enum ms_suite)suite))
			put_flag(out, flag, ms_suite_name((enum ms_suite)suite));
}

static void put_row(struct ms_out *out, const struct ms_rtpp *rtpp,
		struct ms_str flag, enum value value)
{
	const struct ms_str values[] = {
			[FROM_IF] = rtpp->from_if,
			[TO_IF] = rtpp->to_if,
			[CALL_ID] = rtpp->call_id,
			[FROM_TAG] = rtpp->from_tag,
			[TO_TAG] = rtpp->to_tag,
	};

	if(value == SUITE)
		put_suites(out, flag, rtpp->keying);
	else if(value == NOTHING || values[value].len > 0)
		put_flag(out, flag, values[value]);
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
	unsigned found, i;
	size_t n;

	if(!is_valid(rtpp))
		return MS_ESYNTAX;
	found = facts(rtpp);
	for(i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if((found & rows[i].all) == rows[i].all && !(found & rows[i].none))
			put_row(&out, rtpp, rows[i].flag, rows[i].value);
	ms_out_char(&out, '\0');

	err = ms_out_end(&out, &n);
	if(err)
		return err;
	*len = n - 1;
	return MS_OK;
}
