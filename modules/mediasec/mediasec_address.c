/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_address.h"

#include <string.h>

#include "../../core/parser/parse_uri.h"
#include "../../core/resolve.h"

#include "mediasec_msg.h"
#include "mediasec_str.h"

struct ms_str mediasec_address_of_flow(struct ms_str flow)
{
	return ms_str_until(&flow, '/');
}

/* "192.0.2.1:5061" */
static struct ms_str host_and_port(struct ms_str address)
{
	ms_str_until(&address, ':');
	return address;
}

/* "192.0.2.1"; IPv6 has more colons */
static struct ms_str host_of(struct ms_str address)
{
	struct ms_str host = host_and_port(address);

	while(host.len > 0 && host.p[host.len - 1] != ':')
		host.len--;
	if(host.len > 0)
		host.len--;
	return host;
}

/* @return false if calls go over a connection that its client has made, or
 *         nowhere */
static bool can_be_reached(struct ms_str flow)
{
	return ms_str_has_prefix(flow, MS_STR("udp:"))
		   || ms_str_has_prefix(flow, MS_STR("tcp:"))
		   || ms_str_has_prefix(flow, MS_STR("tls:"));
}

/* The Contact of nearly all phones over UDP: nothing has to be parsed. */
static bool ends_with(struct ms_str text, struct ms_str end)
{
	return text.len >= end.len
		   && ms_str_eq(ms_str_from(text, text.len - end.len), end);
}

/* As tm takes it (uri2dst()), without DNS. */
static bool read_contact(struct ms_str contact, struct receive_info *rcv)
{
	struct ip_addr *ip;
	sip_uri_t uri;

	if(parse_uri((char *)contact.p, (int)contact.len, &uri) < 0)
		return false;
	ip = str2ip(&uri.host);
	if(ip == NULL)
		ip = str2ip6(&uri.host);
	if(ip == NULL)
		return false;
	memset(rcv, 0, sizeof(*rcv));
	rcv->src_ip = *ip;
	rcv->proto = uri.proto == PROTO_NONE ? PROTO_UDP : uri.proto;
	if(uri.type == SIPS_URI_T)
		rcv->proto = PROTO_TLS;
	rcv->src_port = uri.port_no;
	if(uri.port_no == 0)
		rcv->src_port = rcv->proto == PROTO_TLS ? SIPS_PORT : SIP_PORT;
	return true;
}

struct ms_str mediasec_address_of_contact(
		struct ms_str flow, struct ms_str contact, char buf[MEDIASEC_FLOW_MAX])
{
	struct ms_str address = mediasec_address_of_flow(flow), own;
	struct receive_info rcv;

	if(!can_be_reached(flow))
		return flow;
	if(contact.len == 0
			|| (address.len == flow.len
					&& ends_with(contact, host_and_port(address)))
			|| !read_contact(contact, &rcv))
		return address;
	own = mediasec_address_of_flow(mediasec_msg_flow(&rcv, buf));
	return ms_str_eq(host_of(own), host_of(address)) ? own : address;
}
