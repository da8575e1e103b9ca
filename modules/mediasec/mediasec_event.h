/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Events for the operator's script: event_route[mediasec:...], or a KEMI
 * function. They run in a process of their own, on a message of their own: so
 * they can be raised from everywhere, under tm's locks too, a slow one delays no
 * call, and none can change what becomes of the message it tells of. */

#ifndef MEDIASEC_EVENT_H
#define MEDIASEC_EVENT_H

#include "../../core/parser/msg_parser.h"

#include "mediasec_request.h"

/* clang-format off */
#define MEDIASEC_EVENTS(E) \
	E(AGREED,      "agreed")    /* the 2xx of a REGISTER has committed an agreement */ \
	E(REJECTED,    "rejected")  /* a request, a branch or an answer was refused */ \
	E(SECURED,     "secured")   /* the call was answered, and this leg of it is SRTP */ \
	E(DOWNGRADE,   "downgrade") /* less secure than before, or than possible: allowed */ \
	E(CERTIFICATE, "certificate") /* of a DTLS leg: not the one it has to be */
/* clang-format on */

enum mediasec_event_kind
{
#define MEDIASEC_EVENT_ENUM(name, word) MEDIASEC_EVENT_##name,
	MEDIASEC_EVENTS(MEDIASEC_EVENT_ENUM)
#undef MEDIASEC_EVENT_ENUM
			MEDIASEC_EVENT_N
};

enum mediasec_party
{
	MEDIASEC_NOBODY,
	MEDIASEC_CALLER, /* who began the dialog */
	MEDIASEC_CALLEE
};

/* What $mediasec(...) says; a text without memory is $null. */
struct mediasec_event
{
	enum mediasec_event_kind kind;
	struct ms_str reason; /* a word that is never freed */
	struct ms_str aor, flow, call_id;
	bool known; /* the sender was looked for: so the next three hold */
	enum ms_binding state;
	enum ms_verify_result verify;
	unsigned agreed; /* one bit */
	bool dialog;
	enum mediasec_party party; /* whose leg: so the next two hold */
	struct ms_leg leg;
	struct ms_str suite; /* a constant, too */
};

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_event_init(void);

/* Start the process, if the script has a route for any event; in child_init.
 * 0 or -1. */
int mediasec_event_fork(void);

/* @return false if nobody listens: whatever it would cost can be saved */
bool mediasec_event_is_wanted(enum mediasec_event_kind kind);

/* Copies. The event is lost, and counted, if too many are waiting. */
void mediasec_event_raise(const struct mediasec_event *event);

/* What is known of a request that the script is handling. */
struct mediasec_event mediasec_event_of(
		const sip_msg_t *msg, const struct mediasec_request *req);

/* Raise it for such a request. */
void mediasec_event_request(enum mediasec_event_kind kind, struct ms_str reason,
		const sip_msg_t *msg, const struct mediasec_request *req);

/* Count a remarkable way to pass, which is a downgrade. */
void mediasec_event_note(enum ms_note note, const sip_msg_t *msg,
		const struct mediasec_request *req);

/* Raise it for the sender of any message: Call-ID, flow and AoR are added. */
void mediasec_event_message(struct mediasec_event event, sip_msg_t *msg);

/*
 * Who is registered on the flow a message came over; in a callback, too.
 * @param buf memory for a name
 * @param aor [out] its AoR; if there is none, what the sender calls itself
 */
bool mediasec_event_sender(sip_msg_t *msg, struct mediasec_found *found,
		char buf[MEDIASEC_NAME_MAX], struct ms_str *aor);

/* @return the word of an event, as in the name of its route */
struct ms_str mediasec_event_word(enum mediasec_event_kind kind);

/* @return the event this process is running the script for; else NULL */
const struct mediasec_event *mediasec_event_current(void);

#endif
