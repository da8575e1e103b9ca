/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What an operator wants of media security: of an interface as a whole, and of
 * domains and groups of AoRs on it. */

#ifndef MS_SETTINGS_H
#define MS_SETTINGS_H

#include <stdint.h>

#include "ms_crypto.h"
#include "ms_err.h"
#include "ms_sechdr.h"
#include "ms_str.h"

enum ms_policy
{
	MS_POLICY_OFF,		/* the mechanism is not used here */
	MS_POLICY_OPTIONAL, /* who asked is held to it, others are plain clients */
	MS_POLICY_REQUIRED	/* everybody has to ask */
};

/* Media of calls in one direction, whatever was agreed. */
enum ms_media
{
	MS_MEDIA_OPTIONAL,	/* protected for who agreed, else as it comes */
	MS_MEDIA_MANDATORY, /* never plain RTP */
	MS_MEDIA_FORBIDDEN	/* never SRTP */
};

/* A missing Security-Verify on a request that begins a call. */
enum ms_missing
{
	MS_MISSING_REJECT,
	MS_MISSING_SECURE_OFFER, /* forgiven when the offer is itself secure: then
								nothing was bid down */
	MS_MISSING_ACCEPT
};

/* A party without a record. */
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
	enum ms_media inbound;	/* calls from the UE */
	enum ms_media outbound; /* calls to the UE */
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
	bool retry_plain;	   /* who rejects a secured offer gets a plain one */
	struct ms_list list;   /* what is advertised over a secure transport */
	struct ms_keying keying; /* what may key a leg */
};

/* Settings of which only some are given. */
struct ms_settings_part
{
	struct ms_settings settings;
	uint32_t given; /* a bit for each field */
};

/*
 * Give a setting by its name, which is that of the module parameter.
 *
 * @param value the part keeps views of it where it names mechanisms that are
 *              unknown here (MS_MECH_OTHER), and else none
 * @return MS_OK; MS_END: there is no such setting; or MS_ESYNTAX: no such value,
 *         or given before
 */
enum ms_err ms_settings_give(
		struct ms_settings_part *part, struct ms_str name, struct ms_str value);

/* The given ones in place of those of `settings`. */
void ms_settings_overlay(
		struct ms_settings *settings, const struct ms_settings_part *part);

/*
 * Settings that contradict each other, so that nobody could be served: protected
 * media without a mechanism for it, or agreements about media that are forbidden
 * to be protected.
 */
bool ms_settings_agree(const struct ms_settings *settings);

/*
 * Ask of a party what others ask, too: for one that only claims to be whom these
 * are set for. Nothing gets laxer. What is forbidden stays so, and nothing
 * becomes forbidden, for that would make media plain.
 */
void ms_settings_tighten(
		struct ms_settings *settings, const struct ms_settings *others);

#endif
