/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Lexer for SIP header bodies (RFC 3261, 25.1). Each function moves *in past
 * what it read on success only, so a failed read changes nothing. */

#ifndef MS_SCAN_H
#define MS_SCAN_H

#include "ms_err.h"
#include "ms_str.h"

/* LWS, folded lines included, also several and with a lone LF; never fails */
void ms_scan_lws(struct ms_str *in);

/* one character, with LWS around it (as SEMI, COMMA, EQUAL allow) */
bool ms_scan_char(struct ms_str *in, char c);

/* token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~") */
enum ms_err ms_scan_token(struct ms_str *in, struct ms_str *token);

/* generic-param = token [ EQUAL ( token / host / quoted-string ) ]; the value
 * keeps its quotes and is empty (p == NULL) when there is none */
struct ms_param
{
	struct ms_str name;
	struct ms_str value;
};
enum ms_err ms_scan_param(struct ms_str *in, struct ms_param *param);

/* decimal digits only, value at most max; leading zeros are read.
 * @return MS_OK, or MS_ESYNTAX: no digit, or more than max */
enum ms_err ms_scan_number(
		struct ms_str *in, unsigned long max, unsigned long *n);

#endif
