/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_sdp_edit.h"

#include "ms_sdp.h"

#define CRLF MS_STR("\r\n")
#define APPLIED MS_STR("a=3ge2ae:applied")

/* ---- what goes ---------------------------------------------------------- */

/* Keys, capabilities that could bring them back (RFC 5939), and what a=crypto
 * left over here was not chosen. */
static const struct ms_str secret[] = {
		MS_STR("crypto"),
		MS_STR("3ge2ae"),
		MS_STR("key-mgmt"),
		MS_STR("zrtp-hash"),
		MS_STR("tcap"),
		MS_STR("acap"),
		MS_STR("pcfg"),
		MS_STR("acfg"),
		MS_STR("creq"),
		MS_STR("csup"),
};

/* DTLS, which ends at rtpengine as SRTP does */
static const struct ms_str dtls[] = {
		MS_STR("fingerprint"),
		MS_STR("setup"),
		MS_STR("connection"),
		MS_STR("tls-id"),
};

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(struct ms_str name, const struct ms_str *names, size_t n)
{
	size_t i;

	for(i = 0; i < n; i++)
		if(ms_str_caseeq(name, names[i]))
			return true;
	return false;
}

static bool is_dropped(struct ms_str line, bool rtp)
{
	struct ms_attr attr;
	struct ms_str name;

	if(!ms_sdp_attr(line, &attr))
		/* a key of old; obsolete, to be discarded (RFC 8866, 5.12) */
		return ms_str_has_prefix(line, MS_STR("k="));
	/* a blank before the colon hides a name from us, not from everybody */
	name = ms_str_trim(attr.name);
	return is_one_of(name, secret, N_OF(secret))
		   || (rtp && is_one_of(name, dtls, N_OF(dtls)))
		   || ms_sdp_line_has_key(line);
}

static bool crypto_stays(enum ms_edit edit, const struct ms_mline *mline,
		const struct ms_crypto *crypto)
{
	if(mline->protection != MS_PROT_SDES || crypto->fault)
		return false;
	switch(edit) {
		case MS_EDIT_PLAIN:
			return false;
		case MS_EDIT_CHOSEN:
		case MS_EDIT_NUMBERED:
			return crypto->key.p == mline->crypto.key.p;
		case MS_EDIT_SECURED:
		case MS_EDIT_APPLIED:
		case MS_EDIT_PREFERRED:
			return true;
	}
	return false;
}

struct kept
{
	struct ms_str value;
	enum ms_suite suite;
};

/* @return how many a=crypto of the m-line stay */
static unsigned find_kept(enum ms_edit edit, const struct ms_sdp *sdp,
		const struct ms_mline *mline, struct kept kept[MS_CRYPTOS_MAX])
{
	struct ms_cryptos cryptos = {.keying = sdp->keying};
	struct ms_str lines = mline->section, line;
	struct ms_crypto crypto;
	struct ms_attr attr;
	unsigned n = 0;

	while(ms_str_line(&lines, &line)) {
		if(!ms_sdp_attr(line, &attr) || !ms_str_eq(attr.name, MS_STR("crypto")))
			continue;
		ms_cryptos_read(&cryptos, attr.value, &crypto);
		if(crypto_stays(edit, mline, &crypto))
			kept[n++] = (struct kept){attr.value, crypto.suite};
	}
	return n;
}

/* ---- what stays --------------------------------------------------------- */

/* RFC 4568, 9.1 allows any blanks between two fields; rtpengine splits at a
 * single one, so a line it should read gets that. */
static void put_crypto(
		struct ms_out *out, struct ms_str value, struct ms_str tag)
{
	struct ms_str field = ms_crypto_field(&value);

	ms_out_put(out, MS_STR("a=crypto:"));
	ms_out_put(out, tag.len > 0 ? tag : field);
	for(field = ms_crypto_field(&value); field.len > 0;
			field = ms_crypto_field(&value)) {
		ms_out_put(out, MS_STR(" "));
		ms_out_put(out, field);
	}
	ms_out_put(out, CRLF);
}

