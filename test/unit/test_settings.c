/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <string.h>

#include "ms_mech.h"
#include "ms_settings.h"

static struct ms_settings sdes(void)
{
	struct ms_settings settings = {.policy = MS_POLICY_OPTIONAL,
			.verify_mode = MS_VERIFY_COMPAT,
			.missing = MS_MISSING_SECURE_OFFER,
			.osrtp = true,
			.t38 = true,
			.keying = ms_keying_default};

	CHECK_INT(ms_list_read(MS_STR("sdes-srtp"), &settings.list), MS_OK);
	return settings;
}

/* "name=value;..." over settings. */
static enum ms_err give(struct ms_settings_part *part, const char *text)
{
	struct ms_str rest = guard_text(text), value, name;
	enum ms_err err = MS_OK;

	while(!err && rest.len > 0) {
		value = ms_str_until(&rest, ';');
		name = ms_str_until(&value, '=');
		err = ms_settings_give(part, name, value);
	}
	return err;
}

static struct ms_settings with(const char *text)
{
	struct ms_settings settings = sdes();
	struct ms_settings_part part = {.given = 0};

	CHECK_INT(give(&part, text), MS_OK);
	ms_settings_overlay(&settings, &part);
	return settings;
}

static void same_settings(
		const struct ms_settings *got, const struct ms_settings *want)
{
	unsigned i;

	CHECK_INT(got->policy, want->policy);
	CHECK_INT(got->inbound, want->inbound);
	CHECK_INT(got->outbound, want->outbound);
	CHECK_INT(got->verify_mode, want->verify_mode);
	CHECK_INT(got->missing, want->missing);
	CHECK_INT(got->unknown, want->unknown);
	CHECK_INT(got->strict_tag, want->strict_tag);
	CHECK_INT(got->secure_transport, want->secure_transport);
	CHECK_INT(got->osrtp, want->osrtp);
	CHECK_INT(got->t38, want->t38);
	CHECK_INT(got->refuse_mixed, want->refuse_mixed);
	CHECK_INT(got->keying.suites, want->keying.suites);
	for(i = 0; i < got->keying.suites; i++)
		CHECK_INT(got->keying.suite[i], want->keying.suite[i]);
	CHECK_INT(got->keying.sha1, want->keying.sha1);
	CHECK_INT(got->list.n, want->list.n);
	for(i = 0; i < got->list.n; i++)
		CHECK_STR(got->list.name[i], want->list.name[i]);
}

/* ---- reading ------------------------------------------------------------ */

#define AES_128 "AES_CM_128_HMAC_SHA1_80"

static void test_words(void)
{
	static const struct
	{
		const char *name, *text;
		enum ms_err err;
	} rows[] = {
			{"every field",
					"policy=required;inbound=mandatory;outbound=forbidden;"
					"verify_mode=strict;verify_missing=accept;"
					"unknown_binding=refuse;strict_option_tag=1;"
					"require_secure_transport=1;osrtp=0;t38=0;"
					"mixed_offer=refuse;mechanisms=dtls-srtp;suites=" AES_128,
					MS_OK},
			{"words in any case", "policy=Required", MS_OK},
			{"names in one case", "Policy=required", MS_END},
			{"no such name", "polic=required", MS_END},
			{"no name", "=required", MS_END},
			{"no such word", "policy=mandatory", MS_ESYNTAX},
			{"a word of another field", "inbound=required", MS_ESYNTAX},
			{"half a word", "inbound=forbid", MS_ESYNTAX},
			{"more than a word", "inbound=forbidden ", MS_ESYNTAX},
			{"no word", "inbound=", MS_ESYNTAX},
			{"a switch is 0 or 1", "osrtp=2", MS_ESYNTAX},
			{"twice", "osrtp=0;osrtp=0", MS_ESYNTAX},
			{"no mechanism", "mechanisms=", MS_ESYNTAX},
			{"a mechanism twice", "mechanisms=sdes-srtp,SDES-SRTP", MS_ESYNTAX},
			{"no list", "mechanisms=sdes srtp", MS_ESYNTAX},
			{"all suites", "suites=", MS_OK},
			{"no such suite", "suites=AES", MS_ESYNTAX},
			{"a suite that hides nothing", "suites=NULL_HMAC_SHA1_80",
					MS_ESYNTAX},
	};
	struct ms_settings_part part;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		part = (struct ms_settings_part){.given = 0};
		CHECK_INT(give(&part, rows[i].text), rows[i].err);
	}
}

