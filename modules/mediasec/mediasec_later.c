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

/* The texts follow one another: bodies of From, To and Call-ID. */
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

static void copy_text(char **p, struct ms_str *text, const str *body)
{
	memcpy(*p, body->s, (size_t)body->len);
	*text = (struct ms_str){*p, (size_t)body->len};
	*p += body->len;
}

void mediasec_later(sip_msg_t *msg, const struct mediasec_exchange *x,
		mediasec_later_f *what)
{
	const str *from = &msg->from->body, *to = &msg->to->body;
	const str *call_id = &msg->callid->body;
	struct job *job = shm_mallocxz(
			sizeof(*job) + (size_t)(from->len + to->len + call_id->len));
	char *p;

	if(job == NULL) {
		SHM_MEM_ERROR;
		return;
	}
	job->what = what;
	job->x = *x;
	p = job->text;
	copy_text(&p, &job->from, from);
	copy_text(&p, &job->to, to);
	copy_text(&p, &job->call_id, call_id);
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
