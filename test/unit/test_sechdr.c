/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_mech.h"
#include "ms_sechdr.h"

#define S "sdes-srtp;mediasec"
#define D "dtls-srtp;mediasec"
#define M "msrp-tls;mediasec"

/* ---- lists -------------------------------------------------------------- */

static void test_list_read(void)
{
	static const struct
	{
		const char *name, *text;
		enum ms_err err;
		unsigned n;
		const char *written;
	} rows[] = {
			{"list of one", "sdes-srtp", MS_OK, 1, "sdes-srtp"},
			{"W-1 list", "msrp-tls,sdes-srtp,dtls-srtp", MS_OK, 3,
					"msrp-tls,sdes-srtp,dtls-srtp"},
			{"list with blanks", " sdes-srtp , dtls-srtp ", MS_OK, 2,
					"sdes-srtp,dtls-srtp"},
			{"list keeps unknown names as they are", "SDES-SRTP,X-media", MS_OK,
					2, "sdes-srtp,X-media"},
			{"list of a byte", "a", MS_OK, 1, "a"},
			{"empty list", "", MS_OK, 0, ""},
			{"blank list", "  ", MS_OK, 0, ""},
			{"longest list", "a,b,c,d,e,f,g", MS_OK, 7, "a,b,c,d,e,f,g"},
			{"list too long", "a,b,c,d,e,f,g,h", MS_ELIMIT, 0, NULL},
			{"name twice", "sdes-srtp,dtls-srtp,sdes-srtp", MS_ESYNTAX, 0,
					NULL},
			{"name twice in other case", "sdes-srtp,SDES-srtp", MS_ESYNTAX, 0,
					NULL},
			{"comma first", ",sdes-srtp", MS_ESYNTAX, 0, NULL},
			{"comma last", "sdes-srtp,", MS_ESYNTAX, 0, NULL},
			{"two commas", "sdes-srtp,,dtls-srtp", MS_ESYNTAX, 0, NULL},
			{"parameter", "sdes-srtp;mediasec", MS_ESYNTAX, 0, NULL},
			{"no comma", "sdes-srtp dtls-srtp", MS_ESYNTAX, 0, NULL},
			{"a byte too much", "sdes-srtp;", MS_ESYNTAX, 0, NULL},
			{"no token", "sdes/srtp", MS_ESYNTAX, 0, NULL},
	};
	struct ms_list list;
	char *buf;
	size_t i, len;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		list.n = 77;
		CHECK_INT(ms_list_read(guard_text(rows[i].text), &list), rows[i].err);
		CHECK_INT(list.n, rows[i].err ? 77 : rows[i].n);
		if(rows[i].err)
			continue;
		len = strlen(rows[i].written);
		buf = guard_buf(len);
		CHECK_INT(ms_list_write(&list, buf, len, &len), MS_OK);
		CHECK_TEXT(((struct ms_str){buf, len}), rows[i].written);
	}
}

static struct ms_list list_of(const char *text)
{
	struct ms_list list = {0};

	CHECK_INT(ms_list_read(guard_text(text), &list), MS_OK);
	return list;
}

