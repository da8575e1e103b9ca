/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What rtpengine is told, as a flags string for Kamailio's rtpengine module.
 * The one place that knows rtpengine's vocabulary. */

#ifndef MS_RTPP_H
#define MS_RTPP_H

#include "ms_crypto.h"
#include "ms_err.h"
#include "ms_limits.h"
#include "ms_str.h"

enum ms_rtpp_op
{
	MS_RTPP_OFFER,
	MS_RTPP_ANSWER,
	MS_RTPP_DELETE
};

struct ms_rtpp
{
	enum ms_rtpp_op op;
	/* The mechanism (ms_mech.h) of the leg the SDP comes from, and goes to; 0:
	 * plain. One of them is: with SDES on both, rtpengine gives each party the
	 * other's key. Two secured parties are two calls with a plain hop between. */
	unsigned from, to;
	/* the sender is a core leg: packets only from the address in its SDP */
	bool from_core;
	/* offers: the receiver gets AVPF or SAVPF, as the sender has one of them */
	bool feedback;
	/* the receiver offered ICE: its answer needs it (RFC 8839) */
	bool ice;
	/* a branch of a fork: its id comes by extra_id_pv */
	bool branch;
	/* the suites that may be used, where one side is SDES; borrowed */
	const struct ms_keying *keying;
	/* rtpengine's names of the interfaces, both or none; for offers */
	struct ms_str from_if, to_if;
	/* own call-id=, or empty for the message's */
	struct ms_str call_id;
	/* own tags, both or none: of the offerer, and of the answerer. To delete one
	 * dialog of a call: of who began it, and of the other */
	struct ms_str from_tag, to_tag;
};

/*
 * A name or Call-ID is one word of visible ASCII: with a blank in it, it would
 * add flags of its own.
 *
 * @param buf [out] NUL-terminated, because rtpengine.so reads it so
 * @param len [out] bytes without the NUL, on MS_OK only
 * @return MS_OK; MS_ESYNTAX (not such a word, one interface or answerer without the other,
 *         two secured legs); or MS_ENOSPC. MS_RTPP_FLAGS_MAX is always enough
 *         for names up to 32 bytes and a call-id up to 300
 */
enum ms_err ms_rtpp_flags(
		const struct ms_rtpp *rtpp, char *buf, size_t size, size_t *len);

#endif
