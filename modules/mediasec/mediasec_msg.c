/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_msg.h"

#include <string.h>
#include <sys/random.h>

#include "../../core/config.h"
#include "../../core/data_lump.h"
#include "../../core/data_lump_rpl.h"
#include "../../core/dprint.h"
#include "../../core/mem/mem.h"
#include "../../core/parser/digest/digest.h"
#include "../../core/parser/parse_body.h"
#include "../../core/parser/parse_content.h"
#include "../../core/parser/parse_ppi_pai.h"
#include "../../core/parser/parse_uri.h"
#include "../../core/ut.h"

#include "mediasec_str.h"
#include "ms_body.h"

/* ---- reading ------------------------------------------------------------ */

/* "Security-" and six letters, of which the first tells */
static enum mediasec_hdr security_header(struct ms_str name)
{
	switch(name.p[sizeof("Security-") - 1] | 0x20) {
		case 'c':
			return ms_str_caseeq(name, MS_STR("Security-Client"))
						   ? MEDIASEC_H_CLIENT
						   : MEDIASEC_H_NONE;
		case 's':
			return ms_str_caseeq(name, MS_STR("Security-Server"))
						   ? MEDIASEC_H_SERVER
						   : MEDIASEC_H_NONE;
		case 'v':
			return ms_str_caseeq(name, MS_STR("Security-Verify"))
						   ? MEDIASEC_H_VERIFY
						   : MEDIASEC_H_NONE;
		default:
			return MEDIASEC_H_NONE;
	}
}

enum mediasec_hdr mediasec_header(const struct hdr_field *h)
{
	switch(h->type) {
		case HDR_REQUIRE_T:
			return MEDIASEC_H_REQUIRE;
		case HDR_PROXYREQUIRE_T:
			return MEDIASEC_H_PROXY_REQUIRE;
		case HDR_OTHER_T:
			return h->name.len == sizeof("Security-Client") - 1
						   ? security_header(mediasec_view(&h->name))
						   : MEDIASEC_H_NONE;
		default:
			return MEDIASEC_H_NONE;
	}
}

static const char *proto_name(int proto)
{
	switch(proto) {
		case PROTO_UDP:
			return "udp";
		case PROTO_TCP:
			return "tcp";
		case PROTO_TLS:
			return "tls";
		case PROTO_WS:
			return "ws";
		case PROTO_WSS:
			return "wss";
		case PROTO_SCTP:
			return "sctp";
		default:
			return "other";
	}
}

/* Connections are numbered from 1 at each start, and by each node: with this in
 * front, a number never comes again. */
static uint32_t start;

int mediasec_msg_init(void)
{
	return getrandom(&start, sizeof(start), 0) == sizeof(start) ? 0 : -1;
}

static void put_number(struct ms_out *out, unsigned long number)
{
	char digits[INT2STR_MAX_LEN];
	struct ms_str text = {0};
	int len;

	text.p = int2strbuf(number, digits, sizeof(digits), &len);
	text.len = (size_t)len;
	ms_out_put(out, text);
}

struct ms_str mediasec_msg_flow(
		const struct receive_info *rcv, char buf[MEDIASEC_FLOW_MAX])
{
	struct ms_out out = {.p = buf, .size = MEDIASEC_FLOW_MAX};
	char ip[IP_ADDR_MAX_STR_SIZE];
	struct ip_addr src = rcv->src_ip;
	int n = ip_addr2sbuf(&src, ip, sizeof(ip));
	const bool ipsec = mediasec_iface(rcv->bind_address)->ipsec;

	ms_out_put(&out, mediasec_view_z(ipsec ? "ipsec" : proto_name(rcv->proto)));
	ms_out_char(&out, ':');
	ms_out_put(&out, (struct ms_str){ip, (size_t)n});
	if(ipsec)
		return (struct ms_str){buf, out.len};
	ms_out_char(&out, ':');
	put_number(&out, rcv->src_port);
	if(rcv->proto != PROTO_UDP) {
		ms_out_char(&out, '/');
		put_number(&out, start);
		ms_out_char(&out, '.');
		put_number(&out, (unsigned long)rcv->proto_reserved1);
	}
	return (struct ms_str){buf, out.len};
}

bool mediasec_msg_is_secure(const struct receive_info *rcv)
{
	return rcv->proto == PROTO_TLS || rcv->proto == PROTO_WSS
		   || mediasec_iface(rcv->bind_address)->ipsec;
}

