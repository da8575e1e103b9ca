/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_capneg.h"

#include <string.h>

#include "ms_mech.h"
#include "ms_scan.h"
#include "ms_sdp.h"

#define NUMBER_MAX 2147483647 /* 2^31 - 1 (RFC 5939, 3.3.1) */
#define CRLF MS_STR("\r\n")

static bool is_capability(struct ms_str line)
{
	struct ms_attr attr;

	return ms_sdp_attr(line, &attr)
		   && (ms_str_eq(attr.name, MS_STR("tcap"))
				   || ms_str_eq(attr.name, MS_STR("acap"))
				   || ms_str_eq(attr.name, MS_STR("pcfg")));
}

/* ---- capabilities by number --------------------------------------------- */

/* a=acap:<number> <attribute> */
static bool find_acap(
		struct ms_str lines, unsigned long number, struct ms_str *attribute)
{
	struct ms_str line;
	struct ms_attr attr;
	unsigned long n;

	while(ms_str_line(&lines, &line)) {
		if(!ms_sdp_attr(line, &attr) || !ms_str_eq(attr.name, MS_STR("acap"))
				|| ms_scan_number(&attr.value, NUMBER_MAX, &n) || n != number)
			continue;
		*attribute = ms_str_trim(attr.value);
		return attribute->len > 0;
	}
	return false;
}

/* a=tcap:<number of the first> <transport> <transport> ... */
static bool find_tcap(
		struct ms_str lines, unsigned long number, struct ms_str *transport)
{
	struct ms_str line, word;
	struct ms_attr attr;
	unsigned long n;

	while(ms_str_line(&lines, &line)) {
		if(!ms_sdp_attr(line, &attr) || !ms_str_eq(attr.name, MS_STR("tcap"))
				|| ms_scan_number(&attr.value, NUMBER_MAX, &n))
			continue;
		attr.value = ms_str_trim(attr.value);
		for(; attr.value.len > 0; n++) {
			word = ms_str_until(&attr.value, ' ');
			if(n == number && word.len > 0) {
				*transport = word;
				return true;
			}
		}
	}
	return false;
}

/* A capability is declared in its m-line, or at session level for all. */
typedef bool find_f(struct ms_str, unsigned long, struct ms_str *);

static bool find(find_f *in, struct ms_str session, struct ms_str section,
		struct ms_str number, struct ms_str *found)
{
	unsigned long n;

	return ms_scan_number(&number, NUMBER_MAX, &n) == MS_OK && number.len == 0
		   && (in(section, n, found) || in(session, n, found));
}

/* ---- one configuration -------------------------------------------------- */

/* What there is to read, and where it is written to. */
struct work
{
	struct ms_sdp sdp;
	struct ms_mline mline;
	unsigned mechs;
	struct ms_out out;
};

static void put_line(struct ms_out *out, struct ms_str line)
{
	ms_out_put(out, line);
	ms_out_put(out, CRLF);
}

/* m=<media> <port> <proto> <formats>, with another proto */
static void put_media(
		struct ms_out *out, struct ms_str line, struct ms_str proto)
{
	ms_out_put(out, ms_str_until(&line, ' '));
	ms_out_char(out, ' ');
	ms_out_put(out, ms_str_until(&line, ' '));
	ms_out_char(out, ' ');
	ms_out_put(out, proto);
	ms_str_until(&line, ' ');
	ms_out_char(out, ' ');
	put_line(out, line);
}

/* The attributes that a configuration names: "1,2" without alternatives, or
 * the first of them; optional ones ("[3]") are left out. */
static bool put_attributes(struct work *w, struct ms_str list)
{
	struct ms_str number, attribute;

	if(ms_str_has_prefix(list, MS_STR("-")))
		return false;
	list = ms_str_until(&list, '|');
	while(list.len > 0) {
		number = ms_str_until(&list, ',');
		if(ms_str_has_prefix(number, MS_STR("[")))
			break;
		if(!find(find_acap, w->sdp.session, w->mline.section, number,
				   &attribute))
			return false;
		ms_out_put(&w->out, MS_STR("a="));
		put_line(&w->out, attribute);
	}
	return true;
}

/* The m-line as it would be with this transport and these attributes. */
static bool put_configured(
		struct work *w, struct ms_str transport, struct ms_str attributes)
{
	struct ms_str lines = w->mline.section, line;

	ms_str_line(&lines, &line);
	put_media(&w->out, line, transport);
	while(ms_str_line(&lines, &line)) {
		if(!is_capability(line))
			put_line(&w->out, line);
	}
	return put_attributes(w, attributes);
}

