/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The leg mark: what we write into our Record-Route to recognise a dialog of
 * ours and to know how its legs are protected, also after a restart. A To-tag
 * proves nothing; this does, for it is keyed and bound to Call-ID, caller, and the
 * side each party is on. */

#ifndef MEDIASEC_MARK_H
#define MEDIASEC_MARK_H

#include "../../core/parser/msg_parser.h"

#include "mediasec_settings.h"
#include "ms_log.h"
#include "ms_policy.h"

#define MEDIASEC_BRANCH_MAX 64 /* of rtpengine's id of a leg */

/* The transaction that began a call, by tm's numbers. Call-ID and tags are chosen
 * by others, and may come in somebody else's INVITE, or once more in that of a core
 * which sends a call back through us (RFC 3261, 6): each is a call of its own. */
struct mediasec_origin
{
	unsigned index, label;
};

/* for printf() and scanf(): what rtpengine's ids of its legs begin with */
#define MEDIASEC_ORIGIN "ms%u.%u"

/* A dialog, seen from the sender of a request. */
struct mediasec_legs
{
	struct ms_leg from, to;
	bool from_caller; /* the sender is the one who began the dialog */
	enum mediasec_side from_side, to_side; /* to be marked; not read */
	struct mediasec_origin origin;
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
 * @param side where the message came from
 * @param legs [out] written on true only
 * @return true if there is one, it is ours, and it belongs to this dialog and to a
 *         party on this side
 */
bool mediasec_mark_read(
		sip_msg_t *msg, enum mediasec_side side, struct mediasec_legs *legs);

/* @return does a URI of a Record-Route carry the mark of this call, good or not? */
bool mediasec_mark_is_of(const str *uri, const struct mediasec_origin *origin);

/* @return has a row of the Record-Route of a message a mark, good or not? */
bool mediasec_mark_is_in(sip_msg_t *msg);

#define MEDIASEC_ID_MAX (MS_LOG_VALUE_MAX + 32)

/*
 * What rtpengine calls one leg of a call: the Call-ID, spelled as in the log, and
 * the origin, which nobody else can choose.
 * @return lives in buf
 */
struct ms_str mediasec_mark_id(struct ms_str call_id,
		const struct mediasec_origin *origin, bool callee,
		char buf[MEDIASEC_ID_MAX]);

#define MEDIASEC_TLS_ID_LEN 32

/* The tls-id of our side of a call (RFC 8842, 4): hex digits. @return lives in buf */
struct ms_str mediasec_mark_tls_id(struct ms_str call_id,
		const struct mediasec_origin *origin,
		char buf[MEDIASEC_TLS_ID_LEN + 1]);

#endif
