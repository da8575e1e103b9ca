/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Facts of an SDP body, session and per m-line. Reads only. */

#ifndef MS_SDP_H
#define MS_SDP_H

#include <stdint.h>

#include "ms_crypto.h"
#include "ms_err.h"
#include "ms_limits.h"
#include "ms_str.h"

/* ---- one line ----------------------------------------------------------- */

/* a=name or a=name:value; the value is empty when there is none */
struct ms_attr
{
	struct ms_str name, value;
};

/*
 * @param line without its line end
 * @param attr [out] written when it is an attribute
 * @return whether it is one
 */
bool ms_sdp_attr(struct ms_str line, struct ms_attr *attr);

/* @return whether the line is an attribute of that name */
bool ms_sdp_is_attr(struct ms_str line, struct ms_str name);
/* @return whether one of the lines is */
bool ms_sdp_has_attr(struct ms_str lines, struct ms_str name);

/*
 * Does an attribute carry a key: "inline:" anywhere in it, as in a=crypto and
 * a=acap, or MIKEY (RFC 4567)? Any case, and however malformed.
 */
bool ms_sdp_line_has_key(struct ms_str line);

/* The same anywhere in a text, for one that cannot be read as lines. */
bool ms_sdp_text_has_key(struct ms_str text);

/* @return whether it is an a=fingerprint or a=setup that DTLS may use */
bool ms_sdp_is_dtls(struct ms_str line, const struct ms_keying *keying);

/* ---- one m-line --------------------------------------------------------- */

enum ms_proto
{
	MS_PROTO_AVP,		/* RTP/AVP */
	MS_PROTO_AVPF,		/* RTP/AVPF */
	MS_PROTO_SAVP,		/* RTP/SAVP */
	MS_PROTO_SAVPF,		/* RTP/SAVPF */
	MS_PROTO_TLS_SAVP,	/* UDP/TLS/RTP/SAVP */
	MS_PROTO_TLS_SAVPF, /* UDP/TLS/RTP/SAVPF */
	MS_PROTO_OTHER		/* udptl, TCP/MSRP, UDP/BFCP, ... : not RTP */
};

/* How an m-line asks to be protected, whatever we then allow. */
enum ms_protection
{
	MS_PROT_REJECTED, /* port 0: nothing flows */
	MS_PROT_PLAIN,	  /* RTP without protection, a=crypto on AVP included */
	MS_PROT_SDES,	  /* SAVP with at least one usable a=crypto */
	MS_PROT_DTLS,	/* TLS/SAVP, or SAVP without a=crypto, with fingerprint and
					   setup (RFC 5763, 5) */
	MS_PROT_BROKEN, /* a secure profile with no usable key, or audio and video
					   over what is not known here */
	MS_PROT_OTHER	/* not RTP */
};

struct ms_mline
{
	struct ms_str media; /* "audio" */
	struct ms_str proto_text;
	struct ms_str section; /* from "m=" to the next "m=" or the end */
	unsigned port;
	enum ms_proto proto;
	enum ms_protection protection;
	unsigned cryptos; /* a=crypto lines */
	/* the first usable one; if there is none, the first: its fault says why.
	 * Unset if cryptos == 0 */
	struct ms_crypto crypto;
	/* At this or at session level: a=fingerprint with a hash of SHA-256 or more
	 * (RFC 8122, 5), or with SHA-1 where that will do, a=setup with a role for DTLS, a=ice-ufrag, and a=3ge2ae
	 * (TS 24.229, 7.5.2.2). */
	bool fingerprint, setup, ice, requested, applied;
	bool actpass; /* the role is actpass, which is for offers only */
};

struct ms_sdp
{
	struct ms_str session; /* the session part */
	struct ms_str rest;	   /* m-lines not yet read */
	const struct ms_keying *keying;
	/* at session level */
	bool fingerprint, setup, ice, requested, applied, actpass;
};

/*
 * The body has to read the same to every parser behind us, so what parsers
 * treat differently is refused. Only blank lines at its end are skipped.
 *
 * @param body   an SDP body; borrowed by all that follows, and so is keying
 * @param keying what makes a=crypto and a=fingerprint usable
 * @return MS_OK; MS_ESYNTAX for a body that is not SDP ("v=0" is missing or
 *         comes twice, a line is not "x=...", NUL or a lone CR); or MS_ELIMIT
 */
enum ms_err ms_sdp_open(
		struct ms_str body, const struct ms_keying *keying, struct ms_sdp *sdp);

/*
 * The next m-line. Moves on MS_OK only.
 * @return MS_OK, MS_END or MS_ESYNTAX (the m= line breaks RFC 4566)
 */
enum ms_err ms_sdp_next(struct ms_sdp *sdp, struct ms_mline *mline);

/*
 * Write an m= line, with another port or another proto where one is given.
 * @param line m=<media> <port> <proto> <formats>, without its line end
 */
void ms_sdp_put_media(struct ms_out *out, struct ms_str line,
		struct ms_str port, struct ms_str proto);

/* ---- a whole body in one word ------------------------------------------- */

/* What the m-lines that are alive amount to; the weakest decides. */
struct ms_sdp_facts
{
	unsigned alive;		  /* RTP m-lines with a port */
	unsigned protections; /* bits 1 << enum ms_protection of all m-lines */
	enum ms_crypto_fault fault; /* of the first MS_PROT_BROKEN with a=crypto */
	bool keys; /* ms_sdp_line_has_key() anywhere: must not travel further */
	bool requested; /* a=3ge2ae:requested on any line */
	bool ice;		/* a=ice-ufrag anywhere (RFC 8839) */
	bool feedback;	/* an RTP profile with feedback (AVPF, SAVPF) on any line */
};

/*
 * @param facts [out] written on MS_OK only
 * @return as ms_sdp_open() and ms_sdp_next()
 */
enum ms_err ms_sdp_survey(struct ms_str body, const struct ms_keying *keying,
		struct ms_sdp_facts *facts);

/* @return true if every RTP stream that lives is MS_PROT_SDES or MS_PROT_DTLS;
 *         lines that are not RTP do not count */
bool ms_sdp_is_secure(const struct ms_sdp_facts *facts);

/*
 * Does `answer` leave the protection that `offer` asked for in place, as far as
 * the offerer can see (RFC 3264, 6; RFC 4568, 7.1.2)?
 *  - as many m-lines, of the same media in the same order;
 *  - an m-line that is alive in the answer was neither rejected nor
 *    MS_PROT_BROKEN in the offer;
 *  - for MS_PROT_SDES it has the offer's profile and exactly one a=crypto:
 *    usable, with tag and suite of a usable one of the offered m-line, and with
 *    a key that is nowhere in the offer;
 *  - for MS_PROT_DTLS it has the offer's profile, a fingerprint, and a role,
 *    active or passive (RFC 5763, 5).
 * MS_PROT_PLAIN and MS_PROT_OTHER ask for nothing.
 *
 * @param later the media are up already: actpass, as baresip answers then, leaves
 *              the roles what they were
 */
bool ms_sdp_answer_is_secure(struct ms_str offer, struct ms_str answer,
		const struct ms_keying *keying, bool later);

/* ---- certificates ------------------------------------------------------- */

#define MS_FINGERPRINT_LEN 32 /* of SHA-384 and SHA-512 the beginning */

/*
 * The certificate of a body, by the first a=fingerprint that DTLS may use.
 * @param digest [out] its bytes, on MS_OK only
 * @return MS_OK, or MS_END: there is none
 */
enum ms_err ms_sdp_fingerprint(
		struct ms_str body, unsigned char digest[MS_FINGERPRINT_LEN]);

#endif
