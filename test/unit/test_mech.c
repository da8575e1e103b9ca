/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_limits.h"
#include "ms_mech.h"

#define IPSEC                                                            \
	"ipsec-3gpp;prot=esp;mod=trans;spi-c=45597;spi-s=45598;port-c=6101;" \
	"port-s=6100;alg=hmac-md5-96;ealg=null"

static void test_next(void)
{
	enum
	{
		LABEL = 1,
		EXT = 2,
		STRAY = 4
	};
	static const struct
	{
		const char *name, *text;
		const char *mech, *whole;
		unsigned flags;
		const char *rest;
	} rows[] = {
			{"one", "sdes-srtp;mediasec", "sdes-srtp", "sdes-srtp;mediasec",
					LABEL, ""},
			{"first of two", "sdes-srtp;mediasec,dtls-srtp;mediasec",
					"sdes-srtp", "sdes-srtp;mediasec", LABEL,
					"dtls-srtp;mediasec"},
			{"W-3 blank after the semicolon", "sdes-srtp; mediasec",
					"sdes-srtp", "sdes-srtp; mediasec", LABEL, ""},
			{"W-16 case and blanks", " SDES-SRTP ; MediaSec ,dtls", "SDES-SRTP",
					"SDES-SRTP ; MediaSec", LABEL, "dtls"},
			{"W-16 folded line", "a;mediasec,\r\n b;mediasec", "a",
					"a;mediasec", LABEL, "b;mediasec"},
			{"folded in the mechanism", "a\r\n ;\r\n\tmediasec", "a",
					"a\r\n ;\r\n\tmediasec", LABEL, ""},
			{"line end of the header", "a;mediasec\r\n", "a", "a;mediasec",
					LABEL, ""},
			{"no parameter", "tls", "tls", "tls", 0, ""},
			{"S-6 q is no extension", "tls;q=0.1,b", "tls", "tls;q=0.1", 0,
					"b"},
			{"A-6 q is not read", "a;Q=high;mediasec", "a", "a;Q=high;mediasec",
					LABEL, ""},
			{"W-16 other parameter", "sdes-srtp;mediasec;x=1", "sdes-srtp",
					"sdes-srtp;mediasec;x=1", LABEL | EXT, ""},
			{"W-16 mediasec with a value", "sdes-srtp;mediasec=\"y\"",
					"sdes-srtp", "sdes-srtp;mediasec=\"y\"", EXT, ""},
			{"mediasec with an empty value", "a;mediasec=\"\"", "a",
					"a;mediasec=\"\"", EXT, ""},
			{"mediasec twice is forgiven", "a;mediasec;MEDIASEC", "a",
					"a;mediasec;MEDIASEC", LABEL, ""},
			{"mediasec twice, one with a value", "a;mediasec;mediasec=1", "a",
					"a;mediasec;mediasec=1", LABEL | EXT, ""},
			{"not quite mediasec", "a;mediasecs;media", "a",
					"a;mediasecs;media", EXT, ""},
			{"comma and semicolon in quotes", "d;d-ver=\"a,b;mediasec\",c", "d",
					"d;d-ver=\"a,b;mediasec\"", EXT, "c"},
			{"escaped quote in quotes", "d;v=\"\\\",c\",e", "d",
					"d;v=\"\\\",c\"", EXT, "e"},
			{"3GPP TS 33.203 Annex H", IPSEC ",x", "ipsec-3gpp", IPSEC, EXT,
					"x"},
			{"stray comma before", ", ,a;mediasec", "a", "a;mediasec",
					LABEL | STRAY, ""},
			{"stray comma behind", "a;mediasec ,", "a", "a;mediasec",
					LABEL | STRAY, ""},
			{"stray comma behind, then blanks", "a, ", "a", "a", STRAY, ""},
			{"stray comma between two", "a, ,b", "a", "a", STRAY, ",b"},
			{"stray commas behind", "a,,", "a", "a", STRAY, ","},
	};
	struct ms_mech mech;
	struct ms_str in;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		in = guard_text(rows[i].text);
		if(!CHECK_INT(ms_mech_next(&in, &mech), MS_OK))
			continue;
		CHECK_TEXT(mech.name, rows[i].mech);
		CHECK_TEXT(mech.text, rows[i].whole);
		CHECK_INT(mech.mediasec, (rows[i].flags & LABEL) != 0);
		CHECK_INT(mech.extended, (rows[i].flags & EXT) != 0);
		CHECK_INT(mech.stray, (rows[i].flags & STRAY) != 0);
		CHECK_TEXT(in, rows[i].rest);
	}
}

