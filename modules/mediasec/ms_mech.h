/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One sec-mechanism of a Security-{Client,Server,Verify} header.
 *   sec-mechanism = mechanism-name *(SEMI mech-parameters)   RFC 3329, 2.2
 *   mech-parameters =/ "mediasec"                   3GPP TS 24.229, 7.2A.7 */

#ifndef MS_MECH_H
#define MS_MECH_H

#include "ms_err.h"
#include "ms_str.h"

/* Views borrow from the parsed header and live as long as it does. */
struct ms_mech
{
	struct ms_str name; /* mechanism-name, never empty, e.g. "sdes-srtp" */
	struct ms_str text; /* the whole mechanism as received */
	bool mediasec;		/* has the value-less "mediasec" parameter: only then is
						   the entry about media (TS 24.229, 7.2A.7) */
	bool extended;		/* has parameters other than "mediasec" and "q", or
						   a "mediasec" with a value: never equal to one of ours */
	bool stray;			/* an empty element (a stray comma) stands beside it */
};

/*
 * Read the next mechanism of a comma-separated header body. Empty elements
 * (stray commas) are skipped.
 *
 * @param in    [in,out] unread text; moves past one mechanism on MS_OK only
 * @param mech  [out]    written on MS_OK only
 * @return MS_OK, MS_END, MS_ESYNTAX or MS_ELIMIT (see ms_mech_skip())
 */
enum ms_err ms_mech_next(struct ms_str *in, struct ms_mech *mech);

/*
 * Pass over the element ms_mech_next() would read, well-formed or not: up to and
 * with the next comma outside a quoted string. The way on after MS_ESYNTAX and
 * MS_ELIMIT.
 *
 * @return the element, trimmed; empty if nothing was left
 */
struct ms_str ms_mech_skip(struct ms_str *in);

/* The media mechanisms with a name of their own, as bits of a set. */
enum
{
	MS_MECH_SDES = 1 << 0,	/* sdes-srtp    TS 24.229, table 7.2A.7.2-2 */
	MS_MECH_DTLS = 1 << 1,	/* dtls-srtp    Deutsche Telekom, not in 3GPP */
	MS_MECH_MSRP = 1 << 2,	/* msrp-tls */
	MS_MECH_BFCP = 1 << 3,	/* bfcp-tls */
	MS_MECH_UDPTL = 1 << 4, /* udptl-dtls */
	MS_MECH_OTHER = 1 << 5	/* any other name */
};

/* the mechanisms this project can terminate, being what rtpengine can */
#define MS_MECH_TERMINATED (MS_MECH_SDES | MS_MECH_DTLS)

/* @return the one bit for a mechanism-name, case-insensitively */
unsigned ms_mech_bit(struct ms_str name);
/* @return the name of a single bit, "" for MS_MECH_OTHER and for sets */
struct ms_str ms_mech_name(unsigned bit);

#endif
