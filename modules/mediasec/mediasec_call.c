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
#include "../../core/mem/mem.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/parser/parse_cseq.h"
#include "../tm/tm_load.h"

#include "mediasec_callee.h"
#include "mediasec_counters.h"
#include "mediasec_dialog.h"
#include "mediasec_hangup.h"
#include "mediasec_msg.h"
#include "mediasec_refuse.h"
#include "mediasec_str.h"
#include "ms_sdp_edit.h"

static tm_api_t tm;

/* An answer and what was made of it: it comes again in the 200 after a 183, and
 * with each repetition of the 200. */
struct answer
{
	struct answer *earlier;
	int branch;
	size_t tag_len, in_len, out_len;
	char text[]; /* To-tag, as it came, as it went */
};

/* One branch of a call: the leg to a callee. */
struct callee
{
	struct mediasec_leg leg;
	enum ms_media media; /* what is set for its calls in this direction */
	str offered;  /* to a secured callee, in shared memory: has our keys */
	bool refused; /* its 2xx was refused and answered with BYE */
};

/* What the callbacks of an INVITE or UPDATE know: in shared memory, as long as
 * the transaction. A branch is written before it is sent, and read afterwards. */
struct call
{
	bool initial;	  /* begins a dialog */
	bool from_caller; /* the request comes from the one who began it */
	unsigned spiral;  /* of the dialog */
	bool requested;	  /* the offer has a=3ge2ae:requested */
	bool ice;		  /* and ICE */
	struct mediasec_leg sender;
	struct ms_leg to; /* not initial: the other leg */
	struct callee branch[MAX_BRANCHES_LIMIT];
	struct answer *answer; /* the last that rtpengine got; never taken away */
	struct ms_offer taken; /* what was done to the offer */
	size_t offer_len;	   /* 0: no offer in the request */
	char offer[];		   /* the sender's, with the keys it was taken by */
};

static void wipe_and_free(void *p, size_t len)
{
	if(p == NULL)
		return;
	explicit_bzero(p, len);
	shm_free(p);
}

static size_t answer_len(const struct answer *a)
{
	return sizeof(*a) + a->tag_len + a->in_len + a->out_len;
}

static void free_call(void *param)
{
	struct call *call = param;
	struct answer *a, *earlier;
	int i;

	for(i = 0; i < MAX_BRANCHES_LIMIT; i++)
		wipe_and_free(
				call->branch[i].offered.s, (size_t)call->branch[i].offered.len);
	for(a = call->answer; a; a = earlier) {
		earlier = a->earlier;
		wipe_and_free(a, answer_len(a));
	}
	wipe_and_free(call, sizeof(*call) + call->offer_len);
}

/* ---- branches ----------------------------------------------------------- */

/* Our own id of a branch: the same for its offer and its answers. */
static struct ms_str branch_id(const struct cell *t, int branch, char buf[64])
{
	int n = snprintf(buf, 64, "ms%u.%u.%d", t->hash_index, t->label, branch);

	return (struct ms_str){buf, (size_t)n};
}

static int mark_legs(
		sip_msg_t *msg, const struct call *call, const struct callee *branch)
{
	struct mediasec_legs legs = {
			call->sender.is, branch->leg.is, true, call->spiral};

	return mediasec_mark_add(msg, &legs);
}

/* In a dialog the parties are named, whoever of them begins an exchange. Both
 * have been parsed before the transaction was made. */
static void set_tags(struct mediasec_exchange *x, sip_msg_t *msg)
{
	x->offerer_tag = mediasec_view(&get_from(msg)->tag_value);
	x->answerer_tag = mediasec_view(&get_to(msg)->tag_value);
}

