/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_mech.h"
#include "ms_record.h"

static void same_record(
		const struct ms_record *got, const struct ms_record *want)
{
	CHECK_INT(got->expires, want->expires);
	CHECK_STR(got->aor, want->aor);
	CHECK_STR(got->user, want->user);
	CHECK_STR(got->contact, want->contact);
	CHECK_STR(got->flow, want->flow);
	CHECK_STR(got->list, want->list);
	CHECK_INT(got->offered, want->offered);
	CHECK_INT(got->agreed, want->agreed);
	CHECK_INT(got->mirrored, want->mirrored);
	CHECK_INT(got->secure, want->secure);
}

static struct ms_record alice(void)
{
	return (struct ms_record){.expires = 1767225600,
			.aor = MS_STR("alice@example.org"),
			.user = MS_STR("alice@test"),
			.contact = MS_STR("sip:alice@192.0.2.1:5080;line=etgukft"),
			.flow = MS_STR("tls:192.0.2.1:5080"),
			.list = MS_STR("sdes-srtp,dtls-srtp"),
			.offered = MS_MECH_SDES | MS_MECH_DTLS,
			.agreed = MS_MECH_SDES,
			.mirrored = true};
}

static void test_written(void)
{
	static const char text[] =
			"v1|1767225600|alice@example.org|alice@test|"
			"sip:alice@192.0.2.1:5080;line=etgukft|tls:192.0.2.1:5080|"
			"sdes-srtp,dtls-srtp|3|1|1|0";
	struct ms_record record = alice();
	char buf[MS_RECORD_LEN_MAX];
	size_t len = 0;

	test_row("R-22 the text of a record");
	CHECK_INT(ms_record_write(&record, buf, sizeof(buf), &len), MS_OK);
	CHECK_TEXT(((struct ms_str){buf, len}), text);

	test_row("exactly enough room");
	CHECK_INT(ms_record_write(&record, guard_buf(sizeof(text) - 1),
					  sizeof(text) - 1, &len),
			MS_OK);
	CHECK_INT(len, sizeof(text) - 1);

	test_row("a byte too little");
	len = 77;
	CHECK_INT(ms_record_write(&record, guard_buf(sizeof(text) - 2),
					  sizeof(text) - 2, &len),
			MS_ENOSPC);
	CHECK_INT(len, 77);
}

/* write, read, compare; both in no more memory than promised */
static void round_trip(const struct ms_record *record)
{
	struct ms_record back = {0};
	char buf[MS_RECORD_LEN_MAX];
	struct ms_str text;
	size_t len = 0;

	CHECK_INT(ms_record_write(record, buf, sizeof(buf), &len), MS_OK);
	text = guard_str((struct ms_str){buf, len});
	CHECK_INT(ms_record_read(text, guard_buf(len), len, &back), MS_OK);
	same_record(&back, record);
}

static void test_round_trip(void)
{
	static const struct
	{
		const char *name;
		struct ms_str contact;
	} rows[] = {
			{"R-22 round trip", MS_STR("sip:alice@192.0.2.1")},
			{"round trip, empty field", MS_STR("")},
			{"round trip, percent", MS_STR("sip:%41lice%7C@h;x=100%")},
			{"round trip, UTF-8", MS_STR("sip:\xc3\xa9@h")},
			{"round trip, controls", MS_STR("\x01\x0f\r\n\t \x1f\x7f")},
			{"round trip, NUL", MS_STR("a\0b")},
			{"R-22 forged fields",
					MS_STR("sip:a@h|tls:1.2.3.4:5|list|63|63|1|1")},
			{"R-22 forged line", MS_STR("sip:a@h\nv1|0|eve@h|||||1|1|1|1")},
			{"R-22 forged escapes", MS_STR("sip:a@h%7C1%7C1")},
			{"R-22 nothing but bars", MS_STR("||||||||||")},
	};
	struct ms_record record;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		record = alice();
		record.contact = rows[i].contact;
		round_trip(&record);
	}
	test_row("round trip, nothing known");
	round_trip(&(struct ms_record){0});

	test_row("round trip, largest numbers");
	record = alice();
	record.expires = 0xffffffff;
	record.offered = record.agreed = 0xffffffff;
	record.secure = true;
	round_trip(&record);

	test_row("each field lies where it belongs");
	record = (struct ms_record){.aor = MS_STR("|a"),
			.user = MS_STR("|u"),
			.contact = MS_STR("|c"),
			.flow = MS_STR("|f"),
			.list = MS_STR("|l"),
			.offered = 1,
			.secure = true};
	round_trip(&record);
}

