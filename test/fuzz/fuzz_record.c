/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The input is used twice: as the text of a record, and, line by line, as the
 * fields of one that a sender would like to forge. */

#include "fuzz.h"

#include "ms_limits.h"
#include "ms_record.h"

static bool is_same(const struct ms_record *a, const struct ms_record *b)
{
	return a->expires == b->expires && ms_str_eq(a->aor, b->aor)
		   && ms_str_eq(a->user, b->user) && ms_str_eq(a->contact, b->contact)
		   && ms_str_eq(a->flow, b->flow) && ms_str_eq(a->list, b->list)
		   && a->offered == b->offered && a->agreed == b->agreed
		   && a->mirrored == b->mirrored && a->secure == b->secure;
}

static void check_views(const struct ms_record *record, struct ms_str scratch)
{
	REQUIRE(is_within(record->aor, scratch));
	REQUIRE(is_within(record->user, scratch));
	REQUIRE(is_within(record->contact, scratch));
	REQUIRE(is_within(record->flow, scratch));
	REQUIRE(is_within(record->list, scratch));
}

/* Stored text: only what the format promises, so that it stays one line, fits
 * usrloc and has as many fields as it should. */
static void check_text(struct ms_str text)
{
	unsigned bars = 0;
	size_t i;

	REQUIRE(text.len <= MS_RECORD_LEN_MAX);
	for(i = 0; i < text.len; i++) {
		REQUIRE((unsigned char)text.p[i] > ' ' && text.p[i] != 0x7f);
		bars += text.p[i] == '|';
	}
	REQUIRE(bars == 10);
}

/* @return false if the record is too long */
static bool check_written(const struct ms_record *record)
{
	char text[2 * MS_RECORD_LEN_MAX], again[MS_RECORD_LEN_MAX];
	struct ms_record back;
	struct ms_str copy;
	char *scratch;
	size_t len = 0, len_again = 0;

	if(ms_record_write(record, text, sizeof(text), &len))
		return false;
	copy = fuzz_copy((struct ms_str){text, len});
	check_text(copy);
	scratch = fuzz_buf(len);
	REQUIRE(ms_record_read(copy, scratch, len, &back) == MS_OK);
	check_views(&back, (struct ms_str){scratch, len});
	REQUIRE(is_same(&back, record));
	REQUIRE(ms_record_write(&back, again, sizeof(again), &len_again) == MS_OK);
	REQUIRE(ms_str_eq((struct ms_str){again, len_again}, copy));
	REQUIRE(ms_record_write(record, text, len - 1, &len) == MS_ENOSPC);
	free(scratch);
	fuzz_free(copy);
	return true;
}

static void check_read(struct ms_str text)
{
	struct ms_record record, was;
	char *scratch = fuzz_buf(text.len);

	memset(&record, 0x55, sizeof(record));
	memset(&was, 0x55, sizeof(was));
	if(ms_record_read(text, scratch, text.len, &record) == MS_OK) {
		check_views(&record, (struct ms_str){scratch, text.len});
		REQUIRE(check_written(&record));
	} else {
		REQUIRE(memcmp(&record, &was, sizeof(record)) == 0);
	}
	free(scratch);
}

/* @return the bytes the text needs, escapes included */
static size_t escaped_len(struct ms_str text)
{
	size_t i, len = text.len;

	for(i = 0; i < text.len; i++)
		if((unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7f
				|| text.p[i] == '|' || text.p[i] == '%')
			len += 2;
	return len;
}

static void check_fields(struct ms_str in)
{
	struct ms_record record = {.expires = (int64_t)in.len,
			.offered = (unsigned)in.len,
			.mirrored = in.len & 1,
			.secure = in.len & 2};
	struct ms_str *const field[] = {&record.contact, &record.aor, &record.user,
			&record.flow, &record.list};
	size_t i, len = 0;

	for(i = 0; i < sizeof(field) / sizeof(field[0]); i++) {
		*field[i] = ms_str_until(&in, '\n');
		len += escaped_len(*field[i]);
	}
	/* v1, ten bars, five numbers */
	if(check_written(&record))
		REQUIRE(len + 12 + 5 <= MS_RECORD_LEN_MAX);
	else
		REQUIRE(len + 12 + 2 * 10 + 3 > MS_RECORD_LEN_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str in = fuzz_copy((struct ms_str){(const char *)data, size});
	struct ms_str line;

	line = in;
	check_read(ms_str_until(&line, '\n'));
	check_fields(in);
	fuzz_free(in);
	return 0;
}
