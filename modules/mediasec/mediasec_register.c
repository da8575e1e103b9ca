/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_register.h"

#include <string.h>
#include <time.h>

#include "../../core/data_lump_rpl.h"
#include "../../core/dprint.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/parser/contact/parse_contact.h"
#include "../../core/parser/parse_expires.h"
#include "../../core/strutils.h"
#include "../../core/ut.h"
#include "../sl/sl.h"
#include "../tm/tm_load.h"

#include "mediasec_cfg.h"
#include "mediasec_counters.h"
#include "mediasec_event.h"
#include "mediasec_mod.h"
#include "mediasec_msg.h"
#include "mediasec_refuse.h"
#include "mediasec_str.h"
#include "ms_log.h"
#include "ms_scan.h"

#define ROWS_MAX 1024

static tm_api_t tm;
static sl_api_t sl;

/* What a relayed request has to remember for its replies: lives in shared
 * memory as long as the transaction. */
struct pending
{
	bool granted;	   /* a REGISTER whose 2xx commits */
	size_t record_len; /* the record, still without its expiry */
	size_t rows_len;   /* Security-Server rows; 0: did not ask */
	char text[];	   /* record, rows */
};

/* ---- what a 2xx granted ------------------------------------------------- */

static bool is_same_contact(const contact_t *a, const contact_t *b)
{
	str ua = a->uri, ub = b->uri;

	if(a->instance && b->instance)
		return ms_str_eq(mediasec_view(&a->instance->body),
					   mediasec_view(&b->instance->body))
			   && (!a->reg_id || !b->reg_id
					   || ms_str_eq(mediasec_view(&a->reg_id->body),
							   mediasec_view(&b->reg_id->body)));
	return ms_str_eq(mediasec_view(&ua), mediasec_view(&ub))
		   || cmp_uri_str(&ua, &ub) == 0;
}

/* As our own registrar writes the one contact of an AoR: "<URI>;expires=n".
 * @return false if there is something else */
static bool granted_alone(
		const contact_t *asked, const str *row, unsigned long *granted)
{
	struct ms_str uri = mediasec_view(&asked->uri);
	struct ms_str rest = mediasec_view(row);
	const struct ms_str expires = MS_STR(">;expires=");

	if(rest.len < uri.len + 1 || rest.p[0] != '<'
			|| !ms_str_has_prefix(ms_str_from(rest, 1), uri))
		return false;
	rest = ms_str_from(rest, uri.len + 1);
	if(!ms_str_has_prefix(rest, expires))
		return false;
	rest = ms_str_from(rest, expires.len);
	/* other contacts, or an instance that has to be compared */
	return ms_scan_number(&rest, UINT32_MAX, granted) == MS_OK
		   && !memchr(rest.p, ',', rest.len) && !memchr(rest.p, '<', rest.len);
}

/* The seconds a contact of the request was granted by a Contact row of the
 * reply, 0 if it is not there. */
static unsigned granted_by_row(
		const contact_t *asked, const str *row, unsigned fallback)
{
	contact_t *list = NULL, *c;
	str text = *row;
	unsigned granted = 0, expires;
	unsigned long alone;

	if(granted_alone(asked, row, &alone))
		return (unsigned)alone;
	if(parse_contacts(&text, &list) < 0)
		return 0;
	for(c = list; c; c = c->next) {
		expires = fallback;
		if(c->expires && c->expires->body.len > 0)
			str2int(&c->expires->body, &expires);
		if(expires > granted && is_same_contact(asked, c))
			granted = expires;
	}
	free_contacts(&list);
	return granted;
}

/* The Contact rows of a 2xx, one after the other, whether it is a message we
 * relay or one that is being built from lumps. */
struct rows
{
	struct hdr_field *h;
	struct lump_rpl *l;
	unsigned expires; /* of its Expires header */
};

static bool next_row(struct rows *rows, str *row)
{
	static const struct ms_str name = {"Contact: ", sizeof("Contact: ") - 1};
	struct ms_str text;

	for(; rows->h; rows->h = rows->h->next) {
		if(rows->h->type != HDR_CONTACT_T)
			continue;
		*row = rows->h->body;
		rows->h = rows->h->next;
		return true;
	}
	for(; rows->l; rows->l = rows->l->next) {
		text = mediasec_view(&rows->l->text);
		if(!ms_str_has_prefix(text, name))
			continue;
		*row = mediasec_str(ms_str_trim(ms_str_from(text, name.len)));
		rows->l = rows->l->next;
		return true;
	}
	return false;
}

