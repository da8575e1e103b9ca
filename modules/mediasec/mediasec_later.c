/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_later.h"

#include "../../core/dprint.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_counters.h"
#include "mediasec_inbox.h"
#include "mediasec_str.h"
#include "ms_log.h"

#define WAITING_MAX 4096 /* what a second brings; 2 MB if rtpengine is frozen */

/* The texts follow one another: bodies of From, To and Call-ID, and those of x. */
struct job
{
	struct mediasec_note note;
	mediasec_later_f *what;
	struct mediasec_exchange x;
	struct ms_str from, to, call_id;
	char text[];
};

static struct mediasec_inbox *inbox;

static void tell_lost(struct ms_str call_id)
{
	LM_ERR("rtpengine is not told what has become of a call: ci=%s\n",
			MS_LOG_VALUE(call_id));
}

static struct job *job_new(sip_msg_t *msg, const struct mediasec_exchange *x,
		mediasec_later_f *what)
{
	const struct ms_str from = mediasec_view(&msg->from->body);
	const struct ms_str to = mediasec_view(&msg->to->body);
	const struct ms_str call_id = mediasec_view(&msg->callid->body);
	struct job *job =
			shm_mallocxz(sizeof(*job) + from.len + to.len + call_id.len
						 + x->id.len + x->offerer_tag.len);
	char *p;

	if(job == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	job->what = what;
	job->x = *x;
	p = job->text;
	job->from = mediasec_inbox_text(&p, from);
	job->to = mediasec_inbox_text(&p, to);
	job->call_id = mediasec_inbox_text(&p, call_id);
	job->x.id = mediasec_inbox_text(&p, x->id);
	job->x.offerer_tag = mediasec_inbox_text(&p, x->offerer_tag);
	return job;
}

void mediasec_later(sip_msg_t *msg, const struct mediasec_exchange *x,
		mediasec_later_f *what)
{
	struct job *job = job_new(msg, x, what);

	if(job && mediasec_inbox_put(inbox, &job->note, WAITING_MAX))
		return;
	if(job)
		shm_free(job);
	mediasec_count(MEDIASEC_COUNT_RELAY_UNTOLD);
	tell_lost(mediasec_view(&msg->callid->body));
}

static int run(const struct job *job)
{
	struct mediasec_made made;
	int ret;

	if(mediasec_rtpe_message(&made, job->from, job->to, job->call_id) < 0)
		return -1;
	ret = job->what(&made.msg, &job->x);
	mediasec_rtpe_message_free(&made);
	return ret;
}

void mediasec_later_run(void)
{
	struct mediasec_note *all = mediasec_inbox_take(inbox), *note;
	struct ms_str told = MS_STR("");
	const struct job *job;

	for(note = all; note; note = note->next) {
		job = (struct job *)note;
		if(run(job) == 0)
			continue;
		mediasec_count(MEDIASEC_COUNT_RELAY_UNTOLD);
		if(!ms_str_eq(job->call_id, told)) /* not for each of its branches */
			tell_lost(job->call_id);
		told = job->call_id;
	}
	while((note = all) != NULL) {
		all = note->next;
		shm_free(note);
	}
}

int mediasec_later_init(void)
{
	inbox = mediasec_inbox_new();
	return inbox ? 0 : -1;
}