static void test_list_use(void)
{
	static const char rows[] = "Security-Server: msrp-tls;mediasec\r\n"
							   "Security-Server: sdes-srtp;mediasec\r\n"
							   "Security-Server: dtls-srtp;mediasec\r\n";
	struct ms_list list, left;
	size_t len = 77;
	char *buf;

	test_row("W-1 S-54 rows of a list");
	list = list_of("msrp-tls,sdes-srtp,dtls-srtp");
	buf = guard_buf(sizeof(rows) - 1);
	CHECK_INT(ms_list_rows(&list, buf, sizeof(rows) - 2, &len), MS_ENOSPC);
	CHECK_INT(len, 77);
	CHECK_INT(ms_list_rows(&list, buf, sizeof(rows) - 1, &len), MS_OK);
	CHECK_TEXT(((struct ms_str){buf, len}), rows);

	test_row("list does not fit");
	len = 77;
	list = list_of("sdes-srtp,dtls-srtp");
	CHECK_INT(ms_list_write(&list, guard_buf(18), 18, &len), MS_ENOSPC);
	CHECK_INT(len, 77);

	test_row("rows of the empty list");
	list = list_of("");
	CHECK_INT(ms_list_rows(&list, NULL, 0, &len), MS_OK);
	CHECK_INT(len, 0);

	test_row("bits of a list");
	list = list_of("msrp-tls,SDES-SRTP,x");
	CHECK_INT(ms_list_bits(&list), MS_MECH_MSRP | MS_MECH_SDES | MS_MECH_OTHER);
	list = list_of("msrp-tls,bfcp-tls");
	CHECK_INT(ms_list_bits(&list), MS_MECH_MSRP | MS_MECH_BFCP);
	list = list_of("");
	CHECK_INT(ms_list_bits(&list), 0);

	test_row("list without some");
	list = list_of("msrp-tls,sdes-srtp,x,dtls-srtp,y");
	left = ms_list_without(&list, MS_MECH_SDES | MS_MECH_OTHER);
	CHECK_INT(left.n, 2);
	CHECK_TEXT(left.name[0], "msrp-tls");
	CHECK_TEXT(left.name[1], "dtls-srtp");
	CHECK_INT(list.n, 5);
	CHECK_INT(ms_list_without(&list, 0).n, 5);
}

/* A list of one name of this length. */
static enum ms_err read_long(struct ms_list *list, size_t len)
{
	char *name = guard_buf(len);

	memset(name, 'a', len);
	return ms_list_read((struct ms_str){name, len}, list);
}

static void test_list_long(void)
{
	size_t most = MS_MECH_LEN_MAX - strlen(";mediasec"), len = 0;
	char buf[2 * MS_MECH_LEN_MAX];
	struct ms_list list;
	struct ms_verify v;
	struct ms_str row;

	test_row("the longest name can be mirrored");
	CHECK_INT(read_long(&list, most), MS_OK);
	CHECK_INT(ms_list_rows(&list, buf, sizeof(buf), &len), MS_OK);
	row = guard_str((struct ms_str){buf, len});
	ms_str_until(&row, ':');
	ms_verify_init(&v, MS_VERIFY_STRICT);
	ms_verify_allow(&v, &list);
	ms_verify_row(&v, row);
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_RIGHT);

	test_row("a longer name cannot");
	CHECK_INT(read_long(&list, most + 1), MS_ELIMIT);
}

/* ---- Security-Client ---------------------------------------------------- */

