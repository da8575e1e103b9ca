/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_sdp.h"

#include <string.h>

#include "ms_scan.h"

#define PORT_MAX 65535

/* ---- one line ----------------------------------------------------------- */

bool ms_sdp_attr(struct ms_str line, struct ms_attr *attr)
{
	if(!ms_str_has_prefix(line, MS_STR("a=")))
		return false;
	attr->value = ms_str_from(line, 2);
	attr->name = ms_str_until(&attr->value, ':');
	return true;
}

bool ms_sdp_is_attr(struct ms_str line, struct ms_str name)
{
	struct ms_attr attr;

	return ms_sdp_attr(line, &attr) && ms_str_eq(attr.name, name);
}

bool ms_sdp_has_attr(struct ms_str lines, struct ms_str name)
{
	struct ms_str line;

	while(ms_str_line(&lines, &line))
		if(ms_sdp_is_attr(line, name))
			return true;
	return false;
}

/* "<label>:" somewhere in text, in any case; text has at least one byte */
static bool has_label(struct ms_str text, struct ms_str label)
{
	struct ms_str part;

	while(memchr(text.p, ':', text.len)) {
		part = ms_str_until(&text, ':');
		if(part.len >= label.len
				&& ms_str_caseeq(
						ms_str_from(part, part.len - label.len), label))
			return true;
	}
	return false;
}

bool ms_sdp_text_has_key(struct ms_str text)
{
	return text.len > 0
		   && (has_label(text, MS_STR("inline"))
				   || has_label(text, MS_STR("key-mgmt")));
}

bool ms_sdp_line_has_key(struct ms_str line)
{
	return ms_str_has_prefix(line, MS_STR("a=")) && ms_sdp_text_has_key(line);
}

static bool line_is_valid(struct ms_str line)
{
	return line.len >= 2 && line.p[0] >= 'a' && line.p[0] <= 'z'
		   && line.p[1] == '=' && !memchr(line.p, '\0', line.len)
		   && !memchr(line.p, '\r', line.len);
}

/* ---- a whole body ------------------------------------------------------- */

static struct ms_str without_blank_end(struct ms_str body)
{
	struct ms_str rest = body, line;
	size_t len = 0;

	while(ms_str_line(&rest, &line))
		if(line.len > 0)
			len = body.len - rest.len;
	return (struct ms_str){body.p, len};
}

static enum ms_err check_lines(struct ms_str body)
{
	unsigned mlines = 0;
	struct ms_str line;

	if(!ms_str_line(&body, &line) || !ms_str_eq(line, MS_STR("v=0")))
		return MS_ESYNTAX;
	while(ms_str_line(&body, &line)) {
		/* a second "v=" begins another session description to rtpengine */
		if(!line_is_valid(line) || line.p[0] == 'v')
			return MS_ESYNTAX;
		if(line.p[0] == 'm' && ++mlines > MS_MLINES_MAX)
			return MS_ELIMIT;
	}
	return MS_OK;
}

/* Split off the first line and all lines before the next "m=". */
static struct ms_str section_split(struct ms_str *rest)
{
	struct ms_str section = *rest, line;

	do
		ms_str_line(rest, &line);
	while(rest->len > 0 && !ms_str_has_prefix(*rest, MS_STR("m=")));
	section.len -= rest->len;
	return section;
}

static void read_indicator(struct ms_str value, struct ms_mline *mline)
{
	value = ms_str_trim(value);
	if(ms_str_caseeq(value, MS_STR("requested")))
		mline->requested = true;
	else if(ms_str_caseeq(value, MS_STR("applied")))
		mline->applied = true;
}

/* 2UHEX *(":" 2UHEX), in any case (RFC 8122, 5) */
static bool is_hex(struct ms_str value)
{
	size_t i;

	for(i = 0; i < value.len; i++)
		if(value.p[i] == '\0' || !strchr("0123456789ABCDEFabcdef:", value.p[i]))
			return false;
	return value.len > 0;
}

/* MD2, MD5 and SHA-1 are no longer to be trusted (RFC 8122, 5); what rtpengine
 * does not know at all it would hand through to the other side. */
static bool fingerprint_is_good(
		struct ms_str value, const struct ms_keying *keying)
{
	struct ms_str hash = ms_str_until(&value, ' ');

	return is_hex(value)
		   && (ms_str_caseeq(hash, MS_STR("sha-256"))
				   || ms_str_caseeq(hash, MS_STR("sha-384"))
				   || ms_str_caseeq(hash, MS_STR("sha-512"))
				   || (keying && keying->sha1
						   && ms_str_caseeq(hash, MS_STR("sha-1"))));
}

