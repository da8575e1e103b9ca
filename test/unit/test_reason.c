/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <limits.h>

#include "ms_reason.h"

/* the longest that fits in the Warning of a 488, whatever stands before it */
#define WHAT_MAX 200

static void check_word(struct ms_str word)
{
	size_t i;

	CHECK(word.len > 0 && word.len <= 32);
	for(i = 0; i < word.len; i++)
		CHECK((word.p[i] >= 'a' && word.p[i] <= 'z') || word.p[i] == '_');
}

/* Printable, and as it is in a quoted string. */
static void check_text(struct ms_str text)
{
	size_t i;

	CHECK(text.len > 0 && text.len <= WHAT_MAX);
	for(i = 0; i < text.len; i++)
		CHECK(text.p[i] >= ' ' && text.p[i] <= '~' && text.p[i] != '"'
				&& text.p[i] != '\\');
}

static void test_reasons(void)
{
	const struct ms_reason_info *info;
	unsigned i, k;

	for(i = MS_REASON_NONE + 1; i < MS_REASON_COUNT; i++) {
		info = ms_reason_info((enum ms_reason)i);
		test_row(info->word.p);
		check_word(info->word);
		check_text(info->phrase);
		check_text(info->what);
		CHECK(info->code >= 400 && info->code <= 699);
		/* tm takes a C string */
		CHECK_TEXT(info->phrase, info->phrase.p);
		for(k = 0; k < i; k++)
			CHECK(!ms_str_caseeq(
					info->word, ms_reason_info((enum ms_reason)k)->word));
	}
}

static void test_codes(void)
{
	static const struct
	{
		const char *name;
		enum ms_reason reason;
		int code;
		const char *word, *phrase;
	} rows[] = {
			{"S-8 494", MS_REASON_VERIFY_DIFFERS, 494, "verify_differs",
					"Security Agreement Required"},
			{"S-8 421", MS_REASON_CLIENT_MISSING, 421, "client_missing",
					"Extension Required"},
			{"S-8 S-30 420", MS_REASON_TAG_REFUSED, 420, "tag_refused",
					"Bad Extension"},
			{"S-11 R-3 502", MS_REASON_NOT_FIRST_HOP, 502, "not_first_hop",
					"Bad Gateway"},
			{"S-74 488", MS_REASON_OFFER_PLAIN, 488, "offer_plain",
					"Not Acceptable Here"},
			{"R-7 503", MS_REASON_REJECT_LIMIT, 503, "reject_limit",
					"Service Unavailable"},
	};
	const struct ms_reason_info *info;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		info = ms_reason_info(rows[i].reason);
		CHECK_INT(info->code, rows[i].code);
		CHECK_TEXT(info->word, rows[i].word);
		CHECK_TEXT(info->phrase, rows[i].phrase);
	}
}

/* One code has one phrase, or a log of them reads as two. 400 and 503 say in
 * theirs what cannot be read and what is unavailable. */
static void test_phrases(void)
{
	const struct ms_reason_info *a, *b;
	unsigned i, k;

	test_row("one phrase a code");
	for(i = 1; i < MS_REASON_COUNT; i++) {
		a = ms_reason_info((enum ms_reason)i);
		for(k = 1; k < i; k++) {
			b = ms_reason_info((enum ms_reason)k);
			if(a->code == b->code && a->code != 400 && a->code != 503)
				CHECK_STR(a->phrase, b->phrase);
		}
	}
}

static void test_no_reason(void)
{
	const struct ms_reason_info *info = ms_reason_info(MS_REASON_NONE);

	test_row("no reason has nothing");
	CHECK_INT(info->code, 0);
	CHECK_TEXT(info->word, "");
	CHECK_TEXT(info->phrase, "");
	CHECK_TEXT(info->what, "");

	test_row("what is no reason is internal");
	info = ms_reason_info(MS_REASON_INTERNAL);
	CHECK_INT(info->code, 500);
	CHECK(ms_reason_info(MS_REASON_COUNT) == info);
	CHECK(ms_reason_info((enum ms_reason)(MS_REASON_COUNT + 1)) == info);
	CHECK(ms_reason_info((enum ms_reason)INT_MAX) == info);
	CHECK(ms_reason_info((enum ms_reason) - 1) == info);
}

void test_reason(void);

void test_reason(void)
{
	test_reasons();
	test_codes();
	test_phrases();
	test_no_reason();
}