static void test_client(void)
{
	static const struct
	{
		const char *name;
		const char *row[4];
		struct ms_client want;
	} rows[] = {
			{"no Security-Client", {NULL}, {0}},
			{"W-2 one mechanism", {S}, {.rows = 1, .media = MS_MECH_SDES}},
			{"T-5 W-7 W-3 two rows", {S, "dtls-srtp; mediasec"},
					{.rows = 2, .media = MS_MECH_SDES | MS_MECH_DTLS}},
			{"S-5 one row of two", {S "," D},
					{.rows = 1, .media = MS_MECH_SDES | MS_MECH_DTLS}},
			{"S-4 bare name", {"sdes-srtp, dtls-srtp"},
					{.rows = 1, .bare = MS_MECH_SDES | MS_MECH_DTLS}},
			{"S-4 mediasec with a value", {"sdes-srtp;mediasec=\"y\""},
					{.rows = 1, .bare = MS_MECH_SDES}},
			{"W-13 tls beside ours", {"tls;q=0.1, sdes-srtp;mediasec;q=0.05"},
					{.rows = 1, .media = MS_MECH_SDES, .foreign = 1}},
			{"media mechanism nobody knows", {"x-srtp;mediasec"},
					{.rows = 1, .media = MS_MECH_OTHER}},
			{"media mechanism with an extension", {S ";x=1"},
					{.rows = 1, .media = MS_MECH_SDES}},
			{"S-31 bad element is skipped", {"@@;x, " S " ,;;,tls", "a b"},
					{.rows = 2, .media = MS_MECH_SDES, .foreign = 1, .bad = 3}},
			{"S-31 nothing else is left", {"a b"}, {.rows = 1, .bad = 1}},
			{"S-31 stray comma before a bad element", {",,a b,"},
					{.rows = 1, .bad = 1}},
			{"empty rows are rows", {"", ","}, {.rows = 2}},
			{"S-63 Xiaomi row",
					{"ipsec-3gpp; alg=hmac-md5-96; "
					 "ealg=des-ede3-cbc; spi-c=3209021766; "
					 "spi-s=1; port-c=5062; port-s=5063,ipsec-3gpp;"
					 " alg=hmac-sha-1-96; ealg=null; spi-c=2;"
					 " spi-s=3; port-c=5062; port-s=5063",
							S},
					{.rows = 2, .media = MS_MECH_SDES, .foreign = 2}},
	};
	struct ms_client client;
	size_t i, j;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		client = (struct ms_client){0};
		for(j = 0; rows[i].row[j]; j++)
			ms_client_row(&client, guard_text(rows[i].row[j]));
		CHECK_INT(client.rows, rows[i].want.rows);
		CHECK_INT(client.media, rows[i].want.media);
		CHECK_INT(client.bare, rows[i].want.bare);
		CHECK_INT(client.foreign, rows[i].want.foreign);
		CHECK_INT(client.bad, rows[i].want.bad);
	}
}

/* ---- Security-Verify ---------------------------------------------------- */

enum
{
	ABSENT = MS_VERIFY_ABSENT,
	RIGHT = MS_VERIFY_RIGHT,
	DIFF = MS_VERIFY_DIFFERS,
	MALF = MS_VERIFY_MALFORMED
};

static enum ms_verify_result verify(enum ms_verify_mode mode,
		const char *const *allowed, const char *const *row)
{
	struct ms_list list[MS_LISTS_MAX];
	struct ms_verify v;
	size_t i;

	ms_verify_init(&v, mode);
	for(i = 0; allowed[i]; i++) {
		list[i] = list_of(allowed[i]);
		ms_verify_allow(&v, &list[i]);
	}
	for(; *row; row++)
		ms_verify_row(&v, guard_text(*row));
	return ms_verify_result(&v);
}

#define VERIFY_ROWS 8
struct verify_row
{
	const char *name;
	const char *row[VERIFY_ROWS];
	int strict, compat, set;
};

static void verify_rows(
		const struct verify_row *rows, size_t n, const char *const *allowed)
{
	size_t i;

	for(i = 0; i < n; i++) {
		test_row(rows[i].name);
		CHECK_INT(
				verify(MS_VERIFY_STRICT, allowed, rows[i].row), rows[i].strict);
		CHECK_INT(
				verify(MS_VERIFY_COMPAT, allowed, rows[i].row), rows[i].compat);
		CHECK_INT(verify(MS_VERIFY_SET, allowed, rows[i].row), rows[i].set);
	}
}

