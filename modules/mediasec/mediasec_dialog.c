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
#include "mediasec_mark.h"
#include "mediasec_str.h"

#define ROWS 4096
#define LOCKS 64
#define SWEEP_S 60
#define TEXTS 5 /* id, tags of offerer and answerer, offer, answer */

/* One allocation: the texts follow one another. */
struct entry
{
	struct entry *next;
	ticks_t touched;
	struct mediasec_exchange x;
	size_t len[TEXTS];
	char text[];
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
	e->x = accepted->x;
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

static bool is_of(const struct entry *e, struct ms_str id)
{
	return ms_str_eq((struct ms_str){e->text, e->len[0]}, id);
}

/* ---- the table ---------------------------------------------------------- */

static unsigned row_of(struct ms_str id)
{
	str text = mediasec_str(id);

	return get_hash1_raw(text.s, text.len) % ROWS;
}

/* Take the entry of an id out of its row, and put another in. What comes out
 * is freed by the caller, outside of the lock. */
static struct entry *exchange_entry(struct ms_str id, struct entry *replacement)
{
	unsigned row = row_of(id);
	struct entry **at, *found = NULL;

	lock_set_get(locks, (int)(row % LOCKS));
	for(at = &rows[row]; *at; at = &(*at)->next) {
		if(!is_of(*at, id))
			continue;
		found = *at;
		*at = found->next;
		found->next = NULL;
		break;
	}
	if(replacement) {
		replacement->next = rows[row];
		rows[row] = replacement;
	}
	lock_set_release(locks, (int)(row % LOCKS));
	return found;
}

/* A dialog is named as its caller's leg is. */
static struct ms_str id_of(
		sip_msg_t *msg, unsigned spiral, char buf[MEDIASEC_ID_LEN + 1])
{
	return mediasec_mark_id(
			mediasec_view(&msg->callid->body), spiral, false, buf);
}

void mediasec_dialog_keep(
		sip_msg_t *msg, const struct mediasec_accepted *accepted)
{
	char buf[MEDIASEC_ID_LEN + 1];
	struct ms_str id = id_of(msg, accepted->x.spiral, buf);
	struct entry *e = entry_new(id, accepted);

	if(e)
		entries_free(exchange_entry(id, e));
}

void mediasec_dialog_drop(sip_msg_t *msg, unsigned spiral)
{
	char buf[MEDIASEC_ID_LEN + 1];

	entries_free(exchange_entry(id_of(msg, spiral, buf), NULL));
}

/* How much memory a copy takes: it is allocated before the lock is held. */
static size_t copy_len(struct ms_str id)
{
	unsigned row = row_of(id);
	const struct entry *e;
	size_t len = 0;

	lock_set_get(locks, (int)(row % LOCKS));
	for(e = rows[row]; e; e = e->next) {
		if(is_of(e, id))
			len = text_len(e);
	}
	lock_set_release(locks, (int)(row % LOCKS));
	return len;
}

static bool copy_entry(struct ms_str id, struct mediasec_accepted *accepted,
		const str *memory, size_t len[TEXTS])
{
	unsigned row = row_of(id);
	const struct entry *e;
	bool copied = false;

	lock_set_get(locks, (int)(row % LOCKS));
	for(e = rows[row]; e && !copied; e = e->next) {
		/* another exchange may have been accepted in between */
		if(!is_of(e, id) || text_len(e) > (size_t)memory->len)
			continue;
		memcpy(memory->s, e->text, text_len(e));
		memcpy(len, e->len, sizeof(e->len));
		accepted->x = e->x;
		copied = true;
	}
	lock_set_release(locks, (int)(row % LOCKS));
	return copied;
}

static struct ms_str next_text(const char **p, size_t len)
{
	struct ms_str text = {*p, len};

	*p += len;
	return text;
}

bool mediasec_dialog_get(sip_msg_t *msg, unsigned spiral,
		struct mediasec_accepted *accepted, str *memory)
{
	char buf[MEDIASEC_ID_LEN + 1];
	struct ms_str id = id_of(msg, spiral, buf);
	size_t len[TEXTS];
	const char *p;

	memory->len = (int)copy_len(id);
	memory->s = memory->len > 0 ? pkg_malloc(memory->len) : NULL;
	if(memory->s == NULL)
		return false;
	if(!copy_entry(id, accepted, memory, len)) {
		mediasec_rtpe_free(memory);
		return false;
	}
	p = memory->s + len[0];
	accepted->x.offerer_tag = next_text(&p, len[1]);
	accepted->x.answerer_tag = next_text(&p, len[2]);
	accepted->offer = next_text(&p, len[3]);
	accepted->answer = next_text(&p, len[4]);
	return true;
}

/* ---- dialogs that never end --------------------------------------------- */

/* A call whose BYE got lost: rtpengine gives up without media, and so do we. */
static struct entry *sweep_row(unsigned row, ticks_t now, ticks_t age)
{
	struct entry **at, *old = NULL, *e;

	lock_set_get(locks, (int)(row % LOCKS));
	for(at = &rows[row]; (e = *at) != NULL;) {
		if(now - e->touched < age) {
			at = &e->next;
			continue;
		}
		*at = e->next;
		e->next = old;
		old = e;
	}
	lock_set_release(locks, (int)(row % LOCKS));
	return old;
}

static void on_timer(unsigned ticks, void *param)
{
	unsigned row;

	for(row = 0; row < ROWS; row++)
		entries_free(sweep_row(
				row, ticks, (ticks_t)mediasec_cfg_get(dialog_timeout)));
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
