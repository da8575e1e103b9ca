/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 * The store may be locked while it is walked, so the walk only copies what is
 * wanted into a page that was allocated before; the answer is written after it.
 */
#include "mediasec_rpc.h"

#include <time.h>

#include "../../core/dprint.h"
#include "../../core/mem/mem.h"

#include "mediasec_counters.h"
#include "mediasec_rpc_rules.h"
#include "mediasec_store.h"
#include "mediasec_str.h"
#include "ms_mech.h"

#define LIMIT_DEFAULT 50
#define LIMIT_MAX 10000 /* jsonrpcs takes quadratic time for an array */
/* A page that is full before its limit is reached is only shorter. */
#define PAGE_SIZE_MAX (2 * 1024 * 1024)
#define AOR_BINDINGS_MAX 1000
#define ROW_MAX (MS_RECORD_LEN_MAX + 1)

/* ---- which records ------------------------------------------------------ */

typedef bool text_is_f(struct ms_str text, struct ms_str wanted);

struct wanted
{
	text_is_f *aor_is;
	struct ms_str aor;
	struct ms_str contact; /* empty: any */
	unsigned mechanisms;   /* one of them was agreed; 0: any */
	bool plain;			   /* nothing was agreed */
	time_t now;			   /* what expired before is not there any more */
};

static bool is_wanted(
		const struct wanted *wanted, const struct ms_record *record)
{
	if(record->expires <= wanted->now
			|| !wanted->aor_is(record->aor, wanted->aor))
		return false;
	if(wanted->contact.len > 0 && !ms_str_eq(record->contact, wanted->contact))
		return false;
	if(wanted->plain)
		return record->agreed == 0;
	return wanted->mechanisms == 0
		   || (record->agreed & wanted->mechanisms) != 0;
}

/* AoRs are kept without their scheme. */
static struct ms_str aor_of(const str *text)
{
	struct ms_str aor = mediasec_view(text);

	if(ms_str_has_prefix(aor, MS_STR("sip:")))
		return ms_str_from(aor, 4);
	if(ms_str_has_prefix(aor, MS_STR("sips:")))
		return ms_str_from(aor, 5);
	return aor;
}

/* @return false if there is no such mechanism */
static bool read_mechanism(struct wanted *wanted, struct ms_str name)
{
	if(ms_str_eq(name, MS_STR("*")))
		return true;
	wanted->plain = ms_str_eq(name, MS_STR("none"));
	if(wanted->plain)
		return true;
	wanted->mechanisms = ms_mech_bit(name);
	return wanted->mechanisms != MS_MECH_OTHER;
}

/* ---- a page of them ----------------------------------------------------- */

struct page
{
	const struct wanted *wanted;
	unsigned skip, limit;
	struct ms_out text; /* a line for each record */
};

static int page_init(struct page *page, const struct wanted *wanted,
		unsigned skip, unsigned limit)
{
	size_t size = limit * ROW_MAX;

	if(size > PAGE_SIZE_MAX)
		size = PAGE_SIZE_MAX;
	*page = (struct page){.wanted = wanted, .skip = skip, .limit = limit};
	page->text.p = pkg_malloc(size);
	if(page->text.p == NULL) {
		PKG_MEM_ERROR;
		return -1;
	}
	page->text.size = size;
	return 0;
}

static bool page_add(const struct ms_record *record, void *arg)
{
	struct page *page = arg;
	struct ms_out *text = &page->text;
	size_t len;

	if(!is_wanted(page->wanted, record))
		return true;
	if(page->skip > 0) {
		page->skip--;
		return true;
	}
	if(ms_record_write(
			   record, text->p + text->len, text->size - text->len, &len)
			!= MS_OK)
		return false;
	text->len += len;
	ms_out_char(text, '\n');
	page->limit--;
	return page->limit > 0 && text->size - text->len >= ROW_MAX;
}

/* @return false after the last one */
static bool page_next(struct ms_str *text, struct mediasec_found *found)
{
	struct ms_str line;

	return ms_str_line(text, &line)
		   && ms_record_read(
					  line, found->text, sizeof(found->text), &found->record)
					  == MS_OK;
}

/*
 * @param page [out] to be freed by the caller if the result is 0
 * @return 0, or -1: the caller of the RPC has been told
 */
static int page_fill(rpc_t *rpc, void *ctx, struct page *page,
		const struct wanted *wanted, unsigned skip, unsigned limit)
{
	if(page_init(page, wanted, skip, limit) < 0) {
		rpc->fault(ctx, 500, "Out of memory");
		return -1;
	}
	if(mediasec_store->walk(page_add, page) < 0) {
		pkg_free(page->text.p);
		rpc->fault(ctx, 500, "The store cannot be read");
		return -1;
	}
	return 0;
}