static void test_verify_pair(void)
{
	static const char *const allowed[] = {"sdes-srtp,dtls-srtp", NULL};
	static const struct verify_row rows[] = {
			/* equal */
			{"T-10 W-16 two rows", {S, D}, RIGHT, RIGHT, RIGHT},
			{"T-10 W-16 one row", {S "," D}, RIGHT, RIGHT, RIGHT},
			{"T-10 W-16 case and blanks",
					{"SDES-SRTP ; MediaSec ,dtls-srtp;mediasec"}, RIGHT, RIGHT,
					RIGHT},
			{"T-10 W-16 A-6 q", {S ";q=0.1, " D ";q=0.05"}, RIGHT, RIGHT,
					RIGHT},
			{"T-10 W-16 folded line", {S ",\r\n " D}, RIGHT, RIGHT, RIGHT},
			{"T-10 W-16 foreign tls, two rows", {"tls;q=0.1, " S, D}, RIGHT,
					RIGHT, RIGHT},
			{"T-10 S-53 parameters in another order",
					{"sdes-srtp;q=0.1;mediasec", D}, RIGHT, RIGHT, RIGHT},
			{"T-10 S-63 Xiaomi rows between ours",
					{S,
							"ipsec-3gpp; alg=hmac-md5-96; ealg=des-ede3-cbc; "
							"spi-c=3209021766; spi-s=7,ipsec-3gpp; alg=x",
							D},
					RIGHT, RIGHT, RIGHT},
			{"T-10 quoted comma in a foreign entry",
					{"digest;d-ver=\"0,sdes-srtp;mediasec\"," S "," D}, RIGHT,
					RIGHT, RIGHT},
			{"T-10 label repeated in an entry", {S ";mediasec," D}, RIGHT,
					RIGHT, RIGHT},
			/* order and repetition */
			{"T-10 W-16 reversed", {D, S}, DIFF, DIFF, RIGHT},
			{"T-9 A-5 each row twice at once", {S, S, D, D}, DIFF, RIGHT,
					RIGHT},
			{"T-9 A-5 list twice, W-5", {S, D, S, D}, DIFF, RIGHT, RIGHT},
			{"T-9 list twice in one row", {S "," D "," S "," D}, DIFF, RIGHT,
					RIGHT},
			{"T-9 one row three times", {S, S, S, D}, DIFF, RIGHT, RIGHT},
			{"T-9 last row twice", {S, D, D}, DIFF, RIGHT, RIGHT},
			{"T-9 a copy and a half", {S, D, S}, DIFF, DIFF, RIGHT},
			{"T-9 first list reversed", {D, S, S, D}, DIFF, DIFF, RIGHT},
			{"T-9 second list reversed", {S, D, D, S}, DIFF, DIFF, RIGHT},
			/* different */
			{"T-3 W-16 last row missing", {S}, DIFF, DIFF, DIFF},
			{"T-3 W-16 first row missing", {D}, DIFF, DIFF, DIFF},
			{"T-10 W-16 extra row behind", {S, D, M}, DIFF, DIFF, DIFF},
			{"T-10 W-16 extra row before", {M, S, D}, DIFF, DIFF, DIFF},
			{"T-10 W-16 extra row between", {S, M, D}, DIFF, DIFF, DIFF},
			{"T-10 W-16 extra row, then the list again", {S, D, M, S, D}, DIFF,
					DIFF, DIFF},
			{"T-10 W-16 without label", {"sdes-srtp", D}, DIFF, DIFF, DIFF},
			{"T-10 W-16 without label beside right rows", {S, D, "sdes-srtp"},
					DIFF, DIFF, DIFF},
			{"T-10 nothing but a bare name", {"sdes-srtp"}, DIFF, DIFF, DIFF},
			{"T-10 W-16 extra parameter", {S ";x=1", D}, DIFF, DIFF, DIFF},
			{"T-10 extra parameter in a repetition", {S, S ";x", D}, DIFF, DIFF,
					DIFF},
			{"T-10 W-16 label with a value", {"sdes-srtp;mediasec=\"y\"", D},
					DIFF, DIFF, DIFF},
			{"T-10 label with and without a value", {S ";mediasec=1", D}, DIFF,
					DIFF, DIFF},
			{"T-10 W-16 empty header", {""}, DIFF, DIFF, DIFF},
			{"T-10 W-16 only commas", {" , ,"}, DIFF, DIFF, DIFF},
			{"T-10 name is a prefix", {"sdes-srt;mediasec", D}, DIFF, DIFF,
					DIFF},
			{"T-10 foreign name with the label", {"tls;mediasec", S, D}, DIFF,
					DIFF, DIFF},
			/* stray commas */
			{"T-10 W-16 stray comma first", {"," S, D}, DIFF, RIGHT, RIGHT},
			{"T-10 stray comma last", {S, D ","}, DIFF, RIGHT, RIGHT},
			{"T-10 stray commas last", {S, D " , ,"}, DIFF, RIGHT, RIGHT},
			{"T-10 stray comma between", {S ",," D}, DIFF, RIGHT, RIGHT},
			{"T-10 stray comma at a foreign entry", {S "," D ",,tls"}, DIFF,
					RIGHT, RIGHT},
			{"T-10 empty row beside right ones", {S, "", D}, DIFF, RIGHT,
					RIGHT},
			/* nothing about media */
			{"no row", {NULL}, ABSENT, ABSENT, ABSENT},
			{"S-53 only foreign rows", {"tls;q=0.1", "ipsec-3gpp;prot=esp"},
					ABSENT, ABSENT, ABSENT},
			{"S-53 foreign and empty rows", {"tls", ""}, DIFF, ABSENT, ABSENT},
			/* broken */
			{"broken, parameter missing", {S ";", D}, MALF, MALF, MALF},
			{"broken, behind a right list", {S, D, "@"}, MALF, MALF, MALF},
			{"broken, before a right list", {"a b," S, D}, MALF, MALF, MALF},
			{"broken, alone", {";mediasec"}, MALF, MALF, MALF},
			{"broken, quote not closed", {S "," D ";x=\""}, MALF, MALF, MALF},
			{"broken, S-5 q twice", {S ";q=0.1;q=0.1", D}, MALF, MALF, MALF},
			{"broken, colon", {"security-verify:" S, D}, MALF, MALF, MALF},
	};

	verify_rows(rows, N_OF(rows), allowed);
}

