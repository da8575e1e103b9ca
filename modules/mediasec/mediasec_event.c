/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_event.h"

#include <time.h>

#include "../../core/action.h"
#include "../../core/dprint.h"
#include "../../core/fmsg.h"
#include "../../core/kemi.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/pt.h"
#include "../../core/receive.h"
#include "../../core/route.h"
#include "../../core/sr_module.h"
#include "../../core/timer_proc.h"

#include "mediasec_counters.h"
#include "mediasec_inbox.h"
#include "mediasec_msg.h"
#include "mediasec_str.h"

#define WAITING_MAX 1024 /* events; a flood of refusals takes no more memory */
#define TICK_US 50000

/* The texts of the event lead into text[]; its words are constants, which all
 * processes have at the same place. */
struct waiting
{
	struct mediasec_note note;
	struct mediasec_event event;
	char text[];
};

static struct mediasec_inbox *inbox; /* NULL: nobody listens */

static char *const names[] = {
#define MEDIASEC_EVENT_NAME(name, word) \
	[MEDIASEC_EVENT_##name] = "mediasec:" word,
		MEDIASEC_EVENTS(MEDIASEC_EVENT_NAME)
#undef MEDIASEC_EVENT_NAME
};

static int routes[MEDIASEC_EVENT_N]; /* of event_rt; -1: none */

/* ---- raising ------------------------------------------------------------ */

static bool has_callback(void)
{
	return mediasec_options.event_callback[0] != '\0';
}

bool mediasec_event_is_wanted(enum mediasec_event_kind kind)
{
	return inbox && (has_callback() || routes[kind] >= 0);
}

static struct waiting *waiting_new(const struct mediasec_event *event)
{
	struct waiting *w = shm_malloc(
			sizeof(*w) + event->aor.len + event->flow.len + event->call_id.len);
	char *p;

	if(w == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	w->event = *event;
	p = w->text;
	w->event.aor = mediasec_inbox_text(&p, event->aor);
	w->event.flow = mediasec_inbox_text(&p, event->flow);
	w->event.call_id = mediasec_inbox_text(&p, event->call_id);
	return w;
}

void mediasec_event_raise(const struct mediasec_event *event)
{
	struct waiting *w;

	if(!mediasec_event_is_wanted(event->kind))
		return;
	w = waiting_new(event);
	if(w == NULL || mediasec_inbox_put(inbox, &w->note, WAITING_MAX))
		return;
	shm_free(w);
	mediasec_count(MEDIASEC_COUNT_EVENTS_LOST);
}

/* ---- of whom ------------------------------------------------------------ */

struct mediasec_event mediasec_event_of(
		const sip_msg_t *msg, const struct mediasec_request *req)
{
	const struct ms_facts *facts = &req->facts;
	const bool registers = facts->method == MS_METHOD_REGISTER;
	struct mediasec_event event = {
			.reason = ms_reason_info(req->refused)->word,
			.flow = req->sender.flow,
			.call_id = mediasec_view(&msg->callid->body),
			.known = req->bound,
			.state = facts->binding,
			.verify = facts->verify,
			.agreed = ms_policy_preferred(
					&req->settings, registers ? req->agreed : facts->agreed),
			.dialog = facts->in_dialog,
	};

	if(req->bound && facts->binding != MS_BINDING_UNKNOWN)
		event.aor = req->found.record.aor;
	else if(req->sender.n_aors > 0)
		event.aor = req->sender.aor[req->sender.n_aors - 1];
	if(req->leg_known) {
		event.party = facts->in_dialog && !req->legs.from_caller
							  ? MEDIASEC_CALLEE
							  : MEDIASEC_CALLER;
		event.leg = req->leg;
	}
	return event;
}

void mediasec_event_request(enum mediasec_event_kind kind, struct ms_str reason,
		const sip_msg_t *msg, const struct mediasec_request *req)
{
	struct mediasec_event event;

	if(!mediasec_event_is_wanted(kind))
		return;
	event = mediasec_event_of(msg, req);
	event.kind = kind;
	event.reason = reason;
	mediasec_event_raise(&event);
}

void mediasec_event_note(enum ms_note note, const sip_msg_t *msg,
		const struct mediasec_request *req)
{
	if(note == MS_NOTE_NONE)
		return;
	mediasec_count_note(note);
	mediasec_event_request(
			MEDIASEC_EVENT_DOWNGRADE, mediasec_note_word(note), msg, req);
}

bool mediasec_event_sender(sip_msg_t *msg, struct mediasec_found *found,
		char buf[MEDIASEC_NAME_MAX], struct ms_str *aor)
{
	char flow[MEDIASEC_FLOW_MAX];
	struct mediasec_sender sender = {
			.flow = mediasec_msg_flow(&msg->rcv, flow), .flow_only = true};

	*aor = msg->first_line.type == SIP_REQUEST ? mediasec_msg_from(msg, buf)
											   : mediasec_msg_to(msg, buf);
	sender.aor[0] = *aor;
	sender.n_aors = aor->len > 0;
	if(mediasec_store_find(&sender, time(NULL), found) == MS_BINDING_UNKNOWN)
		return false;
	*aor = found->record.aor;
	return true;
}

void mediasec_event_message(struct mediasec_event event, sip_msg_t *msg)
{
	struct mediasec_found found;
	char flow[MEDIASEC_FLOW_MAX], name[MEDIASEC_NAME_MAX];

	if(!mediasec_event_is_wanted(event.kind))
		return;
	event.call_id = mediasec_view(&msg->callid->body);
	event.flow = mediasec_msg_flow(&msg->rcv, flow);
	mediasec_event_sender(msg, &found, name, &event.aor);
	mediasec_event_raise(&event);
}

/* ---- the process -------------------------------------------------------- */

static const struct mediasec_event *current;

const struct mediasec_event *mediasec_event_current(void)
{
	return current;
}

struct ms_str mediasec_event_word(enum mediasec_event_kind kind)
{
	return ms_str_from(mediasec_view_z(names[kind]), sizeof("mediasec:") - 1);
}

static void run_script(enum mediasec_event_kind kind, sip_msg_t *msg)
{
	sr_kemi_eng_t *engine = sr_kemi_eng_get();
	str callback =
			mediasec_str(mediasec_view_z(mediasec_options.event_callback));
	str name = mediasec_str(mediasec_view_z(names[kind]));

	set_route_type(EVENT_ROUTE);
	if(!has_callback())
		run_top_route(event_rt.rlist[routes[kind]], msg, NULL);
	else if(engine == NULL
			|| sr_kemi_route(engine, msg, EVENT_ROUTE, &callback, &name) < 0)
		LM_ERR("cannot run event_callback for %s\n", names[kind]);
}

static void run(const struct mediasec_event *event)
{
	sip_msg_t msg;

	if(faked_msg_get_new(&msg) < 0)
		return;
	current = event;
	run_script(event->kind, &msg);
	current = NULL;
	ksr_msg_env_reset();
	free_sip_msg(&msg);
}

static void on_tick(unsigned ticks, void *param)
{
	struct mediasec_note *note, *next;

	for(note = mediasec_inbox_take(inbox); note; note = next) {
		next = note->next;
		run(&((struct waiting *)note)->event);
		shm_free(note);
	}
}

int mediasec_event_init(void)
{
	bool wanted = has_callback();
	int i;

	for(i = 0; i < MEDIASEC_EVENT_N; i++) {
		routes[i] = route_lookup(&event_rt, names[i]);
		if(routes[i] >= 0 && event_rt.rlist[routes[i]] == NULL)
			routes[i] = -1;
		wanted |= routes[i] >= 0;
	}
	if(!wanted)
		return 0;
	inbox = mediasec_inbox_new();
	if(inbox == NULL)
		return -1;
	register_basic_timers(1);
	return 0;
}

int mediasec_event_fork(void)
{
	if(inbox == NULL)
		return 0;
	return fork_basic_utimer(PROC_TIMER, "MEDIASEC EVENTS", 1, on_tick, NULL,
				   TICK_US) < 0
				   ? -1
				   : 0;
}