/* ---- records in an answer ----------------------------------------------- */

#define NAMES_MAX 128

/* @return the mechanisms of a set in buf, as a list */
static str names_of(unsigned set, char buf[NAMES_MAX])
{
	struct ms_out out = {.p = buf, .size = NAMES_MAX};
	unsigned bit;

	for(bit = MS_MECH_SDES; bit <= MS_MECH_OTHER; bit <<= 1) {
		if(!(set & bit))
			continue;
		if(out.len > 0)
			ms_out_char(&out, ',');
		ms_out_put(&out,
				bit == MS_MECH_OTHER ? MS_STR("other") : ms_mech_name(bit));
	}
	return (str){buf, (int)out.len};
}

static int add_record(
		rpc_t *rpc, void *ctx, const struct ms_record *record, time_t now)
{
	char offered_buf[NAMES_MAX], agreed_buf[NAMES_MAX];
	str aor = mediasec_str(record->aor), user = mediasec_str(record->user);
	str contact = mediasec_str(record->contact);
	str flow = mediasec_str(record->flow), list = mediasec_str(record->list);
	str offered = names_of(record->offered, offered_buf);
	str agreed = names_of(record->agreed, agreed_buf);
	void *row;

	if(rpc->add(ctx, "{", &row) < 0)
		return -1;
	return rpc->struct_add(row, "SSSSsSSSddd", "aor", &aor, "user", &user,
			"contact", &contact, "flow", &flow, "state",
			record->agreed ? "agreed" : "none", "offered", &offered, "agreed",
			&agreed, "list", &list, "mirrored", (int)record->mirrored, "secure",
			(int)record->secure, "expires", (int)(record->expires - now));
}

/* @return how many records there were */
static unsigned add_page(rpc_t *rpc, void *ctx, const struct page *page)
{
	struct ms_str text = {page->text.p, page->text.len};
	struct mediasec_found found;
	unsigned n = 0;

	while(page_next(&text, &found)) {
		if(add_record(rpc, ctx, &found.record, page->wanted->now) < 0) {
			rpc->fault(ctx, 500, "Too long for an answer: ask for less");
			return n;
		}
		n++;
	}
	return n;
}

/* ---- mediasec.list ------------------------------------------------------ */

static const char *list_doc[] = {
		"List bindings: pattern of the AoR (* and ?), mechanism agreed (* for "
		"any, none), offset, limit; an empty answer is the end",
		0};

static void rpc_list(rpc_t *rpc, void *ctx)
{
	str any = str_init("*"), pattern = any, mechanism = any;
	int offset = 0, limit = LIMIT_DEFAULT, n;
	struct wanted wanted = {.aor_is = ms_str_matches, .now = time(NULL)};
	struct page page;

	n = rpc->scan(ctx, "*SSdd", &pattern, &mechanism, &offset, &limit);
	/* jsonrpcs makes a text of the wrong type NULL, ctl fills in one that is
	 * not there */
	if(n < 0 || pattern.s == NULL || mechanism.s == NULL) {
		rpc->fault(ctx, 400, "Wanted: pattern, mechanism, offset, limit");
		return;
	}
	if(n < 1)
		pattern = any;
	if(n < 2)
		mechanism = any;
	wanted.aor = aor_of(&pattern);
	if(!read_mechanism(&wanted, mediasec_view(&mechanism))) {
		rpc->fault(ctx, 400, "No such mechanism");
		return;
	}
	if(offset < 0 || limit < 1 || limit > LIMIT_MAX) {
		rpc->fault(ctx, 400, "offset: 0 or more, limit: 1 to %d", LIMIT_MAX);
		return;
	}
	if(page_fill(rpc, ctx, &page, &wanted, (unsigned)offset, (unsigned)limit)
			< 0)
		return;
	add_page(rpc, ctx, &page);
	pkg_free(page.text.p);
}

/* ---- mediasec.show ------------------------------------------------------ */

static const char *show_doc[] = {"Show all bindings of an AoR", 0};

/* @return 0, or -1: the caller has been told */
static int read_aor(rpc_t *rpc, void *ctx, struct wanted *wanted)
{
	str aor = {NULL, 0}, contact = str_init("");
	int n = rpc->scan(ctx, "S*S", &aor, &contact);

	if(n < 1 || aor.s == NULL || contact.s == NULL) {
		rpc->fault(ctx, 400, "Wanted: an AoR, and maybe a Contact");
		return -1;
	}
	if(n < 2)
		contact.len = 0;
	*wanted = (struct wanted){.aor_is = ms_str_eq,
			.aor = aor_of(&aor),
			.contact = mediasec_view(&contact),
			.now = time(NULL)};
	return 0;
}

