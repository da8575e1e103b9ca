/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One offer or answer on its way from one leg of a call to the other. */

#ifndef MEDIASEC_EXCHANGE_H
#define MEDIASEC_EXCHANGE_H

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
	bool branch;	  /* of a fork, with the id */
	bool applied;	  /* answers: the offer asked for a=3ge2ae */
	bool ice;		  /* answers: the offer has ICE */
	struct ms_str id;
	/* within a dialog; else those of the message */
	struct ms_str offerer_tag, answerer_tag;
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

/* End the call in rtpengine, or one branch of it. 0 or -1. */
int mediasec_exchange_delete(sip_msg_t *msg, const struct mediasec_exchange *x);

#endif
