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
	struct ms_str text;			 /* what it was read from */
	struct ms_settings_part part;
	size_t n_members; /* of its group, counted by ms_rules_sort() */
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
 * @param rule [in,out] what it has already stays; gets views of text
 * @return MS_OK or MS_ESYNTAX: no such field or value, a field for the second
 *         time, or neither of group and domain, or both
 */
enum ms_err ms_rule_read(struct ms_str text, struct ms_rule *rule);

/*
 * Make the arrays ready to be searched: sorts them, and counts members.
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

/* Who a party is, and who it only says it is: that makes nothing laxer. */
struct ms_party
{
	struct ms_str aor; /* or empty: not known */
	const struct ms_str *claim;
	unsigned n_claims;
};

/*
 * What is set for a party.
 *
 * @param settings [in,out] those of the interface
 */
void ms_rules_settings(const struct ms_rules *rules, struct ms_str socket,
		const struct ms_party *party, struct ms_settings *settings);

#endif
