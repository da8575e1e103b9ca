/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* One leg of a call: a UDP socket that sends and receives PCMU on the same
 * port, as RTP or, when it is secured, as SRTP. */

#ifndef LEG_H
#define LEG_H

#include <sys/socket.h>

#include "rtp.h"
#include "suite.h"

#define LEG_DATAGRAM_MAX 2048

struct leg_config
{
	struct sockaddr_storage local, remote;
	bool dtls;				   /* secured, the keys come with leg_key() */
	const struct suite *suite; /* NULL: a plain leg, or one with dtls */
	struct suite_key tx_key;   /* encrypts what we send */
	struct suite_key rx_key;   /* decrypts what we receive */
	unsigned watch_hz;		   /* the tone listened for on the wire */
};

struct leg
{
	int fd;
	struct sockaddr_storage remote;
	struct rtp next; /* header of the next packet sent */
	bool secured;
	bool keyed; /* a secured leg has its keys */
	bool dtls;
	srtp_t tx, rx; /* of a keyed leg only */
	unsigned watch_hz;
	/* the datagram last received; libsrtp2 decrypts it in place and wants
	 * it aligned */
	_Alignas(4) uint8_t datagram[LEG_DATAGRAM_MAX];
};

enum leg_event
{
	LEG_NOTHING,	 /* no datagram is waiting */
	LEG_AUDIO,		 /* PCMU, decrypted where the leg is secured */
	LEG_LEAK,		 /* secured leg: the tone was audible as received */
	LEG_AUTH_FAILED, /* secured leg: it does not decrypt */
	LEG_OTHER,		 /* not RTP, another codec, a replay, or before the keys */
	LEG_DTLS,		 /* leg with dtls: a datagram of the handshake */
	LEG_FAILED		 /* the socket is broken: see errno */
};

struct leg_packet
{
	bool in_clear;			/* watch_hz was audible without decryption */
	const uint8_t *payload; /* LEG_AUDIO and LEG_DTLS only; a view into the
							   leg, until the next call of leg_receive() */
	size_t len;
};

/*
 * Bind the socket and make the SRTP contexts; says on stderr what failed.
 *
 * @param leg     [out] to be closed with leg_close() after true only
 * @param config  [in]  its keys are copied; wipe it when no longer needed
 */
bool leg_open(struct leg *leg, const struct leg_config *config);

void leg_close(struct leg *leg);

/*
 * Give a leg with dtls its keys, once; says on stderr what failed.
 *
 * @param tx, rx  are copied; wipe them when no longer needed
 */
bool leg_key(struct leg *leg, const struct suite *suite,
		const struct suite_key *tx, const struct suite_key *rx);

/*
 * Send n (at most TONE_FRAME) samples as the next packet; sets errno. A leg
 * with dtls sends nothing before it has its keys.
 */
bool leg_send(struct leg *leg, const uint8_t *pcmu, size_t n);

/* Send this as it is. */
bool leg_send_datagram(struct leg *leg, const uint8_t *data, size_t len);

/*
 * Take the next datagram, from whatever address; does not wait.
 *
 * @param packet  [out] written unless nothing was waiting
 */
enum leg_event leg_receive(struct leg *leg, struct leg_packet *packet);

#endif
