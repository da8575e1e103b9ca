/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Input: a first line "<suites> <bits> <interface> <interface> <call-id>", the
 * first two in hex, which asks for a command to rtpengine and has a Call-ID that
 * may be a list of suites; then an offer, and behind a line "answer" an answer. */

#include "fuzz.h"

#include "ms_mech.h"
#include "ms_rtpp.h"
#include "ms_sdp.h"
#include "ms_sdp_edit.h"

#define EDITS (MS_EDIT_PREFERRED + 1)

/* ---- lines, read in other words than ms_sdp.c has ----------------------- */

static bool holds(struct ms_str text, const char *word)
{
	const size_t len = strlen(word);
	size_t i;

	for(i = 0; i + len <= text.len; i++)
		if(ms_str_caseeq((struct ms_str){text.p + i, len},
				   (struct ms_str){word, len}))
			return true;
	return false;
}

static bool is_type(struct ms_str line, char type)
{
	return line.len > 1 && line.p[0] == type && line.p[1] == '=';
}

/* a=<name>, in any case and with blanks around the name */
static bool is_attr(struct ms_str line, const char *name)
{
	struct ms_str rest;

	if(!is_type(line, 'a'))
		return false;
	rest = ms_str_from(line, 2);
	return ms_str_caseeq(ms_str_trim(ms_str_until(&rest, ':')),
			(struct ms_str){name, strlen(name)});
}

static bool is_secret(struct ms_str line)
{
	return is_type(line, 'a')
		   && (holds(line, "inline:") || holds(line, "key-mgmt:"));
}

static bool is_blank(struct ms_str text)
{
	return ms_str_trim(text).len == 0;
}

/* ---- ms_crypto ---------------------------------------------------------- */

static void check_suites(struct ms_str text)
{
	struct ms_str in = fuzz_copy(text);
	struct ms_keying keying = {.suites = 0};
	uint32_t seen = 0;
	unsigned i;

	if(ms_suites_read(in, &keying))
		REQUIRE(keying.suites == 0);
	else
		REQUIRE(keying.suites > 0 && keying.suites <= MS_SUITES);
	for(i = 0; i < keying.suites; i++) {
		REQUIRE(keying.suite[i] < MS_SUITE_NULL_HMAC_SHA1_80);
		REQUIRE(!(seen >> keying.suite[i] & 1));
		seen |= 1u << keying.suite[i];
		REQUIRE(holds(text, ms_suite_name(keying.suite[i]).p));
	}
	fuzz_free(in);
}

static void check_usable(
		const struct ms_crypto *crypto, const struct ms_keying *keying)
{
	REQUIRE(crypto->suite < MS_SUITE_NULL_HMAC_SHA1_80);
	REQUIRE(ms_keying_has(keying, crypto->suite));
	REQUIRE(crypto->tag <= 999999999);
	REQUIRE(crypto->key.len >= 38 && crypto->key.len <= 64);
}

static void check_crypto(struct ms_str value, const struct ms_keying *keying)
{
	struct ms_crypto crypto, all;
	struct ms_keying every;

	memset(&crypto, 0x55, sizeof(crypto));
	ms_crypto_read(value, keying, &crypto);
	if(crypto.fault == MS_CRYPTO_SYNTAX) {
		REQUIRE(crypto.key.len == 0 && crypto.suite == MS_SUITES);
		return;
	}
	REQUIRE(is_within(crypto.key, value));
	if(!crypto.fault)
		check_usable(&crypto, keying);
	/* what is allowed changes nothing but that */
	every = fuzz_keying(UINT32_MAX);
	ms_crypto_read(value, &every, &all);
	REQUIRE(all.tag == crypto.tag && all.suite == crypto.suite);
	REQUIRE(is_same_view(all.key, crypto.key));
	if(crypto.fault != MS_CRYPTO_SUITE)
		REQUIRE(all.fault == crypto.fault);
}

static void check_cryptos(struct ms_str body, const struct ms_keying *keying)
{
	struct ms_str line, copy;

	while(ms_str_line(&body, &line)) {
		if(is_attr(line, "crypto"))
			ms_str_until(&line, ':');
		copy = fuzz_copy(line);
		check_crypto(copy, keying);
		fuzz_free(copy);
	}
}

/* ---- ms_sdp ------------------------------------------------------------- */

static unsigned count_cryptos(struct ms_str section)
{
	struct ms_str line;
	unsigned n = 0;

	while(ms_str_line(&section, &line))
		n += ms_str_has_prefix(line, MS_STR("a=crypto:"))
			 || ms_str_eq(line, MS_STR("a=crypto"));
	return n;
}