static void test_bad(void)
{
	static const struct
	{
		const char *name, *text;
		enum ms_err err;
		const char *skipped, *rest;
	} rows[] = {
			{"empty", "", MS_END, "", ""},
			{"blanks", " \r\n ", MS_END, "", ""},
			{"only stray commas", " , ,", MS_END, "", ""},
			{"stray commas before", ", ,a b,c", MS_ESYNTAX, "a b", "c"},
			{"a CR alone is an element", "\r,c", MS_ESYNTAX, "", "c"},
			{"no name", ";mediasec,b", MS_ESYNTAX, ";mediasec", "b"},
			{"no comma", "a b,c", MS_ESYNTAX, "a b", "c"},
			{"semicolon last", "a;,b", MS_ESYNTAX, "a;", "b"},
			{"two semicolons", "a;;mediasec,b", MS_ESYNTAX, "a;;mediasec", "b"},
			{"value missing", "a;mediasec=,b", MS_ESYNTAX, "a;mediasec=", "b"},
			{"name in quotes, with a comma", "\"a,b\";mediasec , c", MS_ESYNTAX,
					"\"a,b\";mediasec", " c"},
			{"escaped quote while skipping", "@\"\\\",\",c", MS_ESYNTAX,
					"@\"\\\",\"", "c"},
			{"quote not closed hides the rest", "a;x=\"b,c;mediasec",
					MS_ESYNTAX, "a;x=\"b,c;mediasec", ""},
			{"backslash last", "a;x=\"\\", MS_ESYNTAX, "a;x=\"\\", ""},
			{"backslash outside quotes escapes nothing", "a\\,b", MS_ESYNTAX,
					"a\\", "b"},
			{"a line end that does not fold", "a;mediasec\r\nb", MS_ESYNTAX,
					"a;mediasec\r\nb", ""},
			{"S-5 parameter twice", "a;alg=x;ALG=y,b", MS_ESYNTAX,
					"a;alg=x;ALG=y", "b"},
			{"S-5 q twice", "a;q=0.1;mediasec;q=0.1", MS_ESYNTAX,
					"a;q=0.1;mediasec;q=0.1", ""},
			{"colon in a name", "sip:a;mediasec", MS_ESYNTAX, "sip:a;mediasec",
					""},
	};
	struct ms_mech mech;
	struct ms_str in;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		in = guard_text(rows[i].text);
		mech.name = MS_STR("before");
		CHECK_INT(ms_mech_next(&in, &mech), rows[i].err);
		CHECK_TEXT(mech.name, "before");
		CHECK_TEXT(in, rows[i].text);
		CHECK_TEXT(ms_mech_skip(&in), rows[i].skipped);
		CHECK_TEXT(in, rows[i].rest);
	}
	test_row("NUL in a name");
	in = guard_str(MS_STR("a\0b;mediasec,c"));
	CHECK_INT(ms_mech_next(&in, &mech), MS_ESYNTAX);
	CHECK_STR(ms_mech_skip(&in), MS_STR("a\0b;mediasec"));
	CHECK_TEXT(in, "c");
}

/* @return "a;p0;p1..." with n parameters */
static struct ms_str with_params(unsigned n)
{
	char text[4 * 32 + 1] = "a", *p = text + 1;
	unsigned i;

	for(i = 0; i < n; i++, p += 3) {
		p[0] = ';';
		p[1] = 'p';
		p[2] = (char)('A' + i);
	}
	return guard_str((struct ms_str){text, (size_t)(p - text)});
}

static void test_limits(void)
{
	char text[MS_MECH_LEN_MAX + 1];
	struct ms_mech mech;
	struct ms_str in;

	memset(text, 'a', sizeof(text));
	test_row("longest mechanism");
	in = guard_str((struct ms_str){text, MS_MECH_LEN_MAX});
	CHECK_INT(ms_mech_next(&in, &mech), MS_OK);
	CHECK_INT(mech.text.len, MS_MECH_LEN_MAX);

	test_row("mechanism too long");
	in = guard_str((struct ms_str){text, MS_MECH_LEN_MAX + 1});
	CHECK_INT(ms_mech_next(&in, &mech), MS_ELIMIT);
	CHECK_INT(ms_mech_skip(&in).len, MS_MECH_LEN_MAX + 1);
	CHECK_INT(in.len, 0);

	test_row("most parameters");
	in = with_params(MS_MECH_PARAMS_MAX);
	CHECK_INT(ms_mech_next(&in, &mech), MS_OK);

	test_row("too many parameters");
	in = with_params(MS_MECH_PARAMS_MAX + 1);
	CHECK_INT(ms_mech_next(&in, &mech), MS_ELIMIT);
}

static void test_bits(void)
{
	static const struct
	{
		const char *name;
		unsigned bit;
	} rows[] = {
			{"sdes-srtp", MS_MECH_SDES},
			{"dtls-srtp", MS_MECH_DTLS},
			{"msrp-tls", MS_MECH_MSRP},
			{"bfcp-tls", MS_MECH_BFCP},
			{"udptl-dtls", MS_MECH_UDPTL},
	};
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(ms_mech_bit(guard_text(rows[i].name)), rows[i].bit);
		CHECK_TEXT(ms_mech_name(rows[i].bit), rows[i].name);
	}
	test_row("S-5 mechanism names have no case");
	CHECK_INT(ms_mech_bit(MS_STR("DTLS-Srtp")), MS_MECH_DTLS);

	test_row("other names");
	CHECK_INT(ms_mech_bit(MS_STR("ipsec-3gpp")), MS_MECH_OTHER);
	CHECK_INT(ms_mech_bit(MS_STR("sdes-srt")), MS_MECH_OTHER);
	CHECK_INT(ms_mech_bit(MS_STR("sdes-srtps")), MS_MECH_OTHER);
	CHECK_INT(ms_mech_bit(MS_STR("")), MS_MECH_OTHER);

	test_row("bits without a name");
	CHECK_TEXT(ms_mech_name(MS_MECH_OTHER), "");
	CHECK_TEXT(ms_mech_name(0), "");
	CHECK_TEXT(ms_mech_name(MS_MECH_SDES | MS_MECH_DTLS), "");
}

void test_mech(void);

void test_mech(void)
{
	test_next();
	test_bad();
	test_limits();
	test_bits();
}
