/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_dialog.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/hashes.h"
#include "../../core/locking.h"
#include "../../core/mem/mem.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/timer.h"

#include "mediasec_cfg.h"
#include "mediasec_counters.h"
#include "mediasec_mark.h"
#include "mediasec_msg.h"
#include "mediasec_str.h"

#define ROWS 4096
#define LOCKS 64
#define SWEEP_S 60
#define TEXTS 6 /* id, tags of offerer and answerer, offer, answer, sent */
/* dialogs of one call; who goes on making early ones loses the first of them, and
 * nobody takes the place of one that is up */
#define DIALOGS_MAX 16

/* One allocation: the texts follow one another. */
struct entry
{
	struct entry *next;
	ticks_t touched;
	bool confirmed; /* no longer early */
	unsigned turn;	/* of the last offer that rtpengine got */
	bool replaying; /* and it is being told to go back from that */
	struct mediasec_exchange x;
	char branch[MEDIASEC_BRANCH_MAX];
	size_t len[TEXTS];
	char text[];
};

/* What a message is about: a dialog, or with an empty tag all of its call. */
struct name
{
	struct ms_str call_id;
	struct ms_str tag;	  /* of the party that was called */
	struct ms_str branch; /* rtpengine's id of its leg, to match by that */
	struct mediasec_origin origin;
};

static struct entry **rows; /* shared */
static gen_lock_set_t *locks;

/* ---- one entry ---------------------------------------------------------- */

static void to_texts(struct ms_str id, const struct mediasec_accepted *accepted,
		struct ms_str text[TEXTS])
{
	text[0] = id;
	text[1] = accepted->x.offerer_tag;
	text[2] = accepted->x.answerer_tag;
	text[3] = accepted->offer;
	text[4] = accepted->answer;
	text[5] = accepted->sent;
}

static size_t text_len(const struct entry *e)
{
	size_t len = 0;
	int i;

	for(i = 0; i < TEXTS; i++)
		len += e->len[i];
	return len;
}

static struct entry *entry_new(
		struct ms_str id, const struct mediasec_accepted *accepted)
{
	struct ms_str text[TEXTS];
	struct entry *e;
	size_t len = 0;
	int i;

	to_texts(id, accepted, text);
	for(i = 0; i < TEXTS; i++)
		len += text[i].len;
	e = shm_malloc(sizeof(*e) + len);
	if(e == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	e->next = NULL;
	e->touched = get_ticks();
	e->confirmed = false;
	e->turn = 1;
	e->replaying = false;
	e->x = accepted->x;
	memcpy(e->branch, accepted->branch, sizeof(e->branch));
	for(i = 0, len = 0; i < TEXTS; i++) {
		if(text[i].len > 0)
			memcpy(e->text + len, text[i].p, text[i].len);
		e->len[i] = text[i].len;
		len += text[i].len;
	}
	return e;
}

static void entries_free(struct entry *e)
{
	struct entry *next;

	for(; e; e = next) {
		next = e->next;
		explicit_bzero(e->text, text_len(e));
		shm_free(e);
	}
}

/* The tag of the party that was called, which tells the dialogs of a call. */
static struct ms_str called_tag(const struct entry *e)
{
	const size_t at = e->len[0] + (e->x.from_caller ? e->len[1] : 0);

