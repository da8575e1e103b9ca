/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The request this process is handling: what it says, gathered once, and what
 * the module has done with it so far. */

#ifndef MEDIASEC_REQUEST_H
#define MEDIASEC_REQUEST_H

#include "../../core/parser/msg_parser.h"

#include "mediasec_mark.h"
#include "mediasec_rules.h"
#include "mediasec_store.h"

#define MEDIASEC_FLOW_MAX 96
#define MEDIASEC_NAME_MAX 256

struct mediasec_request
{
	const struct mediasec_iface *iface;
	struct ms_facts facts;		 /* verify and binding: see below */
	struct ms_settings settings; /* for the sender, as far as it is known */
	struct ms_list list; /* what is advertised to it, on this transport */
	struct mediasec_sender
			sender;			   /* see below; of a REGISTER aor[0] is its To */
	struct ms_str sdp;		   /* the session description in the message */
	struct ms_str offer;	   /* ... as it was taken: see below */
	struct mediasec_legs legs; /* in a dialog of ours */
	bool bound;				   /* facts.verify, .binding and found are set */
	bool took;		  /* facts.sdp, offer and taken are set, if has_sdp */
	bool stripped;	  /* core copy is clean */
	bool speaks;	  /* has Security-* rows, whatever they say */
	bool granted;	  /* REGISTER that passed: its 2xx commits */
	unsigned agreed;  /* ... to these mechanisms */
	bool challenging; /* a list is on the replies to this request: */
	struct ms_list announced;
	struct ms_leg leg;		/* the sender's, as mediasec_media() found it */
	bool leg_known;			/* ... if it did */
	enum ms_reason refused; /* a reply has been sent for this reason */

	struct mediasec_found found; /* the sender's record, if there is one */

	/* From the text of the record on nothing is cleared for a new request: memory
	 * of the views above, and what `took` tells of. */
	char flow[MEDIASEC_FLOW_MAX];
	char names[3][MEDIASEC_NAME_MAX];
	char branch[MEDIASEC_BRANCH_MAX];
	struct ms_offer taken; /* how the offer was taken */
};

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_request_init(void);

/*
 * What is known of this request. Gathered at the first call for a message.
 *
 * @return the state, valid until the next message of this process; NULL, after
 *         a log line, for a message whose headers cannot be parsed
 */
struct mediasec_request *mediasec_request(sip_msg_t *msg);

/* As mediasec_request(), but NULL if no function of ours has seen it yet. */
struct mediasec_request *mediasec_request_known(const sip_msg_t *msg);

/* @return the message this process is handling, if a function of ours has seen
 *         it; for callbacks that get a copy of it */
sip_msg_t *mediasec_request_message(void);

/* Read who sent it: sender, but for the proved user. Once per request. */
void mediasec_request_sender(sip_msg_t *msg, struct mediasec_request *req);

/* Put the list on the replies to this request, in place of one that was there
 * before its sender was known. @return 0 or -1 */
int mediasec_request_announce(sip_msg_t *msg, struct mediasec_request *req);

/* A request that passed: replies of our own carry the list no more. A challenge
 * that comes from the core still gets it. */
void mediasec_request_unannounce(sip_msg_t *msg, struct mediasec_request *req);

/* Compare Security-Verify with what may be mirrored: what is issued now, and the
 * list of the sender's binding if that has been found. */
enum ms_verify_result mediasec_request_mirror(
		const sip_msg_t *msg, const struct mediasec_request *req);

/* Find the sender's binding: facts.binding and what depends on it. On the core
 * side everybody is a plain client. */
void mediasec_request_find(sip_msg_t *msg, struct mediasec_request *req);

/* The same, once authentication is over, and compare Security-Verify with what
 * may be mirrored. Once per request. */
void mediasec_request_bind(sip_msg_t *msg, struct mediasec_request *req);

/* Bind, and take of the offer what this sender may have: facts.sdp. Once per
 * request. */
void mediasec_request_take(sip_msg_t *msg, struct mediasec_request *req);

#endif
