/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 * htable has no atomic update, so nothing here needs one: each entry is
 * written whole, and a lost race is healed by the next refresh.
 *
 *   b|<flow>         the record of the one binding of a flow; of a flow with
 *                    several: expiry and "*"
 *   b|<flow>|<AoR>   ... the record of each
 *   c|<flow>|<URI>   ... the AoR of a Contact
 *   o|<owner>        of an AoR or user: the flows of its agreed bindings, and
 *                    one of their records, for requests whose flow is not
 *                    known: being found here never makes weaker
 *   a|<address>      flow and AoR of the agreed binding whose calls go there, if
 *                    its flow does not say so: neither does this make weaker
 */
#include "mediasec_store_htable.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/mem/mem.h"
#include "../../core/pvar.h"
#include "../htable/ht_api.h"
#include "../htable/api.h"

#include "mediasec_address.h"
#include "mediasec_kemi.h"
#include "mediasec_settings.h"
#include "mediasec_str.h"
#include "ms_log.h"
#include "ms_scan.h"

#define KEY_MAX 512

static htable_api_t htable;
static str table;

/* ---- keys and cells ----------------------------------------------------- */

/* @return the key in buf, or an empty str if it is too long */
static str make_key(
		char buf[KEY_MAX], char kind, struct ms_str a, struct ms_str b)
{
	struct ms_out out = {.p = buf, .size = KEY_MAX};

	ms_out_char(&out, kind);
	ms_out_char(&out, '|');
	ms_out_put(&out, a);
	if(b.len > 0) {
		ms_out_char(&out, '|');
		ms_out_put(&out, b);
	}
	return (str){buf, out.full ? 0 : (int)out.len};
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

/* @return true if the text of a cell is a record that has not expired */
static bool record_read(
		str key, struct ms_str text, time_t now, struct mediasec_found *found)
{
	if(ms_record_read(text, found->text, sizeof(found->text), &found->record)
			!= MS_OK) {
		LM_WARN("a record that cannot be read: %s\n",
				MS_LOG_VALUE(mediasec_view(&key)));
		return false;
	}
	return found->record.expires > now;
}

static bool record_get(str key, time_t now, struct mediasec_found *found)
{
	char text[MS_RECORD_LEN_MAX];
	int len = cell_get(key, text, sizeof(text));

	return len >= 0
		   && record_read(key, (struct ms_str){text, (size_t)len}, now, found);
}

static int record_put(str key, const struct ms_record *record)
{
	char text[MS_RECORD_LEN_MAX];
	size_t len;

	if(ms_record_write(record, text, sizeof(text), &len) != MS_OK)
		return -1;
	return cell_set(key, text, len);
}

/* ---- addresses ---------------------------------------------------------- */

/* @return the key of where calls to it go, or an empty str if its flow tells */
static str address_key(
		char key[KEY_MAX], const struct ms_record *record, bool shared)
{
	char buf[MEDIASEC_FLOW_MAX];
	struct ms_str address =
			mediasec_address_of_contact(record->flow, record->contact, buf);

	if(!shared && ms_str_eq(address, record->flow))
		return (str){key, 0};
	return make_key(key, 'a', address, MS_STR(""));
}

static void address_put(const struct ms_record *record, bool shared)
{
	char key_buf[KEY_MAX], text[KEY_MAX];
	struct ms_out out = {.p = text, .size = sizeof(text)};
	str key;

	if(!record->agreed)
		return;
	key = address_key(key_buf, record, shared);
	ms_out_put(&out, record->flow);
	ms_out_char(&out, ' ');
	ms_out_put(&out, record->aor);
	if(key.len > 0 && !out.full)
		cell_set(key, text, out.len);
}

/* Who has none there takes away nobody else's. */
static void address_rm(const struct ms_record *record)
{
	char key_buf[KEY_MAX], text[KEY_MAX];
	str key = address_key(key_buf, record, true);
	int len = cell_get(key, text, sizeof(text));
	struct ms_str aor = {text, len > 0 ? (size_t)len : 0};

	ms_str_until(&aor, ' ');
	if(ms_str_eq(aor, record->aor))
		cell_rm(key);
}

/* ---- flows -------------------------------------------------------------- */

enum bindings
{
	NONE,
	ONE,	/* found is its record */
	SEVERAL /* found->record.expires: until then */
};

static bool several_read(struct ms_str text, unsigned long *until)
{
	return ms_scan_number(&text, UINT32_MAX, until) == MS_OK
		   && ms_str_eq(text, MS_STR("|*"));
}

static enum bindings flow_get(
		struct ms_str flow, time_t now, struct mediasec_found *found)
{
	char text[MS_RECORD_LEN_MAX], buf[KEY_MAX];
	str key = make_key(buf, 'b', flow, MS_STR(""));
	int len = cell_get(key, text, sizeof(text));
	struct ms_str cell = {text, len > 0 ? (size_t)len : 0};
	unsigned long until;

	if(len < 0)
		return NONE;
	if(!several_read(cell, &until))
		return record_read(key, cell, now, found) ? ONE : NONE;
	found->record.expires = (int64_t)until;
	return (time_t)until > now ? SEVERAL : NONE;
}

/* One of several. */
static bool binding_get_of(struct ms_str flow, struct ms_str aor, time_t now,
		struct mediasec_found *found)
{
	char key[KEY_MAX];

	return record_get(make_key(key, 'b', flow, aor), now, found);
}

static bool binding_get(struct ms_str flow, struct ms_str aor, time_t now,
		struct mediasec_found *found)
{
	switch(flow_get(flow, now, found)) {
		case NONE:
			return false;
		case ONE:
			return ms_str_eq(found->record.aor, aor);
		case SEVERAL:
			return binding_get_of(flow, aor, now, found);
	}
	return false;
}

/* Keep a record beside others of its flow, which is no longer enough to tell a
 * callee. */
static int binding_put_beside(const struct ms_record *record)
{
	char key[KEY_MAX];

	address_put(record, true);
	if(record_put(make_key(key, 'b', record->flow, record->aor), record) < 0)
		return -1;
	return cell_set(make_key(key, 'c', record->flow, record->contact),
			record->aor.p, record->aor.len);
}

static int several_put(struct ms_str flow, int64_t expires)
{
	char key[KEY_MAX], text[32];
	int len = snprintf(text, sizeof(text), "%lld|*", (long long)expires);

	return cell_set(make_key(key, 'b', flow, MS_STR("")), text, (size_t)len);
}

static int binding_put(const struct ms_record *record, struct ms_str text)
{
	struct mediasec_found old;
	int64_t expires = record->expires;
	char key[KEY_MAX];
	enum bindings bindings = flow_get(record->flow, time(NULL), &old);

	if(bindings == NONE
			|| (bindings == ONE && ms_str_eq(old.record.aor, record->aor))) {
		address_put(record, false);
		return cell_set(
				make_key(key, 'b', record->flow, MS_STR("")), text.p, text.len);
	}
	if(bindings == ONE && binding_put_beside(&old.record) < 0)
		return -1;
	if(old.record.expires > expires)
		expires = old.record.expires;
	if(binding_put_beside(record) < 0)
		return -1;
	return several_put(record->flow, expires);
}

static void binding_drop(struct ms_str flow, struct ms_str aor)
{
	struct mediasec_found found;
	char key[KEY_MAX];

	switch(flow_get(flow, 0, &found)) {
		case NONE:
			break;
		case ONE:
			if(ms_str_eq(found.record.aor, aor))
				cell_rm(make_key(key, 'b', flow, MS_STR("")));
			break;
		case SEVERAL:
			cell_rm(make_key(key, 'b', flow, aor));
			break;
	}
}

/* ---- owners ------------------------------------------------------------- */

/* An owner with more flows forgets the oldest: their bindings are then kept to
 * the end of their registration, which is on the safe side. */
#define FLOWS_MAX 512

#define OWNER_MAX (FLOWS_MAX + MS_RECORD_LEN_MAX)

/*
 * @param flows [out] separated by blanks, the latest first; in text
 * @param found [out] the record of the first
 */
static bool owner_get(struct ms_str name, time_t now, char text[OWNER_MAX],
		struct ms_str *flows, struct mediasec_found *found)
{
	char key[KEY_MAX];
	struct ms_str rest = {text, 0};
	int len;

	*flows = MS_STR("");
	if(name.len == 0)
		return false;
	len = cell_get(make_key(key, 'o', name, MS_STR("")), text, OWNER_MAX);
	if(len < 0)
		return false;
	rest.len = (size_t)len;
	return ms_str_line(&rest, flows)
		   && ms_record_read(
					  rest, found->text, sizeof(found->text), &found->record)
					  == MS_OK
		   && found->record.expires > now;
}

/* @return the length of text with the flow at its end, if there is room */
static size_t add_flow(char text[FLOWS_MAX], size_t len, struct ms_str flow)
{
	if(len + flow.len + 1 >= FLOWS_MAX)
		return len;
	if(len > 0)
		text[len++] = ' ';
	memcpy(text + len, flow.p, flow.len);
	return len + flow.len;
}

/* Write a record, whose text this is, its flow in front of the others. */
static void owner_set(struct ms_str name, const struct ms_record *record,
		struct ms_str record_text, struct ms_str others)
{
	char text[OWNER_MAX], key[KEY_MAX];
	size_t len = add_flow(text, 0, record->flow);
	struct ms_str flow;

	while(others.len > 0) {
		flow = ms_str_until(&others, ' ');
		if(!ms_str_eq(flow, record->flow))
			len = add_flow(text, len, flow);
	}
	text[len++] = '\n';
	memcpy(text + len, record_text.p, record_text.len);
	cell_set(make_key(key, 'o', name, MS_STR("")), text, len + record_text.len);
}

static void owner_rm(struct ms_str name)
{
	char key[KEY_MAX];

	if(name.len > 0)
		cell_rm(make_key(key, 'o', name, MS_STR("")));
}

static void owner_add(struct ms_str name, const struct ms_record *record,
		struct ms_str record_text)
{
	struct mediasec_found found;
	struct ms_str flows;
	char text[OWNER_MAX];

	owner_get(name, time(NULL), text, &flows, &found);
	owner_set(name, record, record_text, flows);
}

/* Take a binding from an owner; another one that agreed stands in for it, but not
 * an earlier one of the same Contact.
 *
 * @return true if the owner had agreed bindings */
static bool owner_leave(struct ms_str name, const struct ms_record *record)
{
	struct mediasec_found found, other;
	struct ms_str flows, next;
	char text[OWNER_MAX], other_text[MS_RECORD_LEN_MAX];
	size_t len;

	if(!owner_get(name, 0, text, &flows, &found)
			|| !ms_str_eq(found.record.aor, record->aor))
		return false;
	while(flows.len > 0) {
		next = ms_str_until(&flows, ' ');
		if(!ms_str_eq(next, record->flow)
				&& binding_get(next, record->aor, time(NULL), &other)
				&& other.record.agreed
				&& !(record->contact.len > 0
						&& ms_str_eq(other.record.contact, record->contact))
				&& ms_record_write(
						   &other.record, other_text, sizeof(other_text), &len)
						   == MS_OK) {
			owner_set(name, &other.record, (struct ms_str){other_text, len},
					flows);
			return true;
		}
	}
	owner_rm(name);
	return true;
}

static void owners_leave(const struct ms_record *record)
{
	if(owner_leave(record->aor, record))
		address_rm(record);
	if(record->user.len > 0 && !ms_str_eq(record->user, record->aor))
		owner_leave(record->user, record);
}

/* ---- all of them -------------------------------------------------------- */

/* htable's C API does not iterate. From one `next` to the one after it, the slot
 * of the current cell is locked. */
typedef int (*iterator_start_f)(sip_msg_t *msg, str *iterator, str *table);
typedef int (*iterator_f)(sip_msg_t *msg, str *iterator);

static struct
{
	str name;
	iterator_start_f start;
	iterator_f next, end;
	pv_spec_t *key, *value; /* of the current cell, in shared memory */
} walker = {.name = str_init("mediasec")};

static int walk_init(void)
{
	str key = str_init("$shtitkey(mediasec)");
	str value = str_init("$shtitval(mediasec)");

	walker.start = mediasec_kemi_find("htable", "sht_iterator_start", 2);
	walker.next = mediasec_kemi_find("htable", "sht_iterator_next", 1);
	walker.end = mediasec_kemi_find("htable", "sht_iterator_end", 1);
	walker.key = pv_cache_get(&key);
	walker.value = pv_cache_get(&value);
	return walker.start && walker.next && walker.end && walker.key
						   && walker.value
				   ? 0
				   : -1;
}

static struct ms_str walk_text(pv_spec_t *spec)
{
	pv_value_t value;

	memset(&value, 0, sizeof(value));
	if(spec->getf(NULL, &spec->pvp, &value) < 0 || !(value.flags & PV_VAL_STR))
		return MS_STR("");
	return mediasec_view(&value.rs);
}

/* @return true if the current cell is the record of a binding */
static bool walk_record(struct mediasec_found *found)
{
	return ms_str_has_prefix(walk_text(walker.key), MS_STR("b|"))
		   && ms_record_read(walk_text(walker.value), found->text,
					  sizeof(found->text), &found->record)
					  == MS_OK;
}

static int store_walk(mediasec_store_visit *visit, void *arg)
{
	struct mediasec_found found;
	bool more = true;

	if(walker.start(NULL, &walker.name, &table) < 0)
		return -1;
	while(more && walker.next(NULL, &walker.name) > 0) {
		if(walk_record(&found))
			more = visit(&found.record, arg);
	}
	walker.end(NULL, &walker.name);
	return 0;
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
	return walk_init();
}

static int store_put(const struct ms_record *record)
{
	char text[MS_RECORD_LEN_MAX];
	size_t len;

	if(ms_record_write(record, text, sizeof(text), &len) != MS_OK) {
		LM_WARN("a record that is too long is not kept: aor=%s\n",
				MS_LOG_VALUE(record->aor));
		return -1;
	}
	if(binding_put(record, (struct ms_str){text, len}) < 0)
		return -1;
	if(record->agreed) {
		owner_add(record->aor, record, (struct ms_str){text, len});
		if(record->user.len > 0 && !ms_str_eq(record->user, record->aor))
			owner_add(record->user, record, (struct ms_str){text, len});
	} else {
		owners_leave(record);
	}
	return 0;
}

static void store_drop(const struct ms_record *record)
{
	binding_drop(record->flow, record->aor);
	owners_leave(record);
}

static void store_drop_all(const struct ms_record *record)
{
	struct mediasec_found found;
	struct ms_str flows;
	char text[OWNER_MAX];

	binding_drop(record->flow, record->aor);
	owner_get(record->aor, 0, text, &flows, &found);
	while(flows.len > 0)
		binding_drop(ms_str_until(&flows, ' '), record->aor);
	owner_rm(record->aor);
	owner_rm(record->user);
}

/* A binding of another user on the same flow is not the sender's. */
static bool is_owned(
		const struct ms_record *record, const struct mediasec_sender *sender)
{
	return sender->user.len == 0 || record->user.len == 0
		   || ms_str_eq(record->user, sender->user);
}

static bool find_by_contact(const struct mediasec_sender *callee, time_t now,
		struct mediasec_found *found)
{
	char key[KEY_MAX], aor[KEY_MAX];
	int len;

	if(callee->contact.len == 0)
		return false;
	len = cell_get(make_key(key, 'c', callee->flow, callee->contact), aor,
			sizeof(aor));
	return len > 0
		   && binding_get_of(
				   callee->flow, (struct ms_str){aor, (size_t)len}, now, found);
}

static bool find_by_flow(const struct mediasec_sender *sender, time_t now,
		struct mediasec_found *found)
{
	unsigned i;

	switch(flow_get(sender->flow, now, found)) {
		case NONE:
			return false;
		case ONE:
			return is_owned(&found->record, sender);
		case SEVERAL:
			break;
	}
	if(find_by_contact(sender, now, found))
		return true;
	for(i = 0; i < sender->n_aors; i++) {
		if(binding_get_of(sender->flow, sender->aor[i], now, found)
				&& is_owned(&found->record, sender))
			return true;
	}
	return false;
}

static bool find_by_owner(struct ms_str owner, struct ms_str contact,
		time_t now, struct mediasec_found *found)
{
	struct ms_str flows;
	char text[OWNER_MAX];

	if(!owner_get(owner, now, text, &flows, found))
		return false;
	if(contact.len == 0 || ms_record_is_called(&found->record, contact))
		return true;
	while(flows.len > 0) {
		if(binding_get(ms_str_until(&flows, ' '), owner, now, found)
				&& found->record.agreed
				&& ms_record_is_called(&found->record, contact))
			return true;
	}
	return false;
}

static bool find_by_address(
		struct ms_str address, time_t now, struct mediasec_found *found)
{
	char key[KEY_MAX], text[KEY_MAX];
	int len = cell_get(
			make_key(key, 'a', address, MS_STR("")), text, sizeof(text));
	struct ms_str aor = {text, len > 0 ? (size_t)len : 0}, flow;

	flow = ms_str_until(&aor, ' ');
	return len > 0 && binding_get(flow, aor, now, found)
		   && found->record.agreed;
}

const struct mediasec_store mediasec_store_htable = {
		.name = "htable",
		.init = store_init,
		.put = store_put,
		.drop = store_drop,
		.drop_all = store_drop_all,
		.find_by_flow = find_by_flow,
		.find_by_owner = find_by_owner,
		.find_by_address = find_by_address,
		.walk = store_walk,
};
