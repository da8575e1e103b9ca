/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <stdio.h>
#include <string.h>

#include "keying.h"
#include "ms_crypto.h"

/* base64 of key and salt, with as many octets */
#define K28 "UVHGSHeqFur+UVhWjXEmd9TGg8Da63WLwY6TNw"
#define K30 "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define K38 "up9VO2T/rfu8V0cecA4RuG0aWgSaCC5gD/p/RdY1odg1p/0Pto0"
#define K44 "rNkLhdIfvDtDu07qHPpdtGFJS7Xl96g2vCXS8Zb32QRxWl44l+25u6v9gZc"
#define K46 "2Q3b3UpPJMosXTrm/0Ui5q3Mw8tQ6ig5Xq0jt4Ibj0t5hVQx5KBRbC+8sMJDMg"

#define CM128 "AES_CM_128_HMAC_SHA1_80"
#define ONE "1 " CM128 " inline:" K30
#define ALL &keying_all
#define DEFAULT &ms_keying_default

static void test_suites(void)
{
	static const struct
	{
		const char *name, *text;
		enum ms_err err;
		struct ms_keying want;
	} rows[] = {
			{"one suite", "AES_CM_128_HMAC_SHA1_80", MS_OK,
					{{MS_SUITE_AES_CM_128_HMAC_SHA1_80}, 1, true}},
			{"two suites, blanks, lower case",
					" f8_128_hmac_sha1_80 , AEAD_AES_128_GCM ", MS_OK,
					{{MS_SUITE_F8_128_HMAC_SHA1_80, MS_SUITE_AEAD_AES_128_GCM},
							2, true}},
			{"the order is kept",
					"AEAD_AES_128_GCM,F8_128_HMAC_SHA1_80,AEAD_AES_256_GCM",
					MS_OK,
					{{MS_SUITE_AEAD_AES_128_GCM, MS_SUITE_F8_128_HMAC_SHA1_80,
							 MS_SUITE_AEAD_AES_256_GCM},
							3, true}},
			{"a name that comes twice counts once",
					"AEAD_AES_128_GCM,AEAD_AES_256_GCM,aead_aes_128_gcm", MS_OK,
					{{MS_SUITE_AEAD_AES_128_GCM, MS_SUITE_AEAD_AES_256_GCM}, 2,
							true}},
			{"no suite", "", MS_ESYNTAX, {{0}, 0, true}},
			{"only blanks", " ", MS_ESYNTAX, {{0}, 0, true}},
			{"comma at the end", "AEAD_AES_128_GCM,", MS_ESYNTAX,
					{{0}, 0, true}},
			{"comma at the start", ",AEAD_AES_128_GCM", MS_ESYNTAX,
					{{0}, 0, true}},
			{"no comma", "AEAD_AES_128_GCM AEAD_AES_256_GCM", MS_ESYNTAX,
					{{0}, 0, true}},
			{"unknown suite", "AEAD_AES_128_GCM,AES_512", MS_ESYNTAX,
					{{0}, 0, true}},
			{"S-88 PBX spelling", "AES_CM_256_HMAC_SHA1_80", MS_ESYNTAX,
					{{0}, 0, true}},
			{"S-88 NULL cannot be allowed", "NULL_HMAC_SHA1_80", MS_ESYNTAX,
					{{0}, 0, true}},
			{"S-88 NULL_32 neither", "AEAD_AES_128_GCM,NULL_HMAC_SHA1_32",
					MS_ESYNTAX, {{0}, 0, true}},
	};
	struct ms_keying keying;
	unsigned i, j;

	for(i = 0; i < MS_SUITES; i++) {
		test_row("a suite is found by its name");
		CHECK_INT(ms_suite_find(guard_str(ms_suite_name((enum ms_suite)i))), i);
	}
	test_row("what is not a suite");
	CHECK_INT(ms_suite_find(guard_text("")), MS_SUITES);
	CHECK_INT(ms_suite_find(guard_text("AES_CM_128_HMAC_SHA1_8")), MS_SUITES);
	CHECK_INT(ms_suite_find(guard_text("AES_CM_128_HMAC_SHA1_80x")), MS_SUITES);
	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		/* what is not about suites stays */
		keying = (struct ms_keying){.sha1 = true};
		CHECK_INT(
				ms_suites_read(guard_text(rows[i].text), &keying), rows[i].err);
		CHECK(keying.sha1);
		CHECK_INT(keying.suites, rows[i].want.suites);
		for(j = 0; j < keying.suites; j++)
			CHECK_INT(keying.suite[j], rows[i].want.suite[j]);
	}
}

