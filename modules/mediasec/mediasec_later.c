/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_later.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_str.h"

/* The texts follow one another: bodies of From, To and Call-ID, and x.id. */
struct job
{
	struct job *next;
	mediasec_later_f *what;
	struct mediasec_exchange x;
	struct ms_str from, to, call_id;
	char text[];
};

static struct
{
	gen_lock_t lock;
	struct job *first, **end;
} * queue; /* shared */

static struct ms_str copy_text(char **p, struct ms_str text)
{
	struct ms_str copy = {*p, text.len};

	if(text.len > 0)
		memcpy(*p, text.p, text.len);
	*p += text.len;
	return copy;
}

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
	job->from = copy_text(&p, from);
	job->to = copy_text(&p, to);
	job->call_id = copy_text(&p, call_id);
	job->x.id = copy_text(&p, x->id);
	lock_get(&queue->lock);
	*queue->end = job;
	queue->end = &job->next;
	lock_release(&queue->lock);
}

static struct job *take_all(void)
{
	struct job *all;

	lock_get(&queue->lock);
	all = queue->first;
	queue->first = NULL;
	queue->end = &queue->first;
	lock_release(&queue->lock);
	return all;
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
	struct job *job, *next;

	for(job = take_all(); job; job = next) {
		next = job->next;
		run(job);
		shm_free(job);
	}
}

int mediasec_later_init(void)
{
	queue = shm_mallocxz(sizeof(*queue));
	if(queue == NULL || lock_init(&queue->lock) == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	queue->end = &queue->first;
	return 0;
}