static void check_mline(const struct ms_sdp *before, const struct ms_sdp *after,
		const struct ms_mline *mline)
{
	REQUIRE(is_same_view(mline->section,
			(struct ms_str){before->rest.p, mline->section.len}));
	REQUIRE(is_same_view(
			after->rest, ms_str_from(before->rest, mline->section.len)));
	REQUIRE(is_within(mline->media, mline->section) && mline->media.len > 0);
	REQUIRE(is_within(mline->proto_text, mline->section));
	REQUIRE(mline->cryptos == count_cryptos(mline->section));
	REQUIRE((mline->port == 0) == (mline->protection == MS_PROT_REJECTED));
	if(mline->cryptos > 0 && mline->crypto.fault != MS_CRYPTO_SYNTAX)
		REQUIRE(is_within(mline->crypto.key, mline->section));
	if(mline->protection == MS_PROT_SDES)
		check_usable(&mline->crypto, before->keying);
	if(mline->protection == MS_PROT_DTLS)
		REQUIRE(mline->fingerprint && mline->setup && mline->port > 0
				&& holds(mline->proto_text, "SAVP")
				&& (holds(mline->proto_text, "TLS") || mline->cryptos == 0));
	if(mline->protection == MS_PROT_OTHER)
		REQUIRE(!holds(mline->proto_text, "RTP/")
				|| mline->proto == MS_PROTO_OTHER);
}

static bool next_mline(
		struct ms_sdp *sdp, struct ms_mline *mline, enum ms_err *err)
{
	struct ms_sdp before = *sdp;
	struct ms_mline was;

	memset(mline, 0x55, sizeof(*mline));
	was = *mline;
	*err = ms_sdp_next(sdp, mline);
	if(!*err) {
		check_mline(&before, sdp, mline);
		return true;
	}
	REQUIRE(is_same_view(before.rest, sdp->rest));
	REQUIRE(memcmp(mline, &was, sizeof(was)) == 0);
	return false;
}

static void check_survey(struct ms_str body, const struct ms_keying *keying,
		const struct ms_sdp_facts *want)
{
	struct ms_sdp_facts facts;
	struct ms_str line, rest = body;
	bool keys = false;

	REQUIRE(ms_sdp_survey(body, keying, &facts) == MS_OK);
	while(ms_str_line(&rest, &line))
		keys |= is_secret(line);
	REQUIRE(facts.keys == keys);
	REQUIRE(facts.protections == want->protections);
	REQUIRE(facts.alive == want->alive);
	REQUIRE(!facts.fault || facts.protections & 1u << MS_PROT_BROKEN);
	if(facts.protections & 1u << MS_PROT_SDES)
		REQUIRE(facts.alive > 0 && facts.keys);
	if(ms_sdp_is_secure(&facts))
		REQUIRE(!(facts.protections
				  & (1u << MS_PROT_PLAIN | 1u << MS_PROT_BROKEN)));
}

/* @return whether the body can be read */
static bool check_body(struct ms_str body, const struct ms_keying *keying)
{
	struct ms_sdp_facts facts = {0};
	struct ms_mline mline;
	struct ms_sdp sdp, was;
	enum ms_err err;

	memset(&sdp, 0x55, sizeof(sdp));
	was = sdp;
	err = ms_sdp_open(body, keying, &sdp);
	if(err) {
		REQUIRE(memcmp(&sdp, &was, sizeof(was)) == 0);
		REQUIRE(ms_sdp_survey(body, keying, &facts) == err);
		return false;
	}
	REQUIRE(sdp.session.p == body.p);
	REQUIRE(sdp.rest.p == sdp.session.p + sdp.session.len);
	REQUIRE(is_blank(ms_str_from(body, sdp.session.len + sdp.rest.len)));
	while(next_mline(&sdp, &mline, &err)) {
		facts.protections |= 1u << mline.protection;
		facts.alive += mline.protection != MS_PROT_REJECTED
					   && mline.protection != MS_PROT_OTHER;
	}
	if(err == MS_END)
		check_survey(body, keying, &facts);
	return err == MS_END;
}

/* ---- ms_sdp_edit -------------------------------------------------------- */

/* @return the edited body; fuzz_free() it */
static struct ms_str edited(
		struct ms_str body, enum ms_edit edit, const struct ms_keying *keying)
{
	const size_t size = ms_sdp_edit_size(body);
	struct ms_str out;
	char *buf = fuzz_buf(size), *small;
	size_t len = 0, none = 42;

