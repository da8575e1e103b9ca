/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_kemi.h"

#include "../../core/dprint.h"
#include "../../core/kemi.h"

#include "mediasec_str.h"

static bool takes_strings(const sr_kemi_t *found, int params)
{
	int i;

	for(i = 0; i < params; i++) {
		if(found->ptypes[i] != SR_KEMIP_STR)
			return false;
	}
	return found->ptypes[params] == SR_KEMIP_NONE;
}

void *mediasec_kemi_find(const char *module, const char *function, int params)
{
	sr_kemi_module_t *modules = sr_kemi_modules_get();
	str name = mediasec_str(mediasec_view_z(function));
	sr_kemi_t *found;
	int i, n = sr_kemi_modules_size_get();

	for(i = 1; i < n; i++) {
		if(!ms_str_eq(
				   mediasec_view(&modules[i].mname), mediasec_view_z(module)))
			continue;
		found = sr_kemi_lookup(&modules[i].mname, i, &name);
		if(found && takes_strings(found, params))
			return found->func;
	}
	LM_ERR("no function %s: the %s module is needed\n", function, module);
	return NULL;
}
