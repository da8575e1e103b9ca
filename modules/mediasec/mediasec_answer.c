/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_answer.h"

#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_continuity.h"
#include "mediasec_dialog.h"
#include "mediasec_event.h"
#include "mediasec_hangup.h"
#include "mediasec_mark.h"
#include "mediasec_msg.h"
#include "mediasec_refuse.h"
#include "mediasec_str.h"

/* ---- what was made of an answer ----------------------------------------- */

/* Answers of one branch that rtpengine is told of, and parties that get BYE there.
 * Who forks behind us does so to fewer; who sends more wants memory and rtpengine's
 * ports for nothing. */
#define ANSWERS_MAX 16

/* An answer comes again in the 200 after a 183, and with each repetition of the
 * 200: rtpengine and mediasec_dialog need it once. */
struct mediasec_answer
{
	struct mediasec_answer *earlier;
	int branch;
	bool refused;	/* only the To-tag of a 2xx that was */
	bool accepted;	/* mediasec_dialog has it */
	bool confirmed; /* by a 2xx */
	size_t tag_len, in_len, out_len;
	char text[]; /* To-tag, as it came, as it went */
};

static struct ms_str tag_of(const struct mediasec_answer *a)
{
	return (struct ms_str){a->text, a->tag_len};
}

static struct ms_str in_of(const struct mediasec_answer *a)
{
	return (struct ms_str){a->text + a->tag_len, a->in_len};
}

static struct ms_str out_of(const struct mediasec_answer *a)
{
	return (struct ms_str){a->text + a->tag_len + a->in_len, a->out_len};
}

void mediasec_answer_free(struct mediasec_answer *last)
{
	struct mediasec_answer *a, *earlier;

	for(a = last; a; a = earlier) {
		earlier = a->earlier;
		explicit_bzero(a->text, a->tag_len + a->in_len + a->out_len);
		shm_free(a);
	}
}

