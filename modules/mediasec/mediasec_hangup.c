/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_hangup.h"

#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/parser/contact/parse_contact.h"
#include "../../core/parser/parse_cseq.h"
#include "../../core/parser/parse_from.h"
#include "../../core/parser/parse_rr.h"
#include "../../core/parser/parse_to.h"
#include "../../core/ut.h"
#include "../tm/dlg.h"

#include "mediasec_mark.h"

/* PRACK and UPDATE of the early dialog have used the numbers after INVITE's */
#define CSEQ_AHEAD 80
#define HOPS_MAX 16

static tm_api_t tm;

int mediasec_hangup_init(void)
{
	if(tm_load_api(&tm) == 0)
		return 0;
	LM_ERR("the tm module is needed, loaded before\n");
	return -1;
}

/* The proxies between us and the sender of the reply, nearest first. They are
 * above our own Record-Route, in the opposite order (RFC 3261, 12.1.2).
 * @return how many there are in hops[] */
static int proxies_below(sip_msg_t *rpl, rr_t hops[HOPS_MAX])
{
	struct hdr_field *h;
	rr_t *r, *found[HOPS_MAX];
	int i, n = 0;

	for(h = rpl->record_route; h; h = h->next) {
		if(h->type != HDR_RECORDROUTE_T)
			continue;
		if(parse_rr(h) < 0)
			return 0;
		for(r = (rr_t *)h->parsed; r; r = r->next) {
			if(mediasec_mark_is_on(&r->nameaddr.uri) || n == HOPS_MAX)
				goto ours;
			found[n++] = r;
		}
	}
ours:
	for(i = 0; i < n; i++) {
		hops[i] = *found[n - 1 - i];
		hops[i].next = i + 1 < n ? &hops[i + 1] : NULL;
	}
	return n;
}

/* "sip:192.0.2.1:5061;transport=tls" of where the INVITE went */
static str next_hop(const struct dest_info *to, char *buf, size_t size)
{
	char ip_text[IP_ADDR_MAX_STR_SIZE + 1];
	struct ip_addr ip;
	union sockaddr_union su = to->to;
	int n;

	su2ip_addr(&ip, &su);
	n = ip_addr2sbufz(&ip, ip_text, sizeof(ip_text));
	n = snprintf(buf, size, "sip:%.*s:%u;transport=%s", n, ip_text,
			su_getport(&su), get_proto_name(to->proto));
	return (str){buf, n};
}

static int fill_dialog(
		dlg_t *dialog, const struct dest_info *to, sip_msg_t *rpl)
{
	contact_body_t *contact;
	unsigned cseq;

	if(parse_from_header(rpl) < 0 || parse_to_header(rpl) < 0 || !rpl->contact
			|| parse_contact(rpl->contact) < 0)
		return -1;
	contact = rpl->contact->parsed;
	if(!contact->contacts || str2int(&get_cseq(rpl)->number, &cseq) < 0)
		return -1;
	memset(dialog, 0, sizeof(*dialog));
	dialog->loc_seq.value = cseq + CSEQ_AHEAD;
	dialog->loc_seq.is_set = 1;
	dialog->id.call_id = rpl->callid->body;
	dialog->id.loc_tag = get_from(rpl)->tag_value;
	dialog->id.rem_tag = get_to(rpl)->tag_value;
	dialog->loc_uri = get_from(rpl)->uri;
	dialog->rem_uri = get_to(rpl)->uri;
	dialog->rem_target = contact->contacts->uri;
	dialog->state = DLG_CONFIRMED;
	dialog->send_sock = to->send_sock;
	return 0;
}

int mediasec_hangup(struct cell *t, int branch, sip_msg_t *rpl)
{
	static str bye = str_init("BYE");
	static str reason = str_init(
			"Reason: SIP;cause=488;text=\"media security required\"\r\n");
	struct dest_info *to = &t->uac[branch].request.dst;
	char hop[128];
	rr_t hops[HOPS_MAX];
	uac_req_t request;
	dlg_t dialog;
	int ret;

	if(fill_dialog(&dialog, to, rpl) < 0)
		return -1;
	if(proxies_below(rpl, hops) > 0) {
		dialog.route_set = hops;
		tm.calculate_hooks(&dialog);
	}
	dialog.dst_uri = next_hop(to, hop, sizeof(hop));
	set_uac_req(&request, &bye, &reason, NULL, &dialog, 0, NULL, NULL);
	ret = tm.t_request_within(&request);
	/* tm has made the BYE its current transaction */
	tm.t_sett(t, branch);
	return ret < 0 ? -1 : 0;
}
