/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Input: a first line "<suites> <bits> <refused>" in hex: what may be taken of
 * the offer that follows, and which of its first m-lines the answer to it
 * refuses; behind a line "answer" an answer of any kind. */

#include "fuzz.h"

#include "ms_mech.h"
#include "ms_offer.h"

#define TLS_ID MS_STR("0123456789abcdef0123")
/* base64 of key and salt: as much of it as the suite needs */
#define KEY "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
/* of a synthesized answer, for each m-line beside the text of its m= line */
#define ANSWERED_MAX 300

/* ---- lines, read in other words than the core has ----------------------- */

static struct ms_str text_of(const char *text)
{
	return (struct ms_str){text, strlen(text)};
}

static bool holds(struct ms_str text, const char *word)
{
	const size_t len = strlen(word);
	size_t i;

	for(i = 0; i + len <= text.len; i++)
		if(ms_str_caseeq((struct ms_str){text.p + i, len}, text_of(word)))
			return true;
	return false;
}

/* a=<name> or a=<name>:... */
static bool is_attr(struct ms_str line, const char *name)
{
	if(!ms_str_has_prefix(line, MS_STR("a=")))
		return false;
	line = ms_str_from(line, 2);
	return ms_str_eq(ms_str_until(&line, ':'), text_of(name));
}

static bool is_key(struct ms_str line)
{
	return ms_str_has_prefix(line, MS_STR("a="))
		   && (holds(line, "inline:") || holds(line, "key-mgmt:"));
}

/* but for those in capabilities, which are never left */
static unsigned count_keys(struct ms_str text)
{
	struct ms_str line;
	unsigned n = 0;

	while(ms_str_line(&text, &line))
		n += is_key(line) && !is_attr(line, "acap") && !is_attr(line, "tcap")
			 && !is_attr(line, "pcfg");
	return n;
}

static unsigned count_attrs(struct ms_str text, const char *name)
{
	struct ms_str line;
	unsigned n = 0;

	while(ms_str_line(&text, &line))
		n += is_attr(line, name);
	return n;
}

/* ---- a body in one piece ------------------------------------------------ */

struct body
{
	struct ms_sdp sdp;
	unsigned n;
	struct ms_mline m[MS_MLINES_MAX];
	unsigned live[MS_PROT_OTHER + 1]; /* m-lines by protection */
};

static enum ms_err read_body(
		struct ms_str text, const struct ms_keying *keying, struct body *body)
{
	enum ms_err err = ms_sdp_open(text, keying, &body->sdp);
	struct ms_sdp sdp = body->sdp;

	memset(body->live, 0, sizeof(body->live));
	body->n = 0;
	while(!err) {
		if(body->n == MS_MLINES_MAX) {
			REQUIRE(sdp.rest.len == 0);
			return MS_OK;
		}
		err = ms_sdp_next(&sdp, &body->m[body->n]);
		if(!err)
			body->live[body->m[body->n++].protection]++;
	}
	return err == MS_END ? MS_OK : err;
}

static unsigned secured(const struct body *body)
{
	return body->live[MS_PROT_SDES] + body->live[MS_PROT_DTLS];
}

static unsigned streams(const struct body *body)
{
	return secured(body) + body->live[MS_PROT_PLAIN]
		   + body->live[MS_PROT_BROKEN];
}

static bool has_audio(const struct body *body, unsigned mech)
{
	unsigned i;

	for(i = 0; i < body->n; i++)
		if(ms_str_caseeq(body->m[i].media, MS_STR("audio"))
				&& ((mech == MS_MECH_SDES
							&& body->m[i].protection == MS_PROT_SDES)
						|| (mech == MS_MECH_DTLS
								&& body->m[i].protection == MS_PROT_DTLS)))
			return true;
	return false;
}

/* ---- what was taken ----------------------------------------------------- */

/* the text of an a=acap, wherever it is */
static bool is_capability(struct ms_str body, struct ms_str line)
{
	struct ms_str from;

	if(!ms_str_has_prefix(line, MS_STR("a=")))
		return false;
	line = ms_str_from(line, 2);
	while(ms_str_line(&body, &from)) {
		from = ms_str_trim(from);
		if(is_attr(from, "acap") && from.len > line.len
				&& ms_str_eq(line, ms_str_from(from, from.len - line.len)))
			return true;
	}
	return false;
}

