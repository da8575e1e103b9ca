/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Rules: what is set otherwise than on the interface for the AoRs of a domain or
 * of a group. The closest rule counts, alone: of the group before the domain, and
 * for one interface before for all. */

#ifndef MS_RULES_H
#define MS_RULES_H

#include "ms_settings.h"

struct ms_rule
{
	struct ms_str group, domain; /* one of them */
	struct ms_str socket;		 /* of the interface; empty: any */
	struct ms_settings_part part;
};

/* An AoR, "user@host", and the one group it is in. */
struct ms_member
{
	struct ms_str aor, group;
};

/* Arrays are the caller's. Names compare in any case. */
struct ms_rules
{
	struct ms_rule *rule;
	size_t n_rules;
	struct ms_member *member;
	size_t n_members;
};

/*
 * Read "group=<name>", "domain=<name>", "socket=<proto:ip:port>" and settings,
 * separated by ';'. Mechanisms need a name of ms_mech.h.
 *
 * @param rule [in,out] what it has already stays; its names become views of text
 * @return MS_OK or MS_ESYNTAX: no such field or value, or neither of group and
 *         domain, or both
 */
enum ms_err ms_rule_read(struct ms_str text, struct ms_rule *rule);

/*
 * Make the arrays ready to be searched: sorts them.
 *
 * @param twice [out] on MS_ESYNTAX: the name that has two rules, or the AoR that
 *              is in two groups
 * @return MS_OK or MS_ESYNTAX
 */
enum ms_err ms_rules_sort(struct ms_rules *rules, struct ms_str *twice);

/*
 * @param socket of the interface
 * @param aor    "user@host"
 * @return the rule that counts, or NULL
 */
const struct ms_rule *ms_rules_find(
		const struct ms_rules *rules, struct ms_str socket, struct ms_str aor);

#endif
