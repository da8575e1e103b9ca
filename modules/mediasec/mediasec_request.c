/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_request.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

#include "../../core/dprint.h"
#include "../../core/mem/mem.h"
#include "../../core/parser/contact/parse_contact.h"
#include "../../core/parser/parse_expires.h"
#include "../../core/parser/parse_uri.h"
#include "../../core/script_cb.h"

#include "mediasec_mark.h"
#include "mediasec_msg.h"
#include "mediasec_str.h"

static struct mediasec_request current;

/* The message `current` is about; none once the script has ended. */
static sip_msg_t *owner;
static unsigned owner_id;

/* ---- facts -------------------------------------------------------------- */

static enum ms_method method_of(const sip_msg_t *msg)
{
	switch(msg->REQ_METHOD) {
		case METHOD_REGISTER:
			return MS_METHOD_REGISTER;
		case METHOD_INVITE:
			return MS_METHOD_INVITE;
		case METHOD_UPDATE:
			return MS_METHOD_UPDATE;
		case METHOD_ACK:
		case METHOD_CANCEL:
		case METHOD_PRACK:
		case METHOD_BYE:
			return MS_METHOD_UNANSWERED;
		default:
			return MS_METHOD_OTHER;
	}
}

static void read_headers(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_facts *facts = &req->facts;
	struct hdr_field *h;

	for(h = msg->headers; h; h = h->next) {
		switch(mediasec_header(h)) {
			case MEDIASEC_H_CLIENT:
				req->speaks = true;
				ms_client_row(&facts->client, mediasec_view(&h->body));
				break;
			case MEDIASEC_H_PROXY_REQUIRE:
				if(ms_tags_have(mediasec_view(&h->body), MEDIASEC_TAG))
					facts->tag = facts->proxy_tag = true;
				break;
			case MEDIASEC_H_REQUIRE:
				if(ms_tags_have(mediasec_view(&h->body), MEDIASEC_TAG))
					facts->tag = true;
				break;
			case MEDIASEC_H_VERIFY:
				req->speaks = true;
				break;
			case MEDIASEC_H_SERVER:
			case MEDIASEC_H_NONE:
				break;
		}
	}
}

/* Only removes: "*", or every Contact with an expiry of 0 (RFC 3261, 10.2.2).
 * Without a Contact it is a query. */
static bool is_deregister(sip_msg_t *msg)
{
	struct hdr_field *h;
	contact_t *c;
	bool zero = msg->expires && parse_expires(msg->expires) == 0
				&& ((exp_body_t *)msg->expires->parsed)->val == 0;

	for(h = msg->contact; h; h = h->next) {
		if(h->type != HDR_CONTACT_T)
			continue;
		if(parse_contact(h) < 0)
			return false;
		if(((contact_body_t *)h->parsed)->star)
			return true;
		for(c = ((contact_body_t *)h->parsed)->contacts; c; c = c->next) {
			if(c->expires && c->expires->body.len > 0
							? mediasec_str_is_zero(&c->expires->body)
							: zero)
				continue;
			return false;
		}
	}
	return msg->contact != NULL;
}

static bool is_behind_proxy(sip_msg_t *msg)
{
	char ip[IP_ADDR_MAX_STR_SIZE];
	int len;

	if(!msg->via2 && !(msg->via1 && msg->via1->next))
		return false;
	len = ip_addr2sbuf(&msg->rcv.src_ip, ip, sizeof(ip));
	return !mediasec_is_trusted((struct ms_str){ip, (size_t)len});
}

/* Whom a request is for, as it came in. As long as the script has not rewritten
 * it, what others parse as well. */
static const sip_uri_t *target_of(sip_msg_t *msg)
{
	if(msg->new_uri.s == NULL)
		return parse_sip_msg_uri(msg) < 0 ? NULL : &msg->parsed_uri;
	return parse_orig_ruri(msg) < 0 ? NULL : &msg->parsed_orig_ruri;
}

/* Request-URI only: a preloaded Route must not make an emergency call. */
static bool is_emergency(sip_msg_t *msg)
{
	const sip_uri_t *target;

	if(msg->REQ_METHOD == METHOD_REGISTER)
		return false;
	if(mediasec_is_emergency(mediasec_view(&msg->first_line.u.request.uri)))
		return true;
	target = target_of(msg);
	return target && target->user.len > 0
		   && mediasec_is_emergency(mediasec_view(&target->user));
}

void mediasec_request_sender(sip_msg_t *msg, struct mediasec_request *req)
{
	struct mediasec_sender *sender = &req->sender;
	struct ms_str name;

	if(sender->flow.len > 0)
		return;
	sender->flow = mediasec_msg_flow(&msg->rcv, req->flow);
	if(req->facts.method == MS_METHOD_REGISTER) {
		name = mediasec_msg_to(msg, req->names[0]);
		if(name.len > 0)
			sender->aor[sender->n_aors++] = name;
		return;
	}
	name = mediasec_msg_preferred(msg, req->names[0]);
	if(name.len > 0)
		sender->aor[sender->n_aors++] = name;
	name = mediasec_msg_from(msg, req->names[1]);
	if(name.len > 0)
		sender->aor[sender->n_aors++] = name;
}