static void test_keying(void)
{
	unsigned i;

	test_row("S-88 what every phone has is offered first");
	CHECK_INT(ms_keying_default.suite[0], MS_SUITE_AES_CM_128_HMAC_SHA1_80);
	CHECK_INT(ms_keying_default.suites, 4);
	CHECK(!ms_keying_default.sha1);

	test_row("S-88 suites that encrypt nothing never count");
	for(i = 0; i < MS_SUITES; i++)
		CHECK_INT(ms_keying_has(&keying_all, (enum ms_suite)i),
				i < MS_SUITE_NULL_HMAC_SHA1_80);
	CHECK(!ms_keying_has(&keying_all, MS_SUITES));

	test_row("without settings nothing is usable");
	for(i = 0; i <= MS_SUITES; i++)
		CHECK(!ms_keying_has(NULL, (enum ms_suite)i));
}

static void test_read(void)
{
	static const struct
	{
		const char *name, *value;
		const struct ms_keying *keying;
		enum ms_crypto_fault fault;
	} rows[] = {
			{"plain", ONE, ALL, MS_CRYPTO_USABLE},
			{"W-9, T-20 FEC_ORDER=FEC_SRTP, 2^20, MKI 1:4",
					ONE "|2^20|1:4 FEC_ORDER=FEC_SRTP", DEFAULT,
					MS_CRYPTO_USABLE},
			{"W-12 lifetime", ONE "|2^31", DEFAULT, MS_CRYPTO_USABLE},
			{"T-19 NULL suite, nothing forbidden",
					"1 NULL_HMAC_SHA1_80 inline:" K30, ALL, MS_CRYPTO_SUITE},
			{"T-19 NULL_32 suite", "1 NULL_HMAC_SHA1_32 inline:" K30, ALL,
					MS_CRYPTO_SUITE},
			{"T-19 UNENCRYPTED_SRTP", ONE " UNENCRYPTED_SRTP", ALL,
					MS_CRYPTO_SESSION},

			/* S-81 */
			{"S-81 no tag", CM128 " inline:" K30, ALL, MS_CRYPTO_SYNTAX},
			{"S-81 tag 0 is in the field", "0 " CM128 " inline:" K30, ALL,
					MS_CRYPTO_USABLE},
			{"S-81 leading zero", "01 " CM128 " inline:" K30, ALL,
					MS_CRYPTO_SYNTAX},
			{"S-81 tag of nine digits", "999999999 " CM128 " inline:" K30, ALL,
					MS_CRYPTO_USABLE},
			{"S-81 tag of ten digits", "1000000000 " CM128 " inline:" K30, ALL,
					MS_CRYPTO_SYNTAX},
			{"S-81 tag with a letter", "1a " CM128 " inline:" K30, ALL,
					MS_CRYPTO_SYNTAX},
			{"S-81 signed tag", "+1 " CM128 " inline:" K30, ALL,
					MS_CRYPTO_SYNTAX},
			{"S-81 values in any case",
					"1 aes_cm_128_hmac_sha1_80 INLINE:" K30
					"|2^20 fec_order=fec_srtp",
					ALL, MS_CRYPTO_USABLE},

			/* S-80 */
			{"empty", "", ALL, MS_CRYPTO_SYNTAX},
			{"only blanks", " \t", ALL, MS_CRYPTO_SYNTAX},
			{"tag only", "1", ALL, MS_CRYPTO_SYNTAX},
			{"no key", "1 " CM128, ALL, MS_CRYPTO_SYNTAX},
			{"no key but a blank", "1 " CM128 " ", ALL, MS_CRYPTO_SYNTAX},
			{"S-80 1*WSP between fields",
					"1  \t" CM128 "\tinline:" K30 " \t FEC_ORDER=FEC_SRTP ",
					ALL, MS_CRYPTO_USABLE},
			{"another line break is no WSP", "1 " CM128 "\vinline:" K30, ALL,
					MS_CRYPTO_SYNTAX},

			/* S-88 */
			{"S-88 unknown suite", "1 AES_CM_256_HMAC_SHA1_80 inline:" K46, ALL,
					MS_CRYPTO_SUITE},
			{"S-88 suite not allowed", "1 F8_128_HMAC_SHA1_80 inline:" K30,
					DEFAULT, MS_CRYPTO_SUITE},
			{"S-88 no suite allowed", ONE, NULL, MS_CRYPTO_SUITE},

			/* S-85 */
			{"S-85 AES_192", "1 AES_192_CM_HMAC_SHA1_80 inline:" K38 "=", ALL,
					MS_CRYPTO_USABLE},
			{"S-85 AES_192 without padding",
					"1 AES_192_CM_HMAC_SHA1_32 inline:" K38, ALL,
					MS_CRYPTO_USABLE},
			{"S-85 AES_256", "1 AES_256_CM_HMAC_SHA1_80 inline:" K46 "==", ALL,
					MS_CRYPTO_USABLE},
			{"S-85 AES_256 without padding",
					"1 AES_256_CM_HMAC_SHA1_32 inline:" K46, ALL,
					MS_CRYPTO_USABLE},
			{"S-85 half of the padding",
					"1 AES_256_CM_HMAC_SHA1_80 inline:" K46 "=", ALL,
					MS_CRYPTO_KEY},
			{"S-85 too much padding",
					"1 AES_256_CM_HMAC_SHA1_80 inline:" K46 "===", ALL,
					MS_CRYPTO_KEY},
			{"S-85 GCM 256", "1 AEAD_AES_256_GCM inline:" K44 "=", ALL,
					MS_CRYPTO_USABLE},
			{"S-85 GCM 128", "1 AEAD_AES_128_GCM inline:" K28 "==", ALL,
					MS_CRYPTO_USABLE},
			{"S-85 GCM 128 without padding", "1 AEAD_AES_128_GCM inline:" K28,
					ALL, MS_CRYPTO_USABLE},
			{"S-85 F8", "1 F8_128_HMAC_SHA1_32 inline:" K30, ALL,
					MS_CRYPTO_USABLE},
			{"S-85 key of another suite", "1 " CM128 " inline:" K46, ALL,
					MS_CRYPTO_KEY},
			{"S-85 30 octets for GCM 128", "1 AEAD_AES_128_GCM inline:" K30,
					ALL, MS_CRYPTO_KEY},
			{"S-85 one character more", ONE "A", ALL, MS_CRYPTO_KEY},
			{"S-85 padding where none belongs", ONE "=", ALL, MS_CRYPTO_KEY},
			{"S-85 padding in the middle",
					"1 AEAD_AES_128_GCM inline:"
					"UVHGSHeqFur+UVhWjXEmd9TGg8Da63WLwY6T=w",
					ALL, MS_CRYPTO_KEY},
			{"bad alphabet",
					"1 " CM128
					" inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubG-_",
					ALL, MS_CRYPTO_KEY},
			{"empty key", "1 " CM128 " inline:", ALL, MS_CRYPTO_KEY},
			{"S-80 other key method", "1 " CM128 " uri:" K30, ALL,
					MS_CRYPTO_KEY},
			{"no key method", "1 " CM128 " " K30, ALL, MS_CRYPTO_KEY},

			/* S-86 */
			{"S-86 decimal lifetime", ONE "|1048576|1:4", ALL,
					MS_CRYPTO_USABLE},
			{"S-86 lifetime 2^48", ONE "|2^48", ALL, MS_CRYPTO_USABLE},
			{"S-86 lifetime 2^48 in decimal", ONE "|281474976710656", ALL,
					MS_CRYPTO_USABLE},
			{"S-86 one above 2^48", ONE "|281474976710657", ALL, MS_CRYPTO_KEY},
			{"S-86 lifetime 2^49", ONE "|2^49", ALL, MS_CRYPTO_KEY},
			{"S-86 lifetime 2^64", ONE "|2^64", ALL, MS_CRYPTO_KEY},
			{"S-86 lifetime of many digits", ONE "|18446744073709551617", ALL,
					MS_CRYPTO_KEY},
			{"S-86 lifetime 0", ONE "|0", ALL, MS_CRYPTO_KEY},
			{"S-86 lifetime 2^0", ONE "|2^0", ALL, MS_CRYPTO_KEY},
			{"S-86 leading zero in the lifetime", ONE "|010", ALL,
					MS_CRYPTO_KEY},
			{"S-86 leading zero in the exponent", ONE "|2^020", ALL,
					MS_CRYPTO_KEY},
			{"S-86 other base", ONE "|3^20", ALL, MS_CRYPTO_KEY},
			{"S-86 no exponent", ONE "|2^", ALL, MS_CRYPTO_KEY},
			{"S-86 empty lifetime", ONE "|", ALL, MS_CRYPTO_KEY},
			{"S-86 empty lifetime before an MKI", ONE "||1:4", ALL,
					MS_CRYPTO_KEY},
			{"S-86 empty MKI", ONE "|2^20|", ALL, MS_CRYPTO_KEY},
			{"S-86 MKI without lifetime", ONE "|1:4", ALL, MS_CRYPTO_USABLE},
			{"S-86 MKI before the lifetime", ONE "|1:4|2^20", ALL,
					MS_CRYPTO_KEY},
			{"S-86 two MKIs", ONE "|2^20|1:4|2:4", ALL, MS_CRYPTO_KEY},
			{"S-86 MKI without length", ONE "|2^20|1:", ALL, MS_CRYPTO_KEY},
			{"S-86 MKI without value", ONE "|2^20|:4", ALL, MS_CRYPTO_KEY},
			{"S-86 MKI length 128", ONE "|1:128", ALL, MS_CRYPTO_USABLE},
			{"S-86 MKI length 129", ONE "|1:129", ALL, MS_CRYPTO_KEY},
			{"S-86 MKI length 0", ONE "|1:0", ALL, MS_CRYPTO_KEY},
			{"S-86 MKI of no value and no length", ONE "|0:0", ALL,
					MS_CRYPTO_KEY},
			{"MKI that fills its length", ONE "|255:1", ALL, MS_CRYPTO_USABLE},
			{"MKI that does not fit its length", ONE "|256:1", ALL,
					MS_CRYPTO_KEY},
			{"MKI of 32 bits", ONE "|4294967295:4", ALL, MS_CRYPTO_USABLE},
			{"MKI that rtpengine would truncate", ONE "|4294967296:8", ALL,
					MS_CRYPTO_KEY},
			{"S-86 several keys", ONE "|2^20|1:4;inline:" K30 "|2^20|2:4", ALL,
					MS_CRYPTO_KEY},
			{"S-86 several keys without limits", ONE ";inline:" K30, ALL,
					MS_CRYPTO_KEY},

			/* S-87 */
			{"S-87 UNENCRYPTED_SRTCP", ONE " UNENCRYPTED_SRTCP", ALL,
					MS_CRYPTO_SESSION},
			{"S-87 UNAUTHENTICATED_SRTP", ONE " UNAUTHENTICATED_SRTP", ALL,
					MS_CRYPTO_SESSION},
			{"S-87 lower case", ONE " unencrypted_srtp", ALL,
					MS_CRYPTO_SESSION},
			{"S-87 with a value", ONE " UNENCRYPTED_SRTP=0", ALL,
					MS_CRYPTO_SESSION},
			{"S-87 KDR=0", ONE " KDR=0", ALL, MS_CRYPTO_USABLE},
			{"S-87 KDR=1", ONE " KDR=1", ALL, MS_CRYPTO_SESSION},
			{"S-87 KDR", ONE " KDR", ALL, MS_CRYPTO_SESSION},
			{"S-87 FEC_ORDER=SRTP_FEC", ONE " FEC_ORDER=SRTP_FEC", ALL,
					MS_CRYPTO_SESSION},
			{"S-87 FEC_KEY", ONE " FEC_KEY=inline:" K30, ALL,
					MS_CRYPTO_SESSION},
			{"S-87 WSH=64", ONE " WSH=64", ALL, MS_CRYPTO_USABLE},
			{"S-87 WSH=4096", ONE " WSH=4096", ALL, MS_CRYPTO_USABLE},
			{"S-87 WSH=63", ONE " WSH=63", ALL, MS_CRYPTO_SESSION},
			{"S-87 WSH=", ONE " WSH=", ALL, MS_CRYPTO_SESSION},
			{"S-87 unknown parameter", ONE " FOO=1", ALL, MS_CRYPTO_SYNTAX},
			{"S-87 unknown parameter with -", ONE " -FOO=1", ALL,
					MS_CRYPTO_USABLE},
			{"S-87 no name", ONE " =1", ALL, MS_CRYPTO_SYNTAX},
			{"S-87 begins like a known one", ONE " UNENCRYPTED_SRTPX", ALL,
					MS_CRYPTO_SYNTAX},
			{"S-87 the second parameter", ONE " WSH=64 UNENCRYPTED_SRTP", ALL,
					MS_CRYPTO_SESSION},

			/* the order of the faults */
			{"syntax before session", ONE " UNENCRYPTED_SRTP FOO", ALL,
					MS_CRYPTO_SYNTAX},
			{"syntax before suite", "1 X inline:" K30 " FOO", ALL,
					MS_CRYPTO_SYNTAX},
			{"suite before key", "1 X inline:", ALL, MS_CRYPTO_SUITE},
			{"suite before session",
					"1 NULL_HMAC_SHA1_80 inline:" K30 " UNENCRYPTED_SRTP", ALL,
					MS_CRYPTO_SUITE},
			{"key before session", ONE "| UNENCRYPTED_SRTP", ALL,
					MS_CRYPTO_KEY},
	};
	struct ms_crypto crypto;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		ms_crypto_read(guard_text(rows[i].value), rows[i].keying, &crypto);
		CHECK_INT(crypto.fault, rows[i].fault);
		CHECK(crypto.fault != MS_CRYPTO_SYNTAX || crypto.key.len == 0);
	}
}

