/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "rtp.h"

#define VERSION 2
#define EXTENSION_HEADER_LEN 4

static uint16_t read16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t read32(const uint8_t *p)
{
	return (uint32_t)read16(p) << 16 | read16(p + 2);
}

static void write32(uint8_t *p, uint32_t value)
{
	for(int i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (24 - 8 * i));
}

void rtp_write_header(uint8_t *buf, const struct rtp *rtp)
{
	buf[0] = VERSION << 6;
	buf[1] = rtp->pt;
	buf[2] = (uint8_t)(rtp->seq >> 8);
	buf[3] = (uint8_t)rtp->seq;
	write32(buf + 4, rtp->timestamp);
	write32(buf + 8, rtp->ssrc);
}

static bool is_rtcp(const uint8_t *buf)
{
	return buf[1] >= 192 && buf[1] <= 223;
}

/* @return the length of header, CSRC list and extension, 0 when cut short */
static size_t header_len(const uint8_t *buf, size_t len)
{
	size_t need = RTP_HEADER_LEN + 4 * (size_t)(buf[0] & 0x0f);

	if(buf[0] & 0x10) {
		if(len < need + EXTENSION_HEADER_LEN)
			return 0;
		need += EXTENSION_HEADER_LEN + 4 * (size_t)read16(buf + need + 2);
	}
	return len < need ? 0 : need;
}

/* In SRTP the count of padding bytes is encrypted: one that cannot be is
 * ignored. */
static size_t padding_len(const uint8_t *buf, size_t len, size_t payload_len)
{
	if(!(buf[0] & 0x20) || payload_len == 0 || buf[len - 1] > payload_len)
		return 0;
	return buf[len - 1];
}

bool rtp_parse(const uint8_t *buf, size_t len, struct rtp *rtp)
{
	size_t start;

	if(len < RTP_HEADER_LEN || buf[0] >> 6 != VERSION || is_rtcp(buf))
		return false;
	start = header_len(buf, len);
	if(start == 0)
		return false;

	rtp->pt = buf[1] & 0x7f;
	rtp->seq = read16(buf + 2);
	rtp->timestamp = read32(buf + 4);
	rtp->ssrc = read32(buf + 8);
	rtp->payload = buf + start;
	rtp->len = len - start - padding_len(buf, len, len - start);
	return true;
}