static struct mediasec_answer *answer_new(
		int branch, struct ms_str tag, struct ms_str in, struct ms_str out)
{
	struct mediasec_answer *a =
			shm_malloc(sizeof(*a) + tag.len + in.len + out.len);

	if(a == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	*a = (struct mediasec_answer){.branch = branch,
			.tag_len = tag.len,
			.in_len = in.len,
			.out_len = out.len};
	memcpy(a->text, tag.p, tag.len);
	memcpy(a->text + tag.len, in.p, in.len);
	memcpy(a->text + tag.len + in.len, out.p, out.len);
	return a;
}

/* Keep an answer as the last one. Two workers may each have one at a time, so
 * none is taken away before the transaction ends. NULL: out of memory */
static struct mediasec_answer *keep(struct mediasec_call *call, int branch,
		struct ms_str tag, struct ms_str in, struct ms_str out)
{
	struct mediasec_answer *a = answer_new(branch, tag, in, out);

	if(a == NULL)
		return NULL;
	do
		a->earlier = call->answer;
	while(!__sync_bool_compare_and_swap(&call->answer, a->earlier, a));
	return a;
}

struct ms_str mediasec_answer_tag(
		const struct mediasec_call *call, int branch, int n)
{
	const struct mediasec_answer *a;

	for(a = call->answer; a; a = a->earlier)
		if(a->branch == branch && !a->refused && n-- == 0)
			return tag_of(a);
	return MS_STR("");
}

static bool is_of_party(
		const struct mediasec_answer *a, int branch, struct ms_str tag)
{
	return a->branch == branch && ms_str_eq(tag_of(a), tag);
}

/* @return the answer whose body a reply gets without asking rtpengine, or NULL. After
 *         the 2xx of a dialog no other session description counts (RFC 3261, 13.2.1).
 *         With the 2xx rtpengine is told once more what it knows if somebody else has
 *         spoken last, who has the media; or may have, in a request of its own. */
static struct mediasec_answer *find_again(const struct mediasec_call *call,
		int branch, struct ms_str tag, struct ms_str in, bool final,
		bool others)
{
	struct mediasec_answer *a;
	bool last = !others;

	for(a = call->answer; a; a = a->earlier) {
		if(a->refused)
			continue;
		if(is_of_party(a, branch, tag)
				&& (a->confirmed
						|| (ms_str_eq(in_of(a), in) && (last || !final))))
			return a;
		last = false;
	}
	return NULL;
}

/* ---- who was refused ---------------------------------------------------- */

static bool has_refused(
		const struct mediasec_answer *last, int branch, struct ms_str tag)
{
	const struct mediasec_answer *a;

	for(a = last; a; a = a->earlier)
		if(a->refused && is_of_party(a, branch, tag))
			return true;
	return false;
}

/* @return true once for each party, and for no more than ANSWERS_MAX of a branch */
static bool keep_refused(
		struct mediasec_call *call, int branch, struct ms_str tag)
{
	const struct ms_str none = MS_STR("");
	struct mediasec_answer *a;

	if(has_refused(call->answer, branch, tag)
			|| __sync_fetch_and_add(&call->branch[branch].refusals, 1)
					   >= ANSWERS_MAX)
		return false;
	a = answer_new(branch, tag, none, none);
	if(a == NULL)
		return false;
	a->refused = true;
	/* while one worker waits for rtpengine, another may have its repetition */
	do {
		a->earlier = call->answer;
		if(has_refused(a->earlier, branch, tag)) {
			shm_free(a);
			return false;
		}
	} while(!__sync_bool_compare_and_swap(&call->answer, a->earlier, a));
	return true;
}

/* ---- is it good? -------------------------------------------------------- */

/* A party that is held to it answers, or offers (in a 2xx, when the INVITE had no
 * offer), nothing else. */
static bool is_secure(const struct mediasec_call *call,
		const struct mediasec_branch *from, struct ms_str sdp,
		const struct ms_sdp_facts *facts)
{
	if(call->offer_len > 0)
		return mediasec_is_answer(
				&from->leg, mediasec_view(&from->offered), sdp, !call->initial);
	return from->leg.is.mode != MS_MODE_ENFORCED || ms_sdp_is_secure(facts);
}

/* @param facts [out] of the session description, on MS_REASON_NONE only */
static enum ms_reason fault(const struct mediasec_call *call,
		const struct mediasec_branch *from, struct ms_str sdp,
		struct ms_sdp_facts *facts)
{
	/* tm made this branch by itself: it was offered nothing */
	if(!from->leg.iface)
		return MS_REASON_RELAY_FAILED;
	if(ms_sdp_survey(sdp, &from->leg.keying, facts) != MS_OK)
		return from->leg.is.mode == MS_MODE_PLAIN ? MS_REASON_SDP_MALFORMED
												  : MS_REASON_ANSWER_INSECURE;
	if(!is_secure(call, from, sdp, facts))
		return MS_REASON_ANSWER_INSECURE;
	return ms_policy_forbids(from->media, &from->leg.is, facts)
				   ? MS_REASON_OFFER_FORBIDDEN
				   : MS_REASON_NONE;
}

/* ---- from the answerer to the offerer ----------------------------------- */

/* A reply answers the sender of its request, or makes it the answerer. */
static void set_tags(struct mediasec_exchange *x, sip_msg_t *rpl, bool answers)
{
	struct ms_str from = mediasec_view(&get_from(rpl)->tag_value);
	struct ms_str to = mediasec_view(&get_to(rpl)->tag_value);

	x->offerer_tag = answers ? from : to;
	x->answerer_tag = answers ? to : from;
}

/* The answer in the words of the offer, before we simplified that. */
static enum ms_reason dress(
		sip_msg_t *rpl, const struct mediasec_call *call, str *sdp)
{
	char buf[MEDIASEC_TLS_ID_LEN + 1];
	struct ms_str tls_id = mediasec_mark_tls_id(
			mediasec_view(&rpl->callid->body), &call->origin, buf);
	struct mediasec_draft draft =
			mediasec_draft(ms_offer_answer_size(mediasec_view(sdp), tls_id));
	enum ms_err err = ms_offer_answer(&call->taken, mediasec_view(sdp), tls_id,
			draft.p, draft.size, &draft.len);

	return mediasec_draft_end(&draft, err, sdp) ? MS_REASON_INTERNAL
												: MS_REASON_NONE;
}

/* rtpengine's answer has to be one to what the sender offered. */
static enum ms_reason finish(
		sip_msg_t *rpl, const struct mediasec_call *call, str *sdp)
{
	if(!mediasec_is_answer(&call->sender,
			   (struct ms_str){call->offer, call->offer_len},
			   mediasec_view(sdp), false))
		return MS_REASON_RELAY_FAILED;
	return dress(rpl, call, sdp);
}

/* @param answer [out] on MS_REASON_NONE only; lives as long as the transaction */
static enum ms_reason relay(struct cell *t, int i, struct mediasec_call *call,
		sip_msg_t *rpl, struct ms_str sdp, struct mediasec_answer **answer)
{
	const bool answers = call->offer_len > 0;
	struct ms_str tag = mediasec_view(&get_to(rpl)->tag_value);
	const struct mediasec_branch *from = &call->branch[i];
	struct ms_sdp_facts facts;
	char id[MEDIASEC_BRANCH_MAX];
	struct mediasec_exchange x = {
			.op = answers ? MS_RTPP_ANSWER : MS_RTPP_OFFER,
			.from = from->leg,
			.to = call->sender,
			.from_caller = !call->from_caller,
			.origin = call->origin,
			.branch = call->initial,
			.applied = call->requested,
			.ice = call->ice,
			.id = mediasec_call_branch(t, from, id),
			.facts = &facts};
	enum ms_reason reason;
	const bool final = rpl->first_line.u.reply.statuscode >= 200;
	str out = {0, 0};

	*answer = find_again(call, i, tag, sdp, final,
			final && call->initial
					&& mediasec_dialog_has_others(rpl, &call->origin, true));
	if(*answer)
		return MS_REASON_NONE;
	reason = fault(call, from, sdp, &facts);
	if(reason)
		return reason;
	if(__sync_fetch_and_add(&call->branch[i].answers, 1) >= ANSWERS_MAX
			&& !find_again(call, i, tag, sdp, false, false))
		return MS_REASON_ANSWER_LIMIT;
	if(!call->initial) {
		if(!answers
				&& !mediasec_dialog_offer(
						rpl, &call->origin, call->from_caller, &call->turn))
			return MS_REASON_REOFFER_PENDING;
		set_tags(&x, rpl, answers);
	}
	reason = mediasec_exchange(rpl, &x, sdp, &out);
	if(!reason && answers)
		reason = finish(rpl, call, &out);
	if(!reason) {
		*answer = keep(call, i, tag, sdp, mediasec_view(&out));
		reason = *answer ? MS_REASON_NONE : MS_REASON_INTERNAL;
		mediasec_continuity(rpl, x.from.is.mech, sdp);
	}
	mediasec_rtpe_free(&out);
	return reason;
}

/* A 2xx makes an exchange the one to go back to: complete, or with the offer
 * whose answer ACK will bring. A reliable 18x does so, too: for PRACK, and in an
 * INVITE that begins a dialog, whose 2xx may have no session description. */
static enum ms_reason accept_answer(struct cell *t, struct mediasec_call *call,
		sip_msg_t *rpl, struct mediasec_answer *a)
{
	const bool final = rpl->first_line.u.reply.statuscode >= 200;
	const bool answers = call->offer_len > 0;
	const struct mediasec_branch *branch = &call->branch[a->branch];
	struct mediasec_accepted accepted = {
			.x = {.op = MS_RTPP_OFFER, .origin = call->origin}};
	enum ms_reason reason;

	if(a->confirmed || (!final && (a->accepted || (!call->initial && answers))))
		return MS_REASON_NONE;
	if(call->initial)
		mediasec_call_branch(t, branch, accepted.branch);
	else
		memcpy(accepted.branch, call->dialog, sizeof(accepted.branch));
	set_tags(&accepted.x, rpl, answers);
	if(answers) {
		accepted.x.from = call->sender;
		accepted.x.to = branch->leg;
		accepted.x.from_caller = call->from_caller;
		accepted.offer = (struct ms_str){call->offer, call->offer_len};
		accepted.answer = in_of(a);
	} else {
		accepted.x.from = branch->leg;
		accepted.x.to = call->sender;
		accepted.x.from_caller = !call->from_caller;
		accepted.offer = in_of(a);
		accepted.sent = out_of(a);
	}
	reason = mediasec_dialog_keep(rpl, &accepted);
	if(!reason) {
		a->accepted = true;
		a->confirmed = final;
	}
	return reason;
}

/* ---- refusing it -------------------------------------------------------- */

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
 * what its sender believes to be a call. Who has answered before on this branch is
 * another party, which goes on. */
static void refuse(struct cell *t, int i, struct mediasec_call *call,
		sip_msg_t *rpl, enum ms_reason reason)
{
	const struct ms_reason_info *info = ms_reason_info(reason);
	struct mediasec_branch *branch = &call->branch[i];

	call->refused = reason;
	if(__sync_bool_compare_and_swap(
			   &branch->outcome, MEDIASEC_BRANCH_OPEN, MEDIASEC_BRANCH_REFUSED)
			&& call->initial)
		mediasec_call_end_branch(t, i, call, rpl);
	if(keep_refused(call, i, mediasec_view(&get_to(rpl)->tag_value))) {
		mediasec_refuse_tell("answer", reason, rpl);
		if(call->initial) {
			mediasec_dialog_go_on(rpl, &call->origin);
			if(mediasec_hangup(t, i, rpl, &call->origin) < 0)
				LM_ERR("no BYE can be sent for a refused answer\n");
		}
	}
	if(turn_into(rpl, info) < 0)
		LM_ERR("a refused answer cannot be turned into %d\n", info->code);
}

/* A 1xx has lost its session description; only that there were too many is told. */
static void refuse_early(
		struct mediasec_branch *branch, sip_msg_t *rpl, enum ms_reason reason)
{
	if(reason == MS_REASON_ANSWER_LIMIT
			&& __sync_bool_compare_and_swap(&branch->limited, false, true))
		mediasec_refuse_tell("answer", reason, rpl);
}

/* ---- telling the script ------------------------------------------------- */

/* The first suite of a session description; none with DTLS. */
static struct ms_str suite_of(
		struct ms_str body, const struct ms_keying *keying)
{
	struct ms_mline mline;
	struct ms_sdp sdp;

	if(ms_sdp_open(body, keying, &sdp) == MS_OK) {
		while(ms_sdp_next(&sdp, &mline) == MS_OK)
			if(mline.protection == MS_PROT_SDES)
				return ms_suite_name(mline.crypto.suite);
	}
	return (struct ms_str){NULL, 0};
}

static void tell_leg(sip_msg_t *msg, enum mediasec_party party,
		const struct mediasec_leg *leg, struct ms_str suite)
{
	if(leg->is.mode == MS_MODE_PLAIN)
		return;
	mediasec_event_message(
			(struct mediasec_event){.kind = MEDIASEC_EVENT_SECURED,
					.reason = MS_STR(""),
					.party = party,
					.leg = leg->is,
					.suite = suite},
			msg);
}

void mediasec_answer_suites(const struct mediasec_call *call, int branch,
		struct ms_str *offerer, struct ms_str *answerer)
{
	const struct mediasec_answer *a = call->answer;

	*offerer = *answerer = (struct ms_str){NULL, 0};
	while(a && (a->refused || a->branch != branch))
		a = a->earlier;
	if(a == NULL || call->offer_len == 0)
		return;
	*offerer = suite_of(out_of(a), &call->sender.keying);
	*answerer = suite_of(in_of(a), &call->branch[branch].leg.keying);
}

/* What is answered in an ACK has no suite yet. */
static void tell_secured(
		struct cell *t, int i, const struct mediasec_call *call, sip_msg_t *rpl)
{
	struct ms_str caller, callee;

	if(!mediasec_event_is_wanted(MEDIASEC_EVENT_SECURED))
		return;
	mediasec_answer_suites(call, i, &caller, &callee);
	tell_leg(t->uas.request, MEDIASEC_CALLER, &call->sender, caller);
	tell_leg(rpl, MEDIASEC_CALLEE, &call->branch[i].leg, callee);
}

/* ---- a reply ------------------------------------------------------------ */

/* the last whose session description is no longer its sender's */
static const sip_msg_t *seen_reply;

bool mediasec_answer_saw(const sip_msg_t *rpl)
{
	return seen_reply == rpl;
}

void mediasec_answer_forget(void)
{
	seen_reply = NULL;
}

/* A 2xx can be accepted. It is told of once for each branch, however often it is
 * repeated.
 * @return false if another one was refused meanwhile, and the branch with it */
static bool answers_branch(
		struct cell *t, int i, struct mediasec_call *call, sip_msg_t *rpl)
{
	struct mediasec_branch *branch = &call->branch[i];

	if(rpl->first_line.u.reply.statuscode / 100 != 2 || !call->initial)
		return true;
	if(__sync_bool_compare_and_swap(&branch->outcome, MEDIASEC_BRANCH_OPEN,
			   MEDIASEC_BRANCH_ANSWERED))
		tell_secured(t, i, call, rpl);
	return branch->outcome == MEDIASEC_BRANCH_ANSWERED;
}

/* @param sdp    NULL: it has none
 * @param answer [out] what takes its place; as it was: nothing */
static enum ms_reason judge(struct cell *t, int i, struct mediasec_call *call,
		sip_msg_t *rpl, const struct ms_str *sdp,
		struct mediasec_answer **answer)
{
	enum ms_reason reason;

	if(call->branch[i].outcome == MEDIASEC_BRANCH_REFUSED
			|| has_refused(
					call->answer, i, mediasec_view(&get_to(rpl)->tag_value)))
		return call->refused;
	/* another party has answered the call since its request came */
	if(!call->initial
			&& mediasec_dialog_is_lost(rpl, &call->origin, call->from_caller))
		return MS_REASON_REOFFER_PENDING;
	if(sdp) {
		call->branch[i].spoke = true;
		reason = relay(t, i, call, rpl, *sdp, answer);
		if(!reason)
			reason = accept_answer(t, call, rpl, *answer);
		if(reason)
			return reason;
	}
	return answers_branch(t, i, call, rpl) ? MS_REASON_NONE : call->refused;
}

/* One that cannot be read, in a body that may hide another, goes with all of that.
 * @param answer what takes its place, or NULL */
static int replace(
		sip_msg_t *rpl, struct ms_str sdp, const struct mediasec_answer *answer)
{
	return answer && sdp.len > 0
				   ? mediasec_msg_replace(rpl, sdp, out_of(answer))
				   : mediasec_msg_remove_sdp(rpl, sdp);
}

void mediasec_answer(
		struct cell *t, int branch, struct mediasec_call *call, sip_msg_t *rpl)
{
	const unsigned code = rpl->first_line.u.reply.statuscode;
	struct mediasec_answer *answer = NULL;
	enum ms_reason reason = MS_REASON_NONE;
	struct ms_str sdp;
	const bool has_sdp = mediasec_msg_sdp(rpl, &sdp);

	/* one that explains a failure is for nobody, nor is a 1xx that was late */
	if(code < 300 && (code >= 200 || t->uas.status < 200))
		reason = judge(t, branch, call, rpl, has_sdp ? &sdp : NULL, &answer);
	if(has_sdp) {
		if(replace(rpl, sdp, reason ? NULL : answer) < 0)
			reason = MS_REASON_INTERNAL;
		else
			seen_reply = rpl;
	}
	if(reason && code >= 200)
		refuse(t, branch, call, rpl, reason);
	else if(reason)
		refuse_early(&call->branch[branch], rpl, reason);
}
