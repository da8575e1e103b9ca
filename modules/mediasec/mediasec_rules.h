/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The rules in force, from module parameters and a database: one set in shared
 * memory, that is replaced as a whole or not at all. */

#ifndef MEDIASEC_RULES_H
#define MEDIASEC_RULES_H

#include "mediasec_rules_set.h"
#include "mediasec_settings.h"
#include "ms_rules.h"

/* the parameters `rule` and `group` */
int mediasec_rules_param_rule(modparam_t type, void *val);
int mediasec_rules_param_group(modparam_t type, void *val);

/* @return 0, or -1 after a log line; in mod_init, after the settings */
int mediasec_rules_init(void);

/*
 * Read all rules anew. Calls and agreements stay what they are. One at a time.
 * @param fault [out] on -1: what is wrong, NUL-terminated; the old rules stay
 * @return 0 or -1
 */
int mediasec_rules_reload(char fault[MEDIASEC_FAULT_MAX]);

#define MEDIASEC_RULES_MAX 1000
#define MEDIASEC_RULES_TEXT_MAX (128 * 1024)

/* A copy of rules for those who list them. */
struct mediasec_rules_copy
{
	size_t n;
	struct
	{
		struct ms_str group, domain, socket, settings;
		size_t n_members;
	} row[MEDIASEC_RULES_MAX];
	size_t len;
	char text[MEDIASEC_RULES_TEXT_MAX];
};

void mediasec_rules_count(size_t *n_rules, size_t *n_members);

/* @param skip rules to leave out; the copy ends where it is full */
void mediasec_rules_copy(size_t skip, struct mediasec_rules_copy *copy);

/* @return false: what is set on its interface holds for everybody */
bool mediasec_rules_any(void);

/* What is set on an interface for a party, see ms_rules_settings(). */
void mediasec_rules_settings(const struct mediasec_iface *iface,
		const struct ms_party *party, struct ms_settings *settings);

/*
 * What is set for the party of a binding.
 * @param user user@realm that the digest has proved: then the AoR is a claim;
 *             empty where the registrar behind us checks it
 * @param aor  of the REGISTER
 */
void mediasec_rules_bound(const struct mediasec_iface *iface,
		struct ms_str user, struct ms_str aor, struct ms_settings *settings);

#endif