/* holdconn is not for DTLS-SRTP (RFC 5763, 5) */
static bool setup_is_good(struct ms_str value)
{
	return ms_str_caseeq(value, MS_STR("actpass"))
		   || ms_str_caseeq(value, MS_STR("active"))
		   || ms_str_caseeq(value, MS_STR("passive"));
}

bool ms_sdp_is_dtls(struct ms_str line, const struct ms_keying *keying)
{
	struct ms_attr attr;

	if(!ms_sdp_attr(line, &attr))
		return false;
	return (ms_str_eq(attr.name, MS_STR("fingerprint"))
				   && fingerprint_is_good(attr.value, keying))
		   || (ms_str_eq(attr.name, MS_STR("setup"))
				   && setup_is_good(attr.value));
}

static void read_setup(struct ms_str value, struct ms_mline *mline)
{
	mline->setup |= setup_is_good(value);
	mline->actpass |= ms_str_caseeq(value, MS_STR("actpass"));
}

/* The attributes that count at session level, too. */
static void read_marks(struct ms_str lines, const struct ms_keying *keying,
		struct ms_mline *mline)
{
	struct ms_str line;
	struct ms_attr attr;

	while(ms_str_line(&lines, &line)) {
		if(!ms_sdp_attr(line, &attr))
			continue;
		if(ms_str_eq(attr.name, MS_STR("fingerprint")))
			mline->fingerprint |= fingerprint_is_good(attr.value, keying);
		else if(ms_str_eq(attr.name, MS_STR("setup")))
			read_setup(attr.value, mline);
		else if(ms_str_eq(attr.name, MS_STR("ice-ufrag")))
			mline->ice = true;
		else if(ms_str_eq(attr.name, MS_STR("3ge2ae")))
			read_indicator(attr.value, mline);
	}
}

enum ms_err ms_sdp_open(
		struct ms_str body, const struct ms_keying *keying, struct ms_sdp *sdp)
{
	struct ms_sdp s = {.keying = keying, .rest = without_blank_end(body)};
	struct ms_mline session = {0};
	enum ms_err err;

	err = check_lines(s.rest);
	if(err)
		return err;
	s.session = section_split(&s.rest);
	read_marks(s.session, keying, &session);
	s.fingerprint = session.fingerprint;
	s.setup = session.setup;
	s.actpass = session.actpass;
	s.ice = session.ice;
	s.requested = session.requested;
	s.applied = session.applied;
	*sdp = s;
	return MS_OK;
}

/* ---- one m-line --------------------------------------------------------- */

static const struct ms_str protos[] = {
		[MS_PROTO_AVP] = MS_STR("RTP/AVP"),
		[MS_PROTO_AVPF] = MS_STR("RTP/AVPF"),
		[MS_PROTO_SAVP] = MS_STR("RTP/SAVP"),
		[MS_PROTO_SAVPF] = MS_STR("RTP/SAVPF"),
		[MS_PROTO_TLS_SAVP] = MS_STR("UDP/TLS/RTP/SAVP"),
		[MS_PROTO_TLS_SAVPF] = MS_STR("UDP/TLS/RTP/SAVPF"),
};

static enum ms_proto find_proto(struct ms_str text)
{
	unsigned i;

	for(i = 0; i < MS_PROTO_OTHER; i++)
		if(ms_str_caseeq(text, protos[i]))
			break;
	return (enum ms_proto)i;
}

/* port ["/" number of ports] */
static bool read_port(struct ms_str text, unsigned *port)
{
	unsigned long n, ports;

	if(ms_scan_number(&text, PORT_MAX, &n))
		return false;
	if(text.len > 0) {
		if(text.p[0] != '/')
			return false;
		text = ms_str_from(text, 1);
		if(ms_scan_number(&text, PORT_MAX, &ports) || ports == 0)
			return false;
	}
	*port = (unsigned)n;
	return text.len == 0;
}

/* m=media SP port SP proto; the formats do not matter here */
static bool read_media(struct ms_str line, struct ms_mline *mline)
{
	struct ms_str rest = ms_str_from(line, 2), port;

	mline->media = ms_str_until(&rest, ' ');
	port = ms_str_until(&rest, ' ');
	mline->proto_text = ms_str_until(&rest, ' ');
	mline->proto = find_proto(mline->proto_text);
	return mline->media.len > 0 && mline->proto_text.len > 0
		   && read_port(port, &mline->port);
}

/* @return false when there is no further a=crypto in lines */
static bool next_crypto(struct ms_str *lines, struct ms_cryptos *cryptos,
		struct ms_crypto *crypto)
{
	struct ms_str line;
	struct ms_attr attr;

	while(ms_str_line(lines, &line)) {
		if(ms_sdp_attr(line, &attr) && ms_str_eq(attr.name, MS_STR("crypto"))) {
			ms_cryptos_read(cryptos, attr.value, crypto);
			return true;
		}
	}
	return false;
}