static void test_verify_lists(void)
{
	/* R-14: recorded, current and a previous list */
	static const char *const three[] = {"sdes-srtp", "sdes-srtp,dtls-srtp",
			"msrp-tls,sdes-srtp,dtls-srtp", NULL};
	static const struct verify_row rows[] = {
			{"R-14 first list", {S}, RIGHT, RIGHT, RIGHT},
			{"R-14 second list", {S, D}, RIGHT, RIGHT, RIGHT},
			{"R-14 third list", {M, S, D}, RIGHT, RIGHT, RIGHT},
			{"R-14 first, then second", {S, S, D}, DIFF, RIGHT, RIGHT},
			{"R-14 second, then first", {S, D, S}, DIFF, RIGHT, RIGHT},
			{"R-14 third, then second, then first", {M, S, D, S, D, S}, DIFF,
					RIGHT, RIGHT},
			{"R-14 second twice, third twice", {S, D, S, D, M, S, D}, DIFF,
					RIGHT, RIGHT},
			{"R-14 rows of the third doubled", {S, M, M, S, S, D, D}, DIFF,
					RIGHT, RIGHT},
			{"R-14 third cut off", {S, M, S}, DIFF, DIFF, RIGHT},
			{"R-14 end of the third only", {D}, DIFF, DIFF, DIFF},
			{"R-14 jumps from the second into the third", {S, D, D, M}, DIFF,
					DIFF, RIGHT},
			{"R-14 rows of lists mixed", {M, D, S, D}, DIFF, DIFF, RIGHT},
			{"R-14 no list is complete", {M, D}, DIFF, DIFF, DIFF},
			{"R-14 never issued", {S, "bfcp-tls;mediasec"}, DIFF, DIFF, DIFF},
	};
	/* a list whose copies begin as others end needs both readings kept */
	static const char *const tricky[] = {"a,b", "b,a", "a,b,c", NULL};
	static const struct verify_row tricky_rows[] = {
			{"R-14 ab, ba", {"a;mediasec,b;mediasec,b;mediasec,a;mediasec"},
					DIFF, RIGHT, RIGHT},
			{"R-14 ab, abc: the longer reading wins",
					{"a;mediasec,b;mediasec,a;mediasec,b;mediasec,c;mediasec"},
					DIFF, RIGHT, RIGHT},
			{"R-14 abba abc",
					{"a;mediasec,b;mediasec,b;mediasec,a;mediasec",
							"a;mediasec,b;mediasec,c;mediasec"},
					DIFF, RIGHT, RIGHT},
			{"R-14 aba: no reading", {"a;mediasec,b;mediasec,a;mediasec"}, DIFF,
					DIFF, RIGHT},
			{"R-14 abac: no reading",
					{"a;mediasec,b;mediasec,a;mediasec,c;mediasec"}, DIFF, DIFF,
					RIGHT},
	};
	static const char *const none[] = {NULL};
	static const struct verify_row none_rows[] = {
			{"nothing issued, nothing mirrored", {NULL}, ABSENT, ABSENT,
					ABSENT},
			{"nothing issued, something mirrored", {S}, DIFF, DIFF, DIFF},
	};
	static const char *const empty[] = {"", NULL};
	static const struct verify_row empty_rows[] = {
			{"empty list issued, empty header", {""}, DIFF, DIFF, DIFF},
			{"empty list issued, something mirrored", {S}, DIFF, DIFF, DIFF},
	};
	static const char *const longest[] = {"a,b,c,d,e,f,g", NULL};
	static const struct verify_row longest_rows[] = {
			{"longest list",
					{"a;mediasec,b;mediasec,c;mediasec,d;mediasec",
							"e;mediasec,f;mediasec,g;mediasec"},
					RIGHT, RIGHT, RIGHT},
			{"longest list, all but the last",
					{"a;mediasec,b;mediasec,c;mediasec,d;mediasec",
							"e;mediasec,f;mediasec"},
					DIFF, DIFF, DIFF},
			{"longest list, last row twice",
					{"a;mediasec,b;mediasec,c;mediasec,d;mediasec",
							"e;mediasec,f;mediasec,g;mediasec,g;mediasec"},
					DIFF, RIGHT, RIGHT},
	};

	verify_rows(rows, N_OF(rows), three);
	verify_rows(tricky_rows, N_OF(tricky_rows), tricky);
	verify_rows(none_rows, N_OF(none_rows), none);
	verify_rows(empty_rows, N_OF(empty_rows), empty);
	verify_rows(longest_rows, N_OF(longest_rows), longest);
}

