/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "frame.h"

#include <netinet/in.h>
#include <pcap/dlt.h>
#include <string.h>

#define VLAN_TAG_LEN 4
#define IPV4_HEADER_LEN 20
#define IPV6_HEADER_LEN 40
#define UDP_HEADER_LEN 8

struct view
{
	const uint8_t *p;
	size_t len;
};

/* Where the IP header of a link type begins. */
struct link
{
	int type;
	size_t header_len;
	size_t ethertype_at; /* 0: VLAN tags are not looked for */
};

/* tcpdump -i lo writes EN10MB, -i any SLL2 (formerly SLL), -i tun RAW */
static const struct link links[] = {
		{DLT_EN10MB, 14, 12},
		{DLT_LINUX_SLL, 16, 14},
		{DLT_LINUX_SLL2, 20, 0},
		{DLT_NULL, 4, 0},
		{DLT_LOOP, 4, 0},
		{DLT_RAW, 0, 0},
};

static uint16_t read16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static bool skip(struct view *v, size_t n)
{
	if(v->len < n)
		return false;
	v->p += n;
	v->len -= n;
	return true;
}

/* What the sender filled up (Ethernet's 60 bytes) is not ours. */
static void cut(struct view *v, size_t len)
{
	if(v->len > len)
		v->len = len;
}

static const struct link *link_find(int type)
{
	for(size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		if(links[i].type == type)
			return &links[i];
	}
	return NULL;
}

bool frame_link_is_known(int link)
{
	return link_find(link) != NULL;
}

static bool is_vlan(uint16_t ethertype)
{
	return ethertype == 0x8100 || ethertype == 0x88a8;
}

static bool link_strip(int type, struct view *v)
{
	const struct link *link = link_find(type);
	const uint8_t *frame = v->p;

	if(!link || !skip(v, link->header_len))
		return false;
	if(link->ethertype_at == 0)
		return true;
	while(is_vlan(read16(frame + link->ethertype_at))) {
		if(!skip(v, VLAN_TAG_LEN))
			return false;
		frame += VLAN_TAG_LEN;
	}
	return true;
}

static bool ipv4_strip(struct view *v, struct frame_udp *udp)
{
	const uint8_t *ip = v->p;
	size_t header_len;

	if(v->len < IPV4_HEADER_LEN || ip[9] != IPPROTO_UDP
			|| (read16(ip + 6) & 0x1fff) != 0)
		return false;
	header_len = 4 * (size_t)(ip[0] & 0x0f);
	if(header_len < IPV4_HEADER_LEN)
		return false;
	memcpy(udp->source, ip + 12, 4);
	memcpy(udp->destination, ip + 16, 4);
	cut(v, read16(ip + 2));
	return skip(v, header_len);
}

/* hop-by-hop and destination options, routing */
static bool is_ipv6_option(uint8_t next)
{
	return next == 0 || next == 43 || next == 60;
}

static bool ipv6_strip(struct view *v, struct frame_udp *udp)
{
	const uint8_t *ip = v->p;
	uint8_t next;

	if(!skip(v, IPV6_HEADER_LEN))
		return false;
	memcpy(udp->source, ip + 8, 16);
	memcpy(udp->destination, ip + 24, 16);
	cut(v, read16(ip + 4));
	next = ip[6];
	while(is_ipv6_option(next) && v->len >= 8) {
		next = v->p[0];
		if(!skip(v, 8 * ((size_t)v->p[1] + 1)))
			return false;
	}
	return next == IPPROTO_UDP;
}

static bool ip_strip(struct view *v, struct frame_udp *udp)
{
	if(v->len == 0)
		return false;
	switch(v->p[0] >> 4) {
		case 4:
			return ipv4_strip(v, udp);
		case 6:
			return ipv6_strip(v, udp);
		default:
			return false;
	}
}

bool frame_udp_find(
		int link, const uint8_t *frame, size_t len, struct frame_udp *udp)
{
	struct view v = {frame, len};
	struct frame_udp found = {0};
	const uint8_t *header;

	if(!link_strip(link, &v) || !ip_strip(&v, &found))
		return false;
	header = v.p;
	if(v.len < UDP_HEADER_LEN)
		return false;
	found.source_port = read16(header);
	found.destination_port = read16(header + 2);
	cut(&v, read16(header + 4));
	if(!skip(&v, UDP_HEADER_LEN))
		return false;
	found.data = v.p;
	found.len = v.len;
	*udp = found;
	return true;
}