/* The record was not found by a mere claim. */
static bool is_own(
		const struct ms_record *record, const struct mediasec_sender *sender)
{
	if(record->aor.len == 0)
		return false;
	return ms_str_eq(record->flow, sender->flow)
		   || (sender->user.len > 0
				   && (ms_str_eq(record->user, sender->user)
						   || ms_str_eq(record->aor, sender->user)));
}

/* What is set for the sender, as far as it is known by now. */
static void settle(struct mediasec_request *req)
{
	const struct mediasec_sender *sender = &req->sender;
	const struct ms_record *record = &req->found.record;
	const struct ms_party party = {.aor = sender->user,
			.claim = sender->aor,
			.n_claims = sender->n_aors};

	if(req->facts.method == MS_METHOD_REGISTER && sender->n_aors > 0)
		mediasec_rules_bound(
				req->iface, sender->user, sender->aor[0], &req->settings);
	else if(is_own(record, sender))
		mediasec_rules_bound(
				req->iface, record->user, record->aor, &req->settings);
	else
		mediasec_rules_settings(req->iface, &party, &req->settings);
	/* that of a REGISTER stays what its challenge has had */
	if(req->facts.method != MS_METHOD_REGISTER || sender->user.len == 0)
		req->list = ms_policy_list(&req->settings, req->facts.secure);
}

/* Costs nothing where it has been done. */
static int parse(sip_msg_t *msg)
{
	if(parse_headers(msg, HDR_EOH_F, 0) < 0 || !msg->callid || !msg->cseq
			|| parse_to_header(msg) < 0
			|| (msg->REQ_METHOD != METHOD_REGISTER
					&& parse_from_header(msg) < 0)) {
		LM_NOTICE("a request whose headers cannot be parsed\n");
		return -1;
	}
	return 0;
}

/* The script may change the message that it was read from. */
static void keep_branch(struct mediasec_request *req)
{
	struct ms_str *branch = &req->legs.branch;

	if(branch->len > sizeof(req->branch))
		branch->len = 0;
	if(branch->len > 0)
		memcpy(req->branch, branch->p, branch->len);
	branch->p = req->branch;
}

static void gather(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_facts *facts = &req->facts;

	req->iface = mediasec_iface(msg->rcv.bind_address);
	facts->method = method_of(msg);
	facts->secure = req->iface->side == MEDIASEC_CORE
					|| mediasec_msg_is_secure(&msg->rcv);
	facts->not_first_hop = is_behind_proxy(msg);
	facts->emergency = is_emergency(msg);
	facts->in_dialog = mediasec_mark_read(msg, req->iface->side, &req->legs);
	keep_branch(req);
	facts->leg = req->legs.from;
	facts->called = facts->in_dialog && !req->legs.from_caller;
	read_headers(msg, req);
	if(mediasec_rules_any()) /* for who it claims to be */
		mediasec_request_sender(msg, req);
	settle(req);
}

struct mediasec_request *mediasec_request(sip_msg_t *msg)
{
	/* each time: after msg_apply_changes() of the script the message is another */
	if(parse(msg) < 0)
		return NULL;
	if(mediasec_request_known(msg) == NULL) {
		memset(&current, 0, offsetof(struct mediasec_request, found.text));
		gather(msg, &current);
		owner = msg;
		owner_id = msg->id;
	}
	current.facts.has_sdp = mediasec_msg_sdp(msg, &current.sdp);
	return &current;
}

struct mediasec_request *mediasec_request_known(const sip_msg_t *msg)
{
	return owner != NULL && owner == msg && owner_id == msg->id ? &current
																: NULL;
}

sip_msg_t *mediasec_request_message(void)
{
	return owner;
}

/* ---- the list on replies ------------------------------------------------ */

#define ROWS_MAX 1024

int mediasec_request_announce(sip_msg_t *msg, struct mediasec_request *req)
{
	char rows[ROWS_MAX];
	size_t len;

	mediasec_request_unannounce(msg, req);
	if(ms_list_rows(&req->list, rows, sizeof(rows), &len) != MS_OK
			|| mediasec_msg_add_reply_rows(msg, (struct ms_str){rows, len}) < 0)
		return -1;
	req->announced = req->list;
	req->challenging = true;
	return 0;
}

void mediasec_request_unannounce(sip_msg_t *msg, struct mediasec_request *req)
{
	char rows[ROWS_MAX];
	size_t len;

	if(req->challenging
			&& ms_list_rows(&req->announced, rows, sizeof(rows), &len) == MS_OK)
		mediasec_msg_drop_reply_rows(msg, (struct ms_str){rows, len});
}

/* ---- binding and mirror ------------------------------------------------- */

