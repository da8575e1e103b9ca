/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_capneg.h"

#include <string.h>

#include "ms_crypto.h"
#include "ms_mech.h"
#include "ms_scan.h"
#include "ms_sdp.h"

#define NUMBER_MAX 2147483647 /* 2^31 - 1 (RFC 5939, 3.3.1) */
#define CRLF MS_STR("\r\n")
/* attributes of one configuration: more do not fit into an ms_acfg */
#define ATTRIBUTES_MAX 16
/* configurations of a body that are looked at, and so the work on a hostile
 * one: a phone has a few in each m-line */
#define TRIES_MAX 64

static bool is_capability(struct ms_str line)
{
	static const struct ms_str names[] = {MS_STR("tcap"), MS_STR("acap"),
			MS_STR("pcfg"), MS_STR("creq"), MS_STR("csup")};
	size_t i;

	for(i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if(ms_sdp_is_attr(line, names[i]))
			return true;
	return false;
}

/* a=creq:<extension>,<extension>...: is there one beyond RFC 5939 itself? */
static bool requires_more(struct ms_str lines)
{
	struct ms_str line, one;
	struct ms_attr attr;

	while(ms_str_line(&lines, &line)) {
		if(!ms_sdp_attr(line, &attr) || !ms_str_eq(attr.name, MS_STR("creq")))
			continue;
		while(attr.value.len > 0) {
			one = ms_str_trim(ms_str_until(&attr.value, ','));
			if(one.len > 0 && !ms_str_caseeq(one, MS_STR("cap-v0")))
				return true;
		}
	}
	return false;
}

/* ---- capabilities by number --------------------------------------------- */

/* the whole of text */
static bool read_number(struct ms_str text, unsigned long *n)
{
	return ms_scan_number(&text, NUMBER_MAX, n) == MS_OK && text.len == 0;
}

/* a=<name>:<number> <value>: the number, and the value trimmed */
static bool read_capability(struct ms_str line, struct ms_str name,
		unsigned long *n, struct ms_str *value)
{
	struct ms_attr attr;

	if(!ms_sdp_attr(line, &attr) || !ms_str_eq(attr.name, name)
			|| !read_number(ms_crypto_field(&attr.value), n))
		return false;
	*value = ms_str_trim(attr.value);
	return true;
}

/* A capability cannot be to negotiate others (RFC 5939, 3.4.1). */
static bool is_negotiation(struct ms_str attribute)
{
	static const struct ms_str names[] = {MS_STR("csup"), MS_STR("creq"),
			MS_STR("acap"), MS_STR("tcap"), MS_STR("pcfg"), MS_STR("acfg")};
	const struct ms_str name = ms_str_until(&attribute, ':');
	size_t i;

	for(i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if(ms_str_caseeq(name, names[i]))
			return true;
	return false;
}

/* a=acap:<number> <attribute> */
static bool find_acap(
		struct ms_str lines, unsigned long number, struct ms_str *attribute)
{
	struct ms_str line, value;
	unsigned long n;

	while(ms_str_line(&lines, &line)) {
		if(!read_capability(line, MS_STR("acap"), &n, &value) || n != number)
			continue;
		*attribute = value;
		return value.len > 0 && !is_negotiation(value);
	}
	return false;
}

/* a=tcap:<number of the first> <transport> <transport> ... */
static bool find_tcap(
		struct ms_str lines, unsigned long number, struct ms_str *transport)
{
	struct ms_str line, value;
	unsigned long n;

	while(ms_str_line(&lines, &line)) {
		if(!read_capability(line, MS_STR("tcap"), &n, &value))
			continue;
		for(; value.len > 0; n++) {
			*transport = ms_crypto_field(&value);
			if(n == number)
				return true;
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

	return read_number(number, &n)
		   && (in(section, n, found) || in(session, n, found));
}

/* ---- one configuration -------------------------------------------------- */

/* What there is to read, and where it is written to. */
struct work
{
	struct ms_sdp sdp;
	struct ms_mline mline;
	unsigned mechs;
	unsigned tries; /* configurations looked at */
	struct ms_out out;
};

/* One choice of a=pcfg, as it is written in a=acfg, and what it means. */
struct config
{
	struct ms_str number, t, a; /* t and a may be empty */
	struct ms_str transport;
	struct ms_str attribute[ATTRIBUTES_MAX];
	unsigned n;
};

/* Twice the same would be more than ms_capneg_size() counts on. */
static bool is_taken(const struct config *config, struct ms_str attribute)
{
	unsigned i;

	for(i = 0; i < config->n; i++)
		if(config->attribute[i].p == attribute.p)
			return true;
	return false;
}

/* "1,2,[3]": optional ones, which come last, are left out. */
static bool read_attributes(const struct work *w, struct config *config)
{
	struct ms_str list = config->a, number, attribute;

	/* a=-m: and the like delete what the m-line has */
	if(ms_str_has_prefix(list, MS_STR("-")))
		return false;
	config->a.len = 0;
	while(list.len > 0 && list.p[0] != '[') {
		number = ms_str_until(&list, ',');
		if(config->n == ATTRIBUTES_MAX
				|| !find(find_acap, w->sdp.session, w->mline.section, number,
						&attribute)
				|| is_taken(config, attribute))
			return false;
		config->attribute[config->n++] = attribute;
		config->a.len = (size_t)(number.p - config->a.p) + number.len;
	}
	return true;
}

/* The m-line as it would be. */
static void put_configured(struct work *w, const struct config *config)
{
	struct ms_str lines = w->mline.section, line;
	unsigned i;

	ms_str_line(&lines, &line);
	ms_sdp_put_media(&w->out, line, MS_STR(""), config->transport);
	while(ms_str_line(&lines, &line))
		if(!is_capability(line))
			ms_out_line(&w->out, line);
	for(i = 0; i < config->n; i++) {
		ms_out_put(&w->out, MS_STR("a="));
		ms_out_line(&w->out, config->attribute[i]);
	}
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

/* @return whether it fits */
static bool put_acfg(struct ms_acfg *acfg, const struct config *config)
{
	struct ms_out out = {.p = acfg->text, .size = sizeof(acfg->text)};

	ms_out_put(&out, config->number);
	if(config->t.len > 0) {
		ms_out_put(&out, MS_STR(" t="));
		ms_out_put(&out, config->t);
	}
	if(config->a.len > 0) {
		ms_out_put(&out, MS_STR(" a="));
		ms_out_put(&out, config->a);
	}
	return ms_out_end(&out, &acfg->len) == MS_OK;
}

static bool try_config(
		struct work *w, struct config *config, struct ms_acfg *acfg)
{
	const size_t start = w->out.len;

	w->tries++;
	config->transport = w->mline.proto_text;
	if((config->t.p == NULL
			   || find(find_tcap, w->sdp.session, w->mline.section, config->t,
					   &config->transport))
			&& read_attributes(w, config) && put_acfg(acfg, config)) {
		put_configured(w, config);
		if(!w->out.full
				&& is_secured(w,
						(struct ms_str){w->out.p + start, w->out.len - start}))
			return true;
	}
	acfg->len = 0;
	w->out.len = start;
	return false;
}

/* Of "1|2" the first is the preferred one. A word that is missing (NULL) is one
 * choice: what the m-line has. */
static bool try_choices(struct work *w, struct ms_str number, struct ms_str ts,
		struct ms_str as, struct ms_acfg *acfg)
{
	struct config config;
	struct ms_str rest;

	do {
		config = (struct config){.number = number, .t = ms_str_until(&ts, '|')};
		rest = as;
		do {
			config.n = 0;
			config.a = ms_str_until(&rest, '|');
			if(try_config(w, &config, acfg))
				return true;
		} while(rest.len > 0 && w->tries < TRIES_MAX);
	} while(ts.len > 0 && w->tries < TRIES_MAX);
	return false;
}

/* a=pcfg:<number> t=<tcap>[|<tcap>...] a=<acap>,<acap>...[|<acap>...] */
static bool try_pcfg(struct work *w, struct ms_str value, struct ms_acfg *acfg)
{
	struct ms_str number = ms_crypto_field(&value), word;
	struct ms_str t = {NULL, 0}, a = {NULL, 0};

	for(word = ms_crypto_field(&value); word.len > 0;
			word = ms_crypto_field(&value)) {
		if(ms_str_has_prefix(word, MS_STR("t=")))
			t = ms_str_from(word, 2);
		else if(ms_str_has_prefix(word, MS_STR("a=")))
			a = ms_str_from(word, 2);
		else if(ms_str_has_prefix(word, MS_STR("+")))
			/* an extension without which it does not hold (RFC 5939, 3.5.1) */
			return false;
	}
	return try_choices(w, number, t, a, acfg);
}

/* The a=pcfg with the lowest number from *n on: the lower, the more preferred
 * (RFC 5939, 3.5.1). *n moves behind it. */
static bool next_pcfg(
		struct ms_str lines, unsigned long *n, struct ms_str *value)
{
	unsigned long number, lowest = NUMBER_MAX + 1UL;
	struct ms_str line, rest;

	while(ms_str_line(&lines, &line)) {
		if(!read_capability(line, MS_STR("pcfg"), &number, &rest) || number < *n
				|| number >= lowest)
			continue;
		lowest = number;
		ms_str_until(&line, ':');
		*value = line;
	}
	*n = lowest + 1;
	return lowest <= NUMBER_MAX;
}

/* ---- a body ------------------------------------------------------------- */

static bool is_open(const struct work *w)
{
	return (w->mline.protection == MS_PROT_PLAIN
				   || w->mline.protection == MS_PROT_BROKEN)
		   && !requires_more(w->sdp.session)
		   && !requires_more(w->mline.section);
}

static void put_plain(struct ms_out *out, struct ms_str lines)
{
	struct ms_str line;

	while(ms_str_line(&lines, &line)) {
		if(!is_capability(line))
			ms_out_line(out, line);
	}
}

static void put_resolved(struct work *w, struct ms_acfg *acfg)
{
	struct ms_str value;
	unsigned long n = 0;

	acfg->len = 0;
	if(is_open(w))
		for(; w->tries < TRIES_MAX && next_pcfg(w->mline.section, &n, &value);
				w->tries++)
			if(try_pcfg(w, value, acfg))
				return;
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
		const struct ms_keying *keying, char *buf, size_t size, size_t *len,
		struct ms_acfg *acfg)
{
	struct work w = {.mechs = mechs, .out = {.p = buf, .size = size}};
	struct ms_acfg picked[MS_MLINES_MAX] = {{{0}, 0}};
	unsigned i = 0;
	enum ms_err err;

	err = ms_sdp_open(body, keying, &w.sdp);
	if(err)
		return err;
	put_plain(&w.out, w.sdp.session);
	for(err = ms_sdp_next(&w.sdp, &w.mline); !err;
			err = ms_sdp_next(&w.sdp, &w.mline))
		put_resolved(&w, &picked[i++]);
	if(err == MS_END)
		err = ms_out_end(&w.out, len);
	if(err)
		return err;
	memcpy(acfg, picked, sizeof(picked));
	return MS_OK;
}
