/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Input: a first line with the lists that are allowed, "a,b|a,b,c", then rows
 * of one header, each with or without its name, folded or not. */

#include "fuzz.h"

#include "ms_limits.h"
#include "ms_mech.h"
#include "ms_scan.h"
#include "ms_sechdr.h"

#define TAG MS_STR("mediasec")
#define ENTRIES_MAX 256

/* The header as the oracles remember it. */
struct header
{
	unsigned n_lists;
	struct ms_list list[MS_LISTS_MAX];
	unsigned rows, foreign, bare, bad;
	bool extended, stray;
	unsigned n; /* labelled entries; more than ENTRIES_MAX are only counted */
	struct ms_str name[ENTRIES_MAX];
};

/* ---- ms_mech ------------------------------------------------------------ */

static struct ms_str skip_empty(struct ms_str in)
{
	ms_scan_lws(&in);
	while(ms_scan_char(&in, ','))
		;
	return in;
}

/* A mechanism that was read means the same when it stands alone. */
static void check_alone(const struct ms_mech *mech)
{
	struct ms_str in = mech->text;
	struct ms_mech again;

	REQUIRE(ms_mech_next(&in, &again) == MS_OK);
	REQUIRE(in.len == 0 && !again.stray);
	REQUIRE(is_same_view(again.text, mech->text));
	REQUIRE(is_same_view(again.name, mech->name));
	REQUIRE(again.mediasec == mech->mediasec);
	REQUIRE(again.extended == mech->extended);
}

static void check_mech(
		struct ms_str before, struct ms_str after, const struct ms_mech *mech)
{
	struct ms_str element, rest = skip_empty(before);

	REQUIRE(after.len < before.len && is_within(after, before));
	REQUIRE(after.p + after.len == before.p + before.len);
	REQUIRE(is_within(mech->text, before));
	REQUIRE(is_within(mech->name, mech->text));
	REQUIRE(mech->name.p == mech->text.p && mech->name.len > 0);
	REQUIRE(mech->text.len <= MS_MECH_LEN_MAX);
	/* skipping finds the same borders as reading */
	element = ms_mech_skip(&rest);
	REQUIRE(is_same_view(element, mech->text));
	REQUIRE(rest.len >= after.len);
	check_alone(mech);
}

static void check_unchanged(struct ms_str before, struct ms_str after,
		const struct ms_mech *mech, const struct ms_mech *was)
{
	REQUIRE(is_same_view(before, after));
	REQUIRE(memcmp(mech, was, sizeof(*mech)) == 0);
}

static void check_skip(struct ms_str *in)
{
	struct ms_str before = *in, element = ms_mech_skip(in);

	REQUIRE(in->len < before.len && is_within(*in, before));
	REQUIRE(is_within(element, before));
	REQUIRE(is_same_view(ms_str_trim(element), element));
}

static void note_mech(struct header *header, const struct ms_mech *mech)
{
	if(mech->mediasec) {
		if(header->n < ENTRIES_MAX)
			header->name[header->n] = mech->name;
		header->n++;
		header->extended |= mech->extended;
	} else if(ms_mech_bit(mech->name) == MS_MECH_OTHER) {
		header->foreign++;
	} else {
		header->bare++;
	}
}

static unsigned commas(struct ms_str text)
{
	unsigned n = 0;
	size_t i;

	for(i = 0; i < text.len; i++)
		n += text.p[i] == ',';
	return n;
}

static void read_row(struct header *header, struct ms_str row)
{
	struct ms_mech mech, was;
	struct ms_str in = row, before;
	enum ms_err err;
	unsigned bad = 0, entries = 0, separators = commas(row);
	bool stray = false;

	for(;;) {
		memset(&mech, 0x55, sizeof(mech));
		memset(&was, 0x55, sizeof(was));
		before = in;
		err = ms_mech_next(&in, &mech);
		if(!err) {
			check_mech(before, in, &mech);
			note_mech(header, &mech);
			separators -= commas(mech.text);
			stray |= mech.stray;
			entries++;
			continue;
		}
		check_unchanged(before, in, &mech, &was);
		if(err == MS_END)
			break;
		check_skip(&in);
		bad++;
	}
	header->rows++;
	header->bad += bad;
	/* well-formed entries are separated by one comma each, unless some stray */
	if(bad == 0 && entries > 0)
		REQUIRE(stray == (separators != entries - 1));
	header->stray |= stray || bad + entries == 0;
}

