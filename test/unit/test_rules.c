/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include "ms_rules.h"

#define ROWS_MAX 16

/* A set of rules from their texts, and members from "aor=group". */
struct set
{
	struct ms_rule rule[ROWS_MAX];
	struct ms_member member[ROWS_MAX];
	struct ms_rules rules;
};

static enum ms_err make(struct set *set, const char *const *rules,
		const char *const *members, struct ms_str *twice)
{
	struct ms_str text;
	size_t i;

	*set = (struct set){.rules = {.rule = set->rule, .member = set->member}};
	for(i = 0; i < ROWS_MAX && rules[i]; i++)
		CHECK_INT(ms_rule_read(guard_text(rules[i]),
						  &set->rule[set->rules.n_rules++]),
				MS_OK);
	for(i = 0; i < ROWS_MAX && members[i]; i++) {
		text = guard_text(members[i]);
		set->member[i].aor = ms_str_until(&text, '=');
		set->member[i].group = text;
		set->rules.n_members++;
	}
	return ms_rules_sort(&set->rules, twice);
}

/* ---- reading ------------------------------------------------------------ */

static void test_read(void)
{
	static const struct
	{
		const char *text;
		enum ms_err err;
		const char *group, *domain, *socket;
	} rows[] = {
			{"domain=example.org", MS_OK, "", "example.org", ""},
			{"group=legacy;policy=off", MS_OK, "legacy", "", ""},
			{" domain = example.org ; inbound = mandatory ; ", MS_OK, "",
					"example.org", ""},
			{"domain=a;socket=udp:192.0.2.1:5060", MS_OK, "", "a",
					"udp:192.0.2.1:5060"},
			{"socket=tls:[2001:db8::1]:5061;group=a", MS_OK, "a", "",
					"tls:[2001:db8::1]:5061"},
			{"", MS_ESYNTAX, NULL, NULL, NULL},
			{"policy=off", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=;policy=off", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=a;group=b", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=a;domain=b", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=a;policy", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=a;policy=never", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=a;media=access", MS_ESYNTAX, NULL, NULL, NULL},
			{"domain=a;mechanisms=sdes-srtp,msrp-tls", MS_OK, "", "a", ""},
			{"domain=a;mechanisms=sdes-srtp,x-media", MS_ESYNTAX, NULL, NULL,
					NULL},
	};
	struct ms_rule rule;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].text[0] ? rows[i].text : "nothing");
		rule = (struct ms_rule){.n_members = 0};
		CHECK_INT(ms_rule_read(guard_text(rows[i].text), &rule), rows[i].err);
		if(rows[i].err)
			continue;
		CHECK_TEXT(rule.group, rows[i].group);
		CHECK_TEXT(rule.domain, rows[i].domain);
		CHECK_TEXT(rule.socket, rows[i].socket);
		CHECK_TEXT(rule.text, rows[i].text);
	}

	test_row("names that are there before");
	rule = (struct ms_rule){.domain = MS_STR("a"), .socket = MS_STR("b")};
	CHECK_INT(ms_rule_read(guard_text("policy=off"), &rule), MS_OK);
	CHECK_TEXT(rule.domain, "a");
	CHECK_INT(rule.part.settings.policy, MS_POLICY_OFF);
	rule = (struct ms_rule){.domain = MS_STR("a")};
	CHECK_INT(ms_rule_read(guard_text("domain=b"), &rule), MS_ESYNTAX);
	rule = (struct ms_rule){.domain = MS_STR("a")};
	CHECK_INT(ms_rule_read(guard_text("group=b"), &rule), MS_ESYNTAX);
}

/* ---- order -------------------------------------------------------------- */