#define W1_LIST "msrp-tls,sdes-srtp,dtls-srtp"

/* Rows of so many copies of W1_LIST, then `extra` rows of one more. */
static void add_copies(struct ms_verify *v, unsigned copies, unsigned extra)
{
	static const char *const row[] = {M, S, D};
	unsigned i;

	for(i = 0; i < 3 * copies + extra; i++)
		ms_verify_row(v, test_text(row[i % 3]));
}

static enum ms_verify_result verify_copies(
		enum ms_verify_mode mode, unsigned copies, unsigned extra)
{
	struct ms_list list = list_of(W1_LIST);
	struct ms_verify v;

	ms_verify_init(&v, mode);
	ms_verify_allow(&v, &list);
	add_copies(&v, copies, extra);
	return ms_verify_result(&v);
}

static void test_verify_growing(void)
{
	unsigned n;

	test_row("T-9 S-35 S-55 Asterisk, 1 to 500 copies, compat");
	for(n = 1; n <= 500; n++)
		CHECK_INT(verify_copies(MS_VERIFY_COMPAT, n, 0), MS_VERIFY_RIGHT);

	test_row("T-9 S-35 Asterisk, 1 to 500 copies and a part of one, compat");
	for(n = 1; n <= 500; n++)
		CHECK_INT(verify_copies(MS_VERIFY_COMPAT, n, 1 + n % 2),
				MS_VERIFY_DIFFERS);

	test_row("T-9 S-35 Asterisk, 1 to 500 copies, strict");
	CHECK_INT(verify_copies(MS_VERIFY_STRICT, 1, 0), MS_VERIFY_RIGHT);
	for(n = 2; n <= 500; n++)
		CHECK_INT(verify_copies(MS_VERIFY_STRICT, n, 0), MS_VERIFY_DIFFERS);

	test_row("T-9 S-35 Asterisk, 1 to 500 copies, set");
	for(n = 1; n <= 500; n++)
		CHECK_INT(verify_copies(MS_VERIFY_SET, n, n % 3), MS_VERIFY_RIGHT);
}

