/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_call.h"

#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/dset.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/parser/parse_cseq.h"
#include "../../core/pt.h"
#include "../../core/route.h"
#include "../../core/sr_module.h"

#include "mediasec_answer.h"
#include "mediasec_callee.h"
#include "mediasec_counters.h"
#include "mediasec_dialog.h"
#include "mediasec_event.h"
#include "mediasec_hangup.h"
#include "mediasec_hop.h"
#include "mediasec_later.h"
#include "mediasec_msg.h"
#include "mediasec_refuse.h"
#include "mediasec_str.h"
#include "ms_log.h"
#include "ms_sdp_edit.h"

static tm_api_t tm;

static void wipe_and_free(void *p, size_t len)
{
	if(p == NULL)
		return;
	explicit_bzero(p, len);
	shm_free(p);
}

static void wipe_branch(struct mediasec_branch *branch)
{
	wipe_and_free(branch->offered.s, (size_t)branch->offered.len);
	wipe_and_free(branch->clear.s, (size_t)branch->clear.len);
	*branch = (struct mediasec_branch){0};
}

static void free_call(void *param)
{
	struct mediasec_call *call = param;
	int i;

	for(i = 0; i < MAX_BRANCHES_LIMIT; i++)
		wipe_branch(&call->branch[i]);
	mediasec_answer_free(call->answer);
	wipe_and_free(call, sizeof(*call) + call->offer_len);
}

/* ---- branches ----------------------------------------------------------- */

struct ms_str mediasec_call_branch(const struct cell *t,
		const struct mediasec_branch *branch, char buf[MEDIASEC_BRANCH_MAX])
{
	int n = snprintf(buf, MEDIASEC_BRANCH_MAX, MEDIASEC_ORIGIN ".%d",
			t->hash_index, t->label, branch->id);

	return (struct ms_str){buf, (size_t)n};
}

static int mark_legs(struct cell *t, sip_msg_t *msg,
		const struct mediasec_call *call, const struct mediasec_branch *branch)
{
	char id[MEDIASEC_BRANCH_MAX];
	const struct mediasec_legs legs = {.from = call->sender.is,
			.to = branch->leg.is,
			.from_side = call->sender.iface->side,
			.to_side = branch->leg.iface->side,
			.branch = mediasec_call_branch(t, branch, id)};

	return mediasec_mark_add(msg, &legs);
}

/* In a dialog the parties are named, whoever of them begins an exchange. Both
 * have been parsed before the transaction was made. */
static void set_tags(struct mediasec_exchange *x, sip_msg_t *msg)
{
	x->offerer_tag = mediasec_view(&get_from(msg)->tag_value);
	x->answerer_tag = mediasec_view(&get_to(msg)->tag_value);
}