	return (struct ms_str){
			e->text + at, e->x.from_caller ? e->len[2] : e->len[1]};
}

static bool has_call_id(const struct entry *e, const struct name *name)
{
	return ms_str_eq((struct ms_str){e->text, e->len[0]}, name->call_id);
}

static bool is_of_call(const struct entry *e, const struct name *name)
{
	return has_call_id(e, name) && e->x.origin.index == name->origin.index
		   && e->x.origin.label == name->origin.label;
}

static bool is_of_branch(const struct entry *e, const struct name *name)
{
	return is_of_call(e, name)
		   && ms_str_eq(mediasec_view_z(e->branch), name->branch);
}

static bool is_of(const struct entry *e, const struct name *name)
{
	return is_of_call(e, name) && ms_str_eq(called_tag(e), name->tag);
}

/* Of whatever call: a core that sends one back through us leaves its tags. */
static bool is_of_any(const struct entry *e, const struct name *name)
{
	return has_call_id(e, name) && ms_str_eq(called_tag(e), name->tag);
}

static bool is_up(const struct entry *e, const struct name *name)
{
	return is_of(e, name) && e->confirmed;
}

/* Another dialog of the call, or any, in which the parties may be talking. */
static bool is_other(const struct entry *e, const struct name *name)
{
	return is_of_call(e, name) && e->confirmed
		   && !ms_str_eq(called_tag(e), name->tag);
}

typedef bool match_f(const struct entry *e, const struct name *name);

static void name_call(
		struct name *name, sip_msg_t *msg, const struct mediasec_origin *origin)
{
	name->call_id = mediasec_view(&msg->callid->body);
	name->origin = *origin;
	name->tag = MS_STR("");
}

static void name_dialog(struct name *name, sip_msg_t *msg,
		const struct mediasec_origin *origin, bool from_caller)
{
	name_call(name, msg, origin);
	name->tag = mediasec_view(
			from_caller ? &get_to(msg)->tag_value : &get_from(msg)->tag_value);
}

/* ---- the table ---------------------------------------------------------- */

static unsigned row_of(const struct name *name)
{
	str text = mediasec_str(name->call_id);

	return get_hash1_raw(text.s, text.len) % ROWS;
}

/* @return what was at *at */
static struct entry *take_out(struct entry **at, struct entry *next)
{
	struct entry *e = *at;

	*at = e->next;
	e->next = next;
	return e;
}

/* Take the entries that match out of a row. They are freed by the caller, outside
 * of the lock. */
static struct entry *take_from(
		unsigned row, const struct name *name, match_f *match)
{
	struct entry **at, *taken = NULL;

	lock_set_get(locks, (int)(row % LOCKS));
	for(at = &rows[row]; *at;) {
		if(match(*at, name))
			taken = take_out(at, taken);
		else
			at = &(*at)->next;
	}
	lock_set_release(locks, (int)(row % LOCKS));
	return taken;
}

static struct entry *take(const struct name *name, match_f *match)
{
	return take_from(row_of(name), name, match);
}

/* Put an entry in the place of the one of its dialog, or of the oldest early one
 * where a call has too many. @return what is to be freed: itself, if there is no
 * place */
static struct entry *put(const struct name *name, struct entry *e)
{
	unsigned row = row_of(name), n = 0;
	struct entry **at, **early = NULL, **same = NULL, *taken = NULL;

	lock_set_get(locks, (int)(row % LOCKS));
	for(at = &rows[row]; *at; at = &(*at)->next) {
		if(!is_of_call(*at, name))
			continue;
		n++;
		if(is_of(*at, name))
			same = at;
		else if(!(*at)->confirmed)
			early = at;
	}
	if(same) {
		e->confirmed = (*same)->confirmed;
		e->turn = (*same)->turn;
		e->replaying = (*same)->replaying;
		if(e->branch[0] == '\0')
			memcpy(e->branch, (*same)->branch, sizeof(e->branch));
		taken = take_out(same, NULL);
	} else if(early && n >= DIALOGS_MAX) {
		taken = take_out(early, NULL);
	} else if(n >= DIALOGS_MAX) {
		taken = e;
	}
	if(taken != e) {
		e->next = rows[row];
		rows[row] = e;
	}
	lock_set_release(locks, (int)(row % LOCKS));
	return taken;
}

enum ms_reason mediasec_dialog_keep(
		sip_msg_t *msg, const struct mediasec_accepted *accepted)
{
	struct entry *e, *taken;
	enum ms_reason reason;
	struct name name;

	name_call(&name, msg, &accepted->x.origin);
	name.tag = accepted->x.from_caller ? accepted->x.answerer_tag
									   : accepted->x.offerer_tag;
	e = entry_new(name.call_id, accepted);
	if(e == NULL)
		return MS_REASON_INTERNAL;
	taken = put(&name, e);
	reason = taken == e ? MS_REASON_ANSWER_LIMIT : MS_REASON_NONE;
	entries_free(taken);
	return reason;
}

/* @return the entry that matches, or NULL; either way unlock() follows */
static struct entry *lock_one(const struct name *name, match_f *match)
{
	unsigned row = row_of(name);
	struct entry *e;