static void test_escaped(void)
{
	struct ms_record record = {.aor = MS_STR("a|b%c d\x7f\r\xff")};
	char buf[MS_RECORD_LEN_MAX];
	size_t len = 0;

	test_row("R-22 what is escaped");
	CHECK_INT(ms_record_write(&record, buf, sizeof(buf), &len), MS_OK);
	CHECK_TEXT(((struct ms_str){buf, len}),
			"v1|0|a%7Cb%25c%20d%7F%0D\xff|||||0|0|0|0");
}

static void test_too_much(void)
{
	char contact[MS_RECORD_LEN_MAX], buf[2 * MS_RECORD_LEN_MAX];
	struct ms_record record = {.contact = {contact, 0}};
	size_t bare = sizeof("v1|0||||||0|0|0|0") - 1;
	size_t len = 77;

	memset(contact, 'c', sizeof(contact));
	test_row("R-22 the longest record");
	record.contact.len = MS_RECORD_LEN_MAX - bare;
	round_trip(&record);

	test_row("R-22 usrloc keeps no longer one");
	record.contact.len++;
	CHECK_INT(ms_record_write(&record, buf, sizeof(buf), &len), MS_ENOSPC);
	CHECK_INT(len, 77);

	test_row("R-22 escapes count");
	record.contact.len = MS_RECORD_LEN_MAX - bare;
	contact[7] = '|';
	CHECK_INT(ms_record_write(&record, buf, sizeof(buf), &len), MS_ENOSPC);

	test_row("expires out of range");
	record = alice();
	record.expires = -1;
	CHECK_INT(ms_record_write(&record, buf, sizeof(buf), &len), MS_ENOSPC);
	record.expires = 0x100000000;
	CHECK_INT(ms_record_write(&record, buf, sizeof(buf), &len), MS_ENOSPC);
	CHECK_INT(len, 77);
}