/* Lines end in CRLF, and all but m= and what was a capability come from the
 * body, in its order. */
static void check_lines(struct ms_str body, struct ms_str out)
{
	struct ms_str all = body, line, from;
	bool found;

	while(ms_str_line(&out, &line)) {
		REQUIRE(line.p[line.len] == '\r');
		REQUIRE(!is_attr(line, "tcap") && !is_attr(line, "acap")
				&& !is_attr(line, "pcfg") && !is_attr(line, "creq")
				&& !is_attr(line, "csup"));
		if(ms_str_has_prefix(line, MS_STR("m=")) || is_capability(all, line))
			continue;
		for(found = false; !found; found = ms_str_eq(from, line))
			REQUIRE(ms_str_line(&body, &from));
	}
}

static void check_mline(const struct ms_mline *before,
		const struct ms_mline *after, const struct ms_offer_rules *rules,
		const struct ms_offer *offer, unsigned i)
{
	const bool osrtp = offer->line[i].osrtp;
	const size_t acfg = offer->line[i].acfg.len;

	REQUIRE(ms_str_eq(before->media, after->media));
	REQUIRE(after->port == before->port || after->port == 0);
	REQUIRE(acfg <= MS_ACFG_LEN_MAX);
	if(acfg > 0)
		REQUIRE(count_attrs(before->section, "pcfg") > 0 && before->port > 0
				&& (before->protection == MS_PROT_PLAIN
						|| before->protection == MS_PROT_BROKEN));
	else if(!osrtp)
		REQUIRE(ms_str_eq(before->proto_text, after->proto_text));
	if(osrtp)
		REQUIRE(rules->osrtp && offer->mech == MS_MECH_SDES
				&& after->protection == MS_PROT_SDES
				&& before->protection == MS_PROT_PLAIN);
	if(after->port == 0) {
		REQUIRE(count_keys(after->section) == 0 && after->cryptos == 0);
		return;
	}
	/* these are told from the others by what was offered only */
	if(before->protection == MS_PROT_OTHER)
		REQUIRE(count_keys(before->section) == count_keys(after->section));
}

static void check_streams(const struct body *in, const struct body *out,
		const struct ms_offer_rules *rules, const struct ms_offer *offer)
{
	const unsigned other =
			offer->mech == MS_MECH_SDES ? MS_PROT_DTLS : MS_PROT_SDES;
	bool image = false;
	unsigned i;

	REQUIRE(offer->mech == 0 || offer->mech == rules->mech[0]
			|| offer->mech == rules->mech[1]);
	/* some audio stays, whatever is preferred */
	if(has_audio(in, rules->mech[0]) || has_audio(in, rules->mech[1]))
		REQUIRE(has_audio(out, offer->mech));
	/* never nothing at all */
	REQUIRE((streams(in) > 0) == (streams(out) > 0));
	for(i = 0; i < out->n; i++)
		image |= out->m[i].port > 0 && out->m[i].protection == MS_PROT_OTHER
				 && ms_str_caseeq(out->m[i].media, MS_STR("image"));
	if(offer->mech) {
		REQUIRE(secured(out) > 0 && out->live[other] == 0);
		REQUIRE(out->live[MS_PROT_BROKEN] == 0);
		REQUIRE(rules->plain || out->live[MS_PROT_PLAIN] == 0);
		REQUIRE(rules->t38 || !image);
	} else if(rules->plain && out->live[MS_PROT_PLAIN] > 0) {
		REQUIRE(secured(out) == 0 && out->live[MS_PROT_BROKEN] == 0);
		REQUIRE(rules->t38 || !image);
	} else if(streams(in) > 0) {
		/* left as it is */
		for(i = 0; i < in->n; i++)
			REQUIRE(in->m[i].port == out->m[i].port);
	}
	if(offer->plain_rejected)
		REQUIRE(!rules->plain && in->live[MS_PROT_PLAIN] > 0 && offer->mech);
}