	lock_set_get(locks, (int)(row % LOCKS));
	for(e = rows[row]; e && !match(e, name); e = e->next)
		;
	return e;
}

static void unlock(const struct name *name)
{
	lock_set_release(locks, (int)(row_of(name) % LOCKS));
}

void mediasec_dialog_confirm(
		sip_msg_t *msg, const struct mediasec_origin *origin, bool from_caller)
{
	struct name name;
	struct entry *e;

	name_dialog(&name, msg, origin, from_caller);
	e = lock_one(&name, is_of);
	if(e)
		e->confirmed = true;
	unlock(&name);
}

static bool is_known(const struct name *name, match_f *match)
{
	const bool known = lock_one(name, match) != NULL;

	unlock(name);
	return known;
}

/* Another dialog of the call, early or up. */
static bool is_another(const struct entry *e, const struct name *name)
{
	return is_of_call(e, name) && !ms_str_eq(called_tag(e), name->tag);
}

bool mediasec_dialog_has_others(
		sip_msg_t *msg, const struct mediasec_origin *origin, bool from_caller)
{
	struct name name;

	name_dialog(&name, msg, origin, from_caller);
	return is_known(&name, is_another);
}

static bool is_lost(const struct name *name)
{
	return is_known(name, is_other) && !is_known(name, is_up);
}

bool mediasec_dialog_is_lost(
		sip_msg_t *msg, const struct mediasec_origin *origin, bool from_caller)
{
	struct name name;

	name_dialog(&name, msg, origin, from_caller);
	return is_lost(&name);
}

bool mediasec_dialog_offer(sip_msg_t *msg, const struct mediasec_origin *origin,
		bool from_caller, unsigned *turn)
{
	struct name name;
	struct entry *e;
	bool may;

	name_dialog(&name, msg, origin, from_caller);
	e = lock_one(&name, is_of);
	may = !e || !e->replaying;
	*turn = e && may ? ++e->turn : 0;
	unlock(&name);
	return may;
}

/* How much memory a copy takes: it is allocated before the lock is held. */
static size_t copy_len(const struct name *name, match_f *match)
{
	const struct entry *e = lock_one(name, match);
	size_t len = e ? text_len(e) : 0;

	unlock(name);
	return len;
}

static bool copy_entry(const struct name *name, match_f *match,
		struct mediasec_accepted *accepted, const str *memory,
		size_t len[TEXTS])
{
	const struct entry *e = lock_one(name, match);
	/* another exchange may have been accepted in between */
	bool copied = e && text_len(e) <= (size_t)memory->len;

	if(copied) {
		memcpy(memory->s, e->text, text_len(e));
		memcpy(len, e->len, sizeof(e->len));
		memcpy(accepted->branch, e->branch, sizeof(e->branch));
		accepted->x = e->x;
	}
	unlock(name);
	return copied;
}

static struct ms_str next_text(const char **p, size_t len)
{
	struct ms_str text = {*p, len};

	*p += len;
	return text;
}

static bool get(const struct name *name, match_f *match,
		struct mediasec_accepted *accepted, str *memory)
{
	size_t len[TEXTS];
	const char *p;