static struct ms_str name_of(
		const str *user, const str *host, char buf[MEDIASEC_NAME_MAX])
{
	struct ms_str name = {buf, 0};
	int i;

	if(user->len <= 0 || host->len <= 0
			|| user->len + host->len + 1 > MEDIASEC_NAME_MAX)
		return name;
	memcpy(buf, user->s, (size_t)user->len);
	buf[user->len] = '@';
	for(i = 0; i < host->len; i++) {
		char c = host->s[i];

		buf[user->len + 1 + i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	name.len = (size_t)(user->len + 1 + host->len);
	return name;
}

static struct ms_str name_of_uri(
		const sip_uri_t *uri, char buf[MEDIASEC_NAME_MAX])
{
	if(uri == NULL)
		return (struct ms_str){buf, 0};
	return name_of(&uri->user, &uri->host, buf);
}

struct ms_str mediasec_msg_to(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX])
{
	return name_of_uri(parse_to_uri(msg), buf);
}

struct ms_str mediasec_msg_from(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX])
{
	return name_of_uri(parse_from_uri(msg), buf);
}

struct ms_str mediasec_msg_target(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX])
{
	return name_of_uri(
			parse_orig_ruri(msg) < 0 ? NULL : &msg->parsed_orig_ruri, buf);
}

struct ms_str mediasec_msg_preferred(
		sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX])
{
	sip_uri_t uri;

	if(!msg->ppi || parse_ppi_header(msg) < 0 || get_ppi(msg)->num_ids < 1
			|| parse_uri(get_ppi(msg)->id[0].uri.s, get_ppi(msg)->id[0].uri.len,
					   &uri)
					   < 0)
		return (struct ms_str){buf, 0};
	return name_of_uri(&uri, buf);
}

struct ms_str mediasec_msg_user(sip_msg_t *msg, char buf[MEDIASEC_NAME_MAX])
{
	struct hdr_field *h = NULL;
	dig_cred_t *digest;

	get_authorized_cred(msg->proxy_auth, &h);
	if(h == NULL)
		get_authorized_cred(msg->authorization, &h);
	if(h == NULL)
		return (struct ms_str){buf, 0};
	digest = &((auth_body_t *)h->parsed)->digest;
	return name_of(&digest->username.user, &digest->realm, buf);
}

/* An IMS handset names itself in its first REGISTER (TS 24.229, 5.1.1.2.2). */
static bool is_empty_digest(struct hdr_field *h)
{
	const dig_cred_t *digest;

	if(parse_credentials(h) != 0)
		return false;
	digest = &((auth_body_t *)h->parsed)->digest;
	return digest->nonce.len == 0 && digest->response.len == 0;
}

bool mediasec_msg_has_credentials(const sip_msg_t *msg)
{
	struct hdr_field *h;

	for(h = msg->headers; h; h = h->next) {
		if((h->type == HDR_AUTHORIZATION_T || h->type == HDR_PROXYAUTH_T)
				&& !is_empty_digest(h))
			return true;
	}
	return false;
}

struct ms_str mediasec_msg_body(sip_msg_t *msg)
{
	const char *end = msg->buf + msg->len, *body = get_body(msg);

	if(body == NULL || body >= end)
		return (struct ms_str){0};
	return (struct ms_str){body, (size_t)(end - body)};
}

bool mediasec_msg_sdp(sip_msg_t *msg, struct ms_str *sdp)
{
	const struct ms_str body = mediasec_msg_body(msg);
	struct ms_str found = {0}, header = {0};
	int type, len = 0;

	if(body.len == 0)
		return false;
	type = parse_content_type_hdr(msg);
	if(msg->content_type)
		header = mediasec_view(&msg->content_type->body);
	if(type > 0 && (type >> 16) == TYPE_MULTIPART) {
		found.p = get_body_part(msg, TYPE_APPLICATION, SUBTYPE_SDP, &len);
		found.len = found.p && len > 0 ? (size_t)len : 0;
	} else if(type <= 0 || type == MIMETYPE(APPLICATION, SDP)) {
		/* a body that says nothing of itself is looked at all the same */
		found = body;
	}
	if(ms_body_hides_sdp(header, body, found))
		found = (struct ms_str){body.p, 0};
	else if(found.len == 0)
		return false;
	*sdp = found;
	return true;
}

bool mediasec_str_is_zero(const str *number)
{
	int i;

	for(i = 0; i < number->len; i++) {
		if(number->s[i] != '0')
			return false;
	}
	return number->len > 0;
}

/* ---- changing ----------------------------------------------------------- */

/* @return a private copy for a lump, which then owns it; NULL without memory */
static char *lump_text(struct ms_str text)
{
	char *copy = pkg_malloc((int)text.len);

	if(copy == NULL) {
		PKG_MEM_ERROR;
		return NULL;
	}
	memcpy(copy, text.p, text.len);
	return copy;
}

