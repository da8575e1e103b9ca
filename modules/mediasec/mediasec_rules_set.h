/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* A set of rules while it is made, in shared memory. */

#ifndef MEDIASEC_RULES_SET_H
#define MEDIASEC_RULES_SET_H

#include "ms_rules.h"

#define MEDIASEC_FAULT_MAX 256

struct mediasec_rules_set
{
	struct ms_rules rules;
	char fault[MEDIASEC_FAULT_MAX]; /* why it cannot be used, NUL-terminated */
	size_t rules_max, members_max;	/* what the arrays have room for */
	struct mediasec_rules_chunk *chunks;
};

/* @return an empty set; NULL after a log line */
struct mediasec_rules_set *mediasec_rules_set_new(void);

/* @param set or NULL */
void mediasec_rules_set_free(struct mediasec_rules_set *set);

/*
 * Add a row. Copies.
 * @param text further fields, see ms_rule_read()
 * @return 0, or -1: the fault of the set says why
 */
int mediasec_rules_set_add(struct mediasec_rules_set *set, struct ms_str socket,
		struct ms_str domain, struct ms_str group, struct ms_str text);
int mediasec_rules_set_member(
		struct mediasec_rules_set *set, struct ms_str group, struct ms_str aor);

/* Say why a set cannot be used, printf-like; -1. */
int mediasec_rules_set_fault(struct mediasec_rules_set *set, const char *format,
		...) __attribute__((format(printf, 2, 3)));

#endif