static void rpc_show(rpc_t *rpc, void *ctx)
{
	struct wanted wanted;
	struct page page;

	if(read_aor(rpc, ctx, &wanted) < 0
			|| page_fill(rpc, ctx, &page, &wanted, 0, AOR_BINDINGS_MAX) < 0)
		return;
	if(add_page(rpc, ctx, &page) == 0)
		rpc->fault(ctx, 404, "AoR not found");
	pkg_free(page.text.p);
}

/* ---- mediasec.drop ------------------------------------------------------ */

static const char *drop_doc[] = {
		"Forget the bindings of an AoR, or the one with this Contact: their "
		"senders are unknown until they register again",
		0};

static int drop_page(const struct page *page)
{
	struct ms_str text = {page->text.p, page->text.len};
	struct mediasec_found found;
	int n = 0;

	while(page_next(&text, &found)) {
		mediasec_store->drop(&found.record);
		n++;
	}
	return n;
}

static void rpc_drop(rpc_t *rpc, void *ctx)
{
	struct wanted wanted;
	struct page page;
	void *answer;
	int n;

	if(read_aor(rpc, ctx, &wanted) < 0
			|| page_fill(rpc, ctx, &page, &wanted, 0, AOR_BINDINGS_MAX) < 0)
		return;
	n = drop_page(&page);
	pkg_free(page.text.p);
	LM_NOTICE("dropped on demand: aor=%.*s bindings=%d\n", (int)wanted.aor.len,
			wanted.aor.p, n);
	if(rpc->add(ctx, "{", &answer) == 0)
		rpc->struct_add(answer, "d", "dropped", n);
}

/* ---- mediasec.stats ----------------------------------------------------- */

static const char *stats_doc[] = {"Current bindings, and all counters", 0};

struct bindings
{
	time_t now;
	unsigned long agreed, plain, sdes, dtls;
};

static bool count_binding(const struct ms_record *record, void *arg)
{
	struct bindings *bindings = arg;

	if(record->expires <= bindings->now)
		return true;
	if(record->agreed)
		bindings->agreed++;
	else
		bindings->plain++;
	if(record->agreed & MS_MECH_SDES)
		bindings->sdes++;
	if(record->agreed & MS_MECH_DTLS)
		bindings->dtls++;
	return true;
}

static void add_counters(rpc_t *rpc, void *group)
{
	enum mediasec_count i;

	for(i = 0; i < MEDIASEC_COUNT_N; i++)
		rpc->struct_add(
				group, "j", mediasec_count_word(i).p, mediasec_counted(i));
}

static void add_reasons(rpc_t *rpc, void *group)
{
	enum ms_reason i;

	for(i = MS_REASON_NONE + 1; i < MS_REASON_COUNT; i++)
		rpc->struct_add(group, "j", ms_reason_info(i)->word.p,
				mediasec_counted_reason(i));
}

static void rpc_stats(rpc_t *rpc, void *ctx)
{
	struct bindings bindings = {.now = time(NULL)};
	void *answer, *group;

	if(mediasec_store->walk(count_binding, &bindings) < 0) {
		rpc->fault(ctx, 500, "The store cannot be read");
		return;
	}
	if(rpc->add(ctx, "{", &answer) < 0)
		return;
	if(rpc->struct_add(answer, "{", "bindings", &group) == 0)
		rpc->struct_add(group, "jjjj", "agreed", bindings.agreed, "plain",
				bindings.plain, "sdes-srtp", bindings.sdes, "dtls-srtp",
				bindings.dtls);
	if(rpc->struct_add(answer, "{", "counters", &group) == 0)
		add_counters(rpc, group);
	if(rpc->struct_add(answer, "{", "refused", &group) == 0)
		add_reasons(rpc, group);
}

/* clang-format off */
rpc_export_t mediasec_rpcs[] = {
	{"mediasec.list", rpc_list, list_doc, RET_ARRAY},
	{"mediasec.show", rpc_show, show_doc, RET_ARRAY},
	{"mediasec.drop", rpc_drop, drop_doc, 0},
	{"mediasec.stats", rpc_stats, stats_doc, 0},
	{"mediasec.policies", mediasec_rpc_policies, mediasec_rpc_policies_doc,
		RET_ARRAY},
	{"mediasec.reload", mediasec_rpc_reload, mediasec_rpc_reload_doc, 0},
	{0, 0, 0, 0}
};
/* clang-format on */