	memory->len = (int)copy_len(name, match);
	memory->s = memory->len > 0 ? pkg_malloc(memory->len) : NULL;
	if(memory->s == NULL)
		return false;
	if(!copy_entry(name, match, accepted, memory, len)) {
		mediasec_rtpe_free(memory);
		return false;
	}
	p = memory->s + len[0];
	accepted->x.offerer_tag = next_text(&p, len[1]);
	accepted->x.answerer_tag = next_text(&p, len[2]);
	accepted->offer = next_text(&p, len[3]);
	accepted->answer = next_text(&p, len[4]);
	accepted->sent = next_text(&p, len[5]);
	return true;
}

bool mediasec_dialog_get(sip_msg_t *msg, const struct mediasec_origin *origin,
		bool from_caller, struct mediasec_accepted *accepted, str *memory)
{
	struct name name;

	name_dialog(&name, msg, origin, from_caller);
	return get(&name, is_of, accepted, memory);
}

struct mediasec_exchange mediasec_dialog_answer(
		const struct mediasec_accepted *accepted)
{
	struct mediasec_exchange answer = accepted->x;
	struct ms_sdp_facts facts;

	if(ms_sdp_survey(accepted->offer, &accepted->x.from.keying, &facts)
			== MS_OK) {
		answer.applied = facts.requested;
		answer.ice = facts.ice;
	}
	answer.op = MS_RTPP_ANSWER;
	answer.from = accepted->x.to;
	answer.to = accepted->x.from;
	answer.from_caller = !accepted->x.from_caller;
	return answer;
}

bool mediasec_dialog_legs(sip_msg_t *msg, struct mediasec_exchange *x)
{
	static const struct mediasec_origin any;
	struct mediasec_accepted accepted;
	str memory = {0, 0};
	struct name name;
	bool from_caller = true;

	name_dialog(&name, msg, &any, from_caller);
	if(!get(&name, is_of_any, &accepted, &memory)) {
		from_caller = false;
		name_dialog(&name, msg, &any, from_caller);
		if(!get(&name, is_of_any, &accepted, &memory))
			return false;
	}
	mediasec_rtpe_free(&memory);
	*x = (struct mediasec_exchange){.from = accepted.x.from,
			.to = accepted.x.to,
			.from_caller = from_caller,
			.origin = accepted.x.origin};
	if(accepted.x.from_caller != from_caller) {
		x->from = accepted.x.to;
		x->to = accepted.x.from;
	}
	return true;
}

/* ---- going back to it --------------------------------------------------- */

static enum ms_reason give(
		sip_msg_t *msg, const struct mediasec_exchange *x, struct ms_str sdp)
{
	str out = {0, 0};
	enum ms_reason reason = mediasec_exchange(msg, x, sdp, &out);

	mediasec_rtpe_free(&out);
	return reason;
}

/* rtpengine sends the caller's media to the party that spoke last: now to the one
 * that goes on, which says again what it said. */
static int hand_over(sip_msg_t *msg, struct mediasec_accepted *other)
{
	struct mediasec_exchange answer;

	other->x.branch = true;
	other->x.id = mediasec_view_z(other->branch);
	answer = mediasec_dialog_answer(other);
	if(!other->x.from_caller && give(msg, &other->x, other->offer))
		return -1;
	return other->answer.len > 0 && give(msg, &answer, other->answer) ? -1 : 0;
}

void mediasec_dialog_go_on(sip_msg_t *msg, const struct mediasec_origin *origin)
{
	struct mediasec_accepted up;
	str memory = {0, 0};
	struct name name;

	name_call(&name, msg, origin);
	if(!get(&name, is_other, &up, &memory))
		return;
	hand_over(msg, &up);
	mediasec_rtpe_free(&memory);
}

static int replay(sip_msg_t *msg, const struct name *name)
{
	struct mediasec_accepted accepted;
	str memory = {0, 0};
	struct mediasec_exchange answer;
	enum ms_reason reason = MS_REASON_RELAY_FAILED;

	if(!get(name, is_of, &accepted, &memory))
		return -1;
	answer = mediasec_dialog_answer(&accepted);
	if(accepted.answer.len > 0)
		reason = give(msg, &accepted.x, accepted.offer);
	if(!reason)
		reason = give(msg, &answer, accepted.answer);
	mediasec_rtpe_free(&memory);
	if(reason)
		return -1;
	mediasec_count(MEDIASEC_COUNT_REPLAYED);
	return 0;
}

static bool begin_replay(const struct name *name, unsigned turn)
{
	struct entry *e = lock_one(name, is_of);
	bool begins = e && e->turn == turn && !e->replaying;

	if(begins)
		e->replaying = true;
	unlock(name);
	return begins;
}

static void end_replay(const struct name *name)
{
	struct entry *e = lock_one(name, is_of);

	if(e)
		e->replaying = false;
	unlock(name);
}

int mediasec_dialog_replay(sip_msg_t *msg, const struct mediasec_exchange *x)
{
	struct name name;
	int ret;

	name_dialog(&name, msg, &x->origin, x->from_caller);
	if(is_lost(&name)) {
		mediasec_dialog_go_on(msg, &x->origin);
		return 0;
	}
	if(x->turn == 0)
		return -1;
	if(!begin_replay(&name, x->turn))
		return 0;
	ret = replay(msg, &name);
	end_replay(&name);
	return ret;
}

/* ---- the end ------------------------------------------------------------ */

/* @return rtpengine's id of the leg of a dialog, or empty: not known */
static struct ms_str branch_of(
		const struct name *name, char buf[MEDIASEC_BRANCH_MAX])
{
	struct mediasec_accepted own;
	str memory = {0, 0};

	if(!get(name, is_of, &own, &memory))
		return MS_STR("");
	mediasec_rtpe_free(&memory);
	memcpy(buf, own.branch, MEDIASEC_BRANCH_MAX);
	return mediasec_view_z(buf);
}

/* By its tags alone 12.5 would end the call. */
static int end_branch(sip_msg_t *msg, const struct mediasec_exchange *x,
		const struct name *name)
{
	struct mediasec_exchange own = *x;

	own.branch = x->id.len > 0;
	own.offerer_tag = mediasec_view(x->from_caller ? &get_from(msg)->tag_value
												   : &get_to(msg)->tag_value);
	own.answerer_tag = name->tag;
	return mediasec_exchange_delete(msg, &own);
}

/* A dialog ends, another one of the call goes on. Two parties behind one branch
 * share what rtpengine has of it. */
static int end_one(sip_msg_t *msg, const struct mediasec_exchange *x,
		const struct name *name, struct mediasec_accepted *other)
{
	char buf[MEDIASEC_BRANCH_MAX];
	struct mediasec_exchange own = *x;

	if(own.id.len == 0) /* of a request of our own, which has no mark */
		own.id = branch_of(name, buf);
	entries_free(take(name, is_of));
	if(!(own.id.len > 0 && ms_str_eq(own.id, mediasec_view_z(other->branch)))
			&& end_branch(msg, &own, name) < 0)
		return -1;
	return hand_over(msg, other);
}

static int end_all(sip_msg_t *msg, const struct mediasec_exchange *x,
		const struct name *name)
{
	entries_free(take(name, is_of_call));
	return mediasec_exchange_delete(msg, x);
}

int mediasec_dialog_end(sip_msg_t *msg, const struct mediasec_exchange *x)
{
	struct mediasec_accepted other;
	str memory = {0, 0};
	struct name name;
	int ret;

	name_dialog(&name, msg, &x->origin, x->from_caller);
	if(!get(&name, is_other, &other, &memory))
		return copy_len(&name, is_of) > 0 ? end_all(msg, x, &name)
										  : end_branch(msg, x, &name);
	ret = end_one(msg, x, &name, &other);
	mediasec_rtpe_free(&memory);
	return ret;
}

int mediasec_dialog_end_branch(
		sip_msg_t *msg, const struct mediasec_exchange *x)
{
	struct name name;

	name_call(&name, msg, &x->origin);
	name.branch = x->id;
	entries_free(take(&name, is_of_branch));
	return mediasec_exchange_delete(msg, x);
}

void mediasec_dialog_end_late(sip_msg_t *msg, const struct mediasec_exchange *x)
{
	mediasec_dialog_end_branch(msg, x);
	mediasec_dialog_go_on(msg, &x->origin);
}

/* ---- dialogs that never end --------------------------------------------- */

/* A call whose BYE got lost: rtpengine gives up without media, and so do we. */
static bool is_old(const struct entry *e, const struct name *name)
{
	return get_ticks() - e->touched
		   >= (ticks_t)mediasec_cfg_get(dialog_timeout);
}

static void on_timer(unsigned ticks, void *param)
{
	unsigned row;

	for(row = 0; row < ROWS; row++)
		entries_free(take_from(row, NULL, is_old));
}

int mediasec_dialog_init(void)
{
	rows = shm_mallocxz(ROWS * sizeof(*rows));
	locks = lock_set_alloc(LOCKS);
	if(rows == NULL || locks == NULL || lock_set_init(locks) == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	if(register_timer(on_timer, NULL, SWEEP_S) < 0) {
		LM_ERR("cannot register a timer\n");
		return -1;
	}
	return 0;
}
