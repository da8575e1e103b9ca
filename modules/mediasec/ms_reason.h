/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Why a request or an answer is refused: the single list. A row is the SIP
 * code and phrase, the word in logs, $mediasec(reason) and the counter of the
 * same name, and a line of the administrator's guide. */

#ifndef MS_REASON_H
#define MS_REASON_H

#include "ms_str.h"

/* clang-format off */
/*       name               word                    code  phrase                            what happened */
#define MS_REASONS(R) \
	R(TAG_REFUSED,      "tag_refused",          420, "Bad Extension",                  "Proxy-Require: mediasec on an interface with policy off") \
	R(NOT_FIRST_HOP,    "not_first_hop",        502, "Bad Gateway",                    "more than one Via, and the previous hop is no trusted front proxy") \
	R(CLIENT_MISSING,   "client_missing",       421, "Extension Required",             "policy required, and the REGISTER does not ask for media security") \
	R(LOST_CAPABILITY,  "lost_capability",      421, "Extension Required",             "the AoR has an agreement, and a REGISTER does not ask for media security while sticky_capability rejects") \
	R(CLIENT_MALFORMED, "client_malformed",     494, "Security Agreement Required",    "no element of Security-Client can be read") \
	R(CLIENT_TAG_ONLY,  "client_tag_only",      494, "Security Agreement Required",    "the option tag without Security-Client or Security-Verify") \
	R(TAG_MISSING,      "tag_missing",          494, "Security Agreement Required",    "Security-Client without the option tag while strict_option_tag is set") \
	R(NO_COMMON,        "no_common_mechanism",  494, "Security Agreement Required",    "policy required, and no offered mechanism is on the list") \
	R(VERIFY_MISSING,   "verify_missing",       494, "Security Agreement Required",    "Security-Verify is missing where it is needed") \
	R(VERIFY_DIFFERS,   "verify_differs",       494, "Security Agreement Required",    "Security-Verify does not mirror the list") \
	R(VERIFY_MALFORMED, "verify_malformed",     494, "Security Agreement Required",    "an element of Security-Verify breaks the grammar") \
	R(UNKNOWN_BINDING,  "unknown_binding",      494, "Security Agreement Required",    "no binding is known for the sender, and unknown_binding refuses") \
	R(REJECT_LIMIT,     "reject_limit",         503, "Service Unavailable",            "too many refusals for one source and Call-ID") \
	R(INSECURE_FLOW,    "insecure_flow",        403, "Forbidden",                      "a binding made over a secure transport, used over an insecure one") \
	R(INSECURE_KEYS,    "insecure_keys",        488, "Not Acceptable Here",            "SDES keys over an insecure transport") \
	R(OFFER_PLAIN,      "offer_plain",          488, "Not Acceptable Here",            "plain RTP where secured media is required") \
	R(OFFER_FORBIDDEN,  "offer_forbidden",      488, "Not Acceptable Here",            "secured media where they are forbidden") \
	R(OFFER_MECHANISM,  "offer_mechanism",      488, "Not Acceptable Here",            "a mechanism that was not agreed or cannot be terminated") \
	R(OFFER_SUITE,      "offer_suite",          488, "Not Acceptable Here",            "no crypto suite that is allowed") \
	R(OFFER_SESSION,    "offer_session",        488, "Not Acceptable Here",            "session parameters that weaken or that rtpengine does not honour") \
	R(OFFER_KEY,        "offer_key",            488, "Not Acceptable Here",            "a secure profile without a usable key") \
	R(SDP_MALFORMED,    "sdp_malformed",        400, "Bad Session Description",        "a session description that cannot be read") \
	R(ANSWER_INSECURE,  "answer_insecure",      488, "Not Acceptable Here",            "an answer that is not what was offered") \
	R(REOFFER_PENDING,  "reoffer_pending",      491, "Request Pending",                "an offer while rtpengine goes back from a rejected one") \
	R(RELAY_FAILED,     "relay_failed",         503, "Media Relay Unavailable",        "rtpengine is down, too slow or refused") \
	R(INTERNAL,         "internal",             500, "Server Internal Error",          "out of memory, or a failure of the host")
/* clang-format on */

enum ms_reason
{
	MS_REASON_NONE = 0, /* not refused */
#define MS_REASON_ENUM(name, word, code, phrase, what) MS_REASON_##name,
	MS_REASONS(MS_REASON_ENUM)
#undef MS_REASON_ENUM
			MS_REASON_COUNT
};

struct ms_reason_info
{
	struct ms_str word;
	int code;
	struct ms_str phrase;
	struct ms_str what;
};

/* @return the row of a reason; of MS_REASON_NONE one with code 0 and word "" */
const struct ms_reason_info *ms_reason_info(enum ms_reason reason);

#endif