static void test_parts(void)
{
	struct ms_crypto crypto;

	test_row("the parts of a usable one");
	ms_crypto_read(guard_text("42 AEAD_AES_128_GCM inline:" K28 "==|2^20|1:4"),
			DEFAULT, &crypto);
	CHECK_INT(crypto.tag, 42);
	CHECK_INT(crypto.suite, MS_SUITE_AEAD_AES_128_GCM);
	CHECK_INT(crypto.fault, MS_CRYPTO_USABLE);
	CHECK_TEXT(crypto.key, K28 "==");

	test_row("the parts of one with an unknown suite");
	ms_crypto_read(guard_text("7 FOO inline:" K30 "|2^20"), ALL, &crypto);
	CHECK_INT(crypto.tag, 7);
	CHECK_INT(crypto.suite, MS_SUITES);
	CHECK_TEXT(crypto.key, K30);

	test_row("the parts of a malformed one");
	ms_crypto_read(guard_text(ONE " FOO"), ALL, &crypto);
	CHECK_INT(crypto.tag, 0);
	CHECK_INT(crypto.suite, MS_SUITES);
	CHECK_TEXT(crypto.key, "");
}

static void test_field(void)
{
	struct ms_str value;

	test_row("fields");
	value = guard_text(" \tone\t two ");
	CHECK_TEXT(ms_crypto_field(&value), "one");
	CHECK_TEXT(ms_crypto_field(&value), "two");
	CHECK_TEXT(ms_crypto_field(&value), "");
	CHECK_TEXT(value, "");
	CHECK_TEXT(ms_crypto_field(&value), "");
}

