/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_rules.h"

#include <stdlib.h>

#include "ms_mech.h"

/* ---- reading ------------------------------------------------------------ */

static enum ms_err read_field(
		struct ms_rule *rule, struct ms_str name, struct ms_str value)
{
	struct ms_str *place;

	if(ms_str_eq(name, MS_STR("group")))
		place = &rule->group;
	else if(ms_str_eq(name, MS_STR("domain")))
		place = &rule->domain;
	else if(ms_str_eq(name, MS_STR("socket")))
		place = &rule->socket;
	else
		return ms_settings_give(&rule->part, name, value);
	if(place->len > 0)
		return MS_ESYNTAX;
	*place = value;
	return MS_OK;
}

enum ms_err ms_rule_read(struct ms_str text, struct ms_rule *rule)
{
	struct ms_str value, name;

	rule->text = text;
	while(text.len > 0) {
		value = ms_str_trim(ms_str_until(&text, ';'));
		if(value.len == 0)
			continue;
		name = ms_str_trim(ms_str_until(&value, '='));
		if(read_field(rule, name, ms_str_trim(value)) != MS_OK)
			return MS_ESYNTAX;
	}
	/* the name of another mechanism would have to outlive the text */
	if(ms_list_bits(&rule->part.settings.list) & MS_MECH_OTHER)
		return MS_ESYNTAX;
	return (rule->group.len > 0) != (rule->domain.len > 0) ? MS_OK : MS_ESYNTAX;
}

/* ---- order -------------------------------------------------------------- */

static int compare_rules(const void *a, const void *b)
{
	const struct ms_rule *x = a, *y = b;
	int order = ms_str_casecmp(x->group, y->group);

	if(order == 0)
		order = ms_str_casecmp(x->domain, y->domain);
	return order ? order : ms_str_casecmp(x->socket, y->socket);
}

static int compare_members(const void *a, const void *b)
{
	const struct ms_member *x = a, *y = b;

	return ms_str_casecmp(x->aor, y->aor);
}

/* The first rule of a group; n_rules: none. */
static size_t first_of_group(const struct ms_rules *rules, struct ms_str group)
{
	size_t low = 0, high = rules->n_rules, middle;

	while(low < high) {
		middle = low + (high - low) / 2;
		if(ms_str_casecmp(rules->rule[middle].group, group) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void count_members(struct ms_rules *rules)
{
	size_t i, k;

	for(i = 0; i < rules->n_members; i++) {
		struct ms_str group = rules->member[i].group;

		for(k = first_of_group(rules, group);
				k < rules->n_rules
				&& ms_str_caseeq(rules->rule[k].group, group);
				k++)
			rules->rule[k].n_members++;
	}
}

enum ms_err ms_rules_sort(struct ms_rules *rules, struct ms_str *twice)
{
	size_t i;

	if(rules->n_rules > 0)
		qsort(rules->rule, rules->n_rules, sizeof(*rules->rule), compare_rules);
	for(i = 1; i < rules->n_rules; i++) {
		if(compare_rules(&rules->rule[i - 1], &rules->rule[i]) == 0) {
			*twice = rules->rule[i].group.len > 0 ? rules->rule[i].group
												  : rules->rule[i].domain;
			return MS_ESYNTAX;
		}
	}
	if(rules->n_members > 0)
		qsort(rules->member, rules->n_members, sizeof(*rules->member),
				compare_members);
	for(i = 1; i < rules->n_members; i++) {
		if(compare_members(&rules->member[i - 1], &rules->member[i]) == 0) {
			*twice = rules->member[i].aor;
			return MS_ESYNTAX;
		}
	}
	count_members(rules);
	return MS_OK;
}

/* ---- searching ---------------------------------------------------------- */

static const struct ms_rule *find_rule(
		const struct ms_rules *rules, const struct ms_rule *key)
{
	return bsearch(key, rules->rule, rules->n_rules, sizeof(*rules->rule),
			compare_rules);
}

/* of that interface, or of any */
static const struct ms_rule *find_closest(
		const struct ms_rules *rules, struct ms_str socket, struct ms_rule key)
{
	const struct ms_rule *rule;

	key.socket = socket;
	rule = find_rule(rules, &key);
	if(rule == NULL && socket.len > 0) {
		key.socket.len = 0;
		rule = find_rule(rules, &key);
	}
	return rule;
}

const struct ms_rule *ms_rules_find(
		const struct ms_rules *rules, struct ms_str socket, struct ms_str aor)
{
	const struct ms_member key = {.aor = aor}, *member = NULL;
	const struct ms_rule *rule = NULL;
	struct ms_str domain = aor;

	if(rules->n_rules == 0)
		return NULL;
	if(rules->n_members > 0)
		member = bsearch(&key, rules->member, rules->n_members,
				sizeof(*rules->member), compare_members);
	if(member)
		rule = find_closest(
				rules, socket, (struct ms_rule){.group = member->group});
	if(rule)
		return rule;
	ms_str_until(&domain, '@');
	return find_closest(rules, socket, (struct ms_rule){.domain = domain});
}

void ms_rules_settings(const struct ms_rules *rules, struct ms_str socket,
		const struct ms_party *party, struct ms_settings *settings)
{
	const struct ms_settings iface = *settings;
	const struct ms_rule *rule = ms_rules_find(rules, socket, party->aor);
	struct ms_settings claimed;
	unsigned i;

	if(rule)
		ms_settings_overlay(settings, &rule->part);
	for(i = 0; i < party->n_claims; i++) {
		rule = ms_rules_find(rules, socket, party->claim[i]);
		if(rule == NULL)
			continue;
		claimed = iface;
		ms_settings_overlay(&claimed, &rule->part);
		ms_settings_tighten(settings, &claimed);
	}
}