/* ---- ms_client ---------------------------------------------------------- */

static void check_client(
		const struct header *header, const struct ms_client *client)
{
	REQUIRE(client->rows == header->rows);
	REQUIRE(client->foreign == header->foreign);
	REQUIRE(client->bad == header->bad);
	REQUIRE((client->media != 0) == (header->n > 0));
	REQUIRE((client->bare != 0) == (header->bare > 0));
	REQUIRE(!(client->bare & MS_MECH_OTHER));
}

/* ---- ms_verify: the three modes, in other words ------------------------- */

static bool is_list(const struct header *header, const struct ms_list *list)
{
	unsigned j;

	for(j = 0; j < list->n && j < header->n; j++)
		if(!ms_str_caseeq(header->name[j], list->name[j]))
			return false;
	return list->n > 0 && list->n == header->n;
}

static bool is_strict(const struct header *header)
{
	unsigned i;

	for(i = 0; i < header->n_lists; i++)
		if(is_list(header, &header->list[i]))
			return !header->stray;
	return false;
}

/* @return how often the name stands in a row from entry k on */
static unsigned run_len(
		const struct header *header, unsigned k, struct ms_str name)
{
	unsigned n = 0;

	while(k + n < header->n && ms_str_caseeq(header->name[k + n], name))
		n++;
	return n;
}

/* Mark the entries behind which a copy of the list may end that begins at k. No
 * list has a name twice, so only the run of its last name may be cut. */
static void mark_ends(const struct header *header, const struct ms_list *list,
		unsigned k, bool *ends)
{
	unsigned j, run = 0;

	for(j = 0; j < list->n; j++, k += run) {
		run = run_len(header, k, list->name[j]);
		if(run == 0)
			return;
		if(j + 1 == list->n)
			for(; run > 0; run--)
				ends[k + run] = true;
	}
}

static bool is_compat(const struct header *header)
{
	bool ends[ENTRIES_MAX + 1] = {true};
	unsigned i, k;

	for(k = 0; k < header->n; k++)
		for(i = 0; ends[k] && i < header->n_lists; i++)
			mark_ends(header, &header->list[i], k, ends);
	return header->n > 0 && ends[header->n];
}

static bool list_has(const struct ms_list *list, struct ms_str name)
{
	unsigned j;

	for(j = 0; j < list->n; j++)
		if(ms_str_caseeq(list->name[j], name))
			return true;
	return false;
}

static bool any_list_has(const struct header *header, struct ms_str name)
{
	unsigned i;

	for(i = 0; i < header->n_lists; i++)
		if(list_has(&header->list[i], name))
			return true;
	return false;
}

static bool is_seen(const struct header *header, const struct ms_list *list)
{
	unsigned j, k, seen = 0;

	for(j = 0; j < list->n; j++)
		for(k = 0; k < header->n; k++)
			if(ms_str_caseeq(header->name[k], list->name[j])) {
				seen++;
				break;
			}
	return list->n > 0 && seen == list->n;
}

static bool is_set(const struct header *header)
{
	unsigned i, k;
	bool seen = false;

	for(k = 0; k < header->n; k++)
		if(!any_list_has(header, header->name[k]))
			return false;
	for(i = 0; i < header->n_lists; i++)
		seen |= is_seen(header, &header->list[i]);
	return seen;
}

static enum ms_verify_result expect(
		const struct header *header, enum ms_verify_mode mode)
{
	bool stray = header->stray && mode == MS_VERIFY_STRICT;
	bool right = false;

	if(header->bad > 0)
		return MS_VERIFY_MALFORMED;
	if(header->bare > 0 || header->extended || stray)
		return MS_VERIFY_DIFFERS;
	if(header->n == 0)
		return header->rows > 0 && header->foreign == 0 ? MS_VERIFY_DIFFERS
														: MS_VERIFY_ABSENT;
	switch(mode) {
		case MS_VERIFY_STRICT:
			right = is_strict(header);
			break;
		case MS_VERIFY_COMPAT:
			right = is_compat(header);
			break;
		case MS_VERIFY_SET:
			right = is_set(header);
			break;
	}
	return right ? MS_VERIFY_RIGHT : MS_VERIFY_DIFFERS;
}

