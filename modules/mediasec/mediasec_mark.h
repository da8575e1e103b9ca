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

/* both legs of a dialog */
struct mediasec_legs
{
	enum ms_mode caller, callee;
};

/* @return 0, or -1 after a log line: rr is not loaded, or no random key */
int mediasec_mark_init(void);

/*
 * Add the mark to the Record-Route of the branch being built. Needs
 * record_route() before in the script.
 * @return 0 or -1
 */
int mediasec_mark_add(sip_msg_t *msg, const struct mediasec_legs *legs);

/*
 * Read the mark of an in-dialog request, after loose_route().
 * @param mode [out] the sender's leg; written on true only
 * @return true if there is one, it is ours and it belongs to this dialog
 */
bool mediasec_mark_check(sip_msg_t *msg, enum ms_mode *mode);

/*
 * The same, for both legs of an in-dialog request.
 * @param from, to    [out] the sender's leg and the one it goes to
 * @param from_caller [out] the sender is the one who began the dialog
 */
bool mediasec_mark_legs(sip_msg_t *msg, enum ms_mode *from, enum ms_mode *to,
		bool *from_caller);

/* @return true if a URI of a Record-Route carries a mark, good or not */
bool mediasec_mark_is_on(const str *uri);

/* 32 hex digits that only this cluster can compute from a Call-ID */
struct ms_str mediasec_mark_hash(struct ms_str call_id, char buf[33]);

#endif
