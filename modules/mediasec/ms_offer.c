/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_offer.h"

#include "ms_mech.h"

#define CRLF MS_STR("\r\n")
#define TAG_DIGITS 9 /* RFC 4568, 9.1 */

/* ---- what an m-line can do ---------------------------------------------- */

static bool is_savp(enum ms_proto proto)
{
	return proto == MS_PROTO_SAVP || proto == MS_PROTO_SAVPF;
}

/* RFC 8643: keys offered on a profile without protection */
static bool is_osrtp(
		const struct ms_mline *m, const struct ms_offer_rules *rules)
{
	return rules->osrtp && m->protection == MS_PROT_PLAIN && m->cryptos > 0
		   && !m->crypto.fault;
}

static bool supports(const struct ms_mline *m, unsigned mech,
		const struct ms_offer_rules *rules)
{
	if(m->protection == MS_PROT_REJECTED || m->protection == MS_PROT_OTHER)
		return false;
	if(mech == MS_MECH_SDES)
		return m->protection == MS_PROT_SDES || is_osrtp(m, rules);
	if(mech == MS_MECH_DTLS)
		return m->protection == MS_PROT_DTLS
			   || (is_savp(m->proto) && m->fingerprint && m->setup);
	return false;
}

/* ---- choosing ----------------------------------------------------------- */

enum fate
{
	FATE_KEEP, /* with the leg's mechanism, or plain, or as it is */
	FATE_REJECT
};

/* All m-lines of an offer, and what becomes of them. */
struct lines
{
	unsigned n;
	struct ms_mline m[MS_MLINES_MAX];
	enum fate fate[MS_MLINES_MAX];
	bool secured[MS_MLINES_MAX]; /* kept with the leg's mechanism */
};

static enum ms_err read_lines(struct ms_sdp sdp, struct lines *lines)
{
	enum ms_err err;

	for(lines->n = 0; lines->n < MS_MLINES_MAX; lines->n++) {
		err = ms_sdp_next(&sdp, &lines->m[lines->n]);
		if(err)
			return err == MS_END ? MS_OK : err;
	}
	return MS_OK;
}

/* The same stream once more, as Jitsi offers it: same medium, same port. Lines
 * with an identification share a port when they are bundled (RFC 9143), and each
 * is a stream of its own. */
static bool is_same(const struct ms_mline *a, const struct ms_mline *b)
{
	return a->port == b->port && ms_str_caseeq(a->media, b->media)
		   && !(ms_sdp_has_attr(a->section, MS_STR("mid"))
				   && ms_sdp_has_attr(b->section, MS_STR("mid")));
}

static bool is_alternative(const struct lines *lines, unsigned i)
{
	unsigned j;

	for(j = 0; j < i; j++)
		if(lines->secured[j] && is_same(&lines->m[j], &lines->m[i]))
			return true;
	return false;
}

/* A plain line beside a secured one of the same medium is the other choice of
 * a phone that offers both. */
static bool has_secured(const struct lines *lines, struct ms_str media)
{
	unsigned i;

	for(i = 0; i < lines->n; i++)
		if(lines->secured[i] && ms_str_caseeq(lines->m[i].media, media))
			return true;
	return false;
}

/* A stream that is secured by its profile comes before keys in RTP/AVP. */
static bool has_better(const struct lines *lines, unsigned i, unsigned mech,
		const struct ms_offer_rules *rules)
{
	const struct ms_mline *m = &lines->m[i];
	unsigned j;

	for(j = 0; m->protection == MS_PROT_PLAIN && j < lines->n; j++)
		if(lines->m[j].protection != MS_PROT_PLAIN
				&& supports(&lines->m[j], mech, rules)
				&& ms_str_caseeq(lines->m[j].media, m->media))
			return true;
	return false;
}

static void decide_secured(
		struct lines *lines, unsigned mech, const struct ms_offer_rules *rules)
{
	unsigned i;

	for(i = 0; i < lines->n; i++)
		lines->secured[i] = supports(&lines->m[i], mech, rules)
							&& !is_alternative(lines, i)
							&& !has_better(lines, i, mech, rules);
}

/* How good is it: audio counts for more than all others, alternatives of one
 * medium for no more than one of them. */
static unsigned count_media(const struct lines *lines)
{
	unsigned i, j, n = 0;

	for(i = 0; i < lines->n; i++) {
		for(j = 0; j < i; j++)
			if(lines->secured[j]
					&& ms_str_caseeq(lines->m[j].media, lines->m[i].media))
				break;
		if(lines->secured[i] && j == i)
			n += ms_str_caseeq(lines->m[i].media, MS_STR("audio"))
						 ? MS_MLINES_MAX
						 : 1;
	}
	return n;
}

/* @return the mechanism of the leg, 0 for none; its lines are secured */
static unsigned choose_mech(
		struct lines *lines, const struct ms_offer_rules *rules)
{
	unsigned i, n, most = 0, mech = 0;

