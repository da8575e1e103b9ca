/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_rules_db.h"
#include "mediasec_str.h"

/* ---- a set -------------------------------------------------------------- */

#define CHUNK (64 * 1024)

/* Text of rows. It never moves. */
struct chunk
{
	struct chunk *next;
	size_t used, size;
	char text[];
};

struct mediasec_rules
{
	struct ms_rules rules;
	size_t rules_max, members_max; /* what the arrays have room for */
	struct chunk *chunks;
	char fault[MEDIASEC_FAULT_MAX];
};

int mediasec_rules_fault(struct mediasec_rules *rules, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(rules->fault, sizeof(rules->fault), format, args);
	va_end(args);
	return -1;
}

static int no_memory(struct mediasec_rules *rules)
{
	SHM_MEM_ERROR;
	return mediasec_rules_fault(rules, "out of shared memory");
}

static void free_rules(struct mediasec_rules *rules)
{
	struct chunk *c, *next;

	if(rules == NULL)
		return;
	for(c = rules->chunks; c; c = next) {
		next = c->next;
		shm_free(c);
	}
	if(rules->rules.rule)
		shm_free(rules->rules.rule);
	if(rules->rules.member)
		shm_free(rules->rules.member);
	shm_free(rules);
}

/* @return false: out of memory */
static bool keep_text(struct mediasec_rules *rules, struct ms_str *text)
{
	struct chunk *c = rules->chunks;
	size_t size = text->len > CHUNK ? text->len : CHUNK;

	if(text->len == 0)
		return true;
	if(c == NULL || c->size - c->used < text->len) {
		c = shm_malloc(sizeof(*c) + size);
		if(c == NULL)
			return false;
		*c = (struct chunk){.next = rules->chunks, .size = size};
		rules->chunks = c;
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

static int rule_fault(struct mediasec_rules *rules, const char *what,
		const struct ms_rule *rule, struct ms_str text)
{
	return mediasec_rules_fault(rules,
			"a rule %s: group=%.*s domain=%.*s socket=%.*s settings: %.*s",
			what, (int)rule->group.len, rule->group.p, (int)rule->domain.len,
			rule->domain.p, (int)rule->socket.len, rule->socket.p,
			(int)text.len, text.p);
}

int mediasec_rules_add(struct mediasec_rules *rules, struct ms_str socket,
		struct ms_str domain, struct ms_str group, struct ms_str text)
{
	struct ms_rules *r = &rules->rules;
	struct ms_rule rule = {.socket = socket, .domain = domain, .group = group};

	if(!keep_text(rules, &rule.socket) || !keep_text(rules, &rule.domain)
			|| !keep_text(rules, &rule.group) || !keep_text(rules, &text)
			|| !grow((void **)&r->rule, r->n_rules, &rules->rules_max,
					sizeof(rule)))
		return no_memory(rules);
	if(ms_rule_read(text, &rule) != MS_OK)
		return rule_fault(rules, "cannot be read", &rule, text);
	if(!is_sound(&rule))
		return rule_fault(rules, "has contradictory settings", &rule, text);
	r->rule[r->n_rules++] = rule;
	return 0;
}

int mediasec_rules_add_member(
		struct mediasec_rules *rules, struct ms_str group, struct ms_str aor)
{
	struct ms_rules *r = &rules->rules;
	struct ms_member member = {.aor = aor, .group = group};

	if(aor.len == 0 || group.len == 0)
		return mediasec_rules_fault(rules,
				"a member without AoR or group: aor=%.*s group=%.*s",
				(int)aor.len, aor.p, (int)group.len, group.p);
	if(!keep_text(rules, &member.aor) || !keep_text(rules, &member.group)
			|| !grow((void **)&r->member, r->n_members, &rules->members_max,
					sizeof(member)))
		return no_memory(rules);
	r->member[r->n_members++] = member;
	return 0;
}

/* ---- module parameters -------------------------------------------------- */

#define ROWS_MAX 256

static const char *rule_rows[ROWS_MAX], *group_rows[ROWS_MAX];
static unsigned n_rule_rows, n_group_rows;

static int keep_row(
		const char *param, const char **rows, unsigned *n, const char *row)
{
	if(row[0] == '\0')
		return 0;
	if(*n == ROWS_MAX) {
		LM_ERR("parameter %s: more than %d, a database takes more\n", param,
				ROWS_MAX);
		return -1;
	}
	rows[(*n)++] = row;
	return 0;
}

int mediasec_rules_param_rule(modparam_t type, void *val)
{
	return keep_row("rule", rule_rows, &n_rule_rows, val);
}

int mediasec_rules_param_group(modparam_t type, void *val)
{
	return keep_row("group", group_rows, &n_group_rows, val);
}

/* "legacy=alice@example.org,bob@example.org" */
static int add_group(struct mediasec_rules *rules, struct ms_str row)
{
	struct ms_str group = ms_str_trim(ms_str_until(&row, '='));

	do {
		if(mediasec_rules_add_member(
				   rules, group, ms_str_trim(ms_str_until(&row, ',')))
				< 0)
			return -1;
	} while(row.len > 0);
	return 0;
}

static int add_params(struct mediasec_rules *rules)
{
	const struct ms_str none = MS_STR("");
	unsigned i;

	for(i = 0; i < n_rule_rows; i++) {
		if(mediasec_rules_add(
				   rules, none, none, none, mediasec_view_z(rule_rows[i]))
				< 0)
			return -1;
	}
	for(i = 0; i < n_group_rows; i++) {
		if(add_group(rules, mediasec_view_z(group_rows[i])) < 0)
			return -1;
	}
	return 0;
}

/* ---- the set in force --------------------------------------------------- */

static struct
{
	gen_lock_t lock;
	bool loading;
	bool any; /* there are rules; read without the lock */
	struct mediasec_rules *rules;
} * current;

/* An older set must not replace a newer one. */
static bool begin_load(void)
{
	bool begins;

	lock_get(&current->lock);
	begins = !current->loading;
	current->loading = true;
	lock_release(&current->lock);
	return begins;
}

/* @param rules in place of those in force; NULL: these stay */
static void end_load(struct mediasec_rules *rules)
{
	struct mediasec_rules *old = NULL;

	lock_get(&current->lock);
	if(rules) {
		old = current->rules;
		current->rules = rules;
		current->any = rules->rules.n_rules > 0;
	}
	current->loading = false;
	lock_release(&current->lock);
	free_rules(old);
}

static int load(struct mediasec_rules *rules)
{
	struct ms_str twice;

	if(add_params(rules) < 0 || mediasec_rules_db_load(rules) < 0)
		return -1;
	if(ms_rules_sort(&rules->rules, &twice) != MS_OK)
		return mediasec_rules_fault(
				rules, "two rows for %.*s", (int)twice.len, twice.p);
	return 0;
}

int mediasec_rules_reload(char fault[MEDIASEC_FAULT_MAX])
{
	struct mediasec_rules *rules;

	if(!begin_load()) {
		strcpy(fault, "another reload is under way");
		return -1;
	}
	rules = shm_mallocxz(sizeof(*rules));
	if(rules == NULL) {
		SHM_MEM_ERROR;
		strcpy(fault, "out of shared memory");
	} else if(load(rules) < 0) {
		memcpy(fault, rules->fault, MEDIASEC_FAULT_MAX);
		free_rules(rules);
		rules = NULL;
	}
	end_load(rules);
	return rules ? 0 : -1;
}

int mediasec_rules_init(void)
{
	char fault[MEDIASEC_FAULT_MAX];

	current = shm_mallocxz(sizeof(*current));
	if(current == NULL || lock_init(&current->lock) == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	if(mediasec_rules_db_init() < 0)
		return -1;
	if(mediasec_rules_reload(fault) < 0) {
		LM_ERR("%s\n", fault);
		return -1;
	}
	return 0;
}

bool mediasec_rules_any(void)
{
	return current->any;
}

/* Copied under the lock: nothing in settings leads into a set. */
void mediasec_rules_settings(const struct mediasec_iface *iface,
		const struct ms_party *party, struct ms_settings *settings)
{
	*settings = iface->ms;
	if(iface->side == MEDIASEC_CORE || !mediasec_rules_any())
		return;
	lock_get(&current->lock);
	ms_rules_settings(&current->rules->rules, iface->socket, party, settings);
	lock_release(&current->lock);
}

void mediasec_rules_bound(const struct mediasec_iface *iface,
		struct ms_str user, struct ms_str aor, struct ms_settings *settings)
{
	const struct ms_party party = {
			.aor = user.len > 0 ? user : aor, .claim = &aor, .n_claims = 1};

	mediasec_rules_settings(iface, &party, settings);
}

/* ---- a copy of them ----------------------------------------------------- */

void mediasec_rules_count(size_t *n_rules, size_t *n_members)
{
	lock_get(&current->lock);
	*n_rules = current->rules->rules.n_rules;
	*n_members = current->rules->rules.n_members;
	lock_release(&current->lock);
}

static struct ms_str copy_text(
		struct mediasec_rules_copy *copy, struct ms_str text)
{
	char *to = copy->text + copy->len;

	if(text.len > 0)
		memcpy(to, text.p, text.len);
	copy->len += text.len;
	return (struct ms_str){to, text.len};
}

/* @return false if there is no room */
static bool copy_rule(
		struct mediasec_rules_copy *copy, const struct ms_rule *rule)
{
	size_t i = copy->n;

	if(i == MEDIASEC_RULES_MAX
			|| rule->group.len + rule->domain.len + rule->socket.len
							   + rule->text.len
					   > sizeof(copy->text) - copy->len)
		return false;
	copy->row[i].group = copy_text(copy, rule->group);
	copy->row[i].domain = copy_text(copy, rule->domain);
	copy->row[i].socket = copy_text(copy, rule->socket);
	copy->row[i].settings = copy_text(copy, rule->text);
	copy->row[i].n_members = rule->n_members;
	copy->n++;
	return true;
}

void mediasec_rules_copy(size_t skip, struct mediasec_rules_copy *copy)
{
	const struct ms_rules *rules;

	copy->n = copy->len = 0;
	lock_get(&current->lock);
	rules = &current->rules->rules;
	while(skip < rules->n_rules && copy_rule(copy, &rules->rule[skip]))
		skip++;
	lock_release(&current->lock);
}
