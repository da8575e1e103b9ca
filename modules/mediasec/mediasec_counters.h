/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One counter for each reason to refuse and for each remarkable way to pass,
 * in the group "mediasec". */

#ifndef MEDIASEC_COUNTERS_H
#define MEDIASEC_COUNTERS_H

#include "ms_policy.h"

/* clang-format off */
#define MEDIASEC_COUNTS(C) \
	C(AGREED,    "agreed",    "2xx to a REGISTER that committed an agreement") \
	C(AGREED_SDES, "agreed_sdes", "those that agreed on sdes-srtp") \
	C(AGREED_DTLS, "agreed_dtls", "those that agreed on dtls-srtp") \
	C(PLAIN,     "plain",     "2xx to a REGISTER that did not ask, or agreed to nothing") \
	C(REMOVED,   "removed",   "bindings removed by their client") \
	C(VERIFIED,  "verified",  "requests with a right Security-Verify") \
	C(FORGIVEN,  "forgiven",  "requests without Security-Verify whose offer is secure") \
	C(UNKNOWN,   "unknown",   "requests of unknown senders that passed as plain") \
	C(CALLED_UNKNOWN, "called_unknown", "branches in clear to callees that are not known") \
	C(EMERGENCY, "emergency", "emergency requests that passed unchecked") \
	C(LOST_CAPABILITY, "lost_capability", "REGISTERs without asking, of AoRs that had an agreement") \
	C(REOFFER_PLAIN, "reoffer_plain", "re-offers with which an SRTP leg went back to RTP") \
	C(SECURED,   "secured",   "offers that came over SRTP") \
	C(RETRIED_PLAIN, "retried_plain", "callees that rejected a secured offer and were called again in clear") \
	C(REPLAYED,  "replayed",  "rejected re-offers after which the media before them was set up again") \
	C(NOT_REPLAYED, "not_replayed", "calls that ended with a rejected re-offer, because what was before it is not known") \
	C(RELAY_UNTOLD, "relay_untold", "calls of whose end, or return to the media before, rtpengine could not be told") \
	C(DTLS_VERIFIED, "dtls_verified", "calls whose DTLS certificates are those that were signalled") \
	C(DTLS_MISMATCH, "dtls_mismatch", "calls whose media ended because a DTLS certificate was not the one that was signalled") \
	C(DTLS_REFUSED,  "dtls_refused",  "calls in which rtpengine refused a DTLS handshake, or got media without one") \
	C(DTLS_SILENT,   "dtls_silent",   "calls in which a DTLS handshake never came") \
	C(CERTIFICATE_CHANGED, "certificate_changed", "DTLS certificates that are new to their AoR") \
	C(EVENTS_LOST, "events_lost", "events that no event route got, because too many were waiting") \
	C(STRIPPED,  "stripped",  "messages that are part of no offer and answer, and lost a session description with keys")
/* clang-format on */

enum mediasec_count
{
#define MEDIASEC_COUNT_ENUM(name, word, what) MEDIASEC_COUNT_##name,
	MEDIASEC_COUNTS(MEDIASEC_COUNT_ENUM)
#undef MEDIASEC_COUNT_ENUM
			MEDIASEC_COUNT_N
};

/* @return 0 or -1; in mod_init */
int mediasec_counters_init(void);

void mediasec_count(enum mediasec_count count);
void mediasec_count_reason(enum ms_reason reason);
void mediasec_count_note(enum ms_note note);
/* an agreement on this set of mechanisms; 0: none was made */
void mediasec_count_agreed(unsigned mechanisms);

/* What all processes have counted. */
unsigned long mediasec_counted(enum mediasec_count count);
unsigned long mediasec_counted_reason(enum ms_reason reason);

/* @return the word of a counter */
struct ms_str mediasec_count_word(enum mediasec_count count);

/* @return the word of its counter; note is not MS_NOTE_NONE */
struct ms_str mediasec_note_word(enum ms_note note);

#endif