static void test_overlay(void)
{
	struct ms_settings want = sdes(), got;

	test_row("nothing given changes nothing");
	got = with("");
	same_settings(&got, &want);

	test_row("every field is read into its place");
	got = with("policy=required;inbound=mandatory;outbound=forbidden;"
			   "verify_mode=set;verify_missing=accept;unknown_binding=refuse;"
			   "strict_option_tag=1;require_secure_transport=1;osrtp=0;t38=0;"
			   "mixed_offer=refuse;mechanisms=DTLS-srtp,sdes-srtp;"
			   "suites=" AES_128 ";sha1_fingerprints=1");
	want = (struct ms_settings){.policy = MS_POLICY_REQUIRED,
			.inbound = MS_MEDIA_MANDATORY,
			.outbound = MS_MEDIA_FORBIDDEN,
			.verify_mode = MS_VERIFY_SET,
			.missing = MS_MISSING_ACCEPT,
			.unknown = MS_UNKNOWN_REFUSE,
			.strict_tag = true,
			.secure_transport = true,
			.refuse_mixed = true};
	CHECK_INT(ms_list_read(MS_STR("dtls-srtp,sdes-srtp"), &want.list), MS_OK);
	CHECK_INT(ms_suites_read(MS_STR(AES_128), &want.keying), MS_OK);
	want.keying.sha1 = true;
	same_settings(&got, &want);

	test_row("what is not given stays");
	got = with("outbound=mandatory");
	want = sdes();
	want.outbound = MS_MEDIA_MANDATORY;
	same_settings(&got, &want);

	test_row("suites and SHA-1 do not bring each other along");
	got = with("sha1_fingerprints=1");
	want = sdes();
	want.keying.sha1 = true;
	same_settings(&got, &want);

	test_row("given as it was");
	got = with("policy=optional;osrtp=1");
	want = sdes();
	same_settings(&got, &want);

	test_row("known mechanisms are no views of the text");
	got = with("mechanisms=Sdes-SRTP");
	guard_release();
	CHECK_TEXT(got.list.name[0], "sdes-srtp");
}

/* ---- contradictions ----------------------------------------------------- */

static void test_agree(void)
{
	static const struct
	{
		const char *text;
		bool agree;
	} rows[] = {
			{"policy=optional", true},
			{"policy=required", true},
			{"policy=off", true},
			{"policy=required;mechanisms=msrp-tls", false},
			{"policy=optional;mechanisms=msrp-tls", true},
			{"inbound=mandatory;mechanisms=msrp-tls", false},
			{"outbound=mandatory;mechanisms=msrp-tls", false},
			{"policy=off;outbound=mandatory;mechanisms=msrp-tls", false},
			{"policy=off;inbound=mandatory;outbound=mandatory", true},
			{"policy=required;inbound=forbidden", false},
			{"policy=required;outbound=forbidden", false},
			{"policy=required;inbound=mandatory;outbound=mandatory", true},
			{"policy=optional;inbound=forbidden", true},
			{"policy=optional;outbound=forbidden", true},
			{"policy=optional;inbound=mandatory;outbound=forbidden", true},
			{"policy=optional;inbound=forbidden;outbound=forbidden", false},
			{"policy=off;inbound=forbidden;outbound=forbidden", true},
			{"policy=off;inbound=forbidden;outbound=mandatory", true},
	};
	struct ms_settings settings;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].text);
		settings = with(rows[i].text);
		CHECK_INT(ms_settings_agree(&settings), rows[i].agree);
	}
}

/* ---- claims ------------------------------------------------------------- */

