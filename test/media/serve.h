/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The media of many calls at a time, both ends of them, as SIPp orders. */

#ifndef SERVE_H
#define SERVE_H

#include <stdbool.h>
#include <sys/socket.h>

struct serve_config
{
	struct sockaddr_storage control; /* where SIPp connects: TCP, IPv4 */
	struct sockaddr_storage local;	 /* of the secured end of all calls */
	struct sockaddr_storage echo;	 /* of the plain end of all calls */
	unsigned hz;					 /* the tone sent, and expected back */
	unsigned packets;				 /* each call sends, and hears */
	unsigned timeout_ms;			 /* of a call */
};

struct serve_counts
{
	unsigned calls;		  /* that SIPp ordered */
	unsigned failed;	  /* that heard too little, or were not understood */
	unsigned sent;		  /* SRTP packets */
	unsigned echoed;	  /* plain packets with the tone, sent back */
	unsigned heard;		  /* that came back, decrypt, and have the tone */
	unsigned auth_failed; /* that came back and do not decrypt */
	unsigned other;		  /* without the tone, late, or of no call of ours */
};

/*
 * Serve one SIPp from its connection to its end. Prints a line when it may
 * connect.
 *
 * @param counts [out] written on true only
 * @return false when a socket could not be opened or broke; said on stderr
 */
bool serve_run(const struct serve_config *config, struct serve_counts *counts);

#endif
