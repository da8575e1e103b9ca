/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The options behind a command, read and checked, not yet acted upon. */

#ifndef OPTIONS_H
#define OPTIONS_H

#include "talk.h"

enum option_bit
{
	OPTION_LOCAL = 1 << 0,
	OPTION_REMOTE = 1 << 1,
	OPTION_SEND_HZ = 1 << 2,
	OPTION_EXPECT_HZ = 1 << 3,
	OPTION_PACKETS = 1 << 4,
	OPTION_INTERVAL_MS = 1 << 5,
	OPTION_TIMEOUT_MS = 1 << 6,
	OPTION_SUITE = 1 << 7,
	OPTION_TX_KEY = 1 << 8,
	OPTION_RX_KEY = 1 << 9,
	OPTION_EXPECT_SILENCE = 1 << 10,
	OPTION_PCAP = 1 << 11,
	OPTION_HZ = 1 << 12,
	OPTION_PORT = 1 << 13,
	OPTION_CONTROL = 1 << 14,
	OPTION_ECHO = 1 << 15,
	OPTION_DTLS = 1 << 20,
	OPTION_CERT = 1 << 21,
	OPTION_PEER_FINGERPRINT = 1 << 22,
	OPTION_PROFILES = 1 << 23,
	OPTION_OUT = 1 << 24,
	OPTION_TYPE = 1 << 25,
	OPTION_HASH = 1 << 26
};

struct options
{
	unsigned given; /* enum option_bit, or-ed */
	struct talk_config talk;
	struct sockaddr_storage control, echo;
	const char *pcap;
	unsigned hz, port;
	const char *out, *cert_type, *hash; /* of a new certificate */
};

/*
 * Read the options of one command. Keys given on the command line are
 * overwritten there, so that `ps` does not show them for long.
 *
 * @param argv      argv[0] is the command
 * @param required  enum option_bit, or-ed
 * @param allowed   further ones
 * @param options   [out] defaults where nothing was given; holds keys
 * @return false after a complaint on stderr
 */
bool options_read(int argc, char **argv, unsigned required, unsigned allowed,
		struct options *options);

#endif
