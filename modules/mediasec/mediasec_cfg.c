/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_cfg.h"

#include "../../core/dprint.h"

#define DAY (24 * 3600)

struct cfg_group_mediasec mediasec_cfg_start = {
		.missing_client_code = 421,
		.mismatch_code = 494,
		.reject_limit = 5,
		.reject_window = 30,
		.binding_grace = 32,
		.dialog_timeout = 43200,
};

void *mediasec_cfg = &mediasec_cfg_start;

static int check_code(const str *name, int code, int standard)
{
	if(code == standard || code == 403)
		return 0;
	LM_ERR("parameter %.*s: %d or 403, not %d\n", name->len, name->s, standard,
			code);
	return -1;
}

static int on_missing(void *handle, str *group, str *name, void **value)
{
	return check_code(name, (int)(long)*value, 421);
}

static int on_mismatch(void *handle, str *group, str *name, void **value)
{
	return check_code(name, (int)(long)*value, 494);
}

/* in the order of the structure */
/* clang-format off */
static cfg_def_t defs[] = {
	{"missing_client_code", CFG_VAR_INT, 403, 421, on_missing, 0,
		"code of the reply to a REGISTER that does not ask: 421 or 403"},
	{"mismatch_code", CFG_VAR_INT, 403, 494, on_mismatch, 0,
		"code of the reply when Security-Verify differs: 494 or 403"},
	{"reject_limit", CFG_VAR_INT, 0, 1000000, 0, 0,
		"refusals of an agreement for one source and Call-ID; 0: no limit"},
	{"reject_window", CFG_VAR_INT, 1, DAY, 0, 0,
		"seconds that reject_limit is about"},
	{"binding_grace", CFG_VAR_INT, 0, DAY, 0, 0,
		"seconds a record outlives its registration"},
	{"dialog_timeout", CFG_VAR_INT, 1, 365 * DAY, 0, 0,
		"seconds after which a call that had no BYE is forgotten"},
	{0, 0, 0, 0, 0, 0, 0}
};
/* clang-format on */

/* The framework looks at later values only. */
static int check_start(const cfg_def_t *def, int value)
{
	str name = {def->name, (int)strlen(def->name)};
	void *changed = (void *)(long)value;

	if(value < def->min || value > def->max) {
		LM_ERR("parameter %s: %d to %d, not %d\n", def->name, def->min,
				def->max, value);
		return -1;
	}
	return def->on_change_cb ? def->on_change_cb(NULL, NULL, &name, &changed)
							 : 0;
}

int mediasec_cfg_init(void)
{
	const int *values = (const int *)&mediasec_cfg_start;
	int i;

	for(i = 0; defs[i].name; i++) {
		if(check_start(&defs[i], values[i]) < 0)
			return -1;
	}
	if(cfg_declare("mediasec", defs, &mediasec_cfg_start, cfg_sizeof(mediasec),
			   &mediasec_cfg)
			== 0)
		return 0;
	LM_ERR("cannot declare the runtime settings\n");
	return -1;
}
