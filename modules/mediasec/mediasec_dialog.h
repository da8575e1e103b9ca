/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The last exchange that both parties of a dialog accepted. rtpengine switches
 * to a new offer at once, so when that is rejected (RFC 3261, 14.1) the media
 * would be gone, had we not this to go back to. A call may have several dialogs,
 * for more than one party may answer it (RFC 3261, 13.2.2.4): when one of them
 * ends, the others go on.
 *
 * There are keys in it: private shared memory, not replicated, in no RPC answer,
 * wiped at the end of the dialog. After a restart it is gone.
 *
 * A dialog is named by a message of it (Call-ID and tags), the origin of its call, and who
 * sent the request: the one who began the dialog, or the other. */

#ifndef MEDIASEC_DIALOG_H
#define MEDIASEC_DIALOG_H

#include "mediasec_exchange.h"

struct mediasec_accepted
{
	struct mediasec_exchange x;	 /* as the offer went; no id */
	struct ms_str offer, answer; /* answer: empty while it is awaited */
	/* an offer whose answer comes late, as the answerer got it */
	struct ms_str sent;
	/* rtpengine's id of the dialog's leg, or empty */
	char branch[MEDIASEC_BRANCH_MAX];
};

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_dialog_init(void);

/* Keep an exchange in place of an earlier one of the dialog that x names, in a
 * call that this message and x.origin are of. Copies.
 * @return MS_REASON_NONE, or why it is not kept: too many dialogs of the call are up,
 *         or out of memory */
enum ms_reason mediasec_dialog_keep(
		sip_msg_t *msg, const struct mediasec_accepted *accepted);

/* Its INVITE has a 2xx. */
void mediasec_dialog_confirm(
		sip_msg_t *msg, const struct mediasec_origin *origin, bool from_caller);

/* @return are other dialogs of the call known, early or up? */
bool mediasec_dialog_has_others(
		sip_msg_t *msg, const struct mediasec_origin *origin, bool from_caller);

/* @return true if the call is up between others: each party of a fork has read a
 *         good mark, also one that lost */
bool mediasec_dialog_is_lost(
		sip_msg_t *msg, const struct mediasec_origin *origin, bool from_caller);

/*
 * @param accepted [out] written on true only; its views lead into *memory
 * @param memory   [out] private, to be released with mediasec_rtpe_free()
 * @return true if there is one
 */
bool mediasec_dialog_get(sip_msg_t *msg, const struct mediasec_origin *origin,
		bool from_caller, struct mediasec_accepted *accepted, str *memory);

/* @return the way its answer takes */
struct mediasec_exchange mediasec_dialog_answer(
		const struct mediasec_accepted *accepted);

/*
 * A later offer of a dialog is about to be given to rtpengine: what the parties
 * said before it is not replayed any more for the one before.
 * @param turn [out] which offer of the dialog it is; 0: the dialog is not known
 * @return false while rtpengine is told to go back from the one before: not now
 */
bool mediasec_dialog_offer(sip_msg_t *msg, const struct mediasec_origin *origin,
		bool from_caller, unsigned *turn);

/*
 * A later offer was rejected: give rtpengine once more what both had accepted. What
 * it says to that, the parties have long been told. Nothing is done when another
 * offer has come since, or the dialog has ended.
 * @param x origin, from_caller and the turn of the rejected one, and no more
 * @return 0; -1: there was nothing to go back to, or rtpengine does not take it
 */
int mediasec_dialog_replay(sip_msg_t *msg, const struct mediasec_exchange *x);

/*
 * The legs of a dialog for a request of our own in it, which has no mark.
 * @param x [out] as seen from the sender, and no more; on true only
 * @return true if the dialog is known here
 */
bool mediasec_dialog_legs(sip_msg_t *msg, struct mediasec_exchange *x);

/* rtpengine may have heard of a party whose answer was refused, and sends the media
 * there: back to a dialog of this call that is up, if there is one. */
void mediasec_dialog_go_on(
		sip_msg_t *msg, const struct mediasec_origin *origin);

/*
 * End the media of a dialog: the call in rtpengine, unless another dialog of it
 * is up, or may be because this one is not known, after a restart: that goes on.
 * @param x its legs as seen from the sender of msg, origin, and id if it is known,
 *          and no more
 * @return 0 or -1: rtpengine has not ended it
 */
int mediasec_dialog_end(sip_msg_t *msg, const struct mediasec_exchange *x);

/* End a branch that failed, and whatever early dialogs it had. */
int mediasec_dialog_end_branch(
		sip_msg_t *msg, const struct mediasec_exchange *x);

/* The same for one that was offered to after another one had answered, which has
 * taken the caller's media from that: it gets them back. */
void mediasec_dialog_end_late(
		sip_msg_t *msg, const struct mediasec_exchange *x);

#endif
