/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Facts of a message and settings in, a verdict out. Every security decision is
 * taken here and nowhere else. */

#ifndef MS_POLICY_H
#define MS_POLICY_H

#include "ms_mech.h"
#include "ms_offer.h"
#include "ms_reason.h"
#include "ms_sdp.h"
#include "ms_sechdr.h"
#include "ms_settings.h"

/*
 * The list for a request that came over this transport: without sdes-srtp
 * where SDES keys would be exposed. It never depends on what the client
 * offers (RFC 3329, 2.3.1).
 */
struct ms_list ms_policy_list(const struct ms_settings *settings, bool secure);

/* ---- facts -------------------------------------------------------------- */

enum ms_method
{
	MS_METHOD_REGISTER,
	MS_METHOD_INVITE,
	MS_METHOD_UPDATE,
	MS_METHOD_UNANSWERED, /* ACK, CANCEL, PRACK, BYE: never answered by us */
	MS_METHOD_OTHER
};

enum ms_binding
{
	MS_BINDING_NONE,   /* registered without asking */
	MS_BINDING_AGREED, /* a 2xx REGISTER that asked */
	MS_BINDING_UNKNOWN /* no record or an ambiguous match: never plain */
};

/* How a leg of a call is protected. The order is the strength. */
enum ms_mode
{
	MS_MODE_PLAIN,	 /* 'p' RTP */
	MS_MODE_SECURED, /* 's' SRTP because the party offered it; it may go back */
	MS_MODE_ENFORCED /* 'S' SRTP and nothing else, to the end of the dialog */
};

struct ms_leg
{
	enum ms_mode mode;
	unsigned mech; /* one bit (ms_mech.h); 0 for MS_MODE_PLAIN */
};

struct ms_facts
{
	enum ms_method method;
	bool in_dialog;		/* our leg mark in the Route checks; a To-tag proves
                                         nothing */
	struct ms_leg leg;	/* in_dialog: what the mark says of the sender's */
	bool called;		/* in_dialog: the call went to the sender */
	bool deregister;	/* REGISTER that only removes */
	bool proxy_tag;		/* "mediasec" in Proxy-Require */
	bool tag;			/* in Require or Proxy-Require */
	bool not_first_hop; /* more than one Via and no trusted front proxy */
	bool secure;		/* transport: TLS, WSS, IPsec; any of the core side */
	bool emergency;
	struct ms_client client;
	enum ms_verify_result verify;
	enum ms_binding binding;
	unsigned agreed;	   /* bits the binding agreed to; MS_BINDING_AGREED */
	unsigned offered;	   /* bits its REGISTER offered, 0: not known */
	bool binding_secure;   /* the binding was made over a secure transport */
	bool has_sdp, bad_sdp; /* a session description, one that cannot be read */
	bool plain_rejected;   /* ms_offer.plain_rejected */
	bool all_rejected;	   /* ms_offer.all_rejected */
	/* of an offer: as ms_offer_take() left it; of one that cannot be read only
	 * whether there are keys in it */
	struct ms_sdp_facts sdp;
};

/* ---- verdicts ----------------------------------------------------------- */

/* Remarkable ways to pass: each has a counter of the same word. */
enum ms_note
{
	MS_NOTE_NONE,
	MS_NOTE_EMERGENCY, /* passed unchecked */
	MS_NOTE_FORGIVEN,  /* Security-Verify was missing, the offer is secure */
	MS_NOTE_UNKNOWN,   /* no record of the sender, treated as plain */
	MS_NOTE_CALLED_UNKNOWN, /* nor of the callee, called in clear */
	MS_NOTE_LOST_CAPABILITY, /* an AoR that had agreed registered without asking */
	MS_NOTE_REOFFER_PLAIN	 /* SRTP that was not agreed on went back to RTP */
};

struct ms_verdict
{
	enum ms_reason reason; /* MS_REASON_NONE: pass */
	enum ms_note note;
	unsigned agreed;   /* REGISTER: bits to record; 0: registered without */
	struct ms_leg leg; /* media: the sender's */
};

/* The client asked for media security: a mechanism labelled "mediasec", or the
 * option tag, of which FRITZ!Box and Asterisk each leave out one at times. */
bool ms_policy_asked(const struct ms_facts *facts);

/*
 * A REGISTER whose credentials are good, or present where the registrar behind
 * us checks them (RFC 3329, 2.3; TS 24.229, 5.1.1).
 */
struct ms_verdict ms_policy_register(
		const struct ms_settings *settings, const struct ms_facts *facts);

/* Any other request from the access side. */
struct ms_verdict ms_policy_request(
		const struct ms_settings *settings, const struct ms_facts *facts);

/* What may be taken of the offer of this sender: comes before facts.sdp. */
struct ms_offer_rules ms_policy_offer_rules(
		const struct ms_settings *settings, const struct ms_facts *facts);

/* The party that a call is offered to. */
struct ms_callee
{
	enum ms_binding binding;
	unsigned agreed; /* bits; MS_BINDING_AGREED */
	bool secure;	 /* its transport: TLS, WSS, IPsec */
	bool core;		 /* called out of a core socket, as nobody is who agreed */
};

/* How the leg to a callee on the access side begins: what it agreed to, and what
 * is asked of everybody (TS 24.229, 5.2.7.3). */
struct ms_verdict ms_policy_callee(
		const struct ms_settings *settings, const struct ms_callee *callee);

/*
 * Secured media in what a callee sends back, an answer or the offer to an INVITE
 * that had none, where its calls may have no such media. A leg that is secured
 * already stays so.
 *
 * @param media what is set for calls in the direction of this one
 */
bool ms_policy_forbids(enum ms_media media, const struct ms_leg *leg,
		const struct ms_sdp_facts *sdp);

/* The mechanism we offer to a party that agreed to these: the first of the list
 * among them. 0 if there is none. */
unsigned ms_policy_preferred(
		const struct ms_settings *settings, unsigned agreed);

/* The offer, or the lack of one, of a request that passed ms_policy_request().
 */
struct ms_verdict ms_policy_offer(
		const struct ms_settings *settings, const struct ms_facts *facts);

/* May a callee that rejects its secured offer be called again, in clear? Where
 * the operator allows it, and security is not a condition. */
bool ms_policy_retries_plain(const struct ms_settings *settings);

/* @return true for a final reply that may be about SRTP */
bool ms_policy_rejects_srtp(unsigned code);

#endif
