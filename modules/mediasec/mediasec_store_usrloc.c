/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 * save() copies $xavp(<xavp_contact>=>*) of its message into the contact, and
 * wipes what the contact had before: so the record is put there before each
 * save(), and comes back with the contact. Its expiry is the contact's.
 *
 * usrloc finds contacts by AoR only; for flows there is mediasec_index. usrloc
 * calls us with its lock held: what was saved is only noted there, and put into
 * the index after save(); to forget a contact takes nothing that could block.
 */
#include "mediasec_store_usrloc.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/globals.h"
#include "../../core/sr_module.h"
#include "../../core/xavp.h"
#include "../usrloc/usrloc.h"

#include "mediasec_address.h"
#include "mediasec_attrs.h"
#include "mediasec_cfg.h"
#include "mediasec_index.h"
#include "mediasec_settings.h"
#include "mediasec_str.h"

#define NEVER ((time_t)0xffffffff) /* what a record can hold */

/* An entry made at start ends then, if its contact does not before: by then the
 * client has registered again, and that made another one. */
#define LOADED_S 86400

static usrloc_api_t usrloc;
static udomain_t *domain;
static str *list; /* xavp_contact of usrloc */
static str attribute = str_init("mediasec");

/* ---- records of contacts ------------------------------------------------ */

/* @return the attribute of a contact, in shared memory; or NULL */
static const str *attribute_of(const ucontact_t *c)
{
	const sr_xavp_t *value;

	if(c->xavp == NULL || c->xavp->val.type != SR_XTYPE_XAVP)
		return NULL;
	for(value = c->xavp->val.v.xavp; value; value = value->next) {
		if(value->val.type == SR_XTYPE_STR
				&& ms_str_eq(
						mediasec_view(&value->name), mediasec_view(&attribute)))
			return &value->val.v.s;
	}
	return NULL;
}

/* The record of a contact, copied out. */
static bool read_contact(const ucontact_t *c, struct mediasec_found *found)
{
	const str *text = attribute_of(c);

	if(text == NULL
			|| ms_record_read(mediasec_view(text), found->text,
					   sizeof(found->text), &found->record)
					   != MS_OK)
		return false;
	found->record.expires =
			c->expires ? c->expires + mediasec_cfg_get(binding_grace) : NEVER;
	return true;
}

/* What a record has to be of: a flow, an owner, an address, or a contact. */
struct sought
{
	struct ms_str flow;
	struct ms_str contact; /* decides among several of the flow or owner */
	struct ms_str owner;   /* AoR or user; being found never makes weaker */
	struct ms_str address; /* where calls go; nor does this */
	struct ms_str ruid;
};

/* Where calls to a contact go: its flow or a part of it, or in buf. */
static struct ms_str address_of(const ucontact_t *c,
		const struct ms_record *record, char buf[MEDIASEC_FLOW_MAX])
{
	return mediasec_address_of_contact(record->flow, mediasec_view(&c->c), buf);
}

/* @return how well this contact fits; 0: not at all */
static int fit(const ucontact_t *c, const struct ms_record *record,
		const struct sought *sought)
{
	char buf[MEDIASEC_FLOW_MAX];

	if(sought->ruid.len > 0)
		return ms_str_eq(mediasec_view(&c->ruid), sought->ruid);
	if(sought->owner.len > 0)
		return record->agreed
			   && (ms_str_eq(record->aor, sought->owner)
					   || ms_str_eq(record->user, sought->owner))
			   && (sought->contact.len == 0
					   || ms_str_eq(mediasec_view(&c->c), sought->contact));
	if(sought->address.len > 0)
		return record->agreed
			   && ms_str_eq(address_of(c, record, buf), sought->address);
	if(!ms_str_eq(record->flow, sought->flow))
		return 0;
	if(ms_str_eq(mediasec_view(&c->c), sought->contact))
		return 3;
	return record->agreed ? 2 : 1;
}

static const ucontact_t *best_contact(
		const urecord_t *r, const struct sought *sought, time_t now)
{
	const ucontact_t *c, *best = NULL;
	struct mediasec_found found;
	int n, most = 0;

	for(c = r->contacts; c; c = c->next) {
		if(!read_contact(c, &found) || found.record.expires <= now)
			continue;
		n = fit(c, &found.record, sought);
		if(n > most) {
			most = n;
			best = c;
		}
	}
	return best;
}

