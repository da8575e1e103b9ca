/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The leg mark: what we write into our Record-Route to recognise a dialog of
 * ours and to know how its legs are protected, also after a restart. A To-tag
 * proves nothing; this does, for it is keyed and bound to Call-ID and caller. */

#ifndef MEDIASEC_MARK_H
#define MEDIASEC_MARK_H

#include "../../core/parser/msg_parser.h"

#include "ms_policy.h"

#define MEDIASEC_BRANCH_MAX 64 /* of rtpengine's id of a leg */

/* A dialog, seen from the sender of a request. */
struct mediasec_legs
{
	struct ms_leg from, to;
	bool from_caller; /* the sender is the one who began the dialog */
	/* RFC 3261, 6: a core that is a proxy may send a call back through us, with
	 * the same Call-ID and tags. How many marks of ours its INVITE had: each
	 * pass is a call of its own. */
	unsigned spiral;
	/* rtpengine's id of the leg to the callee, in the message */
	struct ms_str branch;
};

/* @return 0, or -1 after a log line: rr is not loaded, or no random key */
int mediasec_mark_init(void);

/*
 * Add the mark to the Record-Route of the branch being built, for the request
 * that begins a dialog. Needs record_route() before in the script.
 * @return 0 or -1
 */
int mediasec_mark_add(sip_msg_t *msg, const struct mediasec_legs *legs);

/*
 * Read the mark of an in-dialog request, after loose_route().
 * @param legs [out] written on true only
 * @return true if there is one, it is ours and it belongs to this dialog
 */
bool mediasec_mark_read(sip_msg_t *msg, struct mediasec_legs *legs);

/* @return the spiral of the mark that a URI of a Record-Route carries, good or
 *         not; -1 without one */
int mediasec_mark_spiral(const str *uri);

/* @return how many marks the Record-Route of a message has */
unsigned mediasec_mark_count(sip_msg_t *msg);

#define MEDIASEC_ID_LEN 32

/*
 * A name for one leg of a call: for the caller's its Call-ID, where it does not
 * spiral; else hex digits that only this cluster can compute.
 * @param buf where the digits go; the name lives as long as it and call_id
 */
struct ms_str mediasec_mark_id(struct ms_str call_id, unsigned spiral,
		bool callee, char buf[MEDIASEC_ID_LEN + 1]);

#endif