static void check_taken(struct ms_str in, struct ms_str out,
		const struct ms_offer_rules *rules, const struct ms_offer *offer)
{
	static struct body before, after;
	unsigned i;

	REQUIRE(read_body(in, rules->keying, &before) == MS_OK);
	REQUIRE(read_body(out, rules->keying, &after) == MS_OK);
	REQUIRE(before.n == after.n);
	for(i = 0; i < before.n; i++)
		check_mline(&before.m[i], &after.m[i], rules, offer, i);
	for(; i < MS_MLINES_MAX; i++)
		REQUIRE(!offer->line[i].osrtp && offer->line[i].acfg.len == 0);
	check_streams(&before, &after, rules, offer);
	check_lines(in, out);
}

static void check_too_small(
		struct ms_str body, const struct ms_offer_rules *rules, size_t size)
{
	char *buf = fuzz_buf(size), *tmp = fuzz_buf(size);
	struct ms_offer offer, was;
	size_t len = 42;

	memset(&offer, 0x55, sizeof(offer));
	was = offer;
	REQUIRE(ms_offer_take(body, rules, buf, tmp, size, &len, &offer)
			== MS_ENOSPC);
	REQUIRE(len == 42 && memcmp(&offer, &was, sizeof(was)) == 0);
	free(tmp);
	free(buf);
}

/* @return the offer as taken; fuzz_free() it */
static struct ms_str taken(struct ms_str body,
		const struct ms_offer_rules *rules, struct ms_offer *offer)
{
	const size_t size = ms_offer_size(body);
	char *buf = fuzz_buf(size), *tmp = fuzz_buf(size);
	struct ms_str out;
	size_t len = 0;

	REQUIRE(ms_offer_take(body, rules, buf, tmp, size, &len, offer) == MS_OK);
	REQUIRE(len > 0 && len <= size);
	out = fuzz_copy((struct ms_str){buf, len});
	free(tmp);
	free(buf);
	check_too_small(body, rules, len - 1);
	return out;
}

static void check_unreadable(
		struct ms_str body, const struct ms_offer_rules *rules, enum ms_err err)
{
	const size_t size = ms_offer_size(body);
	char *buf = fuzz_buf(size), *tmp = fuzz_buf(size);
	struct ms_offer offer, was;
	size_t len = 42;

	memset(&offer, 0x55, sizeof(offer));
	was = offer;
	REQUIRE(ms_offer_take(body, rules, buf, tmp, size, &len, &offer) == err);
	REQUIRE(len == 42 && memcmp(&offer, &was, sizeof(was)) == 0);
	free(tmp);
	free(buf);
}

/* ---- the answer --------------------------------------------------------- */

static void put(struct ms_out *out, const char *text)
{
	ms_out_put(out, text_of(text));
}

static int key_len(enum ms_suite suite)
{
	switch(suite) {
		case MS_SUITE_AEAD_AES_128_GCM:
			return 38;
		case MS_SUITE_AEAD_AES_256_GCM:
			return 59;
		case MS_SUITE_AES_192_CM_HMAC_SHA1_80:
		case MS_SUITE_AES_192_CM_HMAC_SHA1_32:
			return 51;
		case MS_SUITE_AES_256_CM_HMAC_SHA1_80:
		case MS_SUITE_AES_256_CM_HMAC_SHA1_32:
			return 62;
		default:
			return 40;
	}
}

/* One m-line, in the profile it was offered with. */
static void put_answered(
		struct ms_out *out, const struct ms_mline *m, bool refused)
{
	char crypto[ANSWERED_MAX];

	put(out, "m=");
	ms_out_put(out, m->media);
	put(out, refused || m->port == 0 ? " 0 " : " 5004 ");
	ms_out_put(out, m->proto_text);
	put(out, " 8\r\n");
	if(m->protection == MS_PROT_SDES) {
		snprintf(crypto, sizeof(crypto), "a=crypto:%u %s inline:%.*s\r\n",
				(unsigned)m->crypto.tag, ms_suite_name(m->crypto.suite).p,
				key_len(m->crypto.suite), KEY);
		put(out, crypto);
	} else if(m->protection == MS_PROT_DTLS) {
		put(out, "a=fingerprint:sha-256 66\r\na=setup:passive\r\n");
	}
}

