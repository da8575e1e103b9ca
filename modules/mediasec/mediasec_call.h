/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One transaction of a call with an offer in it, or asking for one: its
 * branches and its end, from tm's callbacks. */

#ifndef MEDIASEC_CALL_H
#define MEDIASEC_CALL_H

#include "../tm/tm_load.h"

#include "mediasec_exchange.h"
#include "mediasec_request.h"

struct mediasec_answer;

enum mediasec_branch_outcome
{
	MEDIASEC_BRANCH_OPEN,
	MEDIASEC_BRANCH_ANSWERED, /* by a 2xx that was accepted */
	MEDIASEC_BRANCH_REFUSED	  /* its first 2xx was; so are all others */
};

/* The leg to a callee. */
struct mediasec_branch
{
	struct mediasec_leg leg;
	enum ms_media media; /* what is set for its calls in this direction */
	bool retries_plain;
	str offered;   /* to a secured callee, in shared memory: has our keys */
	str clear;	   /* what it gets instead, once it has rejected that */
	bool rejected; /* it has */
	bool ended;	   /* it has failed, and rtpengine knows */
	int id;		   /* its number to rtpengine */
	bool spoke;	   /* a session description came from it */
	enum mediasec_branch_outcome outcome;
	unsigned answers;  /* of it that rtpengine was told of */
	unsigned refusals; /* of its 2xx, each of another party */
	bool limited;	   /* there were too many answers, and the script knows */
};

/* What the callbacks of an INVITE or UPDATE know: in shared memory, as long as
 * the transaction. A branch is written before it is sent, and read afterwards. */
struct mediasec_call
{
	bool initial;	  /* begins a dialog */
	bool from_caller; /* the request comes from the one who began it */
	struct mediasec_origin
			origin;		   /* of the dialog; of an INVITE that begins one:
					  * this transaction, once it is forwarded */
	bool awaits_rejection; /* of a branch that may be tried again in clear */
	bool unread;		   /* the offer cannot be read, and passes as it is */
	bool requested;		   /* the offer has a=3ge2ae:requested */
	bool ice;			   /* and ICE */
	struct mediasec_leg sender;
	/* not initial: the other leg, and what rtpengine calls the callee's */
	struct ms_leg to;
	char dialog[MEDIASEC_BRANCH_MAX];
	unsigned turn;			/* which offer of the dialog it is, to rtpengine */
	enum ms_reason refused; /* why a branch or an answer was, lastly */
	int ids;				/* that branches have to rtpengine so far */
	struct mediasec_branch branch[MAX_BRANCHES_LIMIT];
	struct mediasec_answer *answer; /* the last that rtpengine got */
	struct ms_offer taken;			/* what was done to the offer */
	size_t offer_len;				/* 0: no offer in the request */
	char offer[]; /* the sender's, with the keys it was taken by */
};

/* What has become of a call by now. */
struct mediasec_outcome_leg
{
	struct ms_leg is;
	struct ms_str suite; /* NULL: none, or not known yet */
};

struct mediasec_outcome
{
	struct mediasec_outcome_leg caller, callee;
	bool called; /* there is a callee's leg: that which answered, or the last */
	enum ms_reason refused;
};

/* @return 0, or -1 after a log line */
int mediasec_call_init(void);

/* Of the call whose transaction this process is at: in a route for a request or
 * its replies, and in what tm and others call meanwhile.
 * @return false if there is none; nothing is written then */
bool mediasec_call_outcome(struct mediasec_outcome *outcome);

/*
 * See an INVITE or UPDATE through: what leaves on its branches, what comes back
 * in its replies, and the end of it. The request is bound and its offer good.
 *
 * @param leg the sender's, as ms_policy_offer() says
 * @return 0 or -1: out of memory, nothing may be forwarded
 */
int mediasec_call_begin(sip_msg_t *msg, const struct mediasec_request *req,
		const struct ms_leg *leg);

/* @return rtpengine's id of a branch, the same for its offer and its answers;
 *         lives in buf */
struct ms_str mediasec_call_branch(const struct cell *t,
		const struct mediasec_branch *branch, char buf[MEDIASEC_BRANCH_MAX]);

/* A branch has failed: end what rtpengine has of it, once. msg: its request, or a
 * reply to that. */
void mediasec_call_end_branch(
		struct cell *t, int branch, struct mediasec_call *call, sip_msg_t *msg);

#endif
