/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The DTLS 1.2 handshake that keys an SRTP leg (RFC 5763, RFC 5764). It knows
 * no socket: datagrams are given to it, and it sends through a function. */

#ifndef DTLS_H
#define DTLS_H

#include "fingerprint.h"
#include "suite.h"

enum dtls_role
{
	DTLS_NONE,
	DTLS_ACTIVE, /* client: sends the ClientHello */
	DTLS_PASSIVE /* server */
};

struct dtls_config
{
	enum dtls_role role;
	const char *cert;		 /* PEM file of our certificate and its key */
	const char *profiles;	 /* OpenSSL's names with ':' between, NULL: all */
	struct fingerprint peer; /* what the SDP of the other end said */
};

enum dtls_state
{
	DTLS_WAITING,
	DTLS_OK,	  /* done: fingerprint checked, profile agreed */
	DTLS_FAILED,  /* an alert, no common profile, or nobody answers */
	DTLS_MISMATCH /* we refused the peer's certificate */
};

struct dtls_keys
{
	const struct suite *suite;
	struct suite_key tx, rx;
};

struct dtls;

/* @return false when the datagram cannot be sent */
typedef bool dtls_send(void *arg, const uint8_t *data, size_t len);

/*
 * Nothing is sent yet: the first dtls_tick() does.
 *
 * @param config  not used after the return
 * @param arg     for send
 * @return to be freed with dtls_free(); NULL after a complaint on stderr
 */
struct dtls *dtls_new(
		const struct dtls_config *config, dtls_send *send, void *arg);

void dtls_free(struct dtls *dtls);

/* Take a datagram of the peer; afterwards too, as the peer may have lost our
 * last flight. */
void dtls_receive(struct dtls *dtls, const uint8_t *data, size_t len);

/* Start, or send again what was not answered in time. */
void dtls_tick(struct dtls *dtls);

/* @return ms until the next dtls_tick() is due, -1: no timer runs */
int dtls_wait_ms(struct dtls *dtls);

enum dtls_state dtls_state(const struct dtls *dtls);

/* @return OpenSSL's name of the profile agreed, static; "none" unless
 *         DTLS_OK */
const char *dtls_profile(const struct dtls *dtls);

/*
 * @param keys  [out] written on true only; wipe it when no longer needed
 * @return false unless DTLS_OK
 */
bool dtls_export(const struct dtls *dtls, struct dtls_keys *keys);

#endif