static void check_verify(const struct header *header,
		const struct ms_verify verify[MS_VERIFY_SET + 1])
{
	enum ms_verify_result result[MS_VERIFY_SET + 1];
	enum ms_verify_mode mode;

	for(mode = MS_VERIFY_STRICT; mode <= MS_VERIFY_SET; mode++) {
		result[mode] = ms_verify_result(&verify[mode]);
		if(header->n <= ENTRIES_MAX)
			REQUIRE(result[mode] == expect(header, mode));
	}
	if(result[MS_VERIFY_STRICT] == MS_VERIFY_RIGHT)
		REQUIRE(result[MS_VERIFY_COMPAT] == MS_VERIFY_RIGHT);
	if(result[MS_VERIFY_COMPAT] == MS_VERIFY_RIGHT)
		REQUIRE(result[MS_VERIFY_SET] == MS_VERIFY_RIGHT);
}

/* ---- stripping ---------------------------------------------------------- */

static bool has_word(struct ms_str text, struct ms_str word)
{
	size_t i;

	for(i = 0; i + word.len <= text.len; i++)
		if(ms_str_caseeq((struct ms_str){text.p + i, word.len}, word))
			return true;
	return false;
}

/* one element of a Security-* header, as the strip functions split it */
static struct ms_str sechdr_element(struct ms_str *in, bool *drop)
{
	struct ms_str element = ms_mech_skip(in), copy = element;
	struct ms_mech mech;

	*drop = ms_mech_next(&copy, &mech) == MS_OK ? mech.mediasec
												: has_word(element, TAG);
	return element;
}

static struct ms_str tags_element(struct ms_str *in, bool *drop)
{
	struct ms_str element = ms_str_trim(ms_str_until(in, ','));

	*drop = ms_str_caseeq(element, TAG);
	return element;
}

typedef struct ms_str (*element_fn)(struct ms_str *in, bool *drop);

/* @return the next element that is not empty, an empty one at the end */
static struct ms_str next_kept(
		struct ms_str *in, element_fn split, bool *dropped)
{
	struct ms_str element;
	bool drop;

	while(in->len > 0) {
		element = split(in, &drop);
		*dropped |= drop;
		if(element.len > 0 && !drop)
			return element;
	}
	return MS_STR("");
}

/* The same elements stay, in the same order, and none of ours. */
static void check_kept(
		struct ms_str body, struct ms_str left, element_fn split, bool removed)
{
	bool dropped = false, dropped_again = false;
	struct ms_str element;

	do {
		element = next_kept(&body, split, &dropped);
		REQUIRE(ms_str_eq(element, next_kept(&left, split, &dropped_again)));
	} while(element.len > 0);
	REQUIRE(dropped == removed);
	REQUIRE(!dropped_again);
}

static bool strip(struct ms_str body, element_fn split, char *buf, size_t *len)
{
	return split == tags_element ? ms_tags_strip(body, TAG, buf, len)
								 : ms_sechdr_strip(body, buf, len);
}

static void check_strip(struct ms_str body, element_fn split)
{
	char *buf = fuzz_buf(body.len), *again;
	struct ms_str left;
	size_t len = 0, len_again = 0;
	bool removed = strip(body, split, buf, &len);

	REQUIRE(len <= body.len);
	left = (struct ms_str){buf, len};
	REQUIRE(removed ? len < body.len : ms_str_eq(left, body));
	check_kept(body, left, split, removed);
	if(split == tags_element) {
		REQUIRE(ms_tags_have(body, TAG) == removed);
		REQUIRE(!ms_tags_have(left, TAG));
	}
	again = fuzz_buf(len);
	REQUIRE(!strip(left, split, again, &len_again));
	REQUIRE(ms_str_eq((struct ms_str){again, len_again}, left));
	free(again);
	free(buf);
}

/* ---- lists -------------------------------------------------------------- */