	for(i = 0; i < 2; i++) {
		decide_secured(lines, rules->mech[i], rules);
		n = count_media(lines);
		if(n > most) {
			most = n;
			mech = rules->mech[i];
		}
	}
	decide_secured(lines, mech, rules);
	return mech;
}

static enum fate decide_other(const struct lines *lines, unsigned i,
		const struct ms_offer_rules *rules, struct ms_offer *offer)
{
	const struct ms_mline *m = &lines->m[i];

	switch(m->protection) {
		case MS_PROT_REJECTED:
			return FATE_KEEP;
		case MS_PROT_OTHER:
			return rules->t38 || !ms_str_caseeq(m->media, MS_STR("image"))
						   ? FATE_KEEP
						   : FATE_REJECT;
		case MS_PROT_PLAIN:
			if(has_secured(lines, m->media))
				return FATE_REJECT;
			if(rules->plain)
				return FATE_KEEP;
			offer->plain_rejected = true;
			return FATE_REJECT;
		case MS_PROT_SDES:
		case MS_PROT_DTLS:
		case MS_PROT_BROKEN:
			return FATE_REJECT;
	}
	return FATE_REJECT;
}

static bool is_alive(const struct ms_mline *m)
{
	return m->protection != MS_PROT_REJECTED && m->protection != MS_PROT_OTHER;
}

/* Is there a stream left, of those there were? */
static bool keeps_any(const struct lines *lines)
{
	bool alive = false;
	unsigned i;

	for(i = 0; i < lines->n; i++) {
		if(!is_alive(&lines->m[i]))
			continue;
		alive = true;
		if(lines->fate[i] == FATE_KEEP)
			return true;
	}
	return !alive;
}

/* Nothing but T.38 was offered, and it may not be. */
static bool rejects_all(const struct lines *lines)
{
	bool rejected = false;
	unsigned i;

	for(i = 0; i < lines->n; i++) {
		if(lines->fate[i] == FATE_REJECT)
			rejected = true;
		else if(lines->m[i].protection != MS_PROT_REJECTED)
			return false;
	}
	return rejected;
}

static void decide(struct lines *lines, const struct ms_offer_rules *rules,
		struct ms_offer *offer)
{
	unsigned i;

	offer->mech = choose_mech(lines, rules);
	for(i = 0; i < lines->n; i++)
		lines->fate[i] = lines->secured[i]
								 ? FATE_KEEP
								 : decide_other(lines, i, rules, offer);
	offer->all_rejected = rejects_all(lines);
	if(keeps_any(lines))
		return;
	offer->all_rejected = false;
	offer->plain_rejected = false;
	for(i = 0; i < lines->n; i++)
		lines->fate[i] = FATE_KEEP;
}

/* ---- writing ------------------------------------------------------------ */

/* The profile with protection in place of the one without it (RFC 8643). */
static struct ms_str with_protection(enum ms_proto proto)
{
	return proto == MS_PROTO_AVPF ? MS_STR("RTP/SAVPF") : MS_STR("RTP/SAVP");
}

/* The way back; any other profile stays. */
static struct ms_str without_protection(enum ms_proto proto)
{
	if(proto == MS_PROTO_SAVPF)
		return MS_STR("RTP/AVPF");
	return proto == MS_PROTO_SAVP ? MS_STR("RTP/AVP") : MS_STR("");
}

/* Both kinds of keying in one m-line: one of them is chosen. Nothing flows where
 * a stream is rejected. */
static bool drops_keys(
		const struct lines *lines, unsigned i, const struct ms_offer *offer)
{
	if(lines->fate[i] == FATE_REJECT
			|| lines->m[i].protection == MS_PROT_REJECTED)
		return true;
	return offer->mech == MS_MECH_DTLS
		   && lines->m[i].protection != MS_PROT_OTHER;
}

static bool is_key(struct ms_str line)
{
	return ms_sdp_is_attr(line, MS_STR("crypto")) || ms_sdp_line_has_key(line);
}

static void put_session(struct ms_out *out, struct ms_str session)
{
	struct ms_str line;

	while(ms_str_line(&session, &line))
		ms_out_line(out, line);
}

static void put_taken(struct ms_out *out, struct ms_str session,
		const struct lines *lines, unsigned i, struct ms_offer *offer)
{
	const struct ms_mline *m = &lines->m[i];
	struct ms_str rest = m->section, line;
	struct ms_str port = MS_STR(""), proto = MS_STR("");
	const bool keyless = drops_keys(lines, i, offer);

	if(lines->fate[i] == FATE_REJECT)
		port = MS_STR("0");
	offer->line[i].sdes = lines->secured[i] && offer->mech == MS_MECH_SDES;
	offer->line[i].tag = m->crypto.tag;
	offer->line[i].tls_id =
			lines->secured[i] && offer->mech == MS_MECH_DTLS
			&& (ms_sdp_has_attr(session, MS_STR("tls-id"))
					|| ms_sdp_has_attr(m->section, MS_STR("tls-id")));
	offer->line[i].osrtp =
			offer->line[i].sdes && m->protection == MS_PROT_PLAIN;
	if(offer->line[i].osrtp)
		proto = with_protection(m->proto);
	ms_str_line(&rest, &line);
	ms_sdp_put_media(out, line, port, proto);
	while(ms_str_line(&rest, &line))
		if(!keyless || !is_key(line))
			ms_out_line(out, line);
}

