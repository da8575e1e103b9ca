/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_rules.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"

#include "mediasec_rules_db.h"
#include "mediasec_rules_set.h"
#include "mediasec_str.h"

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
static int add_group(struct mediasec_rules_set *set, struct ms_str row)
{
	struct ms_str group = ms_str_trim(ms_str_until(&row, '='));

	do {
		if(mediasec_rules_set_member(
				   set, group, ms_str_trim(ms_str_until(&row, ',')))
				< 0)
			return -1;
	} while(row.len > 0);
	return 0;
}

static int add_params(struct mediasec_rules_set *set)
{
	const struct ms_str none = MS_STR("");
	unsigned i;

	for(i = 0; i < n_rule_rows; i++) {
		if(mediasec_rules_set_add(
				   set, none, none, none, mediasec_view_z(rule_rows[i]))
				< 0)
			return -1;
	}
	for(i = 0; i < n_group_rows; i++) {
		if(add_group(set, mediasec_view_z(group_rows[i])) < 0)
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
	struct mediasec_rules_set *set;
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

/* @param set in place of the one in force; NULL: that stays */
static void end_load(struct mediasec_rules_set *set)
{
	struct mediasec_rules_set *old = NULL;

	lock_get(&current->lock);
	if(set) {
		old = current->set;
		current->set = set;
		current->any = set->rules.n_rules > 0;
	}
	current->loading = false;
	lock_release(&current->lock);
	mediasec_rules_set_free(old);
}

static int load(struct mediasec_rules_set *set)
{
	struct ms_str twice;

	if(add_params(set) < 0 || mediasec_rules_db_load(set) < 0)
		return -1;
	if(ms_rules_sort(&set->rules, &twice) != MS_OK)
		return mediasec_rules_set_fault(
				set, "two rows for %.*s", (int)twice.len, twice.p);
	return 0;
}

int mediasec_rules_reload(char fault[MEDIASEC_FAULT_MAX])
{
	struct mediasec_rules_set *set;

	if(!begin_load()) {
		strcpy(fault, "another reload is under way");
		return -1;
	}
	set = mediasec_rules_set_new();
	if(set == NULL) {
		strcpy(fault, "out of shared memory");
	} else if(load(set) < 0) {
		memcpy(fault, set->fault, MEDIASEC_FAULT_MAX);
		mediasec_rules_set_free(set);
		set = NULL;
	}
	end_load(set);
	return set ? 0 : -1;
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
	ms_rules_settings(&current->set->rules, iface->socket, party, settings);
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
	*n_rules = current->set->rules.n_rules;
	*n_members = current->set->rules.n_members;
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
	rules = &current->set->rules;
	while(skip < rules->n_rules && copy_rule(copy, &rules->rule[skip]))
		skip++;
	lock_release(&current->lock);
}
