/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One offer or answer on its way from one leg of a call to the other. */

#ifndef MEDIASEC_EXCHANGE_H
#define MEDIASEC_EXCHANGE_H

#include "mediasec_mark.h"
#include "mediasec_rtpe.h"
#include "mediasec_settings.h"
#include "ms_policy.h"

struct mediasec_leg
{
	struct ms_leg is;
	const struct mediasec_iface *iface;
	struct ms_keying keying; /* what may key it */
};

struct mediasec_exchange
{
	enum ms_rtpp_op op;
	struct mediasec_leg from, to;
	bool from_caller; /* its sender began the dialog */
	unsigned spiral;  /* of the dialog */
	unsigned turn; /* which offer of the dialog; 0: the first, or not known */
	bool branch;   /* of a fork, with the id */
	bool applied;  /* answers: the offer asked for a=3ge2ae */
	bool ice;	   /* answers: the offer has ICE */
	struct ms_str id;
	/* within a dialog; else those of the message */
	struct ms_str offerer_tag, answerer_tag;
	/* of the session description, where they are known already */
	const struct ms_sdp_facts *facts;
};

/*
 * Take the keying out of a session description that the other leg must not see,
 * let rtpengine put its own media in, and check what it gave: to a plain leg no
 * key, to a secured one a key on every stream.
 *
 * @param out [out] for mediasec_rtpe_free(); on MS_REASON_NONE only
 * @return MS_REASON_NONE, or why it cannot be passed on
 */
enum ms_reason mediasec_exchange(sip_msg_t *msg,
		const struct mediasec_exchange *x, struct ms_str sdp, str *out);

/* @return does a party, if it is secured, answer what it was offered, or get the
 *         answer to what it offered (RFC 4568, 7.1.2)? later: media are up already
 */
bool mediasec_is_answer(const struct mediasec_leg *leg, struct ms_str offer,
		struct ms_str answer, bool later);

/* Room for the core to write a session description into. */
struct mediasec_draft
{
	char *p;
	size_t size, len;
};

/* @return room for this many bytes, or for none where there is no memory: then
 *         what is written does not fit */
struct mediasec_draft mediasec_draft(size_t size);

/*
 * Put what was written in the place of *sdp, which is wiped and released; or,
 * after an error, wipe and release that instead.
 * @return err
 */
enum ms_err mediasec_draft_end(
		struct mediasec_draft *draft, enum ms_err err, str *sdp);

/* End the call in rtpengine, or one branch of it and nothing else, or what it has
 * of the party named answerer_tag: then offerer_tag is that of the party which
 * began the call. Or of the party named offerer_tag, if that is the only one.
 * 0 or -1. */
int mediasec_exchange_delete(sip_msg_t *msg, const struct mediasec_exchange *x);

#endif
