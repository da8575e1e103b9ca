/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_later.h"

#include "../../core/dprint.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_inbox.h"
#include "mediasec_str.h"

/* The texts follow one another: bodies of From, To and Call-ID, and x.id. */
struct job
{
	struct mediasec_note note;
	mediasec_later_f *what;
	struct mediasec_exchange x;
	struct ms_str from, to, call_id;
	char text[];
};

static struct mediasec_inbox *inbox;

void mediasec_later(sip_msg_t *msg, const struct mediasec_exchange *x,
		mediasec_later_f *what)
{
	const struct ms_str from = mediasec_view(&msg->from->body);
	const struct ms_str to = mediasec_view(&msg->to->body);
	const struct ms_str call_id = mediasec_view(&msg->callid->body);
	struct job *job = shm_mallocxz(
			sizeof(*job) + from.len + to.len + call_id.len + x->id.len);
	char *p;

	if(job == NULL) {
		SHM_MEM_ERROR;
		return;
	}
	job->what = what;
	job->x = *x;
	p = job->text;
	job->from = mediasec_inbox_text(&p, from);
	job->to = mediasec_inbox_text(&p, to);
	job->call_id = mediasec_inbox_text(&p, call_id);
	job->x.id = mediasec_inbox_text(&p, x->id);
	mediasec_inbox_put(inbox, &job->note, 0);
}

static void run(const struct job *job)
{
	struct mediasec_made made;

	if(mediasec_rtpe_message(&made, job->from, job->to, job->call_id) < 0) {
		LM_ERR("rtpengine is not told of the end of a call\n");
		return;
	}
	job->what(&made.msg, &job->x);
	mediasec_rtpe_message_free(&made);
}

void mediasec_later_run(void)
{
	struct mediasec_note *note, *next;

	for(note = mediasec_inbox_take(inbox); note; note = next) {
		next = note->next;
		run((struct job *)note);
		shm_free(note);
	}
}

int mediasec_later_init(void)
{
	inbox = mediasec_inbox_new();
	return inbox ? 0 : -1;
}