static void test_twice(void)
{
	static const struct
	{
		const char *name, *rules[ROWS_MAX], *members[ROWS_MAX], *twice;
	} rows[] = {
			{"nothing", {NULL}, {NULL}, NULL},
			{"a group is no domain", {"group=a", "domain=a"}, {NULL}, NULL},
			{"a domain twice", {"domain=a", "domain=b", "domain=A;t38=0"},
					{NULL}, "a"},
			{"a group twice", {"group=a", "group=a"}, {NULL}, "a"},
			{"on two sockets",
					{"group=a;socket=x", "group=a;socket=y", "group=a"}, {NULL},
					NULL},
			{"on one socket twice", {"group=a;socket=x", "group=a;socket=X"},
					{NULL}, "a"},
			{"an AoR twice in a group", {NULL}, {"x@a=g", "x@a=g"}, "x@a"},
			{"an AoR in two groups", {NULL}, {"x@a=g", "y@a=g", "X@A=h"},
					"x@a"},
			{"two AoRs in a group", {NULL}, {"x@a=g", "x@b=g"}, NULL},
	};
	struct ms_str twice;
	struct set set;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(make(&set, rows[i].rules, rows[i].members, &twice),
				rows[i].twice ? MS_ESYNTAX : MS_OK);
		if(rows[i].twice)
			CHECK(ms_str_caseeq(twice, test_text(rows[i].twice)));
	}
}

static const char *const some_rules[ROWS_MAX] = {"group=legacy;policy=off",
		"domain=example.org;policy=required",
		"domain=example.net;inbound=mandatory",
		"domain=example.net;socket=tls:1;inbound=forbidden",
		"group=legacy;socket=tls:1;outbound=mandatory",
		"group=vip;socket=tls:1;t38=0", NULL};
static const char *const some_members[ROWS_MAX] = {"bob@example.org=Legacy",
		"carol@example.net=vip", "dave@example.org=nobody",
		"Erin@example.org=legacy", NULL};

static void test_members(void)
{
	struct ms_str twice;
	struct set set;
	size_t i;

	test_row("members are counted");
	CHECK_INT(make(&set, some_rules, some_members, &twice), MS_OK);
	for(i = 0; i < set.rules.n_rules; i++)
		CHECK_INT(set.rule[i].n_members,
				ms_str_eq(set.rule[i].group, MS_STR("legacy")) ? 2
				: ms_str_eq(set.rule[i].group, MS_STR("vip"))  ? 1
															   : 0);
}

/* ---- searching ---------------------------------------------------------- */

static void test_find(void)
{
	static const struct
	{
		const char *name, *socket, *aor, *text; /* NULL: none */
	} rows[] = {
			{"by domain", "", "alice@example.org",
					"domain=example.org;policy=required"},
			{"a domain in any case", "udp:1", "alice@EXAMPLE.org",
					"domain=example.org;policy=required"},
			{"no such domain", "", "alice@example.com", NULL},
			{"a domain that begins so", "", "alice@example.or", NULL},
			{"a domain that goes on", "", "alice@example.orga", NULL},
			{"the group before the domain", "", "bob@example.org",
					"group=legacy;policy=off"},
			{"a user in any case", "", "BOB@example.org",
					"group=legacy;policy=off"},
			{"a user of that name elsewhere", "", "bob@example.net",
					"domain=example.net;inbound=mandatory"},
			{"a rule of the socket before one of all", "tls:1",
					"bob@example.org",
					"group=legacy;socket=tls:1;outbound=mandatory"},
			{"another socket", "tls:10", "bob@example.org",
					"group=legacy;policy=off"},
			{"of a domain the same", "tls:1", "x@example.net",
					"domain=example.net;socket=tls:1;inbound=forbidden"},
			{"a group that has a rule elsewhere only", "udp:1",
					"carol@example.net",
					"domain=example.net;inbound=mandatory"},
			{"a group with a rule here", "TLS:1", "carol@example.net",
					"group=vip;socket=tls:1;t38=0"},
			{"a group without a rule", "", "dave@example.org",
					"domain=example.org;policy=required"},
			{"a domain that is no AoR", "", "example.org", NULL},
			{"a group that is no AoR", "", "legacy", NULL},
			{"nobody", "", "", NULL},
			{"nobody at a domain", "", "@example.org",
					"domain=example.org;policy=required"},
			{"a user with an @", "", "a@example.org@example.net", NULL},
	};
	const struct ms_rule *rule;
	struct ms_str twice;
	struct set set;
	size_t i;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(make(&set, some_rules, some_members, &twice), MS_OK);
		rule = ms_rules_find(&set.rules, guard_text(rows[i].socket),
				guard_text(rows[i].aor));
		CHECK_INT(rule != NULL, rows[i].text != NULL);
		if(rule && rows[i].text)
			CHECK_TEXT(rule->text, rows[i].text);
	}
}

