/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The text is one line:
 *   v1|expires|aor|user|contact|flow|list|offered|agreed|mirrored|secure
 * Numbers are decimal. In the others "|", "%", blanks and control characters
 * are %XX, so a bar always separates. */

#include "ms_record.h"

#include "ms_scan.h"

#define VERSION MS_STR("v1")
/* what unsigned long holds everywhere; as a time the year 2106 */
#define NUMBER_MAX 0xffffffffUL

static const char hex[] = "0123456789ABCDEF";

/* clang-format off */
#define EIGHT true, true, true, true, true, true, true, true
static const bool escaped_tbl[256] = {EIGHT, EIGHT, EIGHT, EIGHT,
	[' '] = true, [0x7f] = true, ['|'] = true, ['%'] = true};
/* clang-format on */

/* @return how many bytes in front need no escape */
static size_t plain_len(struct ms_str text)
{
	size_t n = 0;

	while(n < text.len && !escaped_tbl[(unsigned char)text.p[n]])
		n++;
	return n;
}

/* ---- writing ------------------------------------------------------------ */

static void put_number(struct ms_out *out, unsigned long n)
{
	char digits[24], *p = digits + sizeof(digits);

	do
		*--p = (char)('0' + n % 10);
	while((n /= 10) > 0);
	*--p = '|';
	ms_out_put(out, (struct ms_str){p, (size_t)(digits + sizeof(digits) - p)});
}

static void put_text(struct ms_out *out, struct ms_str text)
{
	size_t n;

	ms_out_char(out, '|');
	while(text.len > 0) {
		n = plain_len(text);
		ms_out_put(out, (struct ms_str){text.p, n});
		text = ms_str_from(text, n);
		if(text.len == 0)
			break;
		ms_out_hex(out, text.p[0]);
		text = ms_str_from(text, 1);
	}
}

enum ms_err ms_record_write(
		const struct ms_record *record, char *buf, size_t size, size_t *len)
{
	struct ms_out out = {.p = buf, .size = size};

	if(out.size > MS_RECORD_LEN_MAX)
		out.size = MS_RECORD_LEN_MAX;
	if(record->expires < 0 || record->expires > (int64_t)NUMBER_MAX)
		return MS_ENOSPC;
	ms_out_put(&out, VERSION);
	put_number(&out, (unsigned long)record->expires);
	put_text(&out, record->aor);
	put_text(&out, record->user);
	put_text(&out, record->contact);
	put_text(&out, record->flow);
	put_text(&out, record->list);
	put_number(&out, record->offered);
	put_number(&out, record->agreed);
	put_number(&out, record->mirrored);
	put_number(&out, record->secure);
	return ms_out_end(&out, len);
}

/* ---- reading ------------------------------------------------------------ */

/* After a failure the getters give nothing sensible; err is the first one. */
struct reader
{
	struct ms_str in; /* unread, from the bar of a field on */
	struct ms_out scratch;
	enum ms_err err;
};

static void fail(struct reader *reader, enum ms_err err)
{
	if(!reader->err)
		reader->err = err;
}

/* the bar in front of each field */
static void get_bar(struct reader *reader)
{
	if(reader->in.len > 0 && reader->in.p[0] == '|')
		reader->in = ms_str_from(reader->in, 1);
	else
		fail(reader, MS_ESYNTAX);
}

static unsigned long get_number(struct reader *reader, unsigned long max)
{
	unsigned long n = 0;

	get_bar(reader);
	if(ms_scan_number(&reader->in, max, &n))
		fail(reader, MS_ESYNTAX);
	return n;
}

/* @return the value of a hexadecimal digit, 16 if it is none */
static unsigned hex_value(char c)
{
	unsigned v = 0;

	while(v < 16 && hex[v] != c)
		v++;
	return v;
}

/* One escaped byte. Moves *in on success only. */
static bool unescape(struct ms_str *in, char *c)
{
	unsigned high, low;

	if(in->len < 3 || in->p[0] != '%')
		return false;
	high = hex_value(in->p[1]);
	low = hex_value(in->p[2]);
	if(high > 15 || low > 15)
		return false;
	*c = (char)(high << 4 | low);
	*in = ms_str_from(*in, 3);
	return true;
}

static struct ms_str get_text(struct reader *reader)
{
	struct ms_str *in = &reader->in;
	struct ms_out *out = &reader->scratch;
	size_t start = out->len, n;
	char c;

	get_bar(reader);
	for(;;) {
		n = plain_len(*in);
		ms_out_put(out, (struct ms_str){in->p, n});
		*in = ms_str_from(*in, n);
		if(!unescape(in, &c)) /* a bar, then, or a field that is wrong */
			break;
		ms_out_char(out, c);
	}
	if(out->full)
		fail(reader, MS_ENOSPC);
	return ms_str_from((struct ms_str){out->p, out->len}, start);
}

enum ms_err ms_record_read(struct ms_str text, char *scratch, size_t size,
		struct ms_record *record)
{
	struct reader reader = {.scratch = {.p = scratch, .size = size}};
	struct ms_record r;

	if(text.len > MS_RECORD_LEN_MAX || !ms_str_has_prefix(text, VERSION))
		return MS_ESYNTAX;
	reader.in = ms_str_from(text, VERSION.len);
	r.expires = (int64_t)get_number(&reader, NUMBER_MAX);
	r.aor = get_text(&reader);
	r.user = get_text(&reader);
	r.contact = get_text(&reader);
	r.flow = get_text(&reader);
	r.list = get_text(&reader);
	r.offered = (unsigned)get_number(&reader, NUMBER_MAX);
	r.agreed = (unsigned)get_number(&reader, NUMBER_MAX);
	r.mirrored = get_number(&reader, 1) != 0;
	r.secure = get_number(&reader, 1) != 0;
	if(reader.in.len > 0)
		fail(&reader, MS_ESYNTAX);
	if(!reader.err)
		*record = r;
	return reader.err;
}

bool ms_record_is_called(const struct ms_record *record, struct ms_str uri)
{
	if(record->contact.len == 0)
		return uri.len > MS_CONTACT_LEN_MAX;
	return ms_str_eq(record->contact, uri);
}