size_t ms_offer_size(struct ms_str body)
{
	struct ms_str line;
	size_t size = ms_capneg_size(body);

	while(ms_str_line(&body, &line))
		size += 1 + CRLF.len; /* RTP/SAVP for RTP/AVP, CRLF for LF */
	return size;
}

enum ms_err ms_offer_take(struct ms_str body,
		const struct ms_offer_rules *rules, char *buf, char *tmp, size_t size,
		size_t *len, struct ms_offer *offer)
{
	struct ms_out out = {.p = buf, .size = size};
	struct ms_acfg acfg[MS_MLINES_MAX];
	struct ms_offer o = {0};
	struct ms_str resolved = {tmp, 0};
	struct lines lines;
	struct ms_sdp sdp;
	enum ms_err err;
	unsigned i;

	err = ms_capneg_resolve(body, rules->mech[0] | rules->mech[1],
			rules->keying, tmp, size, &resolved.len, acfg);
	if(!err)
		err = ms_sdp_open(resolved, rules->keying, &sdp);
	if(!err)
		err = read_lines(sdp, &lines);
	if(err)
		return err;
	decide(&lines, rules, &o);
	put_session(&out, sdp.session);
	for(i = 0; i < lines.n; i++) {
		put_taken(&out, sdp.session, &lines, i, &o);
		o.line[i].acfg = acfg[i];
	}
	err = ms_out_end(&out, len);
	if(err)
		return err;
	*offer = o;
	return MS_OK;
}

/* ---- the answer --------------------------------------------------------- */

static void put_number(struct ms_out *out, uint32_t n)
{
	if(n >= 10)
		put_number(out, n / 10);
	ms_out_char(out, (char)('0' + n % 10));
}

/* a=crypto:<tag> <rest>, with another tag */
static void put_crypto(struct ms_out *out, struct ms_str line, uint32_t tag)
{
	ms_str_until(&line, ' ');
	ms_out_put(out, MS_STR("a=crypto:"));
	put_number(out, tag);
	ms_out_char(out, ' ');
	ms_out_line(out, line);
}

static void put_answered(struct ms_out *out, const struct ms_offer *offer,
		unsigned i, const struct ms_mline *m, struct ms_str tls_id)
{
	const struct ms_acfg *acfg = &offer->line[i].acfg;
	struct ms_str rest = m->section, line;

	ms_str_line(&rest, &line);
	ms_sdp_put_media(out, line, MS_STR(""),
			offer->line[i].osrtp ? without_protection(m->proto) : MS_STR(""));
	while(ms_str_line(&rest, &line)) {
		if(offer->line[i].sdes && ms_sdp_is_attr(line, MS_STR("crypto")))
			put_crypto(out, line, offer->line[i].tag);
		else
			ms_out_line(out, line);
	}
	if(m->port == 0)
		return;
	if(acfg->len > 0) {
		ms_out_put(out, MS_STR("a=acfg:"));
		ms_out_line(out, (struct ms_str){acfg->text, acfg->len});
	}
	if(offer->line[i].tls_id) {
		ms_out_put(out, MS_STR("a=tls-id:"));
		ms_out_line(out, tls_id);
	}
}

size_t ms_offer_answer_size(struct ms_str answer, struct ms_str tls_id)
{
	struct ms_str line;
	size_t size = 0;

	while(ms_str_line(&answer, &line)) {
		size += line.len + CRLF.len;
		if(ms_str_has_prefix(line, MS_STR("m=")))
			size += MS_ACFG_LEN_MAX + tls_id.len + 32;
		else if(ms_sdp_is_attr(line, MS_STR("crypto")))
			size += TAG_DIGITS + 2; /* with ":" and blank, if it has none */
	}
	return size;
}

enum ms_err ms_offer_answer(const struct ms_offer *offer, struct ms_str answer,
		struct ms_str tls_id, char *buf, size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};
	struct ms_mline mline;
	struct ms_sdp sdp;
	enum ms_err err;
	unsigned i = 0;

	err = ms_sdp_open(answer, NULL, &sdp);
	if(err)
		return err;
	put_session(&out, sdp.session);
	for(err = ms_sdp_next(&sdp, &mline); !err; err = ms_sdp_next(&sdp, &mline))
		put_answered(&out, offer, i++, &mline, tls_id);
	return err == MS_END ? ms_out_end(&out, len) : err;
}
