/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_scan.h"

/* clang-format off */
#define DIGITS                                                              \
	['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,   \
	['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true
#define ALPHAS                                                              \
	['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true,   \
	['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true,   \
	['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true, ['o'] = true,   \
	['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true, ['t'] = true,   \
	['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true, ['y'] = true,   \
	['z'] = true,                                                           \
	['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true,   \
	['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true,   \
	['K'] = true, ['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true,   \
	['P'] = true, ['Q'] = true, ['R'] = true, ['S'] = true, ['T'] = true,   \
	['U'] = true, ['V'] = true, ['W'] = true, ['X'] = true, ['Y'] = true,   \
	['Z'] = true
#define TOKENS                                                              \
	DIGITS, ALPHAS,                                                         \
	['-'] = true, ['.'] = true, ['!'] = true, ['%'] = true, ['*'] = true,   \
	['_'] = true, ['+'] = true, ['`'] = true, ['\''] = true, ['~'] = true

static const bool token_tbl[256] = {TOKENS};
/* token / host: a host adds the brackets and colons of an IPv6reference */
static const bool token_host_tbl[256] = {TOKENS,
	['['] = true, [']'] = true, [':'] = true};
static const bool digit_tbl[256] = {DIGITS};
static const bool wsp_tbl[256] = {[' '] = true, ['\t'] = true};
/* clang-format on */

static bool starts_with_class(struct ms_str in, const bool tbl[256])
{
	return in.len > 0 && tbl[(unsigned char)in.p[0]];
}

static bool starts_with_char(struct ms_str in, char c)
{
	return in.len > 0 && in.p[0] == c;
}

/* one or more characters of a class */
static enum ms_err scan_class(
		struct ms_str *in, const bool tbl[256], struct ms_str *text)
{
	size_t n = 0;

	while(n < in->len && tbl[(unsigned char)in->p[n]])
		n++;
	if(n == 0)
		return MS_ESYNTAX;
	*text = (struct ms_str){in->p, n};
	*in = ms_str_from(*in, n);
	return MS_OK;
}

/*
 * A line end is blank only before WSP: anywhere else it ends the header. A lone
 * LF folds too, and so does a line end with nothing behind it, because SIP
 * parsers differ in whether a body includes it.
 *
 * @return the length of the line end at the start of `in`; 0 if it does not fold
 */
static size_t fold_len(struct ms_str in)
{
	size_t n = starts_with_char(in, '\r') ? 1 : 0;

	in = ms_str_from(in, n);
	if(!starts_with_char(in, '\n'))
		return 0;
	in = ms_str_from(in, 1);
	return in.len == 0 || starts_with_class(in, wsp_tbl) ? n + 1 : 0;
}

void ms_scan_lws(struct ms_str *in)
{
	size_t n;

	if(in->len == 0 || (unsigned char)in->p[0] > ' ')
		return;
	do {
		while(starts_with_class(*in, wsp_tbl))
			*in = ms_str_from(*in, 1);
		n = fold_len(*in);
		*in = ms_str_from(*in, n);
	} while(n > 0);
}

bool ms_scan_char(struct ms_str *in, char c)
{
	struct ms_str rest = *in;

	ms_scan_lws(&rest);
	if(!starts_with_char(rest, c))
		return false;
	rest = ms_str_from(rest, 1);
	ms_scan_lws(&rest);
	*in = rest;
	return true;
}

enum ms_err ms_scan_token(struct ms_str *in, struct ms_str *token)
{
	return scan_class(in, token_tbl, token);
}

/*
 * qdtext / quoted-pair (RFC 3261, 25.1); a folded line is text
 * @return the length of the one at the start of `in`, 0 if there is none
 */
static size_t quoted_len(struct ms_str in)
{
	unsigned char c = (unsigned char)in.p[0];

	if(c == '\\')
		return in.len > 1 && in.p[1] != '\r' && in.p[1] != '\n' ? 2 : 0;
	if(c == '\r' || c == '\n')
		return fold_len(in);
	return c == '\t' || (c >= ' ' && c != 0x7f) ? 1 : 0;
}

/* quoted-string, quotes included */
static enum ms_err scan_quoted(struct ms_str *in, struct ms_str *quoted)
{
	struct ms_str rest = ms_str_from(*in, 1);
	size_t n;

	while(rest.len > 0 && rest.p[0] != '"') {
		n = quoted_len(rest);
		if(n == 0)
			return MS_ESYNTAX;
		rest = ms_str_from(rest, n);
	}
	if(rest.len == 0)
		return MS_ESYNTAX;
	rest = ms_str_from(rest, 1);
	*quoted = (struct ms_str){in->p, in->len - rest.len};
	*in = rest;
	return MS_OK;
}

enum ms_err ms_scan_param(struct ms_str *in, struct ms_param *param)
{
	struct ms_str rest = *in;
	struct ms_param par = {0};
	enum ms_err err;

	err = ms_scan_token(&rest, &par.name);
	if(!err && ms_scan_char(&rest, '='))
		err = starts_with_char(rest, '"')
					  ? scan_quoted(&rest, &par.value)
					  : scan_class(&rest, token_host_tbl, &par.value);
	if(err)
		return err;
	*in = rest;
	*param = par;
	return MS_OK;
}

enum ms_err ms_scan_number(
		struct ms_str *in, unsigned long max, unsigned long *n)
{
	unsigned long value = 0, digit;
	size_t i;

	for(i = 0; i < in->len && digit_tbl[(unsigned char)in->p[i]]; i++) {
		digit = (unsigned long)(in->p[i] - '0');
		if(digit > max || value > (max - digit) / 10)
			return MS_ESYNTAX;
		value = value * 10 + digit;
	}
	if(i == 0)
		return MS_ESYNTAX;
	*in = ms_str_from(*in, i);
	*n = value;
	return MS_OK;
}
