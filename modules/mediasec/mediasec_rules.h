/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The rules in force, from module parameters and a database: one set in shared
 * memory, that is replaced as a whole or not at all. */

#ifndef MEDIASEC_RULES_H
#define MEDIASEC_RULES_H

#include "mediasec_settings.h"
#include "ms_rules.h"

/* A set that is being made. */
struct mediasec_rules;

/* the parameters `rule` and `group` */
int mediasec_rules_param_rule(modparam_t type, void *val);
int mediasec_rules_param_group(modparam_t type, void *val);

/* @return 0, or -1 after a log line; in mod_init, after the settings */
int mediasec_rules_init(void);

#define MEDIASEC_FAULT_MAX 256

/*
 * Read all rules anew. Calls and agreements stay what they are.
 * @param fault [out] on -1: what is wrong, NUL-terminated; the old rules stay
 * @return 0 or -1
 */
int mediasec_rules_reload(char fault[MEDIASEC_FAULT_MAX]);

/*
 * Add a row to a set. Copies.
 * @param text further fields, see ms_rule_read()
 * @return 0, or -1: the fault of the set says why
 */
int mediasec_rules_add(struct mediasec_rules *rules, struct ms_str socket,
		struct ms_str domain, struct ms_str group, struct ms_str text);
int mediasec_rules_add_member(
		struct mediasec_rules *rules, struct ms_str group, struct ms_str aor);
/* Say why a set cannot be used, printf-like; -1. */
int mediasec_rules_fault(struct mediasec_rules *rules, const char *format, ...)
		__attribute__((format(printf, 2, 3)));

/* What is set for an AoR on an interface. */
void mediasec_rules_settings(const struct mediasec_iface *iface,
		struct ms_str aor, struct ms_settings *settings);

/*
 * What is set for a party that only says who it is: a claim makes nothing laxer
 * than it is on the interface.
 */
void mediasec_rules_claimed(const struct mediasec_iface *iface,
		const struct ms_str *aor, unsigned n, struct ms_settings *settings);

#endif
