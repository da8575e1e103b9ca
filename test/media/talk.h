/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One endpoint of a call: sends its own tone, and judges by what it hears. */

#ifndef TALK_H
#define TALK_H

#include "dtls.h"
#include "leg.h"

struct talk_config
{
	struct leg_config leg;
	struct dtls_config dtls; /* of a leg with dtls */
	unsigned send_hz, expect_hz;
	unsigned packets;	  /* to send; half as many must be heard */
	unsigned interval_ms; /* between two packets sent */
	unsigned timeout_ms;  /* of the waiting for the other end */
	bool expect_silence;  /* nothing must be heard until the timeout */
};

struct talk_counts
{
	unsigned sent;
	unsigned received;	  /* all datagrams, but those of DTLS */
	unsigned audio;		  /* PCMU that we can read */
	unsigned auth_failed; /* secured leg: does not decrypt */
	unsigned clear;		  /* the expected tone audible without decryption */
	unsigned other; /* not RTP, another codec, a replay, or before the keys */
	unsigned tone;	/* Hz of the tone heard, 0: none dominates */
	enum dtls_state dtls; /* of a leg with dtls, as it ended */
	const char *profile;  /* that DTLS agreed, static; "none" */
};

enum talk_verdict
{
	TALK_OK,
	TALK_NO_PACKETS,   /* fewer than half of --packets could be read */
	TALK_WRONG_TONE,   /* they can be read, but it is another sound */
	TALK_AUTH_FAILED,  /* too few could be read, some did not decrypt */
	TALK_NO_HANDSHAKE, /* DTLS did not come up: no media was sent */
	TALK_MISMATCH,	   /* the peer's certificate is not the SDP's: neither */
	TALK_UNEXPECTED	   /* heard in silence, or in clear on a secured leg */
};

/* Is the leg's media encrypted, by whatever keys? */
bool talk_is_secured(const struct talk_config *config);

/* what a run with these counts has proven; pure */
enum talk_verdict talk_judge(
		const struct talk_config *config, const struct talk_counts *counts);

const char *talk_verdict_name(enum talk_verdict verdict);

/*
 * Run the call: until enough was heard and the other end got a drain of
 * further packets, or until the timeout.
 *
 * @param config  [in]  the caller wipes its keys
 * @param counts  [out] written on true only
 * @return false when the leg could not be opened or its socket broke; said on
 *         stderr
 */
bool talk_run(const struct talk_config *config, struct talk_counts *counts);

#endif