/* The longest time any of these contacts was granted. */
static unsigned granted_for_contacts(
		const contact_t *asked, const struct rows *reply)
{
	const contact_t *c;
	struct rows rows;
	str row;
	unsigned granted = 0, n;

	for(c = asked; c; c = c->next) {
		rows = *reply;
		while(next_row(&rows, &row)) {
			n = granted_by_row(c, &row, reply->expires);
			if(n > granted)
				granted = n;
		}
	}
	return granted;
}

static unsigned granted_for_row(
		const struct hdr_field *h, const struct rows *reply)
{
	contact_t *list = NULL;
	str text = h->body;
	unsigned granted;

	/* a transaction's copy of the request is not parsed */
	if(h->parsed)
		return granted_for_contacts(
				((contact_body_t *)h->parsed)->contacts, reply);
	if(parse_contacts(&text, &list) < 0)
		return 0;
	granted = granted_for_contacts(list, reply);
	free_contacts(&list);
	return granted;
}

/* What a 2xx did to the bindings that its REGISTER was about. */
struct grant
{
	bool query;		  /* the REGISTER had no Contact */
	bool all;		  /* its Contact was "*" */
	unsigned seconds; /* the longest time granted; 0: removed */
};

static struct grant read_grant(
		const sip_msg_t *request, const struct rows *reply)
{
	struct grant grant = {.query = true};
	struct hdr_field *h;
	unsigned seconds;

	for(h = request->headers; h; h = h->next) {
		if(h->type != HDR_CONTACT_T)
			continue;
		grant.query = false;
		if(ms_str_eq(ms_str_trim(mediasec_view(&h->body)), MS_STR("*"))) {
			grant.all = true;
			break;
		}
		seconds = granted_for_row(h, reply);
		if(seconds > grant.seconds)
			grant.seconds = seconds;
	}
	return grant;
}

static void tell_agreed(
		const struct ms_record *record, const sip_msg_t *request)
{
	struct ms_settings settings;

	if(!mediasec_event_is_wanted(MEDIASEC_EVENT_AGREED))
		return;
	mediasec_rules_bound(mediasec_iface(request->rcv.bind_address),
			record->user, record->aor, &settings);
	mediasec_event_raise(&(struct mediasec_event){.kind = MEDIASEC_EVENT_AGREED,
			.reason = MS_STR(""),
			.aor = record->aor,
			.flow = record->flow,
			.call_id = mediasec_view(&request->callid->body),
			.known = true,
			.state = MS_BINDING_AGREED,
			.verify = record->mirrored ? MS_VERIFY_RIGHT : MS_VERIFY_ABSENT,
			.agreed = ms_policy_preferred(&settings, record->agreed)});
}

static void commit(struct ms_record *record, const struct grant *grant,
		const sip_msg_t *request)
{
	if(grant->query)
		return;
	if(grant->seconds == 0) {
		if(grant->all)
			mediasec_store->drop_all(record);
		else
			mediasec_store->drop(record);
		mediasec_count(MEDIASEC_COUNT_REMOVED);
		return;
	}
	record->expires =
			time(NULL) + grant->seconds + mediasec_cfg_get(binding_grace);
	if(mediasec_store->put(record) < 0) {
		LM_ERR("an agreement could not be kept: aor=%s\n",
				MS_LOG_VALUE(record->aor));
		return;
	}
	mediasec_count_agreed(record->agreed);
	if(record->agreed)
		tell_agreed(record, request);
}

/* ---- the record of a REGISTER ------------------------------------------- */

static struct ms_str first_contact(sip_msg_t *msg)
{
	contact_body_t *body;

	if(!msg->contact || parse_contact(msg->contact) < 0)
		return MS_STR("");
	body = msg->contact->parsed;
	if(!body->contacts || body->contacts->uri.len > MS_CONTACT_LEN_MAX)
		return MS_STR("");
	return mediasec_view(&body->contacts->uri);
}

/* Who sends the mirror only offers what it did before. */
static unsigned offered_bits(const struct ms_facts *facts)
{
	if(facts->client.media)
		return facts->client.media;
	return ms_policy_asked(facts) ? facts->offered : 0;
}