/* rtpengine counts the suites it may offer, in the order of its table. */
static struct ms_str number_of(
		enum ms_suite suite, const struct ms_keying *keying, char tag[2])
{
	unsigned s, n = 1;

	for(s = 0; s < (unsigned)suite; s++)
		n += ms_keying_has(keying, (enum ms_suite)s);
	tag[0] = (char)('0' + n / 10);
	tag[1] = (char)('0' + n % 10);
	return n < 10 ? (struct ms_str){tag + 1, 1} : (struct ms_str){tag, 2};
}

/* What DTLS needs, all of it in the m-line: beside SDES the session level would
 * make rtpengine use DTLS everywhere. */
static void put_dtls(struct ms_out *out, const struct ms_sdp *sdp,
		const struct ms_mline *mline)
{
	struct ms_str session = sdp->session, lines = mline->section, line;
	struct ms_attr attr;

	while(ms_str_line(&lines, &line))
		if(ms_sdp_is_dtls(line, sdp->keying))
			ms_out_line(out, line);
	while(ms_str_line(&session, &line))
		if(ms_sdp_is_dtls(line, sdp->keying) && ms_sdp_attr(line, &attr)
				&& !ms_sdp_has_attr(mline->section, attr.name))
			ms_out_line(out, line);
}

static void put_session(struct ms_out *out, struct ms_str lines)
{
	struct ms_str line;

	while(ms_str_line(&lines, &line))
		if(!is_dropped(line, true))
			ms_out_line(out, line);
}

/* 0 is the preferred one; the suite is in the list. */
static unsigned rank(const struct ms_keying *keying, enum ms_suite suite)
{
	unsigned i = 0;

	while(keying->suite[i] != suite)
		i++;
	return i;
}

/* The order says what is preferred (RFC 4568, 5.1.1). */
static void sort_kept(
		struct kept *kept, unsigned n, const struct ms_keying *keying)
{
	struct kept one;
	unsigned i, j;

	for(i = 1; i < n; i++) {
		one = kept[i];
		for(j = i; j > 0
				   && rank(keying, kept[j - 1].suite) > rank(keying, one.suite);
				j--)
			kept[j] = kept[j - 1];
		kept[j] = one;
	}
}

static void put_cryptos(struct ms_out *out, enum ms_edit edit,
		const struct ms_sdp *sdp, const struct ms_mline *mline)
{
	struct kept kept[MS_CRYPTOS_MAX];
	const unsigned n = find_kept(edit, sdp, mline, kept);
	unsigned i;
	char tag[2];

	if(edit == MS_EDIT_PREFERRED)
		sort_kept(kept, n, sdp->keying);
	for(i = 0; i < n; i++)
		put_crypto(out, kept[i].value,
				edit == MS_EDIT_NUMBERED
						? number_of(kept[i].suite, sdp->keying, tag)
						: MS_STR(""));
}

static bool is_applied(enum ms_edit edit)
{
	return edit == MS_EDIT_APPLIED || edit == MS_EDIT_PREFERRED;
}

static void put_mline(struct ms_out *out, enum ms_edit edit,
		const struct ms_sdp *sdp, const struct ms_mline *mline)
{
	struct ms_str lines = mline->section, line;
	bool crypto = false;

	while(ms_str_line(&lines, &line)) {
		if(ms_sdp_is_attr(line, MS_STR("crypto"))) {
			if(!crypto)
				put_cryptos(out, edit, sdp, mline);
			crypto = true;
		} else if(!is_dropped(line, mline->proto != MS_PROTO_OTHER)) {
			ms_out_line(out, line);
		}
	}
	if(edit != MS_EDIT_PLAIN && mline->protection == MS_PROT_DTLS)
		put_dtls(out, sdp, mline);
	if(is_applied(edit)
			&& (mline->protection == MS_PROT_SDES
					|| mline->protection == MS_PROT_DTLS))
		ms_out_line(out, APPLIED);
}

