/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_index.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/hashes.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"

/* a million contacts make rows of sixteen */
#define ROWS (1u << 16)
#define LOCKS 256

/* One allocation: the texts follow one another. */
struct entry
{
	struct entry *next;
	unsigned hash;
	time_t expires;
	bool agreed;
	struct ms_str key, ruid, contact, aor; /* in text */
	char text[];
};

static struct entry **rows; /* shared */
static gen_lock_set_t *locks;

static unsigned hash_of(struct ms_str key)
{
	return get_hash1_raw2(key.p, (int)key.len);
}

static void row_lock(unsigned hash)
{
	lock_set_get(locks, (int)(hash % LOCKS));
}

static void row_unlock(unsigned hash)
{
	lock_set_release(locks, (int)(hash % LOCKS));
}

static struct ms_str append(char **end, struct ms_str text)
{
	struct ms_str copy = {*end, text.len};

	if(text.len > 0)
		memcpy(*end, text.p, text.len);
	*end += text.len;
	return copy;
}

static struct entry *entry_new(const struct mediasec_place *place)
{
	struct entry *e;
	char *end;

	e = shm_malloc(sizeof(*e) + place->key.len + place->ruid.len
				   + place->contact.len + place->aor.len);
	if(e == NULL) {
		SHM_MEM_ERROR;
		return NULL;
	}
	end = e->text;
	e->hash = hash_of(place->key);
	e->expires = place->expires;
	e->agreed = place->agreed;
	e->key = append(&end, place->key);
	e->ruid = append(&end, place->ruid);
	e->contact = append(&end, place->contact);
	e->aor = append(&end, place->aor);
	return e;
}

static void entries_free(struct entry *e)
{
	struct entry *next;

	for(; e; e = next) {
		next = e->next;
		shm_free(e);
	}
}

static bool has_key(const struct entry *e, unsigned hash, struct ms_str key)
{
	return e->hash == hash && ms_str_eq(e->key, key);
}

/* Unlink the entries of this key and ruid, and those that have expired, which
 * is all the sweeping there is. @return them, to be freed without the lock */
static struct entry *take_out(
		unsigned hash, struct ms_str key, struct ms_str ruid, time_t now)
{
	struct entry **link = &rows[hash % ROWS], *e, *out = NULL;

	while((e = *link) != NULL) {
		if(e->expires > now
				&& !(has_key(e, hash, key) && ms_str_eq(e->ruid, ruid))) {
			link = &e->next;
			continue;
		}
		*link = e->next;
		e->next = out;
		out = e;
	}
	return out;
}

int mediasec_index_put(const struct mediasec_place *place)
{
	struct entry *e, *old, **row;

	if(place->aor.len > MEDIASEC_INDEX_AOR_MAX)
		return -1;
	e = entry_new(place);
	if(e == NULL)
		return -1;
	row = &rows[e->hash % ROWS];
	row_lock(e->hash);
	old = take_out(e->hash, place->key, place->ruid, time(NULL));
	e->next = *row;
	*row = e;
	row_unlock(e->hash);
	entries_free(old);
	return 0;
}

void mediasec_index_drop(struct ms_str key, struct ms_str ruid)
{
	unsigned hash = hash_of(key);
	struct entry *old;

	row_lock(hash);
	old = take_out(hash, key, ruid, time(NULL));
	row_unlock(hash);
	entries_free(old);
}

/* @param best [out] */
static enum mediasec_places find_entry(unsigned hash, struct ms_str key,
		struct ms_str contact, time_t now, const struct entry **best)
{
	enum mediasec_places places = MEDIASEC_NOWHERE;
	const struct entry *e;

	for(e = rows[hash % ROWS]; e; e = e->next) {
		if(e->expires <= now || !has_key(e, hash, key))
			continue;
		if(contact.len > 0 && ms_str_eq(e->contact, contact)) {
			*best = e;
			return MEDIASEC_ONE;
		}
		if(places == MEDIASEC_NOWHERE) {
			*best = e;
			places = MEDIASEC_ONE;
			continue;
		}
		if(!ms_str_eq((*best)->aor, e->aor))
			places = MEDIASEC_SEVERAL;
		if(e->agreed && !(*best)->agreed)
			*best = e;
	}
	return places;
}

enum mediasec_places mediasec_index_find(struct ms_str key,
		struct ms_str contact, time_t now, char buf[MEDIASEC_INDEX_AOR_MAX],
		struct ms_str *aor)
{
	unsigned hash = hash_of(key);
	enum mediasec_places places;
	const struct entry *best = NULL;

	row_lock(hash);
	places = find_entry(hash, key, contact, now, &best);
	if(places != MEDIASEC_NOWHERE)
		*aor = append(&buf, best->aor);
	row_unlock(hash);
	return places;
}

int mediasec_index_init(void)
{
	rows = shm_malloc(ROWS * sizeof(*rows));
	locks = lock_set_alloc(LOCKS);
	if(rows == NULL || locks == NULL || lock_set_init(locks) == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	memset(rows, 0, ROWS * sizeof(*rows));
	return 0;
}