/* The rows we issue, mirrored, are right in every mode. */
static void check_rows(const struct ms_list *list)
{
	static char buf[MS_LIST_MAX * (MS_MECH_LEN_MAX + 32)];
	struct ms_str rows, row;
	struct ms_verify verify;
	enum ms_verify_mode mode;
	size_t len = 0;

	REQUIRE(ms_list_rows(list, buf, sizeof(buf), &len) == MS_OK);
	for(mode = MS_VERIFY_STRICT; mode <= MS_VERIFY_SET; mode++) {
		ms_verify_init(&verify, mode);
		ms_verify_allow(&verify, list);
		rows = (struct ms_str){buf, len};
		while(ms_str_line(&rows, &row)) {
			ms_str_until(&row, ':');
			ms_verify_row(&verify, row);
		}
		REQUIRE(verify.rows == list->n);
		REQUIRE(ms_verify_result(&verify)
				== (list->n > 0 ? MS_VERIFY_RIGHT : MS_VERIFY_ABSENT));
	}
}

static void check_without(const struct ms_list *list)
{
	unsigned bits = ms_list_bits(list), bit;
	struct ms_list left;

	for(bit = MS_MECH_SDES; bit <= MS_MECH_OTHER; bit <<= 1) {
		REQUIRE(ms_mech_bit(ms_mech_name(bit)) == bit);
		left = ms_list_without(list, bit);
		REQUIRE(ms_list_bits(&left) == (bits & ~bit));
	}
}

static void check_list(const struct ms_list *list, size_t text_len)
{
	char *buf = fuzz_buf(text_len);
	struct ms_list again;
	size_t len = 0;
	unsigned j;

	REQUIRE(list->n <= MS_LIST_MAX);
	REQUIRE(ms_list_write(list, buf, text_len, &len) == MS_OK);
	REQUIRE(ms_list_read((struct ms_str){buf, len}, &again) == MS_OK);
	REQUIRE(again.n == list->n);
	for(j = 0; j < list->n; j++)
		REQUIRE(ms_str_eq(again.name[j], list->name[j]));
	if(len > 0)
		REQUIRE(ms_list_write(list, buf, len - 1, &len) == MS_ENOSPC);
	free(buf);
	check_rows(list);
	check_without(list);
}

static void read_lists(struct header *header, struct ms_str line)
{
	struct ms_list list, was;
	struct ms_str text;

	while(line.len > 0) {
		text = ms_str_until(&line, '|');
		memset(&list, 0x55, sizeof(list));
		memset(&was, 0x55, sizeof(was));
		if(ms_list_read(text, &list)) {
			REQUIRE(memcmp(&list, &was, sizeof(list)) == 0);
			continue;
		}
		check_list(&list, text.len);
		if(list.n > 0 && header->n_lists < MS_LISTS_MAX)
			header->list[header->n_lists++] = list;
	}
}

/* ---- rows --------------------------------------------------------------- */

static bool is_folded(struct ms_str next)
{
	return next.len > 0 && (next.p[0] == ' ' || next.p[0] == '\t');
}

/* @return the body of the next header row, folded lines included */
static struct ms_str next_row(struct ms_str *in)
{
	struct ms_str row = *in, line, name, body;

	ms_str_line(in, &line);
	while(is_folded(*in))
		ms_str_line(in, &line);
	row.len = (size_t)(line.p + line.len - row.p);
	body = row;
	if(ms_scan_token(&body, &name) == MS_OK && ms_scan_char(&body, ':'))
		return body;
	return row;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str in = fuzz_copy((struct ms_str){(const char *)data, size});
	struct ms_str whole = in, line = {0}, row;
	struct header header = {0};
	struct ms_client client = {0};
	struct ms_verify verify[MS_VERIFY_SET + 1];
	enum ms_verify_mode mode;
	unsigned i;

	ms_str_line(&in, &line);
	read_lists(&header, line);
	for(mode = MS_VERIFY_STRICT; mode <= MS_VERIFY_SET; mode++) {
		ms_verify_init(&verify[mode], mode);
		for(i = 0; i < header.n_lists; i++)
			ms_verify_allow(&verify[mode], &header.list[i]);
	}
	while(in.len > 0) {
		row = next_row(&in);
		read_row(&header, row);
		ms_client_row(&client, row);
		for(mode = MS_VERIFY_STRICT; mode <= MS_VERIFY_SET; mode++)
			ms_verify_row(&verify[mode], row);
		check_strip(row, sechdr_element);
		check_strip(row, tags_element);
	}
	check_client(&header, &client);
	check_verify(&header, verify);
	fuzz_free(whole);
	return 0;
}
