/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* An SDP body rewritten line by line: what of its keying may go where. */

#ifndef MS_SDP_EDIT_H
#define MS_SDP_EDIT_H

#include "ms_crypto.h"
#include "ms_err.h"
#include "ms_str.h"

/*
 * Every edit drops, at session level and in each m-line: a=3ge2ae, a=crypto
 * (but see below), a=tcap, a=acap, a=pcfg, a=acfg, a=creq, a=csup, a=key-mgmt, a=zrtp-hash, any
 * other attribute with a key in it (ms_sdp_line_has_key), and k=; at session
 * level and in RTP m-lines a=fingerprint, a=setup and a=tls-id. Names match in
 * any case, because what another parser may take for a key must not pass.
 *
 * But m-lines with MS_PROT_DTLS get their good a=fingerprint and a=setup back at
 * their end, unless the edit is MS_EDIT_PLAIN, and those of the session where
 * they have none. MSRP and the like keep what is in their m-line: they need it
 * and nobody here terminates them (RFC 4145, RFC 4975).
 *
 * Other lines keep their bytes and their order; a=crypto come where the first of
 * the m-line was; line ends become CRLF. The body
 * that comes out is left as it is by the same edit.
 */
enum ms_edit
{
	/* for a plain leg */
	MS_EDIT_PLAIN,
	/* an offer or answer of a secured leg, on its way into rtpengine: each
	 * MS_PROT_SDES m-line keeps the one a=crypto that ms_mline.crypto is */
	MS_EDIT_CHOSEN,
	/* the same for an offer, under the tag that rtpengine itself would give the
	 * suite: to it another tag is another key, also of its own. The tag of the
	 * offer comes back with ms_offer_answer() */
	MS_EDIT_NUMBERED,
	/* for a secured leg, on its way out of rtpengine: MS_PROT_SDES m-lines keep
	 * all usable a=crypto */
	MS_EDIT_SECURED,
	/* the same, and each secured m-line gains "a=3ge2ae:applied" */
	MS_EDIT_APPLIED,
	/* the same, and a=crypto are in our order of preference: for the offer that
	 * begins a leg. In later ones rtpengine's order stays, because it begins
	 * with the suite in use */
	MS_EDIT_PREFERRED
};

/* @return a size that is enough for ms_sdp_edit() of this body, any edit */
size_t ms_sdp_edit_size(struct ms_str body);

/*
 * @param keying what makes a=crypto and a=fingerprint usable (ms_sdp.h)
 * @param buf [out] the new body, not terminated; it must not overlap body
 * @param len [out] bytes written, on MS_OK only
 * @return MS_OK, MS_ENOSPC, or as ms_sdp_open() and ms_sdp_next()
 */
enum ms_err ms_sdp_edit(struct ms_str body, enum ms_edit edit,
		const struct ms_keying *keying, char *buf, size_t size, size_t *len);

/*
 * What rtpengine cannot relay, given back: it takes every m-line for UDP, and
 * those over TCP (MSRP, BFCP; RFC 4145) have to pass untouched.
 *
 * @param sent    what rtpengine was given
 * @param relayed what came back, with as many m-lines
 * @param buf     [out] relayed, but with the m-lines over TCP of sent, and with
 *                the c= of their session where they have none
 * @return as ms_sdp_edit()
 */
enum ms_err ms_sdp_restore(struct ms_str sent, struct ms_str relayed, char *buf,
		size_t size, size_t *len);

/* @return a size that is enough for ms_sdp_restore() */
size_t ms_sdp_restore_size(struct ms_str sent, struct ms_str relayed);

#endif
