/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 * htable has no atomic update, so nothing here needs one: each entry is
 * written whole, and a lost race is healed by the next refresh.
 *
 *   b|<flow>|<AoR>   the record of a binding
 *   f|<flow>         expiry and the one AoR of a flow, or "*" for several
 *   o|<owner>        an agreed record of an AoR or user, for requests whose
 *                    flow is not known: being found here never makes weaker
 */
#include "mediasec_store_htable.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/mem/mem.h"
#include "../htable/ht_api.h"
#include "../htable/api.h"

#include "mediasec_settings.h"
#include "mediasec_str.h"
#include "ms_scan.h"

#define KEY_MAX 512

static htable_api_t htable;
static str table;

/* ---- keys and cells ----------------------------------------------------- */

/* @return the key in buf, or an empty str if it is too long */
static str make_key(
		char buf[KEY_MAX], char kind, struct ms_str a, struct ms_str b)
{
	str key = {buf, 0};
	int n;

	if(a.len + b.len > KEY_MAX - 8)
		return key;
	if(b.len > 0)
		n = snprintf(buf, KEY_MAX, "%c|%.*s|%.*s", kind, (int)a.len, a.p,
				(int)b.len, b.p);
	else
		n = snprintf(buf, KEY_MAX, "%c|%.*s", kind, (int)a.len, a.p);
	key.len = n;
	return key;
}

static int cell_set(str key, const char *text, size_t len)
{
	int_str value;

	value.s.s = (char *)text;
	value.s.len = (int)len;
	if(key.len == 0 || htable.set(&table, &key, AVP_VAL_STR, &value, 1) < 0)
		return -1;
	return 0;
}

/* Copy a cell out. @return its length, or -1: none, or not for this buffer */
static int cell_get(str key, char *buf, size_t size)
{
	ht_cell_t *cell;
	const char *value;
	int len = -1;

	if(key.len == 0)
		return -1;
	cell = htable.get_clone(&table, &key);
	if(cell == NULL)
		return -1;
	/* Before Kamailio 6.0 the clone's pointers still lead into shared memory,
	 * but its own copy of the value follows the name. */
	value = (const char *)cell + sizeof(*cell) + cell->name.len + 1;
	if((cell->flags & AVP_VAL_STR) && cell->value.s.len >= 0
			&& (size_t)cell->value.s.len <= size) {
		len = cell->value.s.len;
		memcpy(buf, value, (size_t)len);
	}
	pkg_free(cell);
	return len;
}

static void cell_rm(str key)
{
	if(key.len > 0)
		htable.rm(&table, &key);
}

/* ---- records ------------------------------------------------------------ */

/* @return true if the cell holds a record that has not expired */
static bool record_get(str key, time_t now, struct mediasec_found *found)
{
	char text[MS_RECORD_LEN_MAX];
	int len = cell_get(key, text, sizeof(text));

	if(len < 0)
		return false;
	if(ms_record_read((struct ms_str){text, (size_t)len}, found->text,
			   sizeof(found->text), &found->record)
			!= MS_OK) {
		LM_WARN("a record that cannot be read: %.*s\n", key.len, key.s);
		return false;
	}
	return found->record.expires > now;
}

/* The AoR a flow has, "*" for several, empty for none. */
static struct ms_str flow_get(struct ms_str flow, time_t now, char buf[KEY_MAX])
{
	struct ms_str text = {buf, 0}, expires;
	char key[KEY_MAX];
	unsigned long until;
	int len = cell_get(make_key(key, 'f', flow, MS_STR("")), buf, KEY_MAX);

	if(len < 0)
		return text;
	text.len = (size_t)len;
	expires = ms_str_until(&text, '|');
	if(ms_scan_number(&expires, UINT32_MAX, &until) != MS_OK
			|| (time_t)until <= now)
		text.len = 0;
	return text;
}

static int flow_put(const struct ms_record *record)
{
	char old[KEY_MAX], key[KEY_MAX], text[KEY_MAX];
	struct ms_str aor = flow_get(record->flow, time(NULL), old);
	int len;

	if(aor.len == 0 || ms_str_eq(aor, record->aor))
		aor = record->aor;
	else
		aor = MS_STR("*");
	len = snprintf(text, sizeof(text), "%lld|%.*s", (long long)record->expires,
			(int)aor.len, aor.p);
	if(len < 0 || (size_t)len >= sizeof(text))
		return -1;
	return cell_set(
			make_key(key, 'f', record->flow, MS_STR("")), text, (size_t)len);
}

/* ---- the store ---------------------------------------------------------- */

