/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* SDP capability negotiation (RFC 5939), as far as handsets offer SRTP with it:
 * an m-line that is plain as it stands and names a secured configuration. That
 * configuration is made the actual one, so nobody after us has to know. */

#ifndef MS_CAPNEG_H
#define MS_CAPNEG_H

#include "ms_crypto.h"
#include "ms_err.h"
#include "ms_limits.h"
#include "ms_str.h"

/* What a=acfg says of an m-line: "1 t=1 a=2,3"; empty: nothing was picked. */
struct ms_acfg
{
	char text[MS_ACFG_LEN_MAX];
	size_t len;
};

/* @return a size that is enough for ms_capneg_resolve() of this body */
size_t ms_capneg_size(struct ms_str body);

/*
 * Pick, for each m-line that is not secured as it stands, the potential
 * configuration with the lowest number that is: its transport and attributes
 * replace the actual ones, and all a=tcap, a=acap, a=pcfg, a=creq and a=csup
 * lines go. A configuration that deletes attributes ("a=-m:") or that names what
 * is not there is passed over; so is one that is only about feedback (AVPF), for
 * behind us nobody could choose the actual one any more; and so are all where an
 * extension is required (a=creq) that is not known here (RFC 5939, 3.3.2).
 *
 * @param mechs  set of mechanisms that may be picked
 * @param keying what makes a=crypto and a=fingerprint usable
 * @param acfg   [out] MS_MLINES_MAX of them, written on MS_OK only
 * @return MS_OK, MS_ENOSPC, or as ms_sdp_open() and ms_sdp_next()
 */
enum ms_err ms_capneg_resolve(struct ms_str body, unsigned mechs,
		const struct ms_keying *keying, char *buf, size_t size, size_t *len,
		struct ms_acfg *acfg);

#endif