static void read_cryptos(struct ms_str lines, const struct ms_keying *keying,
		struct ms_mline *mline)
{
	struct ms_cryptos cryptos = {.keying = keying};
	struct ms_crypto crypto;

	while(next_crypto(&lines, &cryptos, &crypto)) {
		if(mline->cryptos == 0 || (mline->crypto.fault && !crypto.fault))
			mline->crypto = crypto;
		mline->cryptos++;
	}
}

static enum ms_protection savp_protection(const struct ms_mline *mline)
{
	if(mline->cryptos > 0)
		return mline->crypto.fault ? MS_PROT_BROKEN : MS_PROT_SDES;
	/* DTLS under the name of SDES came before RFC 5764 */
	return mline->fingerprint && mline->setup ? MS_PROT_DTLS : MS_PROT_BROKEN;
}

static enum ms_protection find_protection(const struct ms_mline *mline)
{
	if(mline->port == 0)
		return MS_PROT_REJECTED;
	switch(mline->proto) {
		case MS_PROTO_AVP:
		case MS_PROTO_AVPF:
			return MS_PROT_PLAIN;
		case MS_PROTO_SAVP:
		case MS_PROTO_SAVPF:
			return savp_protection(mline);
		case MS_PROTO_TLS_SAVP:
		case MS_PROTO_TLS_SAVPF:
			return mline->fingerprint && mline->setup ? MS_PROT_DTLS
													  : MS_PROT_BROKEN;
		case MS_PROTO_OTHER:
			break;
	}
	/* RTP over TCP and the like: nothing here can relay or protect it */
	return ms_str_caseeq(mline->media, MS_STR("audio"))
						   || ms_str_caseeq(mline->media, MS_STR("video"))
				   ? MS_PROT_BROKEN
				   : MS_PROT_OTHER;
}

enum ms_err ms_sdp_next(struct ms_sdp *sdp, struct ms_mline *mline)
{
	struct ms_mline m = {.ice = sdp->ice,
			.requested = sdp->requested,
			.applied = sdp->applied};
	struct ms_str rest = sdp->rest, line, lines;

	if(rest.len == 0)
		return MS_END;
	m.section = lines = section_split(&rest);
	ms_str_line(&lines, &line);
	if(!read_media(line, &m))
		return MS_ESYNTAX;
	read_marks(lines, sdp->keying, &m);
	/* one of its own takes precedence, good or not (RFC 8122, 5) */
	m.fingerprint |=
			sdp->fingerprint && !ms_sdp_has_attr(lines, MS_STR("fingerprint"));
	if(!ms_sdp_has_attr(lines, MS_STR("setup"))) {
		m.setup = sdp->setup;
		m.actpass = sdp->actpass;
	}
	read_cryptos(lines, sdp->keying, &m);
	m.protection = find_protection(&m);
	sdp->rest = rest;
	*mline = m;
	return MS_OK;
}

/* ---- a whole body in one word ------------------------------------------- */

static bool has_key(struct ms_str body)
{
	struct ms_str line;

	while(ms_str_line(&body, &line))
		if(ms_sdp_line_has_key(line))
			return true;
	return false;
}

static void add_mline(const struct ms_mline *mline, struct ms_sdp_facts *facts)
{
	facts->protections |= 1u << mline->protection;
	facts->requested |= mline->requested;
	facts->ice |= mline->ice;
	facts->feedback |= mline->proto == MS_PROTO_AVPF
					   || mline->proto == MS_PROTO_SAVPF
					   || mline->proto == MS_PROTO_TLS_SAVPF;
	if(mline->protection != MS_PROT_REJECTED
			&& mline->protection != MS_PROT_OTHER)
		facts->alive++;
	if(mline->protection == MS_PROT_BROKEN && mline->cryptos > 0
			&& !facts->fault)
		facts->fault = mline->crypto.fault;
}

enum ms_err ms_sdp_survey(struct ms_str body, const struct ms_keying *keying,
		struct ms_sdp_facts *facts)
{
	struct ms_sdp_facts f = {.keys = has_key(body)};
	struct ms_mline mline;
	struct ms_sdp sdp;
	enum ms_err err;

	err = ms_sdp_open(body, keying, &sdp);
	if(err)
		return err;
	f.requested = sdp.requested;
	for(err = ms_sdp_next(&sdp, &mline); !err; err = ms_sdp_next(&sdp, &mline))
		add_mline(&mline, &f);
	if(err != MS_END)
		return err;
	*facts = f;
	return MS_OK;
}

bool ms_sdp_is_secure(const struct ms_sdp_facts *facts)
{
	return !(facts->protections & (1u << MS_PROT_PLAIN | 1u << MS_PROT_BROKEN));
}

/* ---- writing ------------------------------------------------------------ */

void ms_sdp_put_media(struct ms_out *out, struct ms_str line,
		struct ms_str port, struct ms_str proto)
{
	struct ms_str was;

