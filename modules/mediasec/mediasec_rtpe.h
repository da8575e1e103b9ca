/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* rtpengine, through Kamailio's rtpengine module: the only file that knows it.
 * Calls block the process until rtpengine has answered or given up. */

#ifndef MEDIASEC_RTPE_H
#define MEDIASEC_RTPE_H

#include "../../core/parser/msg_parser.h"

#include "ms_rtpp.h"

/*
 * Bind to the rtpengine module and make it hand session descriptions over in
 * script variables of ours.
 * @return 0, or -1 after a log line
 */
int mediasec_rtpe_init(void);

/*
 * One command that takes a session description and gives one back.
 *
 * @param id  of the branch, when rtpp->branch is set
 * @param out [out] rtpengine's session description in private memory, to be
 *            released with mediasec_rtpe_free(); on success only
 * @return 0, or -1: rtpengine is not there, too slow or refuses
 */
int mediasec_rtpe_exchange(sip_msg_t *msg, const struct ms_rtpp *rtpp,
		struct ms_str id, struct ms_str sdp, str *out);

/* Wipe and release: there are keys in it. Empty is fine. */
void mediasec_rtpe_free(str *sdp);

/* End a call, or with rtpp->branch one branch of it. 0 or -1. */
int mediasec_rtpe_delete(
		sip_msg_t *msg, const struct ms_rtpp *rtpp, struct ms_str id);

/* A message that was made up, for commands about a call that has none at hand. */
struct mediasec_made
{
	sip_msg_t msg;
	char *buf;
};

/* @param from, to bodies of these headers. 0 or -1; else to be freed. */
int mediasec_rtpe_message(struct mediasec_made *made, struct ms_str from,
		struct ms_str to, struct ms_str call_id);
void mediasec_rtpe_message_free(struct mediasec_made *made);

/*
 * What rtpengine knows of the call of a message, as JSON. There are no keys in
 * it.
 * @return NUL-terminated text in memory of a variable, valid until the next call
 *         of this process; NULL: no such call, or rtpengine is not there
 */
char *mediasec_rtpe_query(sip_msg_t *msg);

#endif
