/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_rules_set.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_settings.h"

#define CHUNK (64 * 1024)

/* Text of rows. It never moves. */
struct mediasec_rules_chunk
{
	struct mediasec_rules_chunk *next;
	size_t used, size;
	char text[];
};

int mediasec_rules_set_fault(
		struct mediasec_rules_set *set, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(set->fault, sizeof(set->fault), format, args);
	va_end(args);
	return -1;
}

static int no_memory(struct mediasec_rules_set *set)
{
	SHM_MEM_ERROR;
	return mediasec_rules_set_fault(set, "out of shared memory");
}

struct mediasec_rules_set *mediasec_rules_set_new(void)
{
	struct mediasec_rules_set *set = shm_mallocxz(sizeof(*set));

	if(set == NULL)
		SHM_MEM_ERROR;
	return set;
}

void mediasec_rules_set_free(struct mediasec_rules_set *set)
{
	struct mediasec_rules_chunk *c, *next;

	if(set == NULL)
		return;
	for(c = set->chunks; c; c = next) {
		next = c->next;
		shm_free(c);
	}
	if(set->rules.rule)
		shm_free(set->rules.rule);
	if(set->rules.member)
		shm_free(set->rules.member);
	shm_free(set);
}

/* @return false: out of memory */
static bool keep_text(struct mediasec_rules_set *set, struct ms_str *text)
{
	struct mediasec_rules_chunk *c = set->chunks;
	size_t size = text->len > CHUNK ? text->len : CHUNK;

	if(text->len == 0)
		return true;
	if(c == NULL || c->size - c->used < text->len) {
		c = shm_malloc(sizeof(*c) + size);
		if(c == NULL)
			return false;
		*c = (struct mediasec_rules_chunk){.next = set->chunks, .size = size};
		set->chunks = c;
	}
	memcpy(c->text + c->used, text->p, text->len);
	text->p = c->text + c->used;
	c->used += text->len;
	return true;
}

/* Room for one more element. @return false: out of memory */
static bool grow(void **array, size_t n, size_t *max, size_t element)
{
	size_t wanted = *max ? 2 * *max : 64;
	void *grown;

	if(n < *max)
		return true;
	grown = shm_realloc(*array, wanted * element);
	if(grown == NULL)
		return false;
	*array = grown;
	*max = wanted;
	return true;
}

/* A rule has to make sense on each interface it counts for. */
static bool is_sound(const struct ms_rule *rule)
{
	const struct mediasec_iface *ifaces;
	struct ms_settings settings;
	unsigned i, n;

	ifaces = mediasec_ifaces(&n);
	for(i = 0; i < n; i++) {
		if(ifaces[i].side == MEDIASEC_CORE
				|| (rule->socket.len > 0
						&& !ms_str_caseeq(rule->socket, ifaces[i].socket)))
			continue;
		settings = ifaces[i].ms;
		ms_settings_overlay(&settings, &rule->part);
		if(!ms_settings_agree(&settings))
			return false;
	}
	return true;
}

static int rule_fault(struct mediasec_rules_set *set, const char *what,
		const struct ms_rule *rule, struct ms_str text)
{
	return mediasec_rules_set_fault(set,
			"a rule %s: group=%.*s domain=%.*s socket=%.*s settings: %.*s",
			what, (int)rule->group.len, rule->group.p, (int)rule->domain.len,
			rule->domain.p, (int)rule->socket.len, rule->socket.p,
			(int)text.len, text.p);
}

int mediasec_rules_set_add(struct mediasec_rules_set *set, struct ms_str socket,
		struct ms_str domain, struct ms_str group, struct ms_str text)
{
	struct ms_rules *r = &set->rules;
	struct ms_rule rule = {.socket = socket, .domain = domain, .group = group};

	if(!keep_text(set, &rule.socket) || !keep_text(set, &rule.domain)
			|| !keep_text(set, &rule.group) || !keep_text(set, &text)
			|| !grow((void **)&r->rule, r->n_rules, &set->rules_max,
					sizeof(rule)))
		return no_memory(set);
	if(ms_rule_read(text, &rule) != MS_OK)
		return rule_fault(set, "cannot be read", &rule, text);
	if(!is_sound(&rule))
		return rule_fault(set, "has contradictory settings", &rule, text);
	r->rule[r->n_rules++] = rule;
	return 0;
}

int mediasec_rules_set_member(
		struct mediasec_rules_set *set, struct ms_str group, struct ms_str aor)
{
	struct ms_rules *r = &set->rules;
	struct ms_member member = {.aor = aor, .group = group};

	if(aor.len == 0 || group.len == 0)
		return mediasec_rules_set_fault(set,
				"a member without AoR or group: aor=%.*s group=%.*s",
				(int)aor.len, aor.p, (int)group.len, group.p);
	if(!keep_text(set, &member.aor) || !keep_text(set, &member.group)
			|| !grow((void **)&r->member, r->n_members, &set->members_max,
					sizeof(member)))
		return no_memory(set);
	r->member[r->n_members++] = member;
	return 0;
}