/* ---- what is set for a party -------------------------------------------- */

static void test_party(void)
{
	/* of an interface with policy optional and T.38; who is known, who is
	 * claimed, and what is set */
	static const struct
	{
		const char *name, *aor, *claim[2];
		enum ms_policy policy;
		enum ms_media inbound, outbound;
		bool t38;
	} rows[] = {
			{"nobody", "", {NULL}, MS_POLICY_OPTIONAL, MS_MEDIA_OPTIONAL,
					MS_MEDIA_OPTIONAL, true},
			{"known", "a@example.org", {NULL}, MS_POLICY_REQUIRED,
					MS_MEDIA_OPTIONAL, MS_MEDIA_OPTIONAL, true},
			{"known to be laxer", "bob@example.org", {NULL}, MS_POLICY_OFF,
					MS_MEDIA_OPTIONAL, MS_MEDIA_OPTIONAL, true},
			{"claimed to be stricter", "", {"a@example.org"},
					MS_POLICY_REQUIRED, MS_MEDIA_OPTIONAL, MS_MEDIA_OPTIONAL,
					true},
			{"claimed to be laxer", "", {"bob@example.org"}, MS_POLICY_OPTIONAL,
					MS_MEDIA_OPTIONAL, MS_MEDIA_OPTIONAL, true},
			{"claimed and known to be laxer", "bob@example.org",
					{"bob@example.org"}, MS_POLICY_OFF, MS_MEDIA_OPTIONAL,
					MS_MEDIA_OPTIONAL, true},
			{"known, claimed to be laxer", "a@example.org",
					{"bob@example.org", "x@example.com"}, MS_POLICY_REQUIRED,
					MS_MEDIA_OPTIONAL, MS_MEDIA_OPTIONAL, true},
			{"known to be laxer, claimed to be nobody", "bob@example.org",
					{"x@example.com"}, MS_POLICY_OFF, MS_MEDIA_OPTIONAL,
					MS_MEDIA_OPTIONAL, true},
			{"known to be laxer, claimed to be stricter", "bob@example.org",
					{"a@example.org"}, MS_POLICY_REQUIRED, MS_MEDIA_OPTIONAL,
					MS_MEDIA_OPTIONAL, true},
			{"two claims, the strictest of both", "",
					{"a@example.org", "x@example.net"}, MS_POLICY_REQUIRED,
					MS_MEDIA_MANDATORY, MS_MEDIA_OPTIONAL, true},
			{"the same the other way round", "",
					{"x@example.net", "a@example.org"}, MS_POLICY_REQUIRED,
					MS_MEDIA_MANDATORY, MS_MEDIA_OPTIONAL, true},
	};
	struct ms_settings settings;
	struct ms_str claim[2], twice;
	struct ms_party party;
	struct set set;
	size_t i, k;

	for(i = 0; i < N_OF(rows); i++) {
		test_row(rows[i].name);
		CHECK_INT(make(&set, some_rules, some_members, &twice), MS_OK);
		party = (struct ms_party){
				.aor = guard_text(rows[i].aor), .claim = claim};
		for(k = 0; k < 2 && rows[i].claim[k]; k++)
			claim[party.n_claims++] = guard_text(rows[i].claim[k]);
		settings =
				(struct ms_settings){.policy = MS_POLICY_OPTIONAL, .t38 = true};
		ms_rules_settings(&set.rules, MS_STR("udp:1"), &party, &settings);
		CHECK_INT(settings.policy, rows[i].policy);
		CHECK_INT(settings.inbound, rows[i].inbound);
		CHECK_INT(settings.outbound, rows[i].outbound);
		CHECK_INT(settings.t38, rows[i].t38);
	}
}

void test_rules(void);

void test_rules(void)
{
	test_read();
	test_twice();
	test_members();
	test_find();
	test_party();
}
