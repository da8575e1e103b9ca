/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Facts of a message and settings of an interface in, a verdict out. Every
 * security decision is taken here and nowhere else. */

#ifndef MS_POLICY_H
#define MS_POLICY_H

#include <stdint.h>

#include "ms_mech.h"
#include "ms_offer.h"
#include "ms_reason.h"
#include "ms_sdp.h"
#include "ms_sechdr.h"

/* ---- settings of an interface ------------------------------------------ */

enum ms_policy
{
	MS_POLICY_OFF,		/* the mechanism is not used here */
	MS_POLICY_OPTIONAL, /* who asked is held to it, others are plain clients */
	MS_POLICY_REQUIRED	/* everybody has to ask */
};

/* A missing Security-Verify on a request that begins a call. */
enum ms_missing
{
	MS_MISSING_REJECT,
	MS_MISSING_SECURE_OFFER, /* forgiven when the offer is itself secure: then
                                                          nothing was bid down
                            */
	MS_MISSING_ACCEPT
};

/* A sender without a record. */
enum ms_unknown
{
	MS_UNKNOWN_PLAIN,  /* as the offer comes */
	MS_UNKNOWN_SECURE, /* secured media only */
	MS_UNKNOWN_REFUSE  /* only with a right Security-Verify and secured media */
};

/* A client whose AoR has an agreement registers without asking: it was talked out
 * of it, or has lost or given up the capability. */
enum ms_sticky
{
	MS_STICKY_OFF,
	MS_STICKY_LOG,	 /* it is noted, and loses the agreement */
	MS_STICKY_REJECT /* refused as long as there is an agreement */
};

struct ms_settings
{
	enum ms_policy policy;
	enum ms_verify_mode verify_mode;
	enum ms_missing missing;
	enum ms_unknown unknown;
	enum ms_sticky sticky;
	bool strict_tag;	   /* Security-Client needs the option tag */
	bool secure_transport; /* SDES keys need TLS or WSS (RFC 4568, 8.3) */
	bool osrtp;			   /* a=crypto in RTP/AVP is taken up (RFC 8643) */
	bool t38;			   /* T.38 may go beside secured audio: nothing here can
							  protect it */
	bool refuse_mixed;	   /* plain streams beside secured ones make the whole
							  offer refused; else only they are rejected */
	struct ms_list list;   /* what is advertised over a secure transport */
	uint32_t suites;	   /* SDES suites that may be used */
};

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
	bool deregister;	/* REGISTER that only removes */
	bool proxy_tag;		/* "mediasec" in Proxy-Require */
	bool tag;			/* in Require or Proxy-Require */
	bool not_first_hop; /* more than one Via and no trusted front proxy */
	bool secure;		/* transport: TLS, WSS */
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
	struct ms_sdp_facts sdp; /* of an offer: as ms_offer_take() left it */
};

/* ---- verdicts ----------------------------------------------------------- */

/* Remarkable ways to pass: each has a counter of the same word. */
enum ms_note
{
	MS_NOTE_NONE,
	MS_NOTE_EMERGENCY, /* passed unchecked */
	MS_NOTE_FORGIVEN,  /* Security-Verify was missing, the offer is secure */
	MS_NOTE_UNKNOWN,   /* no record of the sender, treated as plain */
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

/* The mechanism we offer to a party that agreed to these: the first of the list
 * among them. 0 if there is none. */
unsigned ms_policy_preferred(
		const struct ms_settings *settings, unsigned agreed);

/* The offer, or the lack of one, of a request that passed ms_policy_request().
 */
struct ms_verdict ms_policy_offer(
		const struct ms_settings *settings, const struct ms_facts *facts);

#endif