/* ---- a body ------------------------------------------------------------- */

size_t ms_sdp_edit_size(struct ms_str body)
{
	size_t size = 0, session = 0;
	bool media = false;
	struct ms_str line;

	/* what DTLS has at session level may go into each m-line */
	while(ms_str_line(&body, &line)) {
		size += line.len + CRLF.len;
		if(ms_str_has_prefix(line, MS_STR("m="))) {
			media = true;
			size += session + APPLIED.len + CRLF.len;
		} else if(!media
				  && (ms_sdp_is_attr(line, MS_STR("fingerprint"))
						  || ms_sdp_is_attr(line, MS_STR("setup")))) {
			session += line.len + CRLF.len;
		}
	}
	return size;
}

enum ms_err ms_sdp_edit(struct ms_str body, enum ms_edit edit,
		const struct ms_keying *keying, char *buf, size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};
	struct ms_mline mline;
	struct ms_sdp sdp;
	enum ms_err err;

	err = ms_sdp_open(body, keying, &sdp);
	if(err)
		return err;
	put_session(&out, sdp.session);
	for(err = ms_sdp_next(&sdp, &mline); !err; err = ms_sdp_next(&sdp, &mline))
		put_mline(&out, edit, &sdp, &mline);
	return err == MS_END ? ms_out_end(&out, len) : err;
}

/* ---- what passes untouched ---------------------------------------------- */

static bool is_over_tcp(const struct ms_mline *mline)
{
	return mline->port != 0
		   && ms_str_has_prefix(mline->proto_text, MS_STR("TCP/"));
}

static bool find_connection(struct ms_str lines, struct ms_str *connection)
{
	while(ms_str_line(&lines, connection))
		if(ms_str_has_prefix(*connection, MS_STR("c=")))
			return true;
	return false;
}

/* c= comes right after m= and i= (RFC 8866, 9) */
static void put_untouched(
		struct ms_out *out, struct ms_str session, const struct ms_mline *mline)
{
	struct ms_str lines = mline->section, line, connection;
	bool missing = !find_connection(lines, &connection)
				   && find_connection(session, &connection);

	ms_str_line(&lines, &line);
	ms_out_line(out, line);
	while(ms_str_line(&lines, &line)) {
		if(missing && !ms_str_has_prefix(line, MS_STR("i="))) {
			ms_out_line(out, connection);
			missing = false;
		}
		ms_out_line(out, line);
	}
	if(missing)
		ms_out_line(out, connection);
}

static void put_all(struct ms_out *out, struct ms_str lines)
{
	struct ms_str line;

	while(ms_str_line(&lines, &line))
		ms_out_line(out, line);
}

size_t ms_sdp_restore_size(struct ms_str sent, struct ms_str relayed)
{
	size_t size = 0;
	struct ms_str line, connection;

	if(!find_connection(sent, &connection))
		connection.len = 0;
	while(ms_str_line(&relayed, &line))
		size += line.len + CRLF.len;
	/* each m-line may take up the c= of the session */
	while(ms_str_line(&sent, &line))
		size += line.len + CRLF.len
				+ (ms_str_has_prefix(line, MS_STR("m="))
								? connection.len + CRLF.len
								: 0);
	return size;
}

enum ms_err ms_sdp_restore(struct ms_str sent, struct ms_str relayed, char *buf,
		size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};
	struct ms_mline old, new;
	struct ms_sdp from, to;
	enum ms_err err;

	err = ms_sdp_open(sent, NULL, &from);
	if(!err)
		err = ms_sdp_open(relayed, NULL, &to);
	if(err)
		return err;
	put_all(&out, to.session);
	for(err = ms_sdp_next(&to, &new); !err; err = ms_sdp_next(&to, &new)) {
		if(ms_sdp_next(&from, &old) == MS_OK && is_over_tcp(&old))
			put_untouched(&out, from.session, &old);
		else
			put_all(&out, new.section);
	}
	return err == MS_END ? ms_out_end(&out, len) : err;
}
