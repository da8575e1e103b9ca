/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The UDP datagram inside one captured frame. */

#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_ADDR_MAX 16

struct frame_udp
{
	uint8_t source[FRAME_ADDR_MAX]; /* an IPv4 address fills four bytes */
	uint8_t destination[FRAME_ADDR_MAX];
	uint16_t source_port, destination_port;
	const uint8_t *data; /* view into the frame */
	size_t len;
};

/*
 * @param link  the capture's link type, DLT_* of libpcap
 * @param udp   [out] written on true only
 * @return false for everything but UDP over IPv4 and IPv6, and for fragments
 *         behind the first
 */
bool frame_udp_find(
		int link, const uint8_t *frame, size_t len, struct frame_udp *udp);

/* @return false for link types frame_udp_find() cannot read */
bool frame_link_is_known(int link);

#endif