/* @param aor as usrloc has it */
static bool look_up(struct ms_str aor, const struct sought *sought, time_t now,
		struct mediasec_found *found)
{
	const ucontact_t *best = NULL;
	str key = mediasec_str(aor);
	urecord_t *r;

	if(aor.len == 0)
		return false;
	usrloc.lock_udomain(domain, &key);
	if(usrloc.get_urecord(domain, &key, &r) == 0) {
		best = best_contact(r, sought, now);
		if(best)
			read_contact(best, found);
		usrloc.release_urecord(r);
	}
	usrloc.unlock_udomain(domain, &key);
	return best != NULL;
}

/* What usrloc calls user@host, unless the registrar is set up to do otherwise:
 * then the name is in the index. */
static struct ms_str usual_aor(struct ms_str name)
{
	return usrloc.use_domain ? name : ms_str_until(&name, '@');
}

/* ---- the index ---------------------------------------------------------- */

static bool needs_index(struct ms_str name, struct ms_str aor)
{
	return name.len > 0 && !ms_str_eq(usual_aor(name), aor);
}

#define ADDRESS_KEY_MAX (MEDIASEC_FLOW_MAX + 2)

/* No flow: that of another client may be the same. */
static struct ms_str address_key(
		struct ms_str address, char buf[ADDRESS_KEY_MAX])
{
	struct ms_out out = {.p = buf, .size = ADDRESS_KEY_MAX};

	ms_out_put(&out, MS_STR("a|"));
	ms_out_put(&out, address);
	return (struct ms_str){buf, out.len};
}

/* What is found there is held to its agreement: nobody else. */
static int index_agreed(const struct ms_record *record, struct ms_str key,
		const struct mediasec_place *contact)
{
	struct mediasec_place place = *contact;

	if(!record->agreed) {
		mediasec_index_drop(key, place.ruid);
		return 0;
	}
	place.key = key;
	return mediasec_index_put(&place);
}

/* By all it is found by, but for its flow. */
static int index_names(
		const struct ms_record *record, const struct mediasec_place *contact)
{
	const struct ms_str names[] = {record->aor, record->user};
	char buf[MEDIASEC_FLOW_MAX], key[ADDRESS_KEY_MAX];
	struct ms_str address =
			mediasec_address_of_contact(record->flow, contact->contact, buf);
	unsigned i;

	for(i = 0; i < 2; i++) {
		if(needs_index(names[i], contact->aor)
				&& index_agreed(record, names[i], contact) < 0)
			return -1;
	}
	return ms_str_eq(address, record->flow)
				   ? 0
				   : index_agreed(record, address_key(address, key), contact);
}

static int index_record(
		const struct ms_record *record, const struct mediasec_place *contact)
{
	struct mediasec_place place = *contact;

	if(index_names(record, contact) < 0)
		return -1;
	place.key = record->flow;
	place.agreed = record->agreed;
	return mediasec_index_put(&place);
}

static bool is_ours(const ucontact_t *c)
{
	return ms_str_eq(mediasec_view(c->domain),
			mediasec_view_z(mediasec_options.location));
}

static void unindex(const ucontact_t *c, const struct ms_record *record)
{
	struct ms_str ruid = mediasec_view(&c->ruid), address;
	char buf[MEDIASEC_FLOW_MAX], key[ADDRESS_KEY_MAX];

	mediasec_index_drop(record->flow, ruid);
	address = address_of(c, record, buf);
	if(!ms_str_eq(address, record->flow))
		mediasec_index_drop(address_key(address, key), ruid);
	if(needs_index(record->aor, mediasec_view(c->aor)))
		mediasec_index_drop(record->aor, ruid);
	if(needs_index(record->user, mediasec_view(c->aor)))
		mediasec_index_drop(record->user, ruid);
}

/* usrloc calls this at the end, too, when who held a lock of the index may be gone;
 * the index goes then anyway. */
static void on_gone(ucontact_t *c, int type, void *param)
{
	struct mediasec_found found;

	if(destroy_modules_phase())
		return;
	if(is_ours(c) && read_contact(c, &found))
		unindex(c, &found.record);
}

/* ---- what save() saved -------------------------------------------------- */

