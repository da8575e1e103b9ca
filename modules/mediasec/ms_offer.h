/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* An offer made simple. Phones offer one stream in several ways, or more than
 * may be had: here one mechanism is chosen for the leg, one of several
 * alternative m-lines, and what may not be is rejected. The mechanism is the one
 * that secures audio, then the one that secures more media, then the preferred. What comes out is an
 * ordinary offer, whose answer is dressed again as the phone expects it. */

#ifndef MS_OFFER_H
#define MS_OFFER_H

#include <stdbool.h>
#include <stdint.h>

#include "ms_capneg.h"
#include "ms_err.h"
#include "ms_sdp.h"

struct ms_offer_rules
{
	unsigned mech[2]; /* mechanisms that may be used, the preferred one first;
						 0: none (left) */
	bool plain;		  /* streams without protection may stay */
	bool osrtp;		  /* a=crypto in RTP/AVP is taken up (RFC 8643) */
	bool t38;		  /* m=image may stay */
	const struct ms_keying *keying; /* borrowed */
};

/* What was done to an offer, for its answer. No keys are in it. */
struct ms_offer
{
	unsigned mech;		 /* of the leg; 0: plain */
	bool plain_rejected; /* a stream of its own, not an alternative, was plain
							and is rejected */
	bool all_rejected;	 /* T.38 was all there was, and may not be */
	struct
	{
		bool osrtp; /* RTP/AVP was made RTP/SAVP */
		bool sdes;	/* an a=crypto was chosen, with this tag */
		uint32_t tag;
		bool tls_id; /* has a=tls-id, so has its answer (RFC 8842, 5.3) */
		struct ms_acfg acfg;
	} line[MS_MLINES_MAX];
};

/* @return a size that is enough for ms_offer_take() of this body */
size_t ms_offer_size(struct ms_str body);

/*
 * Where nothing could be kept, streams are left as they are, so that the facts
 * of the body still say what is wrong with them.
 *
 * @param buf   [out] the offer to go on with; must not overlap body
 * @param tmp   work space of the same size
 * @param len   [out] written on MS_OK only
 * @param offer [out] written on MS_OK only
 * @return MS_OK, MS_ENOSPC, or as ms_sdp_open() and ms_sdp_next()
 */
enum ms_err ms_offer_take(struct ms_str body,
		const struct ms_offer_rules *rules, char *buf, char *tmp, size_t size,
		size_t *len, struct ms_offer *offer);

/*
 * The answer as the sender of the offer expects it: its own profiles and tags
 * where we changed them, a=acfg for configurations we picked, a=tls-id.
 *
 * @param tls_id a token of 20 characters or more, the same for all answers of a
 *               dialog
 * @param buf    [out] at least ms_offer_answer_size() bytes; no overlap
 */
enum ms_err ms_offer_answer(const struct ms_offer *offer, struct ms_str answer,
		struct ms_str tls_id, char *buf, size_t size, size_t *len);

size_t ms_offer_answer_size(struct ms_str answer, struct ms_str tls_id);

#endif