/* @param recorded a list that may be mirrored, too, or an empty one */
static enum ms_verify_result compare_mirror(const sip_msg_t *msg,
		const struct mediasec_request *req, const struct ms_list *recorded)
{
	struct ms_verify verify;
	const struct ms_list *previous;
	struct hdr_field *h;
	unsigned i, n;

	ms_verify_init(&verify, req->settings.verify_mode);
	ms_verify_allow(&verify, recorded);
	ms_verify_allow(&verify, &req->list);
	if(req->challenging)
		ms_verify_allow(&verify, &req->announced);
	previous = mediasec_previous_lists(&n);
	for(i = 0; i < n; i++)
		ms_verify_allow(&verify, &previous[i]);

	for(h = msg->headers; h; h = h->next) {
		if(mediasec_header(h) == MEDIASEC_H_VERIFY)
			ms_verify_row(&verify, mediasec_view(&h->body));
	}
	return ms_verify_result(&verify);
}

/* What the sender may mirror: the list issued now, those issued before (a real
 * Asterisk appends new rows to old ones), and that of its record, which is mostly
 * one of them. */
enum ms_verify_result mediasec_request_mirror(
		const sip_msg_t *msg, const struct mediasec_request *req)
{
	enum ms_verify_result result;
	struct ms_list recorded = {0};

	result = compare_mirror(msg, req, &recorded);
	if(result != MS_VERIFY_DIFFERS || req->facts.binding != MS_BINDING_AGREED
			|| ms_list_read(req->found.record.list, &recorded) != MS_OK)
		return result;
	return compare_mirror(msg, req, &recorded);
}

/* Before authentication: the user that the digest has proved since is its user. */
static bool is_found(const struct mediasec_request *req)
{
	return req->found.record.aor.len > 0 && req->sender.user.len > 0
		   && ms_str_eq(req->found.record.user, req->sender.user);
}

static void look_up(struct mediasec_request *req)
{
	struct ms_facts *facts = &req->facts;
	const struct ms_record *record = &req->found.record;

	facts->binding = mediasec_store_find(&req->sender, time(NULL), &req->found);
	if(facts->binding == MS_BINDING_UNKNOWN) {
		req->found.record = (struct ms_record){0};
		return;
	}
	facts->agreed = record->agreed;
	facts->offered = record->offered;
	facts->binding_secure = record->secure;
}

void mediasec_request_find(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_facts *facts = &req->facts;

	if(req->iface->side == MEDIASEC_CORE) {
		facts->binding = MS_BINDING_NONE;
		return;
	}
	mediasec_request_sender(msg, req);
	req->sender.user = mediasec_msg_user(msg, req->names[2]);
	if(!is_found(req))
		look_up(req);
	settle(req);
}

/* ---- the offer ---------------------------------------------------------- */

/* The offer as taken, and work space to take it; both have keys in them. */
static str space;

static void free_space(void)
{
	if(space.s == NULL)
		return;
	explicit_bzero(space.s, (size_t)space.len);
	pkg_free(space.s);
	space.s = NULL;
}

static enum ms_err take(struct mediasec_request *req)
{
	struct ms_offer_rules rules =
			ms_policy_offer_rules(&req->settings, &req->facts);
	size_t size = ms_offer_size(req->sdp), len;
	enum ms_err err;

	free_space();
	space.len = (int)(2 * size);
	space.s = pkg_malloc(space.len);
	if(space.s == NULL) {
		PKG_MEM_ERROR;
		return MS_ENOSPC;
	}
	err = ms_offer_take(
			req->sdp, &rules, space.s, space.s + size, size, &len, &req->taken);
	if(err)
		return err;
	req->offer = (struct ms_str){space.s, len};
	req->facts.plain_rejected = req->taken.plain_rejected;
	req->facts.all_rejected = req->taken.all_rejected;
	return ms_sdp_survey(req->offer, rules.keying, &req->facts.sdp);
}

void mediasec_request_bind(sip_msg_t *msg, struct mediasec_request *req)
{
	if(req->bound)
		return;
	req->bound = true;
	if(req->facts.method == MS_METHOD_REGISTER)
		req->facts.deregister = is_deregister(msg);
	mediasec_request_find(msg, req);
	if(req->iface->side == MEDIASEC_ACCESS)
		req->facts.verify = mediasec_request_mirror(msg, req);
}

void mediasec_request_take(sip_msg_t *msg, struct mediasec_request *req)
{
	mediasec_request_bind(msg, req);
	if(req->took)
		return;
	req->took = true;
	memset(&req->taken, 0, sizeof(req->taken));
	if(!req->facts.has_sdp || take(req) == MS_OK)
		return;
	req->facts.bad_sdp = true;
	req->facts.sdp.keys = ms_sdp_text_has_key(
			req->sdp.len > 0 ? req->sdp : mediasec_msg_body(msg));
}

/* ---- the end of the script ---------------------------------------------- */

/* A failure route has a message of its own, which tm frees, and may run within the
 * route of another one. */
static int on_script_end(sip_msg_t *msg, unsigned flags, void *param)
{
	if((flags & REQUEST_CB) || owner == msg) {
		owner = NULL;
		free_space();
	}
	return 1;
}

int mediasec_request_init(void)
{
	if(register_script_cb(on_script_end,
			   POST_SCRIPT_CB | REQUEST_CB | FAILURE_CB | BRANCH_FAILURE_CB,
			   NULL)
			== 0)
		return 0;
	LM_ERR("cannot register a script callback\n");
	return -1;
}