static int keep(str *kept, struct ms_str sdp)
{
	char *copy = shm_malloc(sdp.len);

	if(copy == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	memcpy(copy, sdp.p, sdp.len);
	kept->len = (int)sdp.len;
	__sync_synchronize(); /* another worker may look at s */
	kept->s = copy;
	return 0;
}

/* In a branch_route tm's t_reply() refuses to work; it is that of a request_route,
 * for a failure_route has had a branch. */
static void reply_reason(sip_msg_t *msg, const struct ms_reason_info *info)
{
	const int route = get_route_type();

	if(is_route_type(BRANCH_ROUTE))
		set_route_type(REQUEST_ROUTE);
	tm.t_reply(msg, (unsigned)info->code, (char *)info->phrase.p);
	set_route_type(route);
}

/* Nothing else has been, or will be, tried: the caller gets the reason. */
static void fail_branch(struct cell *t, struct mediasec_call *call,
		sip_msg_t *msg, enum ms_reason reason)
{
	const struct ms_reason_info *info = ms_reason_info(reason);

	call->refused = reason;
	mediasec_refuse_tell("branch", reason, msg);
	mediasec_refuse_branch(msg);
	if(t->nr_of_outgoings == 0 && nr_branches == 0)
		reply_reason(msg, info);
}

/* The branch being built is for the callee of this one, which rejected its
 * secured offer. */
static const struct mediasec_branch *retried;

static struct ms_verdict other_leg(
		const struct mediasec_call *call, const struct mediasec_callee *callee)
{
	if(retried)
		return (struct ms_verdict){.leg = {MS_MODE_PLAIN, 0}};
	return call->initial ? ms_policy_callee(&callee->settings, &callee->is)
						 : (struct ms_verdict){.leg = call->to};
}

/* The leg to the callee, and its mark. */
static enum ms_reason make_leg(struct cell *t, sip_msg_t *msg,
		const struct mediasec_call *call, struct mediasec_branch *branch)
{
	struct mediasec_callee callee;
	struct ms_verdict verdict;

	mediasec_callee(msg, &callee);
	verdict = other_leg(call, &callee);
	branch->leg = (struct mediasec_leg){
			verdict.leg, callee.iface, callee.settings.keying};
	branch->media = call->from_caller ? callee.settings.outbound
									  : callee.settings.inbound;
	branch->retries_plain = ms_policy_retries_plain(&callee.settings);
	if(verdict.reason)
		return verdict.reason;
	mediasec_callee_note(verdict.note, msg, &callee);
	if(call->unread && branch->leg.is.mode != MS_MODE_PLAIN)
		return MS_REASON_SDP_MALFORMED;
	if(call->initial && mark_legs(t, msg, call, branch) < 0)
		return MS_REASON_INTERNAL;
	return MS_REASON_NONE;
}

static void on_branch_failure(struct cell *t, int type, struct tmcb_params *p);

/* tm copies the request for each failed branch it asks about: only where it may
 * come to something. */
static int await_rejection(struct cell *t, sip_msg_t *msg,
		struct mediasec_call *call, const struct mediasec_branch *branch)
{
	if(call->awaits_rejection || !call->initial || !branch->retries_plain
			|| !branch->offered.s)
		return 0;
	call->awaits_rejection = true;
	return tm.register_tmcb(msg, t, TMCB_ON_BRANCH_FAILURE, on_branch_failure,
				   call,
				   NULL) > 0
				   ? 0
				   : -1;
}

/* The offer as the callee of a branch gets it. */
static enum ms_reason make_offer(struct cell *t, sip_msg_t *msg,
		struct mediasec_call *call, const struct mediasec_branch *branch,
		const struct mediasec_leg *leg, str *out)
{
	char id[MEDIASEC_BRANCH_MAX];
	struct mediasec_exchange x = {.op = MS_RTPP_OFFER,
			.from = call->sender,
			.to = *leg,
			.from_caller = call->from_caller,
			.origin = call->origin,
			.branch = call->initial,
			.id = mediasec_call_branch(t, branch, id)};

	if(!call->initial) {
		if(!mediasec_dialog_offer(
				   msg, &call->origin, call->from_caller, &call->turn))
			return MS_REASON_REOFFER_PENDING;
		set_tags(&x, msg);
	}
	return mediasec_exchange(
			msg, &x, (struct ms_str){call->offer, call->offer_len}, out);
}

/* The offer becomes the body of the branch. */
static enum ms_reason set_offer(struct cell *t, sip_msg_t *msg,
		struct mediasec_call *call, struct mediasec_branch *branch,
		struct ms_str sdp)
{
	str out = {0, 0};
	enum ms_reason reason =
			make_offer(t, msg, call, branch, &branch->leg, &out);

	if(!reason
			&& (mediasec_msg_replace(msg, sdp, mediasec_view(&out)) < 0
					|| (branch->leg.is.mode != MS_MODE_PLAIN
							&& keep(&branch->offered, mediasec_view(&out))
									   < 0)))
		reason = MS_REASON_INTERNAL;
	mediasec_rtpe_free(&out);
	return reason;
}

/* tm would send what is for one callee to another address of its name, with the
 * lock of the transaction held or without asking us. Who else changes the flags of
 * a transaction that is running does not wait for us. */
static void forbid_dns_failover(struct cell *t)
{
	__sync_fetch_and_or(&t->flags, T_DISABLE_FAILOVER);
}

/* A branch is about to be built: the last moment its body can be set. */
static void on_forward(struct cell *t, int type, struct tmcb_params *p)
{
	struct mediasec_call *call = *p->param;
	int i = t->nr_of_outgoings;
	struct mediasec_branch *branch = &call->branch[i];
	enum ms_reason reason;
	struct ms_str sdp;

	forbid_dns_failover(t);
	if(call->initial)
		call->origin = (struct mediasec_origin){t->hash_index, t->label};
	/* tm could not send the one that had this place */
	if(call->initial)
		mediasec_call_end_branch(t, i, call, p->req);
	wipe_branch(branch);
	branch->id = retried ? retried->id : __sync_fetch_and_add(&call->ids, 1);
	reason = make_leg(t, p->req, call, branch);
	if(reason) {
		wipe_branch(branch);
		fail_branch(t, call, p->req, reason);
		return;
	}
	if(call->unread || !mediasec_msg_sdp(p->req, &sdp))
		return;
	if(!retried)
		reason = set_offer(t, p->req, call, branch, sdp);
	else if(mediasec_msg_replace(p->req, sdp, mediasec_view(&retried->clear))
			< 0)
		reason = MS_REASON_INTERNAL;
	if(!reason && await_rejection(t, p->req, call, branch) < 0)
		reason = MS_REASON_INTERNAL;
	if(reason)
		fail_branch(t, call, p->req, reason);
}

/* ---- the end of a branch ------------------------------------------------ */

/* @param id where its name goes */
static struct mediasec_exchange leg_of(const struct cell *t,
		const struct mediasec_call *call, const struct mediasec_branch *branch,
		char id[MEDIASEC_BRANCH_MAX])
{
	return (struct mediasec_exchange){.from = branch->leg,
			.to = call->sender,
			.origin = call->origin,
			.branch = true,
			.id = mediasec_call_branch(t, branch, id)};
}

/* Without any offer rtpengine knows nothing of it. Of several early dialogs the id
 * of their branch names the first, and 12.5 forgets the others only by their tags. */
void mediasec_call_end_branch(
		struct cell *t, int branch, struct mediasec_call *call, sip_msg_t *msg)
{
	struct mediasec_branch *b = &call->branch[branch];
	char id[MEDIASEC_BRANCH_MAX];
	struct mediasec_exchange x = leg_of(t, call, b, id);
	int n;

	if(!b->leg.iface || !(call->offer_len > 0 || b->spoke)
			|| !__sync_bool_compare_and_swap(&b->ended, false, true))
		return;
	mediasec_later(msg, &x, mediasec_dialog_end_branch);
	x.branch = false;
	for(n = 0; mediasec_answer_tag(call, branch, n + 1).len > 0; n++) {
		x.offerer_tag = mediasec_answer_tag(call, branch, n);
		mediasec_later(msg, &x, mediasec_dialog_end_branch);
	}
}

/* ---- rejected secured offers -------------------------------------------- */

/* Not who has already said how it wants to talk. */
static bool is_retried_plain(const struct cell *t,
		const struct mediasec_branch *branch, unsigned code)
{
	return branch->offered.s && !branch->spoke && t->uas.status < 200
		   && !(t->flags & (T_CANCELED | T_6xx)) && branch->retries_plain
		   && ms_policy_rejects_srtp(code);
}

/* A callee rejects its secured offer: rtpengine is asked for what it gets instead
 * now, for in on_branch_failure() tm holds a lock. */
static void prepare_retry(struct cell *t, int i, struct mediasec_call *call)
{
	struct mediasec_branch *branch = &call->branch[i];
	struct mediasec_leg leg = branch->leg;
	char id[MEDIASEC_BRANCH_MAX];
	struct mediasec_exchange x = leg_of(t, call, branch, id);
	str out = {0, 0};

	/* the rejection may be repeated meanwhile */
	if(!__sync_bool_compare_and_swap(&branch->rejected, false, true))
		return;
	mediasec_later(t->uas.request, &x, mediasec_dialog_end_branch);
	branch->id = __sync_fetch_and_add(&call->ids, 1);
	leg.is = (struct ms_leg){MS_MODE_PLAIN, 0};
	if(make_offer(t, t->uas.request, call, branch, &leg, &out)
			|| keep(&branch->clear, mediasec_view(&out)) < 0)
		LM_ERR("no offer in clear for a callee that rejected a secured one\n");
	mediasec_rtpe_free(&out);
	/* the call has been answered, or has failed, meanwhile */
	if(t->uas.status >= 200) {
		x = leg_of(t, call, branch, id);
		mediasec_dialog_end_late(t->uas.request, &x);
	}
}

/* One more branch to where this one went, as branch_route left it the first
 * time. */
static int retry_plain(struct cell *t, const struct ua_client *uac,
		const struct mediasec_branch *branch, sip_msg_t *req)
{
	char hop[MEDIASEC_HOP_URI_MAX];
	str uri = uac->uri, path = uac->path, instance = uac->instance;
	str ruid = uac->ruid, ua = uac->location_ua;
	str next = mediasec_hop_uri(&uac->request.dst, hop);
	int ret;

	clear_branches();
	if(append_branch(req, &uri, &next, &path, Q_UNSPECIFIED, uac->branch_flags,
			   uac->request.dst.send_sock, &instance, 0, &ruid, &ua)
			< 0)
		return -1;
	t->on_branch = t->on_branch_delayed;
	retried = branch;
	ret = tm.t_relay(req, NULL, NULL);
	retried = NULL;
	return ret > 0 ? 0 : -1;
}

static void tell_retried(sip_msg_t *msg)
{
	mediasec_count(MEDIASEC_COUNT_RETRIED_PLAIN);
	mediasec_event_message(
			(struct mediasec_event){.kind = MEDIASEC_EVENT_DOWNGRADE,
					.reason = mediasec_count_word(MEDIASEC_COUNT_RETRIED_PLAIN),
					.party = MEDIASEC_CALLEE},
			msg);
}

static void on_branch_failure(struct cell *t, int type, struct tmcb_params *p)
{
	struct mediasec_call *call = *p->param;
	int i = tm.t_gett_branch();
	const struct mediasec_branch *branch = &call->branch[i];

	if(!is_retried_plain(t, branch, (unsigned)p->code) || !branch->clear.s)
		return;
	LM_NOTICE("secured offer rejected, calling again in clear: code=%d "
			  "ci=%s\n",
			p->code, MS_LOG_VALUE(mediasec_view(&p->req->callid->body)));
	if(retry_plain(t, &t->uac[i], branch, p->req) < 0)
		LM_ERR("a callee cannot be called again in clear\n");
	else
		tell_retried(p->req);
}

/* ---- failures ----------------------------------------------------------- */

/* The offer will come again, with credentials or a little later (RFC 3261,
 * 14.1), and rtpengine will have it then. */
static bool is_retried(int code)
{
	return code == 401 || code == 407 || code == 491;
}

/* tm's timer must not wait for rtpengine, and who replies in a failure_route
 * holds the lock of the transaction. */
static bool may_wait(struct cell *t)
{
	return is_sip_worker(pt[process_no].rank)
		   && atomic_get(&t->reply_locker_pid) != my_pid();
}

/* rtpengine has a rejected offer and nothing to go back to: better no call than
 * one that is up and silent. */
static void end_dialog(
		struct cell *t, sip_msg_t *req, const struct mediasec_exchange *x)
{
	LM_NOTICE("a call ends with its rejected offer, the media before it are "
			  "not known: ci=%s\n",
			MS_LOG_VALUE(mediasec_view(&req->callid->body)));
	mediasec_count(MEDIASEC_COUNT_NOT_REPLAYED);
	mediasec_later(req, x, mediasec_dialog_end);
	mediasec_hangup_transaction(t, req);
}

/* A later offer has failed. */
static void go_back(
		struct cell *t, struct mediasec_call *call, const struct tmcb_params *p)
{
	const struct mediasec_exchange x = {.from = call->sender,
			.to.is = call->to,
			.from_caller = call->from_caller,
			.origin = call->origin,
			.turn = call->turn,
			.id = mediasec_view_z(call->dialog)};

	if(x.turn > 0 && !may_wait(t))
		mediasec_later(p->req, &x, mediasec_dialog_replay);
	else if(mediasec_dialog_replay(p->req, &x) < 0 && !is_retried(p->code))
		end_dialog(t, p->req, &x);
}

/* Every way an offer fails ends here, timeouts and local replies included, and the
 * last branch if tm could not send it. */
static void on_reply_ready(struct cell *t, int type, struct tmcb_params *p)
{
	struct mediasec_call *call = *p->param;
	int i;

	if(p->code < 300 || call->unread)
		return;
	for(i = 0; call->initial && i <= t->nr_of_outgoings; i++)
		mediasec_call_end_branch(t, i, call, p->req);
	if(!call->initial && call->offer_len > 0 && t->nr_of_outgoings > 0)
		go_back(t, call, p);
}

/* ---- replies ------------------------------------------------------------ */

/* What rtpengine has of a branch goes with it: after a restart nobody would know.
 * Not of one that was called again in clear, whose id that other one has. */
static void end_failed(
		struct cell *t, int i, struct mediasec_call *call, sip_msg_t *rpl)
{
	const struct mediasec_branch *branch = &call->branch[i];

	if(call->initial && !branch->rejected
			&& branch->outcome != MEDIASEC_BRANCH_ANSWERED)
		mediasec_call_end_branch(t, i, call, rpl);
}

static void on_reply(struct cell *t, int type, struct tmcb_params *p)
{
	struct mediasec_call *call = *p->param;
	int i = tm.t_gett_branch();
	unsigned *code;

	if(p->rpl == NULL || p->rpl == FAKED_REPLY
			|| parse_headers(p->rpl, HDR_EOH_F, 0) < 0
			|| parse_from_header(p->rpl) < 0 || parse_to_header(p->rpl) < 0
			|| get_cseq(p->rpl)->method_id == METHOD_CANCEL)
		return;
	if(mediasec_msg_strip(p->rpl) < 0)
		LM_ERR("cannot strip a reply\n");
	if(call->unread)
		return;
	mediasec_answer(t, i, call, p->rpl);
	code = &p->rpl->first_line.u.reply.statuscode;
	if(*code / 100 == 2 && get_cseq(p->rpl)->method_id == METHOD_INVITE)
		mediasec_dialog_confirm(p->rpl, &call->origin, call->from_caller);
	if(*code < 300)
		return;
	if(!is_retried_plain(t, &call->branch[i], *code)) {
		end_failed(t, i, call, p->rpl);
		return;
	}
	/* to tm a 6xx is the end of all branches, and of one more */
	if(*code == 606)
		*code = 488;
	prepare_retry(t, i, call);
}

/* ---- what became of it -------------------------------------------------- */

static const struct mediasec_call *call_of(const struct cell *t)
{
	const volatile struct tm_callback *cb;

	if(t == NULL || t == T_UNDEFINED)
		return NULL;
	for(cb = t->tmcb_hl.first; cb; cb = cb->next)
		if(cb->callback == on_reply)
			return cb->param;
	return NULL;
}

/* The branch that answered, or the last; -1 */
static int branch_of(const struct cell *t, const struct mediasec_call *call)
{
	int i;

	for(i = 0; i < t->nr_of_outgoings; i++)
		if(call->branch[i].outcome == MEDIASEC_BRANCH_ANSWERED)
			return i;
	return t->nr_of_outgoings - 1;
}

bool mediasec_call_outcome(struct mediasec_outcome *outcome)
{
	const struct cell *t = tm.t_gett();
	const struct mediasec_call *call = call_of(t);
	struct mediasec_outcome_leg sender, other;
	int i;

	if(call == NULL)
		return false;
	i = branch_of(t, call);
	sender = (struct mediasec_outcome_leg){call->sender.is, {NULL, 0}};
	other = (struct mediasec_outcome_leg){call->to, {NULL, 0}};
	if(i >= 0) {
		other.is = call->branch[i].leg.is;
		mediasec_answer_suites(call, i, &sender.suite, &other.suite);
	}
	*outcome = (struct mediasec_outcome){
			.caller = call->from_caller ? sender : other,
			.callee = call->from_caller ? other : sender,
			.called = i >= 0 || !call->initial,
			.refused = i >= 0
									   && call->branch[i].outcome
												  == MEDIASEC_BRANCH_ANSWERED
							   ? MS_REASON_NONE
							   : call->refused};
	return true;
}

/* ---- beginning ---------------------------------------------------------- */

static struct mediasec_call *make_call(sip_msg_t *msg,
		const struct mediasec_request *req, const struct ms_leg *leg)
{
	const struct ms_facts *facts = &req->facts;
	const bool read = facts->has_sdp && !facts->bad_sdp;
	size_t size = read ? ms_sdp_edit_size(req->offer) : 0;
	struct mediasec_call *call = shm_mallocxz(sizeof(*call) + size);

	if(call == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	call->sender =
			(struct mediasec_leg){*leg, req->iface, req->settings.keying};
	call->unread = facts->bad_sdp;
	call->requested = facts->sdp.requested;
	call->ice = facts->sdp.ice;
	call->initial = !facts->in_dialog;
	call->from_caller = call->initial || req->legs.from_caller;
	call->to = req->legs.to;
	call->origin = req->legs.origin;
	if(!call->initial && req->legs.branch.len < sizeof(call->dialog))
		memcpy(call->dialog, req->legs.branch.p, req->legs.branch.len);
	call->taken = req->taken;
	/* as rtpengine gets it, for that is what its answer is compared with */
	if(read
			&& ms_sdp_edit(req->offer,
					   leg->mode == MS_MODE_PLAIN ? MS_EDIT_PLAIN
												  : MS_EDIT_NUMBERED,
					   &req->settings.keying, call->offer, size,
					   &call->offer_len)
					   != MS_OK) {
		wipe_and_free(call, sizeof(*call) + size);
		return NULL;
	}
	return call;
}

int mediasec_call_begin(sip_msg_t *msg, const struct mediasec_request *req,
		const struct ms_leg *leg)
{
	struct mediasec_call *call = make_call(msg, req, leg);

	if(call == NULL)
		return -1;
	if(tm.register_tmcb(
			   msg, NULL, TMCB_REQUEST_FWDED, on_forward, call, free_call)
			<= 0) {
		free_call(call);
		return -1;
	}
	if(tm.register_tmcb(msg, NULL, TMCB_RESPONSE_IN, on_reply, call, NULL) <= 0
			|| tm.register_tmcb(msg, NULL, TMCB_RESPONSE_READY, on_reply_ready,
					   call, NULL)
					   <= 0)
		return -1;
	return 0;
}

int mediasec_call_init(void)
{
	if(tm_load_api(&tm) == 0)
		return 0;
	LM_ERR("the tm module is needed, loaded before\n");
	return -1;
}