static void test_tighten(void)
{
	/* settings, what a claim brings, and what comes of it */
	static const struct
	{
		const char *name, *settings, *claim, *want;
	} rows[] = {
			{"the same", "", "", ""},
			{"a stricter policy", "policy=off", "policy=required",
					"policy=required"},
			{"a laxer policy", "policy=required", "policy=off",
					"policy=required"},
			{"mandatory", "", "inbound=mandatory;outbound=mandatory",
					"inbound=mandatory;outbound=mandatory"},
			{"no longer mandatory", "inbound=mandatory;outbound=mandatory",
					"inbound=optional;outbound=forbidden",
					"inbound=mandatory;outbound=mandatory"},
			{"forbidden by a claim only", "",
					"inbound=forbidden;outbound=forbidden", ""},
			{"forbidden whatever is claimed",
					"policy=off;inbound=forbidden;outbound=forbidden",
					"policy=off;inbound=mandatory;outbound=optional",
					"policy=off;inbound=forbidden;outbound=forbidden"},
			{"a stricter mirror", "verify_mode=set;verify_missing=accept",
					"verify_mode=strict;verify_missing=reject",
					"verify_mode=strict;verify_missing=reject"},
			{"a laxer mirror", "verify_mode=strict;verify_missing=reject",
					"verify_mode=set;verify_missing=accept",
					"verify_mode=strict;verify_missing=reject"},
			{"unknown senders", "unknown_binding=secure",
					"unknown_binding=refuse", "unknown_binding=refuse"},
			{"unknown senders, laxer", "unknown_binding=secure",
					"unknown_binding=plain", "unknown_binding=secure"},
			{"switches on",
					"t38=1;mixed_offer=reject;strict_option_tag=0;"
					"require_secure_transport=0",
					"t38=0;mixed_offer=refuse;strict_option_tag=1;"
					"require_secure_transport=1",
					"t38=0;mixed_offer=refuse;strict_option_tag=1;"
					"require_secure_transport=1"},
			{"switches off",
					"t38=0;mixed_offer=refuse;strict_option_tag=1;"
					"require_secure_transport=1",
					"t38=1;mixed_offer=reject;strict_option_tag=0;"
					"require_secure_transport=0",
					"t38=0;mixed_offer=refuse;strict_option_tag=1;"
					"require_secure_transport=1"},
			{"OSRTP is better than plain", "osrtp=1", "osrtp=0", "osrtp=1"},
			{"a policy does not bring its transport along",
					"require_secure_transport=1",
					"policy=required;require_secure_transport=0",
					"policy=required;require_secure_transport=1"},
			{"fewer suites", "", "suites=" AES_128, "suites=" AES_128},
			{"more suites", "suites=" AES_128, "", "suites=" AES_128},
			{"other suites keep their order",
					"suites=AEAD_AES_128_GCM," AES_128,
					"suites=" AES_128 ",AES_256_CM_HMAC_SHA1_80,"
					"AEAD_AES_128_GCM",
					"suites=AEAD_AES_128_GCM," AES_128},
			{"SHA-1 is for who may have it", "sha1_fingerprints=1", "", ""},
			{"a shorter list", "mechanisms=sdes-srtp,dtls-srtp",
					"mechanisms=dtls-srtp", "mechanisms=dtls-srtp"},
			{"a list in another order", "mechanisms=sdes-srtp,dtls-srtp",
					"mechanisms=dtls-srtp,sdes-srtp",
					"mechanisms=dtls-srtp,sdes-srtp"},
			{"another mechanism", "mechanisms=dtls-srtp",
					"mechanisms=sdes-srtp", "mechanisms=dtls-srtp"},
			{"what is not terminated does not count", "mechanisms=dtls-srtp",
					"mechanisms=msrp-tls,dtls-srtp",
					"mechanisms=msrp-tls,dtls-srtp"},
	};
	struct ms_settings got, claim, want;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		got = with(rows[i].settings);
		claim = with(rows[i].claim);
		want = with(rows[i].want);
		ms_settings_tighten(&got, &claim);
		same_settings(&got, &want);
	}
}

void test_settings(void);

void test_settings(void)
{
	test_words();
	test_overlay();
	test_agree();
	test_tighten();
}
