/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_hop.h"

#include <stdio.h>

#include "../../core/dset.h"
#include "../../core/resolve.h"
#include "../../core/tcp_conn.h"
#include "../../core/globals.h"
#include "../tm/ut.h"

#include "mediasec_msg.h"
#include "mediasec_str.h"

static bool is_address(const sip_uri_t *uri)
{
	str host = uri->host;

	return str2ip(&host) || str2ip6(&host);
}

/* A connection is part of its flow; without one there is no flow yet. It also
 * knows WSS from WS, which a URI does not tell. */
static void read_connection(struct receive_info *rcv)
{
	struct tcp_connection *c =
			tcpconn_get(0, &rcv->src_ip, rcv->src_port, NULL, 0);

	rcv->proto_reserved1 = -1;
	if(c) {
		rcv->proto = c->rcv.proto;
		rcv->proto_reserved1 = c->id;
		tcpconn_put(c);
	}
}

/* The flow as the other side would have it received. */
static void write_flow(struct dest_info *dst, struct socket_info *socket,
		struct mediasec_hop *hop)
{
	struct receive_info rcv;

	memset(&rcv, 0, sizeof(rcv));
	rcv.bind_address = socket;
	rcv.proto = dst->proto;
	su2ip_addr(&rcv.src_ip, &dst->to);
	rcv.src_port = su_getport(&dst->to);
	if(dst->proto != PROTO_UDP)
		read_connection(&rcv);
	hop->flow = mediasec_msg_flow(&rcv, hop->buf);
	hop->secure = mediasec_msg_is_secure(&rcv);
}

static bool is_text(const str *s, const char *text, unsigned len)
{
	return ms_str_eq(mediasec_view(s), (struct ms_str){text, len});
}

/* tm hands the socket of each further branch over beside the message, which has
 * the first one's. What a branch_route sets is not to be seen here. */
static struct socket_info *forced_socket(sip_msg_t *msg)
{
	const branch_t *further;
	int i;

	for(i = 0; (further = get_sip_branch(i)) != NULL; i++) {
		if(is_text(GET_RURI(msg), further->uri, further->len)
				&& is_text(
						&msg->dst_uri, further->dst_uri, further->dst_uri_len))
			return further->force_send_socket;
	}
	return msg->force_send_socket;
}

/* @return the socket it goes out of */
static struct socket_info *read_address(sip_msg_t *msg, str *next,
		struct socket_info *socket, struct mediasec_hop *hop)
{
	struct dest_info dst;

	if(!uri2dst2(NULL, &dst, socket, msg->fwd_send_flags, next, PROTO_NONE))
		return socket;
	write_flow(&dst, dst.send_sock, hop);
	return dst.send_sock;
}

void mediasec_hop(sip_msg_t *msg, struct mediasec_hop *hop)
{
	struct socket_info *socket = forced_socket(msg);
	str *next = GET_NEXT_HOP(msg);
	sip_uri_t uri;

	hop->flow = (struct ms_str){hop->buf, 0};
	hop->secure = false;
	if(parse_uri(next->s, next->len, &uri) == 0) {
		if(is_address(&uri))
			socket = read_address(msg, next, socket, hop);
		else
			hop->secure = uri.type == SIPS_URI_T || uri.proto == PROTO_TLS;
	}
	hop->iface = mediasec_iface(socket);
}

str mediasec_hop_uri(const struct dest_info *to, char buf[MEDIASEC_HOP_URI_MAX])
{
	char ip_text[IP_ADDR_MAX_STRZ_SIZE];
	struct ip_addr ip;
	union sockaddr_union su = to->to;
	int n;

	su2ip_addr(&ip, &su);
	n = ip_addr2sbufz(&ip, ip_text, sizeof(ip_text));
	n = snprintf(buf, MEDIASEC_HOP_URI_MAX, "sip:%.*s:%u;transport=%s", n,
			ip_text, su_getport(&su), get_proto_name(to->proto));
	return (str){buf, n};
}