static bool is_secured(const struct work *w, struct ms_str section)
{
	struct ms_sdp sdp = w->sdp;
	struct ms_mline mline;

	sdp.rest = section;
	if(ms_sdp_next(&sdp, &mline))
		return false;
	return (mline.protection == MS_PROT_SDES && (w->mechs & MS_MECH_SDES))
		   || (mline.protection == MS_PROT_DTLS && (w->mechs & MS_MECH_DTLS));
}

static void put_acfg(struct ms_acfg *acfg, struct ms_str number,
		struct ms_str t, struct ms_str a)
{
	struct ms_out out = {.p = acfg->text, .size = sizeof(acfg->text)};

	ms_out_put(&out, number);
	ms_out_put(&out, MS_STR(" t="));
	ms_out_put(&out, t);
	if(a.len > 0) {
		ms_out_put(&out, MS_STR(" a="));
		ms_out_put(&out, a);
	}
	if(ms_out_end(&out, &acfg->len))
		acfg->len = 0;
}

/* a=pcfg:<number> t=<tcap>[|<tcap>...] a=<acap>,<acap>... */
static bool try_pcfg(struct work *w, struct ms_str value, struct ms_acfg *acfg)
{
	const size_t start = w->out.len;
	struct ms_str number = ms_str_until(&value, ' '), word, transport;
	struct ms_str t = MS_STR(""), a = MS_STR("");

	while(value.len > 0) {
		word = ms_str_until(&value, ' ');
		if(ms_str_has_prefix(word, MS_STR("t=")))
			t = ms_str_from(word, 2);
		else if(ms_str_has_prefix(word, MS_STR("a=")))
			a = ms_str_from(word, 2);
	}
	t = ms_str_until(&t, '|');
	a = ms_str_until(&a, '|');
	if(number.len > 0
			&& find(find_tcap, w->sdp.session, w->mline.section, t, &transport)
			&& put_configured(w, transport, a) && !w->out.full
			&& is_secured(
					w, (struct ms_str){w->out.p + start, w->out.len - start})) {
		put_acfg(acfg, number, t, a);
		if(acfg->len > 0)
			return true;
	}
	w->out.len = start;
	return false;
}

/* ---- a body ------------------------------------------------------------- */

static bool is_open(const struct ms_mline *mline)
{
	return mline->protection == MS_PROT_PLAIN
		   || mline->protection == MS_PROT_BROKEN;
}

static void put_plain(struct ms_out *out, struct ms_str lines)
{
	struct ms_str line;

	while(ms_str_line(&lines, &line)) {
		if(!is_capability(line))
			put_line(out, line);
	}
}

static void put_resolved(struct work *w, struct ms_acfg *acfg)
{
	struct ms_str lines = w->mline.section, line;
	struct ms_attr attr;

	acfg->len = 0;
	while(is_open(&w->mline) && ms_str_line(&lines, &line)) {
		if(ms_sdp_attr(line, &attr) && ms_str_eq(attr.name, MS_STR("pcfg"))
				&& try_pcfg(w, attr.value, acfg))
			return;
	}
	put_plain(&w->out, w->mline.section);
}

size_t ms_capneg_size(struct ms_str body)
{
	struct ms_str line;
	size_t size = 0, session = 0;
	bool media = false;

	/* an attribute declared for the session may be taken up by each m-line */
	while(ms_str_line(&body, &line)) {
		if(ms_str_has_prefix(line, MS_STR("m="))) {
			media = true;
			size += session;
		}
		size += 2 * (line.len + CRLF.len);
		if(!media)
			session += line.len + CRLF.len;
	}
	return size + MS_ACFG_LEN_MAX;
}

enum ms_err ms_capneg_resolve(struct ms_str body, unsigned mechs,
		uint32_t allowed, char *buf, size_t size, size_t *len,
		struct ms_acfg *acfg)
{
	struct work w = {.mechs = mechs, .out = {.p = buf, .size = size}};
	unsigned i = 0;
	enum ms_err err;

	err = ms_sdp_open(body, allowed, &w.sdp);
	if(err)
		return err;
	put_plain(&w.out, w.sdp.session);
	for(err = ms_sdp_next(&w.sdp, &w.mline); !err;
			err = ms_sdp_next(&w.sdp, &w.mline))
		put_resolved(&w, &acfg[i++]);
	return err == MS_END ? ms_out_end(&w.out, len) : err;
}