/* @param list memory for record->list */
static void make_record(sip_msg_t *msg, const struct mediasec_request *req,
		char list[MS_RECORD_LEN_MAX], struct ms_record *record)
{
	const struct ms_facts *facts = &req->facts;
	size_t len = 0;

	ms_list_write(&req->list, list, MS_RECORD_LEN_MAX, &len);
	*record = (struct ms_record){
			.aor = req->sender.n_aors ? req->sender.aor[0] : MS_STR(""),
			.user = req->sender.user,
			.contact = first_contact(msg),
			.flow = req->sender.flow,
			.list = {list, len},
			.offered = offered_bits(facts),
			.agreed = req->agreed,
			.mirrored = facts->verify == MS_VERIFY_RIGHT,
			.secure = facts->secure,
	};
}

void mediasec_register_prepare(
		sip_msg_t *msg, const struct mediasec_request *req)
{
	char list[MS_RECORD_LEN_MAX];
	struct ms_record record;

	if(mediasec_store->prepare == NULL)
		return;
	make_record(msg, req, list, &record);
	mediasec_store->prepare(&record);
}

/* ---- a 2xx of our own --------------------------------------------------- */

static void commit_local(sip_msg_t *msg, int code)
{
	struct mediasec_request *req = mediasec_request_known(msg);
	struct rows reply = {.l = msg->reply_lump};
	struct ms_record record;
	struct grant grant;
	char list[MS_RECORD_LEN_MAX];

	if(req == NULL || !req->granted || code < 200 || code > 299)
		return;
	req->granted = false; /* once */
	make_record(msg, req, list, &record);
	grant = read_grant(msg, &reply);
	commit(&record, &grant, msg);
}

/* A reply is about to leave: the agreement is there before its client knows,
 * and the registrar holds no lock any more. */
static void on_stateless_reply(sl_cbp_t *p)
{
	commit_local(p->req, p->code);
}

/* ---- relayed ------------------------------------------------------------ */

static void commit_relayed(
		const struct pending *pending, const sip_msg_t *request, sip_msg_t *rpl)
{
	char scratch[MS_RECORD_LEN_MAX];
	struct ms_record record;
	struct rows reply = {.h = rpl->headers};
	struct grant grant;

	if(rpl->expires && parse_expires(rpl->expires) == 0)
		reply.expires = (unsigned)((exp_body_t *)rpl->expires->parsed)->val;
	if(ms_record_read((struct ms_str){pending->text, pending->record_len},
			   scratch, sizeof(scratch), &record)
			!= MS_OK)
		return;
	grant = read_grant(request, &reply);
	commit(&record, &grant, request);
}

/* The registrar's own agreements pass, ours of another edge do not. */
static void on_reply(struct cell *t, int type, struct tmcb_params *p)
{
	const struct pending *pending = *p->param;
	const char *rows = pending->text + pending->record_len;
	const bool registers = p->req->REQ_METHOD == METHOD_REGISTER;
	const bool challenge = p->code == 401 || p->code == 407;
	const bool good = p->code >= 200 && p->code <= 299;

	if(p->rpl == NULL || p->rpl == FAKED_REPLY || (!registers && !challenge)
			|| parse_headers(p->rpl, HDR_EOH_F, 0) < 0)
		return;
	if(registers && mediasec_msg_strip(p->rpl) < 0)
		LM_ERR("cannot strip a reply\n");
	if(pending->rows_len > 0 && (challenge || (good && pending->granted)))
		mediasec_msg_add_rows(p->rpl, (struct ms_str){rows, pending->rows_len});
	if(good && pending->granted)
		commit_relayed(pending, p->req, p->rpl);
}

/* A 2xx of our own although there is a transaction. */
static void on_reply_ready(struct cell *t, int type, struct tmcb_params *p)
{
	if(p->rpl == NULL || p->rpl == FAKED_REPLY) {
		sip_msg_t *msg = mediasec_request_message();

		if(msg)
			commit_local(msg, p->code);
	}
}

static void free_pending(void *pending)
{
	shm_free(pending);
}

