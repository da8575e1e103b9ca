/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_inbox.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"

struct mediasec_inbox
{
	gen_lock_t lock;
	unsigned n;
	struct mediasec_note *first, **end;
};

static void clear(struct mediasec_inbox *inbox)
{
	inbox->n = 0;
	inbox->first = NULL;
	inbox->end = &inbox->first;
}

struct mediasec_inbox *mediasec_inbox_new(void)
{
	struct mediasec_inbox *inbox = shm_malloc(sizeof(*inbox));

	if(inbox == NULL || lock_init(&inbox->lock) == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	clear(inbox);
	return inbox;
}

bool mediasec_inbox_put(
		struct mediasec_inbox *inbox, struct mediasec_note *note, unsigned max)
{
	bool full;

	note->next = NULL;
	lock_get(&inbox->lock);
	full = max > 0 && inbox->n >= max;
	if(!full) {
		inbox->n++;
		*inbox->end = note;
		inbox->end = &note->next;
	}
	lock_release(&inbox->lock);
	return !full;
}

struct mediasec_note *mediasec_inbox_take(struct mediasec_inbox *inbox)
{
	struct mediasec_note *all;

	lock_get(&inbox->lock);
	all = inbox->first;
	clear(inbox);
	lock_release(&inbox->lock);
	return all;
}

struct ms_str mediasec_inbox_text(char **p, struct ms_str text)
{
	struct ms_str copy = {*p, text.len};

	if(text.p == NULL)
		return text;
	memcpy(*p, text.p, text.len);
	*p += text.len;
	return copy;
}