	ms_out_put(out, ms_str_until(&line, ' '));
	ms_out_char(out, ' ');
	was = ms_str_until(&line, ' ');
	ms_out_put(out, port.len > 0 ? port : was);
	ms_out_char(out, ' ');
	was = ms_str_until(&line, ' ');
	ms_out_put(out, proto.len > 0 ? proto : was);
	if(line.len > 0)
		ms_out_char(out, ' ');
	ms_out_line(out, line);
}

/* ---- an answer ---------------------------------------------------------- */

static bool crypto_is_offered(const struct ms_crypto *crypto,
		struct ms_str offered, const struct ms_keying *keying)
{
	struct ms_cryptos cryptos = {.keying = keying};
	struct ms_crypto one;

	while(next_crypto(&offered, &cryptos, &one))
		if(!one.fault && one.tag == crypto->tag && one.suite == crypto->suite)
			return true;
	return false;
}

static struct ms_str without_padding(struct ms_str base64)
{
	while(base64.len > 0 && base64.p[base64.len - 1] == '=')
		base64.len--;
	return base64;
}

/* Whatever else is wrong with the a=crypto that has it: also the lines that
 * ms_cryptos_read() would not look at count. */
static bool key_is_in(struct ms_str key, struct ms_str body)
{
	struct ms_crypto crypto;
	struct ms_attr attr;
	struct ms_str line;

	key = without_padding(key);
	while(ms_str_line(&body, &line)) {
		if(!ms_sdp_attr(line, &attr) || !ms_str_eq(attr.name, MS_STR("crypto")))
			continue;
		ms_crypto_read(attr.value, NULL, &crypto);
		if(ms_str_eq(without_padding(crypto.key), key))
			return true;
	}
	return false;
}

static bool answer_is_secure(struct ms_str offer,
		const struct ms_mline *offered, const struct ms_mline *answered,
		const struct ms_keying *keying, bool later)
{
	const bool same = answered->protection == offered->protection
					  && answered->proto == offered->proto;

	if(!ms_str_caseeq(answered->media, offered->media))
		return false;
	if(answered->protection == MS_PROT_REJECTED)
		return true;
	switch(offered->protection) {
		case MS_PROT_REJECTED:
		case MS_PROT_BROKEN:
			break;
		case MS_PROT_PLAIN:
		case MS_PROT_OTHER:
			return true;
		case MS_PROT_DTLS:
			return same && (later || !answered->actpass);
		case MS_PROT_SDES:
			return same && answered->cryptos == 1
				   && crypto_is_offered(
						   &answered->crypto, offered->section, keying)
				   && !key_is_in(answered->crypto.key, offer);
	}
	return false;
}

bool ms_sdp_answer_is_secure(struct ms_str offer, struct ms_str answer,
		const struct ms_keying *keying, bool later)
{
	struct ms_mline offered, answered;
	enum ms_err offer_err, answer_err;
	struct ms_sdp o, a;

	if(ms_sdp_open(offer, keying, &o) || ms_sdp_open(answer, keying, &a))
		return false;
	do {
		offer_err = ms_sdp_next(&o, &offered);
		answer_err = ms_sdp_next(&a, &answered);
		if(offer_err || answer_err)
			return offer_err == MS_END && answer_err == MS_END;
	} while(answer_is_secure(offer, &offered, &answered, keying, later));
	return false;
}

/* ---- certificates ------------------------------------------------------- */

/* @return false if there are not enough digits */
static bool read_hex(struct ms_str text, unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	size_t i, nibbles = 0;
	const char *digit;

	for(i = 0; i < text.len && nibbles < 2 * n; i++) {
		if(text.p[i] == ':')
			continue;
		digit = strchr(digits, text.p[i] | 0x20);
		bytes[nibbles / 2] =
				(unsigned char)(bytes[nibbles / 2] << 4 | (digit - digits));
		nibbles++;
	}
	return nibbles == 2 * n;
}

enum ms_err ms_sdp_fingerprint(
		struct ms_str body, unsigned char digest[MS_FINGERPRINT_LEN])
{
	unsigned char bytes[MS_FINGERPRINT_LEN];
	struct ms_attr attr;
	struct ms_str line;

	while(ms_str_line(&body, &line)) {
		if(!ms_sdp_attr(line, &attr)
				|| !ms_str_eq(attr.name, MS_STR("fingerprint"))
				|| !fingerprint_is_good(attr.value, NULL))
			continue;
		ms_str_until(&attr.value, ' ');
		memset(bytes, 0, sizeof(bytes));
		if(!read_hex(attr.value, bytes, sizeof(bytes)))
			continue;
		memcpy(digest, bytes, sizeof(bytes));
		return MS_OK;
	}
	return MS_END;
}