static int keep_offered(struct callee *branch, struct ms_str sdp)
{
	char *copy = shm_malloc(sdp.len);

	if(copy == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	memcpy(copy, sdp.p, sdp.len);
	branch->offered = (str){copy, (int)sdp.len};
	return 0;
}

/* Nothing else has been, or will be, tried: the caller gets the reason. */
static void fail_branch(struct cell *t, sip_msg_t *msg, enum ms_reason reason)
{
	const struct ms_reason_info *info = ms_reason_info(reason);

	LM_NOTICE("branch refused reason=%.*s ci=%.*s\n", (int)info->word.len,
			info->word.p, msg->callid->body.len, msg->callid->body.s);
	mediasec_count_reason(reason);
	mediasec_refuse_branch(msg);
	if(t->nr_of_outgoings == 0 && nr_branches == 0)
		tm.t_reply(msg, (unsigned)info->code, (char *)info->phrase.p);
}

/* A branch is about to be built: the last moment its body can be set. */
static void on_forward(struct cell *t, int type, struct tmcb_params *p)
{
	struct call *call = *p->param;
	int i = t->nr_of_outgoings;
	struct callee *branch = &call->branch[i];
	struct mediasec_callee callee;
	struct mediasec_exchange x;
	struct ms_verdict verdict;
	enum ms_reason reason;
	char id[64];
	struct ms_str sdp;
	str out = {0, 0};

	mediasec_callee(p->req, &callee);
	branch->leg = (struct mediasec_leg){
			call->to, callee.iface, callee.settings.suites};
	branch->media = call->from_caller ? callee.settings.outbound
									  : callee.settings.inbound;
	if(call->initial) {
		verdict = ms_policy_callee(&callee.settings, &callee.is);
		branch->leg.is = verdict.leg;
		if(!verdict.reason && mark_legs(p->req, call, branch) < 0)
			verdict.reason = MS_REASON_INTERNAL;
		if(verdict.reason) {
			fail_branch(t, p->req, verdict.reason);
			return;
		}
	}
	if(!mediasec_msg_sdp(p->req, &sdp))
		return;
	x = (struct mediasec_exchange){.op = MS_RTPP_OFFER,
			.from = call->sender,
			.to = branch->leg,
			.from_caller = call->from_caller,
			.spiral = call->spiral,
			.branch = call->initial,
			.id = branch_id(t, i, id)};
	if(!call->initial)
		set_tags(&x, p->req);
	reason = mediasec_exchange(
			p->req, &x, (struct ms_str){call->offer, call->offer_len}, &out);
	if(!reason
			&& (mediasec_msg_replace(p->req, sdp, mediasec_view(&out)) < 0
					|| (branch->leg.is.mode != MS_MODE_PLAIN
							&& keep_offered(branch, mediasec_view(&out)) < 0)))
		reason = MS_REASON_INTERNAL;
	mediasec_rtpe_free(&out);
	if(reason)
		fail_branch(t, p->req, reason);
}

/* ---- answers ------------------------------------------------------------ */

static int turn_into(sip_msg_t *rpl, const struct ms_reason_info *info)
{
	str *status = &rpl->first_line.u.reply.status;
	str *phrase = &rpl->first_line.u.reply.reason;
	char digits[4];

	snprintf(digits, sizeof(digits), "%d", info->code);
	if(mediasec_msg_replace(rpl, mediasec_view(phrase), info->phrase) < 0)
		return -1;
	/* tm reads the code after its callbacks */
	rpl->first_line.u.reply.statuscode = (unsigned)info->code;
	memcpy(status->s, digits, 3);
	return 0;
}

/* A 2xx cannot be dropped, or its sender repeats it for 32 s and is billed; it
 * becomes a refusal towards the offerer, tm acknowledges it, and our BYE ends
 * what its sender believes to be a call. */
static void refuse_answer(struct cell *t, int i, struct call *call,
		sip_msg_t *rpl, enum ms_reason reason)
{
	const struct ms_reason_info *info = ms_reason_info(reason);
	struct callee *branch = &call->branch[i];
	const bool again = branch->refused;
	char id[64];

	if(rpl->first_line.u.reply.statuscode < 200)
		return;
	branch->refused = true;
	if(!again) {
		LM_NOTICE("answer refused reason=%.*s ci=%.*s\n", (int)info->word.len,
				info->word.p, rpl->callid->body.len, rpl->callid->body.s);
		mediasec_count_reason(reason);
	}
	if(!again && call->initial) {
		mediasec_exchange_delete(
				rpl, &(struct mediasec_exchange){.from = branch->leg,
							 .to = call->sender,
							 .spiral = call->spiral,
							 .branch = true,
							 .id = branch_id(t, i, id)});
		if(mediasec_hangup(t, i, rpl, call->spiral) < 0)
			LM_ERR("no BYE can be sent for a refused answer\n");
	}
	if(turn_into(rpl, info) < 0)
		LM_ERR("a refused answer cannot be turned into %d\n", info->code);
}

/* A secured party has to answer what it was offered (RFC 4568, 7.1.2). */
static bool is_answer_secure(const struct callee *branch, struct ms_str sdp)
{
	return branch->leg.is.mode == MS_MODE_PLAIN
		   || (branch->offered.s
				   && ms_sdp_answer_is_secure(mediasec_view(&branch->offered),
						   sdp, branch->leg.suites));
}

/* A reply answers the sender of its request, or makes it the answerer. */
static void set_reply_tags(
		struct mediasec_exchange *x, sip_msg_t *rpl, bool answers)
{
	struct ms_str from = mediasec_view(&get_from(rpl)->tag_value);
	struct ms_str to = mediasec_view(&get_to(rpl)->tag_value);

	x->offerer_tag = answers ? from : to;
	x->answerer_tag = answers ? to : from;
}

/* A party that is held to it offers nothing else (it does so in a 2xx when the
 * INVITE had no offer). */
static bool is_offer_secure(const struct callee *branch, struct ms_str sdp)
{
	struct ms_sdp_facts facts;

	return branch->leg.is.mode != MS_MODE_ENFORCED
		   || (ms_sdp_survey(sdp, branch->leg.suites, &facts) == MS_OK
				   && ms_sdp_is_secure(&facts));
}

static bool is_forbidden(const struct callee *branch, struct ms_str sdp)
{
	struct ms_sdp_facts facts;

	return ms_sdp_survey(sdp, branch->leg.suites, &facts) == MS_OK
		   && ms_policy_forbids(branch->media, &branch->leg.is, &facts);
}

/* The answer in the words of the offer, before we simplified that. */
static enum ms_reason dress(sip_msg_t *rpl, const struct call *call, str *sdp)
{
	char id[MEDIASEC_ID_LEN + 1];
	struct ms_str tls_id = mediasec_mark_id(
			mediasec_view(&rpl->callid->body), call->spiral, true, id);
	size_t size = ms_offer_answer_size(mediasec_view(sdp), tls_id), len;
	str dressed = {pkg_malloc((int)size), (int)size};

	if(dressed.s == NULL
			|| ms_offer_answer(&call->taken, mediasec_view(sdp), tls_id,
					   dressed.s, size, &len)
					   != MS_OK) {
		mediasec_rtpe_free(&dressed);
		return MS_REASON_INTERNAL;
	}
	dressed.len = (int)len;
	mediasec_rtpe_free(sdp);
	*sdp = dressed;
	return MS_REASON_NONE;
}

/* rtpengine's answer has to be one to what the sender offered. */
static enum ms_reason finish_answer(
		sip_msg_t *rpl, const struct call *call, str *sdp)
{
	if(call->sender.is.mode != MS_MODE_PLAIN
			&& !ms_sdp_answer_is_secure(
					(struct ms_str){call->offer, call->offer_len},
					mediasec_view(sdp), call->sender.suites))
		return MS_REASON_RELAY_FAILED;
	return dress(rpl, call, sdp);
}

/* Keep an answer as the last one. Two workers may each have one at a time. */
static void keep_answer(struct call *call, int branch, struct ms_str tag,
		struct ms_str in, struct ms_str out)
{
	struct answer *a = shm_malloc(sizeof(*a) + tag.len + in.len + out.len);

	if(a == NULL)
		return;
	a->branch = branch;
	a->tag_len = tag.len;
	a->in_len = in.len;
	a->out_len = out.len;
	memcpy(a->text, tag.p, tag.len);
	memcpy(a->text + tag.len, in.p, in.len);
	memcpy(a->text + tag.len + in.len, out.p, out.len);
	do
		a->earlier = call->answer;
	while(!__sync_bool_compare_and_swap(&call->answer, a->earlier, a));
}

/* @return true if this is the last answer again; *out is what was made of it */
static bool is_last_answer(const struct call *call, int branch,
		struct ms_str tag, struct ms_str in, str *out)
{
	const struct answer *a = call->answer;

	if(a == NULL || a->branch != branch
			|| !ms_str_eq((struct ms_str){a->text, a->tag_len}, tag)
			|| !ms_str_eq((struct ms_str){a->text + a->tag_len, a->in_len}, in))
		return false;
	out->s = pkg_malloc((int)a->out_len);
	if(out->s == NULL)
		return false;
	out->len = (int)a->out_len;
	memcpy(out->s, a->text + a->tag_len + a->in_len, a->out_len);
	return true;
}

static enum ms_reason relay_answer(struct cell *t, int i, struct call *call,
		sip_msg_t *rpl, struct ms_str sdp, str *out)
{
	struct callee *branch = &call->branch[i];
	const bool answers = call->offer_len > 0;
	struct ms_str tag = mediasec_view(&get_to(rpl)->tag_value);
	char id[64];
	struct mediasec_exchange x = {
			.op = answers ? MS_RTPP_ANSWER : MS_RTPP_OFFER,
			.from = branch->leg,
			.to = call->sender,
			.from_caller = !call->from_caller,
			.spiral = call->spiral,
			.branch = call->initial,
			.applied = call->requested,
			.ice = call->ice,
			.id = branch_id(t, i, id)};
	enum ms_reason reason;

	if(!call->initial)
		set_reply_tags(&x, rpl, answers);
	if(branch->refused
			|| !(answers ? is_answer_secure(branch, sdp)
						 : is_offer_secure(branch, sdp)))
		return MS_REASON_ANSWER_INSECURE;
	if(is_forbidden(branch, sdp))
		return MS_REASON_OFFER_FORBIDDEN;
	if(is_last_answer(call, i, tag, sdp, out))
		return MS_REASON_NONE;
	reason = mediasec_exchange(rpl, &x, sdp, out);
	if(!reason && answers)
		reason = finish_answer(rpl, call, out);
	if(!reason)
		keep_answer(call, i, tag, sdp, mediasec_view(out));
	return reason;
}

/* A 2xx makes an exchange the one to go back to: complete, or with the offer
 * whose answer ACK will bring. A reliable 18x does so, too: for PRACK, and in an
 * INVITE that begins a dialog, whose 2xx may have no session description. */
static void keep_accepted(struct call *call, const struct callee *branch,
		sip_msg_t *rpl, struct ms_str sdp)
{
	const bool answers = call->offer_len > 0;
	struct mediasec_accepted accepted = {
			.x = {.op = MS_RTPP_OFFER, .spiral = call->spiral}};

	set_reply_tags(&accepted.x, rpl, answers);
	if(answers) {
		accepted.x.from = call->sender;
		accepted.x.to = branch->leg;
		accepted.x.from_caller = call->from_caller;
		accepted.offer = (struct ms_str){call->offer, call->offer_len};
		accepted.answer = sdp;
	} else {
		accepted.x.from = branch->leg;
		accepted.x.to = call->sender;
		accepted.x.from_caller = !call->from_caller;
		accepted.offer = sdp;
	}
	mediasec_dialog_keep(rpl, &accepted);
}

/* rtpengine took the rejected offer up already: give it again what both had
 * accepted. What it says to that, the parties have long been told.
 * @return false if that is not known, or rtpengine does not take it */
static bool replay(sip_msg_t *msg, unsigned spiral)
{
	struct mediasec_accepted accepted;
	str memory = {0, 0}, out = {0, 0};
	struct mediasec_exchange answer;
	enum ms_reason reason = MS_REASON_RELAY_FAILED;

	if(!mediasec_dialog_get(msg, spiral, &accepted, &memory))
		return false;
	answer = accepted.x;
	answer.op = MS_RTPP_ANSWER;
	answer.from = accepted.x.to;
	answer.to = accepted.x.from;
	answer.from_caller = !accepted.x.from_caller;
	if(accepted.answer.len > 0)
		reason = mediasec_exchange(msg, &accepted.x, accepted.offer, &out);
	mediasec_rtpe_free(&out);
	if(!reason)
		reason = mediasec_exchange(msg, &answer, accepted.answer, &out);
	mediasec_rtpe_free(&out);
	mediasec_rtpe_free(&memory);
	if(!reason)
		mediasec_count(MEDIASEC_COUNT_REPLAYED);
	return !reason;
}

/* The offer will come again, with credentials or a little later (RFC 3261,
 * 14.1), and rtpengine will have it then. */
static bool is_retried(int code)
{
	return code == 401 || code == 407 || code == 491;
}

/* rtpengine has a rejected offer and nothing to go back to: better no call than
 * one that is up and silent. */
static void end_dialog(struct cell *t, struct call *call, sip_msg_t *req)
{
	LM_NOTICE("a call ends with its rejected offer, the media before it are "
			  "not known: ci=%.*s\n",
			req->callid->body.len, req->callid->body.s);
	mediasec_count(MEDIASEC_COUNT_NOT_REPLAYED);
	mediasec_dialog_drop(req, call->spiral);
	mediasec_exchange_delete(
			req, &(struct mediasec_exchange){.from = call->sender,
						 .to.is = call->to,
						 .from_caller = call->from_caller,
						 .spiral = call->spiral});
	mediasec_hangup_transaction(t, req);
}

/* The reply whose session description was part of an exchange. */
static const sip_msg_t *seen_reply;

bool mediasec_call_saw(const sip_msg_t *rpl)
{
	return seen_reply == rpl;
}

void mediasec_call_forget(void)
{
	seen_reply = NULL;
}

static void on_reply(struct cell *t, int type, struct tmcb_params *p)
{
	struct call *call = *p->param;
	int i = tm.t_gett_branch();
	enum ms_reason reason = MS_REASON_NONE;
	struct ms_str sdp;
	str out = {0, 0};

	if(p->rpl == NULL || p->rpl == FAKED_REPLY
			|| parse_headers(p->rpl, HDR_EOH_F, 0) < 0
			|| parse_from_header(p->rpl) < 0 || parse_to_header(p->rpl) < 0
			|| get_cseq(p->rpl)->method_id == METHOD_CANCEL)
		return;
	if(mediasec_msg_strip(p->rpl) < 0)
		LM_ERR("cannot strip a reply\n");
	if(!mediasec_msg_sdp(p->rpl, &sdp))
		return;
	seen_reply = p->rpl;
	if(p->code < 300)
		reason = relay_answer(t, i, call, p->rpl, sdp, &out);
	/* what is refused leaves without a session description, and so does one
	 * that only explains a failure */
	if(reason || p->code >= 300) {
		if(mediasec_msg_remove_sdp(p->rpl, sdp) < 0)
			reason = MS_REASON_INTERNAL;
	} else if(mediasec_msg_replace(p->rpl, sdp, mediasec_view(&out)) < 0) {
		reason = MS_REASON_INTERNAL;
	}
	mediasec_rtpe_free(&out);
	if(reason)
		refuse_answer(t, i, call, p->rpl, reason);
	else if(p->code < 300
			&& (p->code >= 200 || call->initial || call->offer_len == 0))
		keep_accepted(call, &call->branch[i], p->rpl, sdp);
}

/* Every way an offer fails ends here, timeouts and local replies included. */
static void on_reply_ready(struct cell *t, int type, struct tmcb_params *p)
{
	struct call *call = *p->param;
	struct mediasec_exchange x = {.from = call->sender, .spiral = call->spiral};
	int i;

	if(p->code < 300 || t->nr_of_outgoings == 0)
		return;
	if(!call->initial) {
		if(call->offer_len > 0 && !replay(p->req, call->spiral)
				&& !is_retried(p->code))
			end_dialog(t, call, p->req);
		return;
	}
	for(i = 0; i < t->nr_of_outgoings; i++) {
		if(call->branch[i].leg.is.mode != MS_MODE_PLAIN)
			x.to = call->branch[i].leg;
	}
	mediasec_dialog_drop(p->req, call->spiral);
	mediasec_exchange_delete(p->req, &x);
}

/* ---- beginning ---------------------------------------------------------- */

static struct call *make_call(sip_msg_t *msg,
		const struct mediasec_request *req, const struct ms_leg *leg)
{
	const struct ms_facts *facts = &req->facts;
	size_t size = facts->has_sdp ? ms_sdp_edit_size(req->offer) : 0;
	struct call *call = shm_mallocxz(sizeof(*call) + size);

	if(call == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	call->sender =
			(struct mediasec_leg){*leg, req->iface, req->settings.suites};
	call->requested = facts->sdp.requested;
	call->ice = facts->sdp.ice;
	call->initial = !facts->in_dialog;
	call->from_caller = call->initial || req->legs.from_caller;
	call->to = req->legs.to;
	call->spiral = call->initial ? mediasec_mark_count(msg) : req->legs.spiral;
	call->taken = req->taken;
	/* as rtpengine gets it, for that is what its answer is compared with */
	if(facts->has_sdp
			&& ms_sdp_edit(req->offer,
					   leg->mode == MS_MODE_PLAIN ? MS_EDIT_PLAIN
												  : MS_EDIT_NUMBERED,
					   req->settings.suites, call->offer, size,
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
	struct call *call = make_call(msg, req, leg);

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