int mediasec_msg_replace(sip_msg_t *msg, struct ms_str old, struct ms_str text)
{
	struct lump *anchor;
	char *copy;

	anchor = del_lump(msg, (int)(old.p - msg->buf), (int)old.len, HDR_OTHER_T);
	if(anchor == NULL)
		return -1;
	if(text.len == 0)
		return 0;
	copy = lump_text(text);
	if(copy == NULL)
		return -1;
	if(insert_new_lump_after(anchor, copy, (int)text.len, HDR_OTHER_T))
		return 0;
	pkg_free(copy);
	return -1;
}

int mediasec_msg_remove_sdp(sip_msg_t *msg, struct ms_str sdp)
{
	struct hdr_field *type = msg->content_type;

	if(sdp.len == 0)
		sdp = mediasec_msg_body(msg);
	if(type && sdp.p == get_body(msg)
			&& mediasec_msg_replace(msg,
					   (struct ms_str){type->name.s, (size_t)type->len},
					   MS_STR(""))
					   < 0)
		return -1;
	return mediasec_msg_replace(msg, sdp, MS_STR(""));
}

/* Rows one after the other that go as a whole: one lump for all of them. What a
 * script removes or inserts among them stays right: lumps_len() moves lumps that
 * overlap. */
static int remove_rows(sip_msg_t *msg, struct ms_str *rows, struct ms_str row)
{
	struct ms_str before = *rows;

	if(before.len > 0 && before.p + before.len == row.p) {
		rows->len += row.len;
		return 0;
	}
	*rows = row;
	return before.len > 0 ? mediasec_msg_replace(msg, before, MS_STR("")) : 0;
}

/* Put what is left of a row in its place; the row goes when nothing is. */
static int strip_row(sip_msg_t *msg, struct hdr_field *h,
		enum mediasec_hdr kind, struct ms_str *rows)
{
	static char buf[BUF_SIZE];
	const struct ms_str body = mediasec_view(&h->body);
	struct ms_str left = {buf, 0};
	bool changed;

	if(body.len > sizeof(buf)) {
		LM_NOTICE("a row that is too long: %.*s\n", h->name.len, h->name.s);
		return -1;
	}
	if(kind == MEDIASEC_H_REQUIRE || kind == MEDIASEC_H_PROXY_REQUIRE)
		changed = ms_tags_strip(body, MEDIASEC_TAG, buf, &left.len);
	else
		changed = ms_sechdr_strip(body, buf, &left.len);
	if(!changed)
		return 0;
	if(left.len > 0)
		return mediasec_msg_replace(msg, body, left);
	return remove_rows(msg, rows, (struct ms_str){h->name.s, (size_t)h->len});
}

int mediasec_msg_strip(sip_msg_t *msg)
{
	struct ms_str rows = {0};
	enum mediasec_hdr kind;
	struct hdr_field *h;

	for(h = msg->headers; h; h = h->next) {
		kind = mediasec_header(h);
		if(kind != MEDIASEC_H_NONE && strip_row(msg, h, kind, &rows) < 0)
			return -1;
	}
	return rows.len > 0 ? mediasec_msg_replace(msg, rows, MS_STR("")) : 0;
}

int mediasec_msg_add_rows(sip_msg_t *msg, struct ms_str rows)
{
	struct lump *anchor;
	char *copy;

	anchor = anchor_lump(msg, (int)(msg->unparsed - msg->buf), 0, HDR_OTHER_T);
	if(anchor == NULL)
		return -1;
	copy = lump_text(rows);
	if(copy == NULL)
		return -1;
	if(insert_new_lump_before(anchor, copy, (int)rows.len, HDR_OTHER_T))
		return 0;
	pkg_free(copy);
	return -1;
}

static struct lump_rpl *find_reply_rows(sip_msg_t *msg, struct ms_str rows)
{
	struct lump_rpl *l;

	for(l = msg->reply_lump; l; l = l->next) {
		if(ms_str_eq(mediasec_view(&l->text), rows))
			return l;
	}
	return NULL;
}

int mediasec_msg_add_reply_rows(sip_msg_t *msg, struct ms_str rows)
{
	if(rows.len == 0 || find_reply_rows(msg, rows))
		return 0;
	return add_lump_rpl(msg, (char *)rows.p, (int)rows.len, LUMP_RPL_HDR) ? 0
																		  : -1;
}

void mediasec_msg_drop_reply_rows(sip_msg_t *msg, struct ms_str rows)
{
	struct lump_rpl *l = find_reply_rows(msg, rows);

	if(l == NULL)
		return;
	unlink_lump_rpl(msg, l);
	free_lump_rpl(l);
}