#define NOTES_MAX 16
#define NOTE_LEN_MAX 1024

/* A contact that was saved with the record of this process' REGISTER. */
struct note
{
	struct mediasec_place place; /* without its key */
	char text[NOTE_LEN_MAX];
};

static struct note notes[NOTES_MAX];
static unsigned n_notes;

/* the record they are saved with */
static char prepared[MS_RECORD_LEN_MAX];
static size_t prepared_len;

static struct ms_str note_text(
		struct note *note, size_t *used, struct ms_str text)
{
	struct ms_str copy = {note->text + *used, text.len};

	if(text.len > sizeof(note->text) - *used)
		return MS_STR("");
	if(text.len > 0)
		memcpy(note->text + *used, text.p, text.len);
	*used += text.len;
	return copy;
}

/* Of more contacts in one REGISTER the rest is found by AoR only. */
static void on_saved(ucontact_t *c, int type, void *param)
{
	const struct ms_str record = {prepared, prepared_len};
	const str *text = attribute_of(c);
	struct note *note = &notes[n_notes];
	size_t used = 0;

	if(!is_ours(c) || text == NULL || n_notes == NOTES_MAX
			|| !ms_str_eq(mediasec_view(text), record))
		return;
	note->place = (struct mediasec_place){
			.aor = note_text(note, &used, mediasec_view(c->aor)),
			.ruid = note_text(note, &used, mediasec_view(&c->ruid)),
			.contact = note_text(note, &used, mediasec_view(&c->c)),
			.expires = c->expires ? c->expires + mediasec_cfg_get(binding_grace)
								  : NEVER,
	};
	n_notes++;
}

static void store_prepare(const struct ms_record *record)
{
	str text = {prepared, 0};

	n_notes = 0;
	prepared_len = 0;
	if(ms_record_write(record, prepared, sizeof(prepared), &prepared_len)
			!= MS_OK)
		return; /* said by store_put() */
	text.len = (int)prepared_len;
	if(xavp_set_child_sval(list, &attribute, &text) < 0)
		LM_ERR("no memory for an attribute\n");
}

/* A REGISTER that came twice is answered, but not saved once more. */
static bool is_kept(const struct ms_record *record)
{
	const struct sought sought = {.flow = record->flow};
	char buf[MEDIASEC_INDEX_AOR_MAX];
	struct mediasec_found found;
	struct ms_str aor;

	if(mediasec_index_find(record->flow, record->contact, time(NULL), buf, &aor)
			== MEDIASEC_NOWHERE)
		return false;
	return look_up(aor, &sought, time(NULL), &found)
		   && found.record.agreed == record->agreed;
}

static int store_put(const struct ms_record *record)
{
	unsigned i, n = n_notes;

	n_notes = 0;
	for(i = 0; i < n; i++) {
		if(index_record(record, &notes[i].place) < 0)
			return -1;
	}
	if(n > 0 || is_kept(record))
		return 0;
	LM_ERR("no contact in table %s has this record: was it too long, or not "
		   "saved with save(\"%s\") after mediasec_verify()?\n",
			mediasec_options.location, mediasec_options.location);
	return -1;
}

/* ---- forgetting --------------------------------------------------------- */

#define RUID_MAX 64 /* as in usrloc's table */

/* Not the other contacts of the same flow and AoR: a long Contact is in no
 * record. */
static bool is_of(const ucontact_t *c, const struct ms_record *own,
		const struct ms_record *record)
{
	return ms_str_eq(own->flow, record->flow)
		   && ms_str_eq(own->aor, record->aor)
		   && (record->contact.len == 0
						   ? own->contact.len == 0
						   : ms_str_eq(mediasec_view(&c->c), record->contact));
}

/* Take the attribute of this record from its contact.
 * @return the ruid of the contact, or empty */
static struct ms_str strip_contact(
		urecord_t *r, const struct ms_record *record, char ruid[RUID_MAX])
{
	struct ms_out out = {.p = ruid, .size = RUID_MAX};
	struct mediasec_found found;
	ucontact_t *c;

	for(c = r->contacts; c; c = c->next) {
		if(!read_contact(c, &found) || !is_of(c, &found.record, record))
			continue;
		unindex(c, &found.record);
		xavp_rm_by_name(&attribute, 1, &c->xavp->val.v.xavp);
		/* lookup() takes no contact whose list of attributes is empty */
		if(c->xavp->val.v.xavp == NULL)
			xavp_destroy_list(&c->xavp);
		ms_out_put(&out, mediasec_view(&c->ruid));
		break;
	}
	return (struct ms_str){ruid, out.len};
}

