/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_hangup.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/parser/contact/parse_contact.h"
#include "../../core/parser/parse_cseq.h"
#include "../../core/parser/parse_from.h"
#include "../../core/parser/parse_rr.h"
#include "../../core/parser/parse_to.h"
#include "../../core/ut.h"
#include "../tm/dlg.h"

#include "mediasec_hop.h"
#include "mediasec_mark.h"
#include "mediasec_str.h"

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
static int proxies_below(sip_msg_t *rpl, const struct mediasec_origin *origin,
		rr_t hops[HOPS_MAX])
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
			if(mediasec_mark_is_of(&r->nameaddr.uri, origin) || n == HOPS_MAX)
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

/* tm counts up once more */
static void set_cseq(dlg_t *dialog, unsigned cseq)
{
	dialog->loc_seq.value = cseq + CSEQ_AHEAD;
	dialog->loc_seq.is_set = 1;
	dialog->state = DLG_CONFIRMED;
}

/* The dialog of a 2xx, seen by the caller. */
static int read_reply(dlg_t *dialog, const struct dest_info *to, sip_msg_t *rpl)
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
	set_cseq(dialog, cseq);
	dialog->id.call_id = rpl->callid->body;
	dialog->id.loc_tag = get_from(rpl)->tag_value;
	dialog->id.rem_tag = get_to(rpl)->tag_value;
	dialog->loc_uri = get_from(rpl)->uri;
	dialog->rem_uri = get_to(rpl)->uri;
	dialog->rem_target = contact->contacts->uri;
	dialog->send_sock = to->send_sock;
	return 0;
}

/* The dialog of a request, seen by its sender; where the other party is stays
 * open. */
static void read_request(dlg_t *dialog, sip_msg_t *req)
{
	unsigned cseq = 0;

	str2int(&get_cseq(req)->number, &cseq);
	memset(dialog, 0, sizeof(*dialog));
	set_cseq(dialog, cseq);
	dialog->id.call_id = req->callid->body;
	dialog->id.loc_tag = get_from(req)->tag_value;
	dialog->id.rem_tag = get_to(req)->tag_value;
	dialog->loc_uri = get_from(req)->uri;
	dialog->rem_uri = get_to(req)->uri;
}

/* The same dialog, seen by the other party; its own numbers are not known. */
static void turn_round(dlg_t *dialog, str target, str hop)
{
	dlg_t other = *dialog;

	set_cseq(&other, 0);
	other.id.loc_tag = dialog->id.rem_tag;
	other.id.rem_tag = dialog->id.loc_tag;
	other.loc_uri = dialog->rem_uri;
	other.rem_uri = dialog->loc_uri;
	other.rem_target = target;
	other.dst_uri = hop;
	*dialog = other;
}

static bool sending;

bool mediasec_hangup_is_sending(void)
{
	return sending;
}

static int send_bye(dlg_t *dialog)
{
	static str bye = str_init("BYE");
	static str reason = str_init(
			"Reason: SIP;cause=488;text=\"media security required\"\r\n");
	uac_req_t request;
	int ret;

	set_uac_req(&request, &bye, &reason, NULL, dialog, 0, NULL, NULL);
	sending = true;
	ret = tm.t_request_within(&request);
	sending = false;
	return ret;
}

int mediasec_hangup(struct cell *t, int branch, sip_msg_t *rpl,
		const struct mediasec_origin *origin)
{
	struct dest_info *to = &t->uac[branch].request.dst;
	char hop[MEDIASEC_HOP_URI_MAX];
	rr_t hops[HOPS_MAX];
	dlg_t dialog;
	int ret;

	if(read_reply(&dialog, to, rpl) < 0)
		return -1;
	if(proxies_below(rpl, origin, hops) > 0) {
		dialog.route_set = hops;
		tm.calculate_hooks(&dialog);
	}
	dialog.dst_uri = mediasec_hop_uri(to, hop);
	ret = send_bye(&dialog);
	/* tm has made the BYE its current transaction */
	tm.t_sett(t, branch);
	return ret < 0 ? -1 : 0;
}

void mediasec_hangup_both(sip_msg_t *ack, const struct mediasec_request *req)
{
	struct cell *t = tm.t_gett();
	int branch = tm.t_gett_branch();
	struct dest_info source;
	char hop[MEDIASEC_HOP_URI_MAX];
	dlg_t dialog;
	str target;

	read_request(&dialog, ack);
	dialog.rem_target = *GET_RURI(ack);
	dialog.dst_uri = *GET_NEXT_HOP(ack);
	dialog.send_sock = ack->force_send_socket;
	if(send_bye(&dialog) < 0)
		LM_ERR("no BYE can be sent to the callee of a refused answer\n");

	init_dst_from_rcv(&source, &ack->rcv);
	target = get_from(ack)->uri;
	if(req->facts.binding != MS_BINDING_UNKNOWN
			&& req->found.record.contact.len > 0)
		target = mediasec_str(req->found.record.contact);
	turn_round(&dialog, target, mediasec_hop_uri(&source, hop));
	dialog.send_sock = ack->rcv.bind_address;
	if(send_bye(&dialog) < 0)
		LM_ERR("no BYE can be sent to the caller of a refused answer\n");
	tm.t_sett(t, branch);
}

/* The Contact of a request in shared memory, which must not be parsed in place:
 * to be freed. */
static contact_t *read_contact(const sip_msg_t *req)
{
	contact_t *contact = NULL;
	struct hdr_field *h;
	str body;

	for(h = req->headers; h; h = h->next) {
		if(h->type != HDR_CONTACT_T)
			continue;
		body = h->body;
		if(parse_contacts(&body, &contact) == 0)
			return contact;
	}
	return NULL;
}

void mediasec_hangup_transaction(struct cell *t, sip_msg_t *req)
{
	struct ua_client *uac = &t->uac[0];
	struct cell *current = tm.t_gett();
	int branch = tm.t_gett_branch();
	contact_t *contact = read_contact(req);
	char hop[MEDIASEC_HOP_URI_MAX];
	dlg_t dialog;

	read_request(&dialog, req);
	dialog.rem_target = uac->uri;
	dialog.dst_uri = mediasec_hop_uri(&uac->request.dst, hop);
	dialog.send_sock = uac->request.dst.send_sock;
	if(send_bye(&dialog) < 0)
		LM_ERR("no BYE can be sent to the answerer of a rejected offer\n");

	turn_round(&dialog, contact ? contact->uri : get_from(req)->uri,
			mediasec_hop_uri(&t->uas.response.dst, hop));
	dialog.send_sock = t->uas.response.dst.send_sock;
	if(send_bye(&dialog) < 0)
		LM_ERR("no BYE can be sent to the sender of a rejected offer\n");
	if(contact)
		free_contacts(&contact);
	tm.t_sett(current, branch);
}