static int store_init(void)
{
	str probe = str_init("mediasec:probe");

	table = (str){mediasec_options.table, (int)strlen(mediasec_options.table)};
	if(htable_load_api(&htable) < 0) {
		LM_ERR("store htable needs the htable module, loaded before\n");
		return -1;
	}
	if(cell_set(probe, "1", 1) < 0) {
		LM_ERR("no such table; needed: modparam(\"htable\", \"htable\", "
			   "\"%.*s=>size=14;autoexpire=7400;\")\n",
				table.len, table.s);
		return -1;
	}
	cell_rm(probe);
	return 0;
}

/* The owners of a record: its AoR, and its user where that differs. */
static void owners_put(
		const struct ms_record *record, const char *text, size_t len)
{
	char key[KEY_MAX];

	cell_set(make_key(key, 'o', record->aor, MS_STR("")), text, len);
	if(record->user.len > 0 && !ms_str_eq(record->user, record->aor))
		cell_set(make_key(key, 'o', record->user, MS_STR("")), text, len);
}

/* Another binding of the owner may have agreed meanwhile: its entry stays. */
static void owner_drop(struct ms_str owner, struct ms_str flow)
{
	struct mediasec_found found;
	char key[KEY_MAX];
	str name = make_key(key, 'o', owner, MS_STR(""));

	if(owner.len > 0 && record_get(name, 0, &found)
			&& ms_str_eq(found.record.flow, flow))
		cell_rm(name);
}

static int store_put(const struct ms_record *record)
{
	char text[MS_RECORD_LEN_MAX], key[KEY_MAX];
	size_t len;

	if(ms_record_write(record, text, sizeof(text), &len) != MS_OK) {
		LM_WARN("a record that is too long is not kept: aor=%.*s\n",
				(int)record->aor.len, record->aor.p);
		return -1;
	}
	if(cell_set(make_key(key, 'b', record->flow, record->aor), text, len) < 0
			|| flow_put(record) < 0)
		return -1;
	if(record->agreed) {
		owners_put(record, text, len);
	} else {
		owner_drop(record->aor, record->flow);
		owner_drop(record->user, record->flow);
	}
	return 0;
}

static void store_drop(const struct ms_record *record)
{
	char aor[KEY_MAX], key[KEY_MAX];

	cell_rm(make_key(key, 'b', record->flow, record->aor));
	owner_drop(record->aor, record->flow);
	owner_drop(record->user, record->flow);
	if(ms_str_eq(flow_get(record->flow, 0, aor), record->aor))
		cell_rm(make_key(key, 'f', record->flow, MS_STR("")));
}

static bool binding_get(struct ms_str flow, struct ms_str aor, time_t now,
		struct mediasec_found *found)
{
	char key[KEY_MAX];

	return record_get(make_key(key, 'b', flow, aor), now, found);
}

/* A binding of another user on the same flow is not the sender's. */
static bool is_owned(
		const struct ms_record *record, const struct mediasec_sender *sender)
{
	return sender->user.len == 0 || record->user.len == 0
		   || ms_str_eq(record->user, sender->user);
}

static bool find_by_flow(const struct mediasec_sender *sender, time_t now,
		struct mediasec_found *found)
{
	char buf[KEY_MAX];
	struct ms_str aor = flow_get(sender->flow, now, buf);
	unsigned i;

	if(aor.len == 0)
		return false;
	if(!ms_str_eq(aor, MS_STR("*")))
		return binding_get(sender->flow, aor, now, found)
			   && is_owned(&found->record, sender);
	for(i = 0; i < sender->n_aors; i++) {
		if(binding_get(sender->flow, sender->aor[i], now, found)
				&& is_owned(&found->record, sender))
			return true;
	}
	return false;
}

static bool find_by_owner(
		struct ms_str owner, time_t now, struct mediasec_found *found)
{
	char key[KEY_MAX];

	return owner.len > 0
		   && record_get(make_key(key, 'o', owner, MS_STR("")), now, found);
}

static enum ms_binding store_find(const struct mediasec_sender *sender,
		time_t now, struct mediasec_found *found)
{
	unsigned i;

	if(find_by_flow(sender, now, found))
		return found->record.agreed ? MS_BINDING_AGREED : MS_BINDING_NONE;
	if(sender->flow_only)
		return MS_BINDING_UNKNOWN;
	if(find_by_owner(sender->user, now, found))
		return MS_BINDING_AGREED;
	for(i = 0; i < sender->n_aors; i++) {
		if(find_by_owner(sender->aor[i], now, found))
			return MS_BINDING_AGREED;
	}
	return MS_BINDING_UNKNOWN;
}

const struct mediasec_store mediasec_store_htable = {
		.name = "htable",
		.init = store_init,
		.put = store_put,
		.drop = store_drop,
		.find = store_find,
};