	REQUIRE(ms_sdp_edit(body, edit, keying, buf, size, &len) == MS_OK);
	REQUIRE(len > 0 && len <= size);
	out = fuzz_copy((struct ms_str){buf, len});
	free(buf);

	small = fuzz_buf(len - 1);
	REQUIRE(ms_sdp_edit(body, edit, keying, small, len - 1, &none)
			== MS_ENOSPC);
	REQUIRE(none == 42);
	free(small);
	return out;
}

static bool has_text(struct ms_str body, struct ms_str text)
{
	struct ms_str line;

	while(ms_str_line(&body, &line))
		if(ms_str_eq(line, text))
			return true;
	return false;
}

static bool is_put(
		struct ms_str body, struct ms_str line, const struct ms_keying *keying)
{
	return ms_str_eq(line, MS_STR("a=3ge2ae:applied"))
		   || ms_str_has_prefix(line, MS_STR("a=crypto:"))
		   || (ms_sdp_is_dtls(line, keying) && has_text(body, line));
}

/* Lines end in CRLF, and all but those an edit may write come from the body, in
 * its order. */
static void check_lines(
		struct ms_str body, struct ms_str out, const struct ms_keying *keying)
{
	struct ms_str all = body, line, from;
	bool found;

	REQUIRE(out.len > 2 && memcmp(out.p + out.len - 2, "\r\n", 2) == 0);
	while(ms_str_line(&out, &line)) {
		REQUIRE(line.p[line.len] == '\r');
		for(found = is_put(all, line, keying); !found;
				found = ms_str_eq(from, line))
			REQUIRE(ms_str_line(&body, &from));
	}
}

static bool is_applied(enum ms_edit edit)
{
	return edit == MS_EDIT_APPLIED || edit == MS_EDIT_PREFERRED;
}