/* @return an answer to the offer as taken; fuzz_free() it */
static struct ms_str answered(
		struct ms_str offer, const struct ms_keying *keying, uint32_t refused)
{
	static struct body body;
	const size_t size = offer.len + 99 + MS_MLINES_MAX * ANSWERED_MAX;
	struct ms_out out = {.p = fuzz_buf(size), .size = size};
	struct ms_str answer;
	unsigned i;

	REQUIRE(read_body(offer, keying, &body) == MS_OK);
	put(&out, "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n");
	for(i = 0; i < body.n; i++)
		put_answered(&out, &body.m[i], i < 32 && refused & 1u << i);
	REQUIRE(!out.full);
	answer = fuzz_copy((struct ms_str){out.p, out.len});
	free(out.p);
	return answer;
}

static struct ms_str dressed(const struct ms_offer *offer, struct ms_str answer)
{
	const size_t size = ms_offer_answer_size(answer, TLS_ID);
	char *buf = fuzz_buf(size), *small;
	size_t len = 0, none = 42;
	struct ms_str out;

	REQUIRE(ms_offer_answer(offer, answer, TLS_ID, buf, size, &len) == MS_OK);
	REQUIRE(len > 0 && len <= size);
	out = fuzz_copy((struct ms_str){buf, len});
	free(buf);
	small = fuzz_buf(len - 1);
	REQUIRE(ms_offer_answer(offer, answer, TLS_ID, small, len - 1, &none)
			== MS_ENOSPC);
	REQUIRE(none == 42);
	free(small);
	return out;
}

/* without the protection of its profile, if it has one */
static bool is_bare(enum ms_proto proto, enum ms_proto bare)
{
	if(proto == MS_PROTO_SAVP)
		return bare == MS_PROTO_AVP;
	return bare == (proto == MS_PROTO_SAVPF ? MS_PROTO_AVPF : proto);
}

static void check_dressed(const struct ms_offer *offer, unsigned i,
		const struct ms_mline *before, const struct ms_mline *after)
{
	const bool live = before->port > 0;
	const bool acfg = live && offer->line[i].acfg.len > 0;
	const bool tls_id = live && offer->line[i].tls_id;

	REQUIRE(ms_str_eq(before->media, after->media));
	REQUIRE(before->port == after->port);
	REQUIRE(before->cryptos == after->cryptos);
	/* a malformed a=crypto may lose its own */
	REQUIRE(count_keys(after->section) <= count_keys(before->section));
	if(before->protection == MS_PROT_SDES && before->cryptos == 1
			&& offer->line[i].sdes)
		REQUIRE(after->crypto.tag == offer->line[i].tag);
	if(offer->line[i].osrtp)
		REQUIRE(is_bare(before->proto, after->proto));
	else
		REQUIRE(ms_str_eq(before->proto_text, after->proto_text));
	REQUIRE(count_attrs(after->section, "acfg")
			== count_attrs(before->section, "acfg") + acfg);
	REQUIRE(count_attrs(after->section, "tls-id")
			== count_attrs(before->section, "tls-id") + tls_id);
}

static void check_answer(const struct ms_offer *offer, struct ms_str answer,
		const struct ms_keying *keying)
{
	static struct body before, after;
	struct ms_str out = dressed(offer, answer);
	unsigned i;

	REQUIRE(read_body(answer, keying, &before) == MS_OK);
	REQUIRE(read_body(out, keying, &after) == MS_OK);
	REQUIRE(before.n == after.n);
	REQUIRE(count_keys(before.sdp.session) == count_keys(after.sdp.session));
	for(i = 0; i < before.n; i++)
		check_dressed(offer, i, &before.m[i], &after.m[i]);
	fuzz_free(out);
}

