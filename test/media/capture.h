/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Is a tone audible in a capture without any key? */

#ifndef CAPTURE_H
#define CAPTURE_H

#include <stdbool.h>

struct capture_result
{
	unsigned packets;	   /* RTP packets read */
	unsigned streams;	   /* distinct addresses, ports and SSRC */
	unsigned tone_packets; /* in which the tone dominates */
};

/*
 * Read a capture file, and look for the tone in every RTP packet as if it
 * were PCMU. One packet with the tone is enough to call it found: in
 * ciphertext it does not happen by chance.
 *
 * @param port    source or destination port, 0: any
 * @param result  [out] written on true only
 * @return false when the file cannot be read; said on stderr
 */
bool capture_search(const char *file, unsigned hz, unsigned port,
		struct capture_result *result);

#endif