/* After save() has removed a contact there is nothing left to do here. */
static void store_drop(const struct ms_record *record)
{
	char buf[MEDIASEC_INDEX_AOR_MAX], ruid_buf[RUID_MAX];
	struct ms_str aor = usual_aor(record->aor), ruid = {ruid_buf, 0};
	urecord_t *r;
	str key;

	mediasec_index_find(record->flow, record->contact, time(NULL), buf, &aor);
	key = mediasec_str(aor);
	usrloc.lock_udomain(domain, &key);
	if(usrloc.get_urecord(domain, &key, &r) == 0) {
		ruid = strip_contact(r, record, ruid_buf);
		usrloc.release_urecord(r);
	}
	usrloc.unlock_udomain(domain, &key);
	if(ruid.len > 0)
		mediasec_attrs_remove(ruid);
}

/* save() has removed all contacts, and their records with them. */
static void store_drop_all(const struct ms_record *record)
{
}

/* ---- finding ------------------------------------------------------------ */

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
	const struct sought sought = {
			.flow = sender->flow, .contact = sender->contact};
	char buf[MEDIASEC_INDEX_AOR_MAX];
	struct ms_str aor;
	unsigned i;

	switch(mediasec_index_find(sender->flow, sender->contact, now, buf, &aor)) {
		case MEDIASEC_NOWHERE:
			return false;
		case MEDIASEC_ONE:
			return look_up(aor, &sought, now, found)
				   && is_owned(&found->record, sender);
		case MEDIASEC_SEVERAL:
			break;
	}
	for(i = 0; i < sender->n_aors; i++) {
		if(look_up(usual_aor(sender->aor[i]), &sought, now, found)
				&& is_owned(&found->record, sender))
			return true;
	}
	return false;
}

static bool find_by_owner(struct ms_str owner, struct ms_str contact,
		time_t now, struct mediasec_found *found)
{
	const struct sought sought = {.owner = owner, .contact = contact};
	char buf[MEDIASEC_INDEX_AOR_MAX];
	struct ms_str aor;

	if(owner.len == 0)
		return false;
	if(look_up(usual_aor(owner), &sought, now, found))
		return true;
	return mediasec_index_find(owner, MS_STR(""), now, buf, &aor)
				   != MEDIASEC_NOWHERE
		   && look_up(aor, &sought, now, found);
}

static bool find_by_address(
		struct ms_str address, time_t now, struct mediasec_found *found)
{
	const struct sought sought = {.address = address};
	char key[ADDRESS_KEY_MAX], buf[MEDIASEC_INDEX_AOR_MAX];
	struct ms_str aor;

	/* it may also be a flow that several share */
	return (mediasec_index_find(address_key(address, key), MS_STR(""), now, buf,
					&aor) != MEDIASEC_NOWHERE
				   || mediasec_index_find(address, MS_STR(""), now, buf, &aor)
							  != MEDIASEC_NOWHERE)
		   && look_up(aor, &sought, now, found);
}

/* ---- all of them -------------------------------------------------------- */

/* What usrloc calls the contact of an attribute. @return empty: too long */
static struct ms_str aor_of(
		const struct mediasec_attr *row, char buf[MEDIASEC_INDEX_AOR_MAX])
{
	struct ms_out out = {.p = buf, .size = MEDIASEC_INDEX_AOR_MAX};

	ms_out_put(&out, row->user);
	if(usrloc.use_domain) {
		ms_out_char(&out, '@');
		ms_out_put(&out, row->domain);
	}
	return (struct ms_str){buf, out.full ? 0 : out.len};
}

struct walk
{
	mediasec_store_visit *visit;
	void *arg;
};

static int walk_row(const struct mediasec_attr *row, void *arg)
{
	const struct sought sought = {.ruid = row->ruid};
	const struct walk *walk = arg;
	char aor[MEDIASEC_INDEX_AOR_MAX];
	struct mediasec_found found;

	if(!look_up(aor_of(row, aor), &sought, 0, &found))
		return 0;
	return walk->visit(&found.record, walk->arg) ? 0 : 1;
}

