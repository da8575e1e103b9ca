/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Lines: "r" and a rule, "m" and "aor=group", "?" and "socket aor" to look for.
 * What the sorted arrays find is what going through all of them finds. */

#include "fuzz.h"

#include "ms_mech.h"
#include "ms_rules.h"

#define ROWS_MAX 64

struct set
{
	struct ms_rule rule[ROWS_MAX];
	struct ms_member member[ROWS_MAX];
	struct ms_rules rules;
};

static void check_rule(const struct ms_rule *rule, struct ms_str text)
{
	const struct ms_settings none = {.policy = MS_POLICY_OFF};
	struct ms_settings settings = none;

	REQUIRE((rule->group.len > 0) != (rule->domain.len > 0));
	REQUIRE(rule->group.len == 0 || is_within(rule->group, text));
	REQUIRE(rule->domain.len == 0 || is_within(rule->domain, text));
	REQUIRE(rule->socket.len == 0 || is_within(rule->socket, text));
	ms_settings_overlay(&settings, &rule->part);
	REQUIRE(settings.policy <= MS_POLICY_REQUIRED);
	REQUIRE(settings.inbound <= MS_MEDIA_FORBIDDEN);
	REQUIRE(settings.outbound <= MS_MEDIA_FORBIDDEN);
	for(unsigned i = 0; i < settings.keying.suites; i++)
		REQUIRE(!ms_str_has_prefix(
				ms_suite_name(settings.keying.suite[i]), MS_STR("NULL")));
	REQUIRE(!(ms_list_bits(&settings.list) & MS_MECH_OTHER));
	if(rule->part.given == 0)
		REQUIRE(memcmp(&settings, &none, sizeof(none)) == 0);
	for(unsigned i = 0; i < settings.list.n; i++)
		REQUIRE(!is_within(settings.list.name[i], text));
}

static void add_rule(struct set *set, struct ms_str text)
{
	struct ms_rule rule = {.n_members = 0};

	if(set->rules.n_rules == ROWS_MAX || ms_rule_read(text, &rule) != MS_OK)
		return;
	check_rule(&rule, text);
	set->rule[set->rules.n_rules++] = rule;
}

static void add_member(struct set *set, struct ms_str text)
{
	struct ms_str aor = ms_str_until(&text, '=');

	if(set->rules.n_members < ROWS_MAX)
		set->member[set->rules.n_members++] = (struct ms_member){aor, text};
}

/* ---- the same by going through all -------------------------------------- */

static bool is_at(const struct ms_rule *rule, struct ms_str socket)
{
	return rule->socket.len == 0 || ms_str_caseeq(rule->socket, socket);
}

static const struct ms_rule *find(const struct ms_rules *rules,
		struct ms_str socket, struct ms_str group, struct ms_str domain)
{
	const struct ms_rule *rule, *best = NULL;

	for(rule = rules->rule; rule < rules->rule + rules->n_rules; rule++) {
		if(ms_str_caseeq(rule->group, group)
				&& ms_str_caseeq(rule->domain, domain) && is_at(rule, socket)
				&& (best == NULL || rule->socket.len > 0))
			best = rule;
	}
	return best;
}

static struct ms_str group_of(const struct ms_rules *rules, struct ms_str aor)
{
	size_t i;

	for(i = 0; i < rules->n_members; i++)
		if(ms_str_caseeq(rules->member[i].aor, aor))
			return rules->member[i].group;
	return MS_STR("");
}

static void check_found(
		const struct ms_rules *rules, struct ms_str socket, struct ms_str aor)
{
	struct ms_str group = group_of(rules, aor), domain = aor;
	const struct ms_rule *want = NULL;

	ms_str_until(&domain, '@');
	if(group.len > 0)
		want = find(rules, socket, group, MS_STR(""));
	if(want == NULL && domain.len > 0)
		want = find(rules, socket, MS_STR(""), domain);
	REQUIRE(ms_rules_find(rules, socket, aor) == want);
}

/* ---- whole sets --------------------------------------------------------- */

static bool is_same_rule(const struct ms_rule *a, const struct ms_rule *b)
{
	return ms_str_caseeq(a->group, b->group)
		   && ms_str_caseeq(a->domain, b->domain)
		   && ms_str_caseeq(a->socket, b->socket);
}

static bool has_twice(const struct ms_rules *rules)
{
	size_t i, k;

	for(i = 0; i < rules->n_rules; i++)
		for(k = 0; k < i; k++)
			if(is_same_rule(&rules->rule[i], &rules->rule[k]))
				return true;
	for(i = 0; i < rules->n_members; i++)
		for(k = 0; k < i; k++)
			if(ms_str_caseeq(rules->member[i].aor, rules->member[k].aor))
				return true;
	return false;
}

static void check_counts(const struct ms_rules *rules)
{
	size_t i, k, n;

	for(i = 0; i < rules->n_rules; i++) {
		for(n = k = 0; k < rules->n_members; k++)
			n += rules->rule[i].group.len > 0
				 && ms_str_caseeq(rules->member[k].group, rules->rule[i].group);
		REQUIRE(rules->rule[i].n_members == n
				|| (rules->rule[i].group.len == 0));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_str text = fuzz_copy((struct ms_str){(const char *)data, size});
	struct ms_str rest = text, line, twice, socket;
	static struct set set;
	bool sorted = false;

	set.rules = (struct ms_rules){.rule = set.rule, .member = set.member};
	while(rest.len > 0) {
		line = ms_str_until(&rest, '\n');
		if(line.len == 0)
			continue;
		switch(line.p[0]) {
			case 'r':
				if(!sorted)
					add_rule(&set, ms_str_from(line, 1));
				break;
			case 'm':
				if(!sorted)
					add_member(&set, ms_str_from(line, 1));
				break;
			case '?':
				if(!sorted) {
					sorted = true;
					if(ms_rules_sort(&set.rules, &twice) != MS_OK) {
						REQUIRE(has_twice(&set.rules));
						goto out;
					}
					REQUIRE(!has_twice(&set.rules));
					check_counts(&set.rules);
				}
				line = ms_str_from(line, 1);
				socket = ms_str_until(&line, ' ');
				check_found(&set.rules, socket, line);
				break;
		}
	}
out:
	fuzz_free(text);
	return 0;
}