static enum ms_crypto_fault next(struct ms_cryptos *cryptos, const char *value)
{
	struct ms_crypto crypto;

	ms_cryptos_read(cryptos, guard_text(value), &crypto);
	CHECK(crypto.fault != MS_CRYPTO_SYNTAX || crypto.key.len == 0);
	return crypto.fault;
}

static void test_several(void)
{
	struct ms_cryptos cryptos = {.keying = DEFAULT};
	struct ms_crypto crypto;
	char value[100];
	unsigned i;

	test_row("S-81 a tag counts once, whatever else the first is");
	CHECK_INT(next(&cryptos, "1 FOO inline:" K30), MS_CRYPTO_SUITE);
	CHECK_INT(next(&cryptos, ONE), MS_CRYPTO_SYNTAX);
	CHECK_INT(next(&cryptos, "2 " CM128 " inline:" K30), MS_CRYPTO_USABLE);
	CHECK_INT(next(&cryptos, "2 " CM128 " inline:" K30), MS_CRYPTO_SYNTAX);

	test_row("a malformed one takes no tag");
	CHECK_INT(next(&cryptos, "3 " CM128), MS_CRYPTO_SYNTAX);
	CHECK_INT(next(&cryptos, "3 " CM128 " inline:" K30), MS_CRYPTO_USABLE);

	test_row("only so many are looked at");
	cryptos = (struct ms_cryptos){.keying = DEFAULT};
	for(i = 0; i <= MS_CRYPTOS_MAX; i++) {
		snprintf(value, sizeof(value), "%u " CM128 " inline:" K30, i);
		ms_cryptos_read(&cryptos, test_text(value), &crypto);
		CHECK_INT(crypto.fault,
				i < MS_CRYPTOS_MAX ? MS_CRYPTO_USABLE : MS_CRYPTO_SYNTAX);
	}
}

void test_crypto(void);

void test_crypto(void)
{
	test_suites();
	test_keying();
	test_read();
	test_parts();
	test_field();
	test_several();
}