static void test_verify_long(void)
{
	static char joined[500 * (sizeof(M "," S "," D ",") - 1)];
	struct ms_list list, current;
	struct ms_verify v;
	unsigned n;

	test_row("T-9 S-55 500 copies in one row");
	for(n = 0; n < 500; n++)
		memcpy(joined + n * sizeof(joined) / 500, M "," S "," D ",",
				sizeof(joined) / 500);
	list = list_of(W1_LIST);
	ms_verify_init(&v, MS_VERIFY_COMPAT);
	ms_verify_allow(&v, &list);
	ms_verify_row(&v, guard_str((struct ms_str){joined, sizeof(joined) - 1}));
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_RIGHT);
	CHECK_INT(v.media, 1500);

	test_row("R-14 the list changed after 300 copies");
	list = list_of(W1_LIST);
	current = list_of("sdes-srtp");
	ms_verify_init(&v, MS_VERIFY_COMPAT);
	ms_verify_allow(&v, &current);
	ms_verify_allow(&v, &list);
	add_copies(&v, 300, 0);
	for(n = 0; n < 200; n++)
		ms_verify_row(&v, MS_STR(S));
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_RIGHT);
	add_copies(&v, 0, 1);
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_DIFFERS);
}

static void test_verify_limits(void)
{
	static const char *const names = "abcdefghi";
	struct ms_list list[MS_LISTS_MAX + 1];
	struct ms_verify v;
	size_t i;

	for(i = 0; i < N_OF(list); i++)
		list[i] = (struct ms_list){1, {{names + i, 1}}};
	test_row("as many lists as there may be");
	ms_verify_init(&v, MS_VERIFY_STRICT);
	for(i = 0; i < N_OF(list); i++)
		ms_verify_allow(&v, &list[i]);
	CHECK_INT(v.n, MS_LISTS_MAX);
	ms_verify_row(&v, MS_STR("h;mediasec"));
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_RIGHT);

	test_row("a list more is not added");
	ms_verify_init(&v, MS_VERIFY_COMPAT);
	for(i = 0; i < N_OF(list); i++)
		ms_verify_allow(&v, &list[i]);
	ms_verify_row(&v, MS_STR("a;mediasec,h;mediasec"));
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_RIGHT);
	ms_verify_row(&v, MS_STR("i;mediasec"));
	CHECK_INT(ms_verify_result(&v), MS_VERIFY_DIFFERS);
}

/* ---- stripping ---------------------------------------------------------- */

struct strip_row
{
	const char *name, *body, *want;
};

static void strip_check(struct ms_str body, const char *want, bool removed,
		const char *buf, size_t len)
{
	CHECK_TEXT(((struct ms_str){buf, len}), want);
	CHECK_INT(removed, !ms_str_eq(body, test_text(want)));
}