static void test_read(void)
{
	static const struct
	{
		const char *name, *text;
		enum ms_err err;
	} rows[] = {
			{"read", "v1|12|a|u|c|f|l|3|1|1|0", MS_OK},
			{"read escapes nobody needs", "v1|0|%61%FF|u|c|f|l|3|1|1|0", MS_OK},
			{"version unknown", "v2|12|a|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"version longer", "v11|12|a|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"version missing", "|12|a|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"empty", "", MS_ESYNTAX},
			{"version only", "v1", MS_ESYNTAX},
			{"field missing", "v1|12|a|u|c|f|3|1|1|0", MS_ESYNTAX},
			{"last field missing", "v1|12|a|u|c|f|l|3|1|1", MS_ESYNTAX},
			{"last field empty", "v1|12|a|u|c|f|l|3|1|1|", MS_ESYNTAX},
			{"field too many", "v1|12|a|u|c|f|l|3|1|1|0|", MS_ESYNTAX},
			{"text behind", "v1|12|a|u|c|f|l|3|1|1|0\n", MS_ESYNTAX},
			{"expires negative", "v1|-1|a|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"expires empty", "v1||a|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"expires too large", "v1|4294967296|a|u|c|f|l|3|1|1|0",
					MS_ESYNTAX},
			{"bits too large", "v1|12|a|u|c|f|l|4294967296|1|1|0", MS_ESYNTAX},
			{"bits not decimal", "v1|12|a|u|c|f|l|0x3|1|1|0", MS_ESYNTAX},
			{"flag above 1", "v1|12|a|u|c|f|l|3|1|2|0", MS_ESYNTAX},
			{"blank in a field", "v1|12|a b|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"line end in a field", "v1|12|a|u|c\r\n|f|l|3|1|1|0", MS_ESYNTAX},
			{"DEL in a field", "v1|12|a|u|\x7f|f|l|3|1|1|0", MS_ESYNTAX},
			{"escape cut off by the bar", "v1|12|a%7|u|c|f|l|3|1|1|0",
					MS_ESYNTAX},
			{"escape of one byte", "v1|12|a%|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"ends in a text", "v1|12|a", MS_ESYNTAX},
			{"ends in an escape", "v1|12|a%", MS_ESYNTAX},
			{"ends in an escape, one digit on", "v1|12|a%7", MS_ESYNTAX},
			{"only percent escapes", "v1|12|a 41|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"escape not hexadecimal", "v1|12|a%7g|u|c|f|l|3|1|1|0",
					MS_ESYNTAX},
			{"escape not hexadecimal, first", "v1|12|a%g7|u|c|f|l|3|1|1|0",
					MS_ESYNTAX},
			{"escape in lower case", "v1|12|a%7c|u|c|f|l|3|1|1|0", MS_ESYNTAX},
			{"escaped number", "v1|%31|a|u|c|f|l|3|1|1|0", MS_ESYNTAX},
	};
	struct ms_record record;
	struct ms_str text;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		text = guard_text(rows[i].text);
		record.expires = 77;
		CHECK_INT(ms_record_read(text, guard_buf(text.len), text.len, &record),
				rows[i].err);
		CHECK(rows[i].err ? record.expires == 77 : record.expires != 77);
	}
}

/* @return a record's text of this length, with a long AoR */
static struct ms_str record_of_len(size_t len)
{
	static const char start[] = "v1|0|", end[] = "|||||0|0|0|0";
	char *text = guard_buf(len);

	memset(text, 'a', len);
	memcpy(text, start, sizeof(start) - 1);
	memcpy(text + len - (sizeof(end) - 1), end, sizeof(end) - 1);
	return (struct ms_str){text, len};
}

static void test_read_limits(void)
{
	struct ms_record record;
	struct ms_str in;

	test_row("scratch for the five texts, and a byte less");
	in = guard_text("v1|12|a|u|%41c|f|l|3|1|1|0");
	CHECK_INT(ms_record_read(in, guard_buf(6), 6, &record), MS_OK);
	CHECK_TEXT(record.contact, "Ac");
	CHECK_TEXT(record.list, "l");
	record.expires = 77;
	CHECK_INT(ms_record_read(in, guard_buf(5), 5, &record), MS_ENOSPC);
	CHECK_INT(record.expires, 77);

	test_row("no scratch, no text");
	in = guard_text("v1|12||||||3|1|1|0");
	CHECK_INT(ms_record_read(in, NULL, 0, &record), MS_OK);
	CHECK_INT(record.list.len, 0);

	test_row("text at its maximum");
	in = record_of_len(MS_RECORD_LEN_MAX);
	CHECK_INT(ms_record_read(in, guard_buf(in.len), in.len, &record), MS_OK);

	test_row("text above its maximum");
	in = record_of_len(MS_RECORD_LEN_MAX + 1);
	CHECK_INT(
			ms_record_read(in, guard_buf(in.len), in.len, &record), MS_ESYNTAX);
}

static void test_called(void)
{
	char uri[MS_CONTACT_LEN_MAX + 2];
	struct ms_record record = alice();

	test_row("R-4 called by its Contact");
	CHECK(ms_record_is_called(&record, record.contact));
	CHECK(!ms_record_is_called(&record, MS_STR("sip:alice@192.0.2.1:5080")));
	CHECK(!ms_record_is_called(&record, MS_STR("")));

	test_row("a Contact that was too long to be kept");
	memset(uri, 'x', sizeof(uri));
	record.contact = MS_STR("");
	CHECK(ms_record_is_called(
			&record, (struct ms_str){uri, MS_CONTACT_LEN_MAX + 1}));
	CHECK(!ms_record_is_called(
			&record, (struct ms_str){uri, MS_CONTACT_LEN_MAX}));
	CHECK(!ms_record_is_called(&record, MS_STR("")));
}

void test_record(void);

void test_record(void)
{
	test_written();
	test_round_trip();
	test_escaped();
	test_too_much();
	test_read();
	test_read_limits();
	test_called();
}
