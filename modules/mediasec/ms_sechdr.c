/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_sechdr.h"

#include "ms_mech.h"
#include "ms_scan.h"

/* ---- the list of an interface ------------------------------------------ */

_Static_assert(MS_LIST_MAX < 8, "struct ms_verify: a bit for each position");

/* @return bit j for name j of the list if it is this one, 0 if none is */
static unsigned list_find(const struct ms_list *list, struct ms_str name)
{
	unsigned j;

	for(j = 0; j < list->n; j++)
		if(ms_str_caseeq(list->name[j], name))
			return 1u << j;
	return 0;
}

#define LABEL ";mediasec"

static enum ms_err list_add(struct ms_list *list, struct ms_str name)
{
	struct ms_str known = ms_mech_name(ms_mech_bit(name));

	if(list_find(list, name))
		return MS_ESYNTAX;
	/* a mirror of a longer name could not be read */
	if(list->n == MS_LIST_MAX
			|| name.len > MS_MECH_LEN_MAX - (sizeof(LABEL) - 1))
		return MS_ELIMIT;
	list->name[list->n++] = known.len > 0 ? known : name;
	return MS_OK;
}

static enum ms_err scan_names(struct ms_str *in, struct ms_list *list)
{
	struct ms_str name;
	enum ms_err err;

	do {
		err = ms_scan_token(in, &name);
		if(!err)
			err = list_add(list, name);
	} while(!err && ms_scan_char(in, ','));
	return err;
}

enum ms_err ms_list_read(struct ms_str text, struct ms_list *list)
{
	struct ms_list l = {0};
	enum ms_err err = MS_OK;

	text = ms_str_trim(text);
	if(text.len > 0)
		err = scan_names(&text, &l);
	if(err)
		return err;
	if(text.len > 0)
		return MS_ESYNTAX;
	*list = l;
	return MS_OK;
}

unsigned ms_list_bits(const struct ms_list *list)
{
	unsigned j, bits = 0;

	for(j = 0; j < list->n; j++)
		bits |= ms_mech_bit(list->name[j]);
	return bits;
}

struct ms_list ms_list_without(const struct ms_list *list, unsigned bits)
{
	struct ms_list left = {0};
	unsigned j;

	for(j = 0; j < list->n; j++)
		if(!(ms_mech_bit(list->name[j]) & bits))
			left.name[left.n++] = list->name[j];
	return left;
}

enum ms_err ms_list_write(
		const struct ms_list *list, char *buf, size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};
	unsigned j;

	for(j = 0; j < list->n; j++) {
		if(j > 0)
			ms_out_char(&out, ',');
		ms_out_put(&out, list->name[j]);
	}
	return ms_out_end(&out, len);
}

enum ms_err ms_list_rows(
		const struct ms_list *list, char *buf, size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};
	unsigned j;

	for(j = 0; j < list->n; j++) {
		ms_out_put(&out, MS_STR("Security-Server: "));
		ms_out_put(&out, list->name[j]);
		ms_out_put(&out, MS_STR(LABEL "\r\n"));
	}
	return ms_out_end(&out, len);
}

/* ---- what a client offers ---------------------------------------------- */

static void client_mech(struct ms_client *client, const struct ms_mech *mech)
{
	unsigned bit = ms_mech_bit(mech->name);

	if(mech->mediasec)
		client->media |= bit;
	else if(bit != MS_MECH_OTHER)
		client->bare |= bit;
	else
		client->foreign++;
}

void ms_client_row(struct ms_client *client, struct ms_str body)
{
	struct ms_mech mech;
	enum ms_err err;

	client->rows++;
	while((err = ms_mech_next(&body, &mech)) != MS_END) {
		if(!err) {
			client_mech(client, &mech);
		} else {
			client->bad++;
			ms_mech_skip(&body);
		}
	}
}

/* ---- the mirror --------------------------------------------------------- */

void ms_verify_init(struct ms_verify *verify, enum ms_verify_mode mode)
{
	*verify = (struct ms_verify){.mode = mode};
}

void ms_verify_allow(struct ms_verify *verify, const struct ms_list *list)
{
	if(list->n == 0 || verify->n == MS_LISTS_MAX)
		return;
	verify->list[verify->n] = list;
	/* strict and compat begin with no name read, set with no name seen */
	verify->at[verify->n] = verify->mode == MS_VERIFY_SET ? 0 : 1;
	verify->n++;
}

/*
 * The step of one list on reading its name j, given as bit j:
 *   strict  j names read -> j + 1 names read
 *   compat  the same, or j + 1 -> j + 1, the row being repeated at once
 *   set     name j is seen
 * With bits standing for all positions the list may be at, compat is a
 * nondeterministic automaton, and shifting moves all of them at once.
 */
static unsigned step(enum ms_verify_mode mode, unsigned at, unsigned name)
{
	switch(mode) {
		case MS_VERIFY_STRICT:
			return (at & name) << 1;
		case MS_VERIFY_COMPAT:
			return (at & name) << 1 | (at & name << 1);
		case MS_VERIFY_SET:
			return at | name;
	}
	return 0;
}

/* @return true if all names of list i are read */
static bool is_complete(const struct ms_verify *verify, unsigned i)
{
	unsigned end = 1u << verify->list[i]->n;

	return verify->mode == MS_VERIFY_SET ? verify->at[i] == end - 1
										 : (verify->at[i] & end) != 0;
}

static bool any_complete(const struct ms_verify *verify)
{
	unsigned i;

	for(i = 0; i < verify->n; i++)
		if(is_complete(verify, i))
			return true;
	return false;
}

