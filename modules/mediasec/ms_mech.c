/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_mech.h"

#include "ms_limits.h"
#include "ms_scan.h"

/* The names of the parameters read so far: none may come twice. */
struct seen
{
	unsigned n;
	struct ms_str name[MS_MECH_PARAMS_MAX];
};

static bool seen_has(const struct seen *seen, struct ms_str name)
{
	unsigned i;

	for(i = 0; i < seen->n; i++)
		if(ms_str_caseeq(seen->name[i], name))
			return true;
	return false;
}

static void note_param(const struct ms_param *param, struct ms_mech *mech)
{
	bool label = ms_str_caseeq(param->name, MS_STR("mediasec"));

	if(label && !param->value.p)
		mech->mediasec = true;
	/* a q never counts: Asterisk drops it from what it mirrors */
	else if(!ms_str_caseeq(param->name, MS_STR("q")))
		mech->extended = true;
}

static enum ms_err scan_params(struct ms_str *in, struct ms_mech *mech)
{
	struct seen seen;
	struct ms_param param;

	/* nothing else, as most clients write it */
	if(ms_str_caseeq(*in, MS_STR(";mediasec"))) {
		*in = ms_str_from(*in, in->len);
		mech->mediasec = true;
		return MS_OK;
	}
	seen.n = 0;
	while(ms_scan_char(in, ';')) {
		if(ms_scan_param(in, &param))
			return MS_ESYNTAX;
		/* RFC 3261, 7.3.1; a repeated "mediasec" is harmless */
		if(seen_has(&seen, param.name)
				&& !ms_str_caseeq(param.name, MS_STR("mediasec")))
			return MS_ESYNTAX;
		if(seen.n == MS_MECH_PARAMS_MAX)
			return MS_ELIMIT;
		seen.name[seen.n++] = param.name;
		note_param(&param, mech);
	}
	return MS_OK;
}

static enum ms_err scan_mech(struct ms_str *in, struct ms_mech *mech)
{
	enum ms_err err;

	mech->text = *in;
	err = ms_scan_token(in, &mech->name);
	if(!err)
		err = scan_params(in, mech);
	if(err)
		return err;
	mech->text.len -= in->len;
	return mech->text.len > MS_MECH_LEN_MAX ? MS_ELIMIT : MS_OK;
}

/* @return true if there were empty elements to pass over */
static bool skip_empty(struct ms_str *in)
{
	bool any = false;

	ms_scan_lws(in);
	while(ms_scan_char(in, ','))
		any = true;
	return any;
}

enum ms_err ms_mech_next(struct ms_str *in, struct ms_mech *mech)
{
	struct ms_str rest = *in;
	struct ms_mech m = {0};
	enum ms_err err;

	m.stray = skip_empty(&rest);
	if(rest.len == 0)
		return MS_END;
	err = scan_mech(&rest, &m);
	if(err)
		return err;

	ms_scan_lws(&rest);
	if(rest.len > 0) {
		if(!ms_scan_char(&rest, ','))
			return MS_ESYNTAX;
		if(rest.len == 0 || rest.p[0] == ',')
			m.stray = true;
	}
	*in = rest;
	*mech = m;
	return MS_OK;
}

/* @return the length of the quoted string in[0] opens; of all of `in` when
 *         nothing closes it */
static size_t quoted_len(struct ms_str in)
{
	size_t n;

	for(n = 1; n < in.len && in.p[n] != '"'; n++)
		if(in.p[n] == '\\')
			n++;
	return n < in.len ? n + 1 : in.len;
}

struct ms_str ms_mech_skip(struct ms_str *in)
{
	struct ms_str element;
	size_t n = 0;

	skip_empty(in);
	element = *in;
	while(n < in->len && in->p[n] != ',')
		n += in->p[n] == '"' ? quoted_len(ms_str_from(*in, n)) : 1;
	element.len = n;
	*in = ms_str_from(*in, n < in->len ? n + 1 : n);
	return ms_str_trim(element);
}

static const struct
{
	unsigned bit;
	struct ms_str name;
} mechs[] = {
		{MS_MECH_SDES, MS_STR("sdes-srtp")},
		{MS_MECH_DTLS, MS_STR("dtls-srtp")},
		{MS_MECH_MSRP, MS_STR("msrp-tls")},
		{MS_MECH_BFCP, MS_STR("bfcp-tls")},
		{MS_MECH_UDPTL, MS_STR("udptl-dtls")},
};
#define MECHS (sizeof(mechs) / sizeof(mechs[0]))

unsigned ms_mech_bit(struct ms_str name)
{
	size_t i;

	for(i = 0; i < MECHS; i++)
		if(ms_str_caseeq(name, mechs[i].name))
			return mechs[i].bit;
	return MS_MECH_OTHER;
}

struct ms_str ms_mech_name(unsigned bit)
{
	size_t i;

	for(i = 0; i < MECHS; i++)
		if(bit == mechs[i].bit)
			return mechs[i].name;
	return MS_STR("");
}
