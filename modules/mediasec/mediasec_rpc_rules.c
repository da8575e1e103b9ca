/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_rpc_rules.h"

#include "../../core/dprint.h"
#include "../../core/mem/mem.h"

#include "mediasec_rules.h"
#include "mediasec_str.h"

static int add_rows(
		rpc_t *rpc, void *ctx, const struct mediasec_rules_copy *copy)
{
	size_t i;
	void *row;

	for(i = 0; i < copy->n; i++) {
		str group = mediasec_str(copy->row[i].group);
		str domain = mediasec_str(copy->row[i].domain);
		str interface = mediasec_str(copy->row[i].socket);
		str settings = mediasec_str(copy->row[i].settings);

		if(rpc->add(ctx, "{", &row) < 0
				|| rpc->struct_add(row, "SSSdS", "group", &group, "domain",
						   &domain, "interface", &interface, "members",
						   (int)copy->row[i].n_members, "settings", &settings)
						   < 0)
			return -1;
	}
	return 0;
}

void mediasec_rpc_policies(rpc_t *rpc, void *ctx)
{
	struct mediasec_rules_copy *copy;
	int skip = 0;

	if(rpc->scan(ctx, "*d", &skip) < 0 || skip < 0) {
		rpc->fault(ctx, 400, "How many to skip is a number");
		return;
	}
	copy = pkg_malloc(sizeof(*copy));
	if(copy == NULL) {
		PKG_MEM_ERROR;
		rpc->fault(ctx, 500, "Out of memory");
		return;
	}
	mediasec_rules_copy((size_t)skip, copy);
	if(add_rows(rpc, ctx, copy) < 0)
		rpc->fault(ctx, 500, "The answer cannot be written");
	pkg_free(copy);
}

void mediasec_rpc_reload(rpc_t *rpc, void *ctx)
{
	char fault[MEDIASEC_FAULT_MAX];
	size_t n_rules, n_members;
	void *answer;

	if(mediasec_rules_reload(fault) < 0) {
		LM_ERR("no reload: %s\n", fault);
		rpc->fault(ctx, 500, "%s", fault);
		return;
	}
	mediasec_rules_count(&n_rules, &n_members);
	LM_NOTICE(
			"reloaded: %zu rules, %zu members of groups\n", n_rules, n_members);
	if(rpc->add(ctx, "{", &answer) == 0)
		rpc->struct_add(
				answer, "dd", "rules", (int)n_rules, "members", (int)n_members);
}

const char *mediasec_rpc_policies_doc[] = {
		"The rules in force, and how many AoRs each group has", NULL};
const char *mediasec_rpc_reload_doc[] = {
		"Read the rules anew; what is wrong changes nothing", NULL};
