/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The RTP header (RFC 3550, 5.1): writing one, and reading one off the wire. */

#ifndef RTP_H
#define RTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RTP_HEADER_LEN 12 /* of the headers we write */
#define RTP_PT_PCMU 0

struct rtp
{
	uint8_t pt;
	uint16_t seq;
	uint32_t timestamp;
	uint32_t ssrc;
	const uint8_t *payload; /* view into the parsed packet */
	size_t len;				/* bytes of payload */
};

/*
 * Write the header only; payload and len are not read.
 *
 * @param buf  [out] RTP_HEADER_LEN bytes
 */
void rtp_write_header(uint8_t *buf, const struct rtp *rtp);

/*
 * Read a packet. Of SRTP the header is right and the payload is the
 * ciphertext with its tag.
 *
 * @param rtp  [out] written on true only
 * @return false for what is not RTP version 2, and for RTCP (RFC 5761, 4)
 */
bool rtp_parse(const uint8_t *buf, size_t len, struct rtp *rtp);

#endif