/* usrloc has no walk that would be of use here: its database knows which contacts
 * there are, and usrloc what they are now. */
static int store_walk(mediasec_store_visit *visit, void *arg)
{
	struct walk walk = {visit, arg};

	return mediasec_attrs_each(walk_row, &walk);
}

/* ---- start -------------------------------------------------------------- */

/* A connection is part of its flow, and none of them survives a restart. */
static bool is_connection(struct ms_str flow)
{
	return !ms_str_has_prefix(flow, MS_STR("udp:"));
}

static int load_row(const struct mediasec_attr *row, void *arg)
{
	char scratch[MS_RECORD_LEN_MAX], aor[MEDIASEC_INDEX_AOR_MAX];
	struct mediasec_place place = {
			.ruid = row->ruid,
			.aor = aor_of(row, aor),
			.expires = time(NULL) + LOADED_S,
	};
	struct ms_record record;

	if(ms_record_read(row->value, scratch, sizeof(scratch), &record) != MS_OK) {
		LM_WARN("an attribute that cannot be read: ruid=%.*s\n",
				(int)row->ruid.len, row->ruid.p);
		return 0;
	}
	if(place.aor.len == 0)
		return 0;
	place.contact = record.contact;
	return is_connection(record.flow) ? index_names(&record, &place)
									  : index_record(&record, &place);
}

static void *usrloc_param(char *name)
{
	modparam_t type;

	return find_param_export(
			find_module_by_name("usrloc"), name, PARAM_STR, &type);
}

/* In mode 0 nothing is written down, in 2 only after a while, in 4 never. */
static int check_usrloc(void)
{
	list = usrloc_param("xavp_contact");
	if(list == NULL || list->s == NULL || list->len == 0) {
		LM_ERR("store usrloc needs attributes of contacts: "
			   "modparam(\"usrloc\", \"xavp_contact\", \"ulattrs\")\n");
		return -1;
	}
	if(usrloc.db_mode != WRITE_THROUGH && usrloc.db_mode != DB_ONLY) {
		LM_ERR("store usrloc needs contacts in the database at once: "
			   "modparam(\"usrloc\", \"db_mode\", 1), or 3; not %d\n",
				usrloc.db_mode);
		return -1;
	}
	if(usrloc.db_mode == WRITE_THROUGH && ksr_wait_worker1_mode == 0)
		LM_WARN("store usrloc: without wait_worker1_mode=1, clients are "
				"unknown until usrloc has read its contacts\n");
	if(usrloc.register_udomain(mediasec_options.location, &domain) < 0) {
		LM_ERR("store usrloc: usrloc cannot use table %s\n",
				mediasec_options.location);
		return -1;
	}
	return 0;
}

typedef void (*any_function)(void); /* exports have a type of their own */

static int store_init(void)
{
	bind_usrloc_t bind =
			(bind_usrloc_t)(any_function)find_export("ul_bind_usrloc", 1, 0);

	if(bind == NULL || bind(&usrloc) < 0) {
		LM_ERR("store usrloc needs the usrloc module, loaded before\n");
		return -1;
	}
	/* reading the table is also the proof that it is there */
	if(check_usrloc() < 0 || mediasec_index_init() < 0
			|| mediasec_attrs_init(usrloc_param("db_url"),
					   mediasec_options.location, &attribute)
					   < 0
			|| mediasec_attrs_each(load_row, NULL) < 0)
		return -1;
	if(usrloc.register_ulcb(UL_CONTACT_INSERT | UL_CONTACT_UPDATE, on_saved,
			   NULL) < 0
			|| usrloc.register_ulcb(
					   UL_CONTACT_DELETE | UL_CONTACT_EXPIRE, on_gone, NULL)
					   < 0) {
		LM_ERR("cannot register callbacks of usrloc\n");
		return -1;
	}
	return 0;
}

const struct mediasec_store mediasec_store_usrloc = {
		.name = "usrloc",
		.init = store_init,
		.prepare = store_prepare,
		.put = store_put,
		.drop = store_drop,
		.drop_all = store_drop_all,
		.find_by_flow = find_by_flow,
		.find_by_owner = find_by_owner,
		.find_by_address = find_by_address,
		.walk = store_walk,
};