/* The answer to what was taken, back as the phone offered it. */
static void check_own_answer(const struct ms_offer *offer, struct ms_str in,
		struct ms_str out, const struct ms_keying *keying, uint32_t refused)
{
	static struct body phone, back;
	struct ms_str answer = answered(out, keying, refused), dress;
	unsigned i;

	/* protection is as it was offered, unless the phone has our key */
	if(!holds(out, "inline:zzzz"))
		REQUIRE(read_body(out, keying, &back) != MS_OK
				|| back.live[MS_PROT_BROKEN] > 0
				|| ms_sdp_answer_is_secure(out, answer, keying, false));
	check_answer(offer, answer, keying);
	dress = dressed(offer, answer);
	REQUIRE(read_body(in, keying, &phone) == MS_OK);
	REQUIRE(read_body(dress, keying, &back) == MS_OK);
	for(i = 0; i < phone.n; i++)
		REQUIRE(offer->line[i].acfg.len > 0
				|| ms_str_caseeq(phone.m[i].proto_text, back.m[i].proto_text));
	fuzz_free(dress);
	fuzz_free(answer);
}

/* ---- input -------------------------------------------------------------- */

static uint32_t read_hex(struct ms_str text)
{
	uint32_t n = 0;

	for(; text.len > 0; text = ms_str_from(text, 1))
		n = n << 4
			| (uint32_t)(text.p[0] > '9' ? text.p[0] + 9 : text.p[0]) % 16;
	return n;
}

/* @param keying [out] borrowed by the rules */
static struct ms_offer_rules read_rules(
		struct ms_str *line, struct ms_keying *keying)
{
	static const unsigned mechs[4][2] = {{0, 0}, {MS_MECH_SDES, 0},
			{MS_MECH_DTLS, 0}, {MS_MECH_SDES, MS_MECH_DTLS}};
	const uint32_t suites = read_hex(ms_str_until(line, ' '));
	const uint32_t bits = read_hex(ms_str_until(line, ' '));
	const bool swap = bits & 4;

	*keying = fuzz_keying(suites);
	return (struct ms_offer_rules){
			.mech = {mechs[bits % 4][swap && bits % 4 == 3],
					mechs[bits % 4][!(swap && bits % 4 == 3)]},
			.plain = bits & 8,
			.osrtp = bits & 16,
			.t38 = bits & 32,
			.keying = keying};
}

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

/* There is nothing more to be done to what was taken. RTP/AVP with a key could
 * not be had by DTLS, what became of it might. */
static void check_stable(struct ms_str out, struct ms_offer_rules rules,
		const struct ms_offer *offer)
{
	struct ms_offer again;
	struct ms_str same;
	unsigned i;

	for(i = 0; i < MS_MLINES_MAX; i++)
		if(offer->line[i].osrtp)
			rules.mech[0] = offer->mech;
	same = taken(out, &rules, &again);
	REQUIRE(ms_str_eq(out, same) && again.mech == offer->mech);
	fuzz_free(same);
}

static void check_offer(struct ms_str in, const struct ms_offer_rules *rules,
		uint32_t refused, struct ms_str answer)
{
	struct ms_offer offer;
	struct ms_str out;
	struct ms_sdp_facts facts;
	enum ms_err err = ms_sdp_survey(in, rules->keying, &facts);

	if(err) {
		check_unreadable(in, rules, err);
		return;
	}
	memset(&offer, 0x55, sizeof(offer));
	out = taken(in, rules, &offer);
	check_taken(in, out, rules, &offer);
	check_stable(out, *rules, &offer);
	check_own_answer(&offer, in, out, rules->keying, refused);
	if(ms_sdp_survey(answer, rules->keying, &facts) == MS_OK)
		check_answer(&offer, answer, rules->keying);
	fuzz_free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str in = {(const char *)data, size}, line = {0};
	struct ms_offer_rules rules;
	struct ms_keying keying;
	struct ms_str offer, answer;

	ms_str_line(&in, &line);
	rules = read_rules(&line, &keying);
	offer = next_body(&in);
	answer = next_body(&in);
	check_offer(offer, &rules, read_hex(line), answer);
	fuzz_free(answer);
	fuzz_free(offer);
	return 0;
}