static void test_sechdr_strip(void)
{
	static const struct strip_row rows[] = {
			{"S-60 row of ours goes", S, ""},
			{"S-60 rows of ours go", S ", " D ";q=0.1", ""},
			{"S-60 any name with the label goes", "x-media;mediasec", ""},
			{"S-60 label beside other parameters", S ";x=1," D, ""},
			{"T-11 S-63 ipsec-3gpp stays",
					"ipsec-3gpp;prot=esp;mod=trans;spi-c=45597;port-s=6100, " S,
					"ipsec-3gpp;prot=esp;mod=trans;spi-c=45597;port-s=6100"},
			{"T-11 S-64 ours stands first", S ", ipsec-3gpp;alg=null",
					"ipsec-3gpp;alg=null"},
			{"T-11 Xiaomi row keeps its blanks",
					"ipsec-3gpp; alg=hmac-md5-96; spi-c=3209021766,ipsec-3gpp; "
					"alg=hmac-sha-1-96 ," S,
					"ipsec-3gpp; alg=hmac-md5-96; spi-c=3209021766,ipsec-3gpp; "
					"alg=hmac-sha-1-96"},
			{"T-11 ours stands between",
					"tls;q=0.1 , " S " ,\r\n\tdigest;q=0.2",
					"tls;q=0.1 ,\r\n\tdigest;q=0.2"},
			{"T-11 ours stand at both ends", S ",tls , ipsec-ike," D,
					"tls , ipsec-ike"},
			{"S-63 nothing of ours: every byte stays",
					" tls ;q=0.1,, digest , ", " tls ;q=0.1,, digest , "},
			{"S-4 bare name stays", "sdes-srtp", "sdes-srtp"},
			{"S-4 label with a value stays", "sdes-srtp;mediasec=1",
					"sdes-srtp;mediasec=1"},
			{"label in quotes stays", "digest;d-ver=\"a,sdes-srtp;mediasec\"",
					"digest;d-ver=\"a,sdes-srtp;mediasec\""},
			{"quoted comma beside ours", "digest;d-ver=\"a,b\"," S,
					"digest;d-ver=\"a,b\""},
			{"malformed element stays", "a b;media, " S, "a b;media"},
			{"malformed element with our word goes", "a b;mediasec, tls",
					"tls"},
			{"label without a name goes", ";MediaSec", ""},
			{"quote that nothing closes goes with what it hides",
					"tls, x=\"a, " S, "tls"},
			{"first that stays is a byte", "a , b," S, "a , b"},
			{"blanks behind go with ours", "tls," S " , ", "tls"},
			{"stray comma goes with ours", "," S, ""},
			{"stray commas between others stay", "tls,,digest," S ",",
					"tls,,digest"},
			{"empty body", "", ""},
			{"only commas", ",,", ",,"},
	};
	struct ms_str body;
	size_t i, len;
	bool removed;
	char *buf;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		body = guard_text(rows[i].body);
		buf = guard_buf(body.len);
		removed = ms_sechdr_strip(body, buf, &len);
		strip_check(body, rows[i].want, removed, buf, len);
	}
}

static void test_tags(void)
{
	static const struct strip_row rows[] = {
			{"S-60 tag alone", "mediasec", ""},
			{"S-5 tag in other case", "MediaSec", ""},
			{"T-11 sec-agree stays", "sec-agree, mediasec", "sec-agree"},
			{"T-12 timer stays", "mediasec,timer", "timer"},
			{"S-60 order stays", "path, mediasec ,100rel,\r\n timer",
					"path ,100rel,\r\n timer"},
			{"S-60 tag twice", " mediasec , mediasec", ""},
			{"S-60 stray comma before the tag", "a,,mediasec", "a"},
			{"S-60 tag between commas", ",mediasec,", ""},
			{"no tag", " timer ,100rel", " timer ,100rel"},
			{"longer tag", "mediasecs, xmediasec", "mediasecs, xmediasec"},
			{"tag with a parameter is another", "mediasec;x", "mediasec;x"},
			{"a quote hides nothing", "\", mediasec", "\""},
			{"no tags", "", ""},
			{"no tags but commas", ", ,", ", ,"},
	};
	struct ms_str body;
	size_t i, len;
	bool removed;
	char *buf;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		body = guard_text(rows[i].body);
		buf = guard_buf(body.len);
		removed = ms_tags_strip(body, MS_STR("mediasec"), buf, &len);
		strip_check(body, rows[i].want, removed, buf, len);
		CHECK_INT(ms_tags_have(body, MS_STR("mediasec")), removed);
	}
	test_row("tag of a byte");
	CHECK(ms_tags_have(MS_STR("x"), MS_STR("X")));
	CHECK(ms_tags_strip(MS_STR("x"), MS_STR("X"), guard_buf(1), &len));
	CHECK_INT(len, 0);
}

void test_sechdr(void);

void test_sechdr(void)
{
	test_list_read();
	test_list_use();
	test_list_long();
	test_client();
	test_verify_pair();
	test_verify_lists();
	test_verify_growing();
	test_verify_long();
	test_verify_limits();
	test_sechdr_strip();
	test_tags();
}
