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

/* A dialog, seen from the sender of a request. */
struct mediasec_legs
{
	struct ms_leg from, to;
	bool from_caller; /* the sender is the one who began the dialog */
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

/* @return true if a URI of a Record-Route carries a mark, good or not */
bool mediasec_mark_is_on(const str *uri);

#define MEDIASEC_HASH_LEN 32

/* hex digits that only this cluster can compute from a Call-ID */
struct ms_str mediasec_mark_hash(
		struct ms_str call_id, char buf[MEDIASEC_HASH_LEN + 1]);

#endif
