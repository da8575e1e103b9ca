/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* SIP messages for the core: which header is which, who sent it over what, and
 * what is taken out of it or put on it. Decides nothing. */

#ifndef MEDIASEC_MSG_H
#define MEDIASEC_MSG_H

#include "../../core/parser/msg_parser.h"
#include "../../core/parser/parse_from.h"
#include "../../core/parser/parse_to.h"

#include "mediasec_request.h"

#define MEDIASEC_TAG MS_STR("mediasec")

enum mediasec_hdr
{
	MEDIASEC_H_NONE,
	MEDIASEC_H_CLIENT,
	MEDIASEC_H_SERVER,
	MEDIASEC_H_VERIFY,
	MEDIASEC_H_REQUIRE,
	MEDIASEC_H_PROXY_REQUIRE
};

/* @return which of the headers we read or change this is */
enum mediasec_hdr mediasec_header(const struct hdr_field *h);

/* @return 0 or -1: no random number; in mod_init */
int mediasec_msg_init(void);

/* "tls:192.0.2.1:5061/2915034511.7": transport, source, and for connections a
 * number of this start and their own, because a flow dies with its connection.
 * "ipsec:192.0.2.1" within security associations: a UE sends from one port of
 * theirs, listens on another, and each registration brings new ones
 * (TS 33.203, 7.1). */
struct ms_str mediasec_msg_flow(
		const struct receive_info *rcv, char buf[MEDIASEC_FLOW_MAX]);

/* over TLS, WSS or IPsec: nobody on the way can read SDES keys */
bool mediasec_msg_is_secure(const struct receive_info *rcv);

/* user@host of a header, host in lower case; empty if there is none or it does
 * not fit. Written into buf. */
struct ms_str mediasec_msg_to(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX]);
struct ms_str mediasec_msg_from(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX]);
struct ms_str mediasec_msg_preferred(
		sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX]);
/* whom a request was for when it came in, before the script looked it up */
struct ms_str mediasec_msg_target(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX]);
/* user@realm of credentials the auth module has found good, or empty */
struct ms_str mediasec_msg_user(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX]);

/* Credentials are there, good or not; a digest without nonce and response is
 * none. */
bool mediasec_msg_has_credentials(const sip_msg_t *msg);

/* empty if there is none */
struct ms_str mediasec_msg_body(sip_msg_t *msg);

/*
 * The session description of a message: its body, or that part of a multipart
 * one.
 * @param sdp [out] without length, which nobody can read, where another may be
 *            hidden in the body
 * @return false if there is none
 */
bool mediasec_msg_sdp(sip_msg_t *msg, struct ms_str *sdp);

/* Put other bytes in the place of some; none removes them. 0 or -1. */
int mediasec_msg_replace(sip_msg_t *msg, struct ms_str old, struct ms_str text);

/* Take the session description out (where it has no length the whole body), and with a body that was nothing else the
 * header that names its type. 0 or -1. */
int mediasec_msg_remove_sdp(sip_msg_t *msg, struct ms_str sdp);

/*
 * Remove what is between us and the next hop only: our entries of the
 * Security-* headers and our option tag, and nothing else (RFC 3329, 2.3.1).
 * @return 0 or -1 (out of memory)
 */
int mediasec_msg_strip(sip_msg_t *msg);

/* Text of whole header rows onto a message that is forwarded. 0 or -1. */
int mediasec_msg_add_rows(sip_msg_t *msg, struct ms_str rows);
/* The same onto the replies we generate to a request. Copies. 0 or -1. */
int mediasec_msg_add_reply_rows(sip_msg_t *msg, struct ms_str rows);
/* Take rows off again that mediasec_msg_add_reply_rows() put there. */
void mediasec_msg_drop_reply_rows(sip_msg_t *msg, struct ms_str rows);

bool mediasec_str_is_zero(const str *number);

#endif