static void check_dropped(struct ms_str out, enum ms_edit edit)
{
	static const char *const names[] = {"tcap", "acap", "pcfg", "acfg", "creq",
			"csup", "key-mgmt", "zrtp-hash"};
	struct ms_str line;
	size_t i;

	while(ms_str_line(&out, &line)) {
		REQUIRE(!is_type(line, 'k'));
		for(i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			REQUIRE(!is_attr(line, names[i]));
		if(is_attr(line, "3ge2ae"))
			REQUIRE(is_applied(edit)
					&& ms_str_eq(line, MS_STR("a=3ge2ae:applied")));
		if(is_attr(line, "crypto") || is_secret(line))
			REQUIRE(edit != MS_EDIT_PLAIN
					&& ms_str_has_prefix(line, MS_STR("a=crypto:")));
	}
}

static bool has_line(struct ms_str section, const char *name)
{
	struct ms_str line;

	while(ms_str_line(&section, &line))
		if(is_attr(line, name))
			return true;
	return false;
}

/* a key in what should be a fingerprint */
static bool hides_key(struct ms_str lines, const struct ms_keying *keying)
{
	struct ms_str line;

	while(ms_str_line(&lines, &line))
		if(ms_sdp_is_dtls(line, keying) && is_secret(line))
			return true;
	return false;
}

/* what DTLS needs, or nothing of it */
static void check_dtls(
		bool dtls, const struct ms_keying *keying, const struct ms_mline *after)
{
	struct ms_str rest = after->section, line;

	REQUIRE(!has_line(after->section, "tls-id"));
	REQUIRE(!dtls || after->protection == MS_PROT_DTLS);
	while(ms_str_line(&rest, &line))
		if(is_attr(line, "fingerprint") || is_attr(line, "setup"))
			REQUIRE(dtls && ms_sdp_is_dtls(line, keying));
}

/* never again one that is preferred to the one before */
static void check_order(const struct ms_keying *keying, struct ms_str section)
{
	struct ms_crypto crypto;
	struct ms_attr attr;
	struct ms_str line;
	unsigned i = 0;

	while(ms_str_line(&section, &line)) {
		if(!is_attr(line, "crypto") || !ms_sdp_attr(line, &attr))
			continue;
		ms_crypto_read(attr.value, keying, &crypto);
		REQUIRE(!crypto.fault);
		while(keying->suite[i] != crypto.suite)
			REQUIRE(++i < keying->suites);
	}
}

/* what an edit leaves of one m-line */
static void check_section(enum ms_edit edit, const struct ms_sdp *sdp,
		const struct ms_mline *before, const struct ms_mline *after)
{
	const bool sdes =
			before->protection == MS_PROT_SDES && edit != MS_EDIT_PLAIN;
	const bool dtls = before->protection == MS_PROT_DTLS
					  && edit != MS_EDIT_PLAIN
					  && !hides_key(sdp->session, sdp->keying)
					  && !hides_key(before->section, sdp->keying);

	REQUIRE(ms_str_eq(before->media, after->media));
	REQUIRE(ms_str_eq(before->proto_text, after->proto_text));
	REQUIRE(before->port == after->port);
	if(before->proto != MS_PROTO_OTHER)
		check_dtls(dtls, sdp->keying, after);
	REQUIRE(after->applied == ((sdes || dtls) && is_applied(edit)));
	REQUIRE(!after->requested);
	if(!sdes) {
		REQUIRE(after->cryptos == 0);
		return;
	}
	REQUIRE(after->protection == MS_PROT_SDES);
	REQUIRE(after->cryptos >= 1 && after->cryptos <= before->cryptos);
	if(edit == MS_EDIT_CHOSEN || edit == MS_EDIT_NUMBERED)
		REQUIRE(after->cryptos == 1);
	if(edit == MS_EDIT_PREFERRED) {
		check_order(sdp->keying, after->section);
		return;
	}
	if(edit == MS_EDIT_NUMBERED)
		REQUIRE(after->crypto.tag > 0 && after->crypto.tag <= MS_SUITES);
	else
		REQUIRE(after->crypto.tag == before->crypto.tag);
	REQUIRE(after->crypto.suite == before->crypto.suite);
	REQUIRE(ms_str_eq(after->crypto.key, before->crypto.key));
}

static void check_sections(struct ms_str body, struct ms_str out,
		enum ms_edit edit, const struct ms_keying *keying)
{
	struct ms_mline before, after;
	struct ms_sdp in, edited;

	REQUIRE(ms_sdp_open(body, keying, &in) == MS_OK);
	REQUIRE(ms_sdp_open(out, keying, &edited) == MS_OK);
	REQUIRE(!edited.fingerprint && !edited.setup && !edited.requested
			&& !edited.applied);
	while(ms_sdp_next(&in, &before) == MS_OK) {
		REQUIRE(ms_sdp_next(&edited, &after) == MS_OK);
		check_section(edit, &in, &before, &after);
	}
	REQUIRE(ms_sdp_next(&edited, &after) == MS_END);
}

static void check_edit(
		struct ms_str body, enum ms_edit edit, const struct ms_keying *keying)
{
	struct ms_str out = edited(body, edit, keying);
	struct ms_str again = edited(out, edit, keying);

	REQUIRE(ms_str_eq(out, again));
	check_lines(body, out, keying);
	check_dropped(out, edit);
	check_sections(body, out, edit, keying);
	fuzz_free(again);
	fuzz_free(out);
}

static void check_edits(
		struct ms_str body, const struct ms_keying *keying, bool readable)
{
	enum ms_edit edit;
	char buf[1];
	size_t len = 42;

	for(edit = MS_EDIT_PLAIN; edit < EDITS; edit++) {
		if(readable) {
			check_edit(body, edit, keying);
			continue;
		}
		REQUIRE(ms_sdp_edit(body, edit, keying, buf, 0, &len) != MS_OK);
		REQUIRE(len == 42);
	}
}

static unsigned count_mlines(struct ms_str body)
{
	struct ms_str line;
	unsigned n = 0;

	while(ms_str_line(&body, &line))
		n += is_type(line, 'm');
	return n;
}

/* m-lines over TCP are as they were sent, the others as they were relayed. */
static void check_sources(
		struct ms_str sent, struct ms_str relayed, struct ms_str out)
{
	struct ms_sdp s, r, o;
	struct ms_mline ms, mr, mo;
	bool tcp;

	REQUIRE(ms_sdp_open(sent, NULL, &s) == MS_OK);
	REQUIRE(ms_sdp_open(relayed, NULL, &r) == MS_OK);
	REQUIRE(ms_sdp_open(out, NULL, &o) == MS_OK);
	while(ms_sdp_next(&r, &mr) == MS_OK) {
		tcp = ms_sdp_next(&s, &ms) == MS_OK && ms.port > 0
			  && ms_str_has_prefix(ms.proto_text, MS_STR("TCP/"));
		REQUIRE(ms_sdp_next(&o, &mo) == MS_OK);
		REQUIRE(mo.port == (tcp ? ms.port : mr.port));
		REQUIRE(ms_str_eq(mo.proto_text, tcp ? ms.proto_text : mr.proto_text));
		REQUIRE(mo.cryptos == (tcp ? ms.cryptos : mr.cryptos));
	}
	REQUIRE(ms_sdp_next(&o, &mo) == MS_END);
}

static void check_restored(struct ms_str sent, struct ms_str relayed)
{
	const size_t size = ms_sdp_restore_size(sent, relayed);
	char *buf = fuzz_buf(size), *small;
	size_t len = 42, none = 42;
	struct ms_str out;

	if(ms_sdp_restore(sent, relayed, buf, size, &len) == MS_OK) {
		REQUIRE(len > 0 && len <= size);
		out = fuzz_copy((struct ms_str){buf, len});
		REQUIRE(count_mlines(out) == count_mlines(relayed));
		check_sources(sent, relayed, out);
		fuzz_free(out);
		small = fuzz_buf(len - 1);
		REQUIRE(ms_sdp_restore(sent, relayed, small, len - 1, &none)
				== MS_ENOSPC);
		REQUIRE(none == 42);
		free(small);
	} else {
		REQUIRE(len == 42);
	}
	free(buf);
}

/* ---- ms_sdp_answer_is_secure -------------------------------------------- */

static struct ms_str unpadded(struct ms_str key)
{
	while(key.len > 0 && key.p[key.len - 1] == '=')
		key.len--;
	return key;
}

static void check_pair(
		const struct ms_mline *offered, const struct ms_mline *answered)
{
	REQUIRE(ms_str_caseeq(offered->media, answered->media));
	if(answered->port == 0 || offered->protection == MS_PROT_PLAIN
			|| offered->protection == MS_PROT_OTHER)
		return;
	REQUIRE(offered->port != 0);
	REQUIRE(offered->protection == answered->protection);
	REQUIRE(ms_str_caseeq(offered->proto_text, answered->proto_text));
	if(offered->protection != MS_PROT_SDES)
		return;
	REQUIRE(answered->cryptos == 1);
	REQUIRE(!ms_str_eq(
			unpadded(answered->crypto.key), unpadded(offered->crypto.key)));
}

static void check_answer(struct ms_str offer, struct ms_str answer,
		const struct ms_keying *keying)
{
	struct ms_mline offered, answered;
	struct ms_sdp o, a;

	if(!ms_sdp_answer_is_secure(offer, answer, keying, true))
		return;
	REQUIRE(ms_sdp_open(offer, keying, &o) == MS_OK);
	REQUIRE(ms_sdp_open(answer, keying, &a) == MS_OK);
	while(ms_sdp_next(&o, &offered) == MS_OK) {
		REQUIRE(ms_sdp_next(&a, &answered) == MS_OK);
		check_pair(&offered, &answered);
	}
	REQUIRE(ms_sdp_next(&a, &answered) == MS_END);
}

/* Written on success only, and then by a line that is one. */
static void check_fingerprint(struct ms_str body)
{
	unsigned char digest[MS_FINGERPRINT_LEN] = {0}, none[sizeof(digest)] = {0};

	if(ms_sdp_fingerprint(body, digest) != MS_OK)
		REQUIRE(memcmp(digest, none, sizeof(none)) == 0);
	else
		REQUIRE(holds(body, "a=fingerprint:sha-"));
}

/* An answer that is the offer gives every key back. */
static void check_reflected(struct ms_str offer, const struct ms_keying *keying)
{
	struct ms_sdp_facts facts;

	if(ms_sdp_survey(offer, keying, &facts) == MS_OK
			&& facts.protections & 1u << MS_PROT_SDES)
		REQUIRE(!ms_sdp_answer_is_secure(offer, offer, keying, true));
}

/* ---- ms_rtpp ------------------------------------------------------------ */

static uint32_t read_hex(struct ms_str text)
{
	uint32_t n = 0;

	for(; text.len > 0; text = ms_str_from(text, 1))
		n = n << 4
			| (uint32_t)(text.p[0] > '9' ? text.p[0] + 9 : text.p[0]) % 16;
	return n;
}

/* @param keying [out] borrowed by the command */
static struct ms_rtpp read_command(struct ms_str line, struct ms_keying *keying)
{
	const uint32_t suites = read_hex(ms_str_until(&line, ' '));
	const uint32_t bits = read_hex(ms_str_until(&line, ' '));
	struct ms_rtpp rtpp = {.op = (enum ms_rtpp_op)(bits % 3),
			.from = bits & 4	 ? MS_MECH_SDES
					: bits & 128 ? MS_MECH_DTLS
								 : 0,
			.to = bits & 8	   ? MS_MECH_SDES
				  : bits & 256 ? MS_MECH_DTLS
							   : 0,
			.from_core = bits & 16,
			.feedback = bits & 32,
			.branch = bits & 64,
			.ice = bits & 512,
			.keying = keying};

	*keying = fuzz_keying(suites);
	rtpp.from_if = ms_str_until(&line, ' ');
	rtpp.to_if = ms_str_until(&line, ' ');
	rtpp.call_id = line;
	if(bits & 1024)
		rtpp.from_tag = line;
	if(bits & 2048)
		rtpp.to_tag = rtpp.from_if;
	return rtpp;
}

/* every word is one we know, and so none came out of a name or Call-ID */
static bool is_known(const struct ms_rtpp *rtpp, struct ms_str word)
{
	static const char *const words[] = {"RTP/AVP", "RTP/AVPF", "RTP/SAVP",
			"RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF",
			"DTLS-reverse=passive", "SDES-off", "rtcp-mux-demux", "ICE=force",
			"ICE=remove", "DTLS=off", "SDES-pad", "replace-origin",
			"replace-session-connection", "strict-source", "via-branch=extra"};
	struct ms_str value = word, name = ms_str_until(&value, '=');
	size_t i;

	for(i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if(ms_str_eq(word, (struct ms_str){words[i], strlen(words[i])}))
			return true;
	if(ms_str_eq(name, MS_STR("direction")))
		return ms_str_eq(value, rtpp->from_if) || ms_str_eq(value, rtpp->to_if);
	if(ms_str_eq(name, MS_STR("call-id")))
		return ms_str_eq(value, rtpp->call_id);
	if(ms_str_eq(name, MS_STR("from-tag")))
		return ms_str_eq(value, rtpp->from_tag);
	if(ms_str_eq(name, MS_STR("to-tag")))
		return ms_str_eq(value, rtpp->to_tag);
	return ms_str_has_prefix(word, MS_STR("SDES-no-"))
		   && ms_suite_find(ms_str_from(word, 8)) < MS_SUITES;
}

static void check_flags(const struct ms_rtpp *rtpp)
{
	char buf[MS_RTPP_FLAGS_MAX], *small;
	struct ms_str text, word;
	size_t len = 42, none = 42;
	enum ms_err err = ms_rtpp_flags(rtpp, buf, sizeof(buf), &len);

	if(err) {
		REQUIRE(len == 42);
		REQUIRE(err == MS_ESYNTAX
				|| rtpp->from_if.len + rtpp->to_if.len + rtpp->call_id.len
								   + rtpp->from_tag.len + rtpp->to_tag.len
						   > 256);
		return;
	}
	REQUIRE(rtpp->from == 0 || rtpp->to == 0);
	REQUIRE(strlen(buf) == len);
	text = (struct ms_str){buf, len};
	while(text.len > 0) {
		word = ms_str_until(&text, ' ');
		REQUIRE(word.len > 0 && is_known(rtpp, word));
	}
	small = fuzz_buf(len);
	REQUIRE(ms_rtpp_flags(rtpp, small, len, &none) == MS_ENOSPC);
	free(small);
}

/* ---- input -------------------------------------------------------------- */

/* Cut off the lines before "answer", or all of them. */
static struct ms_str next_body(struct ms_str *in)
{
	struct ms_str body = *in, line;

	while(ms_str_line(in, &line)) {
		if(ms_str_eq(line, MS_STR("answer"))) {
			body.len = (size_t)(line.p - body.p);
			break;
		}
	}
	return fuzz_copy(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str in = {(const char *)data, size}, line = {0};
	struct ms_str offer, answer;
	struct ms_keying keying;
	struct ms_rtpp rtpp;

	ms_str_line(&in, &line);
	rtpp = read_command(line, &keying);
	offer = next_body(&in);
	answer = next_body(&in);

	check_flags(&rtpp);
	check_suites(rtpp.call_id);
	check_cryptos(offer, &keying);
	check_edits(offer, &keying, check_body(offer, &keying));
	check_restored(offer, answer);
	check_answer(offer, answer, &keying);
	check_reflected(offer, &keying);
	check_fingerprint(offer);

	fuzz_free(answer);
	fuzz_free(offer);
	return 0;
}