static struct pending *make_pending(
		sip_msg_t *msg, const struct mediasec_request *req)
{
	char record_text[MS_RECORD_LEN_MAX], rows[ROWS_MAX];
	char list[MS_RECORD_LEN_MAX];
	size_t record_len = 0, rows_len = 0;
	struct ms_record record;
	struct pending *pending;

	if(req->granted) {
		make_record(msg, req, list, &record);
		if(ms_record_write(
				   &record, record_text, sizeof(record_text), &record_len)
				!= MS_OK)
			return NULL;
	}
	if(req->challenging
			&& ms_list_rows(&req->list, rows, sizeof(rows), &rows_len) != MS_OK)
		return NULL;
	pending = shm_malloc(sizeof(*pending) + record_len + rows_len);
	if(pending == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	pending->granted = req->granted;
	pending->record_len = record_len;
	pending->rows_len = rows_len;
	memcpy(pending->text, record_text, record_len);
	memcpy(pending->text + record_len, rows, rows_len);
	return pending;
}

/* A transaction is made for a request of ours: only now it is known that its
 * replies will not all be our own. */
static void on_request_in(struct cell *t, int type, struct tmcb_params *p)
{
	const struct mediasec_request *req = mediasec_request_known(p->req);
	struct pending *pending;

	if(req == NULL || req->refused
			|| (req->facts.method != MS_METHOD_REGISTER && !req->challenging))
		return;
	pending = make_pending(p->req, req);
	if(pending == NULL)
		return;
	if(tm.register_tmcb(
			   p->req, t, TMCB_RESPONSE_IN, on_reply, pending, free_pending)
			<= 0) {
		shm_free(pending);
		return;
	}
	if(req->granted)
		tm.register_tmcb(
				p->req, t, TMCB_RESPONSE_READY, on_reply_ready, NULL, NULL);
}

/* ---- script functions --------------------------------------------------- */

static int add_list(sip_msg_t *msg, struct mediasec_request *req)
{
	return mediasec_request_announce(msg, req) < 0 ? MEDIASEC_INTERNAL
												   : MEDIASEC_OK;
}

/* Where the mechanism is not used, a proxy must not pass over the tag in
 * silence, and says so before it asks for credentials (RFC 3261, 16.3). */
static int refuse_tag(sip_msg_t *msg, struct mediasec_request *req)
{
	struct ms_verdict verdict = ms_policy_request(&req->settings, &req->facts);

	return verdict.reason ? mediasec_refuse(msg, req, verdict.reason)
						  : MEDIASEC_OK;
}

int mediasec_register(sip_msg_t *msg)
{
	struct mediasec_request *req = mediasec_request(msg);

	if(req == NULL)
		return MEDIASEC_UNREADABLE;
	if(req->iface->side == MEDIASEC_CORE
			|| req->facts.method != MS_METHOD_REGISTER)
		return MEDIASEC_OK;
	if(req->settings.policy == MS_POLICY_OFF)
		return refuse_tag(msg, req);
	return ms_policy_asked(&req->facts) ? add_list(msg, req) : MEDIASEC_OK;
}

int mediasec_challenge(sip_msg_t *msg)
{
	struct mediasec_request *req = mediasec_request(msg);

	if(req == NULL)
		return MEDIASEC_UNREADABLE;
	if(req->iface->side == MEDIASEC_CORE
			|| req->facts.method == MS_METHOD_REGISTER
			|| req->facts.method == MS_METHOD_UNANSWERED)
		return MEDIASEC_OK;
	if(req->settings.policy == MS_POLICY_OFF)
		return refuse_tag(msg, req);
	/* once more after authentication, when the user is known */
	mediasec_request_find(msg, req);
	if(!req->speaks && !ms_policy_asked(&req->facts)
			&& req->facts.binding != MS_BINDING_AGREED)
		return MEDIASEC_OK;
	return add_list(msg, req);
}

int mediasec_register_init(void)
{
	static sl_cbelem_t element = {
			.type = SLCB_REPLY_READY, .cbf = on_stateless_reply};

	if(tm_load_api(&tm) < 0 || sl_load_api(&sl) < 0) {
		LM_ERR("the modules sl and tm are needed, loaded before\n");
		return -1;
	}
	if(sl.register_cb(&element) < 0
			|| tm.register_tmcb(
					   NULL, NULL, TMCB_REQUEST_IN, on_request_in, NULL, NULL)
					   <= 0) {
		LM_ERR("cannot register callbacks\n");
		return -1;
	}
	return 0;
}