static void verify_media(struct ms_verify *verify, struct ms_str name)
{
	unsigned i, bit, known = 0;

	for(i = 0; i < verify->n; i++) {
		bit = list_find(verify->list[i], name);
		known |= bit;
		verify->at[i] = (uint8_t)step(verify->mode, verify->at[i], bit);
	}
	if(!known)
		verify->differs = true;
	/* behind a complete copy another may begin, of any list: an Asterisk adds
	 * one at each refresh and keeps the old ones after a change of the list */
	if(verify->mode == MS_VERIFY_COMPAT && any_complete(verify))
		for(i = 0; i < verify->n; i++)
			verify->at[i] |= 1;
}

static void verify_mech(struct ms_verify *verify, const struct ms_mech *mech)
{
	if(mech->stray && verify->mode == MS_VERIFY_STRICT)
		verify->differs = true;
	if(mech->mediasec) {
		verify->media++;
		verify->differs |= mech->extended;
		verify_media(verify, mech->name);
	} else if(ms_mech_bit(mech->name) != MS_MECH_OTHER) {
		verify->differs = true;
	} else {
		verify->foreign++;
	}
}

void ms_verify_row(struct ms_verify *verify, struct ms_str body)
{
	struct ms_mech mech;
	enum ms_err err;
	bool empty = true;

	verify->rows++;
	while((err = ms_mech_next(&body, &mech)) != MS_END) {
		empty = false;
		if(!err) {
			verify_mech(verify, &mech);
		} else {
			verify->bad = true;
			ms_mech_skip(&body);
		}
	}
	/* rows are joined by commas (RFC 3261, 7.3.1): this one adds a stray one */
	if(empty && verify->mode == MS_VERIFY_STRICT)
		verify->differs = true;
}

enum ms_verify_result ms_verify_result(const struct ms_verify *verify)
{
	if(verify->bad)
		return MS_VERIFY_MALFORMED;
	if(verify->differs)
		return MS_VERIFY_DIFFERS;
	if(verify->media > 0)
		return any_complete(verify) ? MS_VERIFY_RIGHT : MS_VERIFY_DIFFERS;
	/* a header without any element mirrors nothing, but it is there */
	return verify->rows == 0 || verify->foreign > 0 ? MS_VERIFY_ABSENT
													: MS_VERIFY_DIFFERS;
}

/* ---- what the core may see ---------------------------------------------- */

/* A body on its way into a buffer, element by element. What stays keeps the
 * bytes that stood between it and the element before. */
struct strip
{
	struct ms_str body;
	struct ms_out out;
	const char *gap; /* end of the element before */
	bool removed;
};

static struct strip strip_begin(struct ms_str body, char *buf)
{
	return (struct strip){
			.body = body, .out = {.p = buf, .size = body.len}, .gap = body.p};
}

static void strip_element(struct strip *strip, struct ms_str element, bool drop)
{
	const char *from = strip->out.len > 0 ? strip->gap : element.p;
	const char *end = element.p + element.len;

	if(element.len == 0)
		return;
	if(drop)
		strip->removed = true;
	else
		ms_out_put(&strip->out, (struct ms_str){from, (size_t)(end - from)});
	strip->gap = end;
}

/* An untouched body keeps its outer blanks and stray commas, too. */
static bool strip_end(struct strip *strip, size_t *len)
{
	if(!strip->removed) {
		strip->out.len = 0;
		ms_out_put(&strip->out, strip->body);
	}
	*len = strip->out.len;
	return strip->removed;
}

static bool names_label(struct ms_str element)
{
	const struct ms_str label = MS_STR("mediasec");

	for(; element.len >= label.len; element = ms_str_from(element, 1))
		if(ms_str_caseeq((struct ms_str){element.p, label.len}, label))
			return true;
	return false;
}

/* What cannot be read may be ours as well: then the word tells. */
static bool is_ours(struct ms_str element)
{
	struct ms_mech mech;
	struct ms_str in = element;

	return ms_mech_next(&in, &mech) == MS_OK ? mech.mediasec
											 : names_label(element);
}

/* One mechanism and nothing but the label: what most clients write. */
static bool is_one_of_ours(struct ms_str body)
{
	struct ms_str name;

	return ms_scan_token(&body, &name) == MS_OK
		   && ms_str_caseeq(body, MS_STR(LABEL));
}

bool ms_sechdr_strip(struct ms_str body, char *buf, size_t *len)
{
	struct strip strip;
	struct ms_str element;

	*len = 0;
	if(is_one_of_ours(body))
		return true;
	strip = strip_begin(body, buf);
	while(body.len > 0) {
		element = ms_mech_skip(&body);
		strip_element(&strip, element, is_ours(element));
	}
	return strip_end(&strip, len);
}

/* an option-tag has no quotes: every comma separates */
static struct ms_str next_tag(struct ms_str *in)
{
	return ms_str_trim(ms_str_until(in, ','));
}

bool ms_tags_have(struct ms_str body, struct ms_str tag)
{
	while(body.len > 0)
		if(ms_str_caseeq(next_tag(&body), tag))
			return true;
	return false;
}

bool ms_tags_strip(
		struct ms_str body, struct ms_str tag, char *buf, size_t *len)
{
	struct strip strip;
	struct ms_str element;

	*len = 0;
	if(ms_str_caseeq(ms_str_trim(body), tag))
		return true;
	strip = strip_begin(body, buf);
	while(body.len > 0) {
		element = next_tag(&body);
		strip_element(&strip, element, ms_str_caseeq(element, tag));
	}
	return strip_end(&strip, len);
}
