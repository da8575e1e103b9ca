/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 *   modparam("mediasec", "mechanisms", "sdes-srtp")
 *
 *   REGISTER:  mediasec_register(); auth; mediasec_verify(); save()
 *   others:    mediasec_challenge(); auth; mediasec_verify(); record_route();
 *              mediasec_media(); t_relay()
 */
#include "mediasec_mod.h"

#include "../../core/kemi.h"
#include "../../core/sr_module.h"

#include "mediasec_continuity.h"
#include "mediasec_counters.h"
#include "mediasec_event.h"
#include "mediasec_mark.h"
#include "mediasec_media.h"
#include "mediasec_msg.h"
#include "mediasec_pv.h"
#include "mediasec_refuse.h"
#include "mediasec_register.h"
#include "mediasec_rpc.h"
#include "mediasec_rtpe.h"
#include "mediasec_rules.h"
#include "mediasec_settings.h"
#include "mediasec_store.h"
#include "mediasec_verify.h"
#include "mediasec_watch.h"

MODULE_VERSION

static int mod_init(void)
{
	if(mediasec_msg_init() < 0 || mediasec_settings_init() < 0
			|| mediasec_rules_init() < 0 || mediasec_counters_init() < 0
			|| mediasec_request_init() < 0
			|| mediasec_store_init(mediasec_options.store) < 0
			|| mediasec_mark_init() < 0 || mediasec_refuse_init() < 0
			|| mediasec_register_init() < 0 || mediasec_rtpe_init() < 0
			|| mediasec_media_init() < 0 || mediasec_watch_init() < 0
			|| mediasec_continuity_init() < 0 || mediasec_event_init() < 0)
		return -1;
	return 0;
}

static int child_init(int rank)
{
	if(rank != PROC_MAIN)
		return 0;
	return mediasec_watch_fork() < 0 ? -1 : mediasec_event_fork();
}

static int w_register(sip_msg_t *msg, char *p1, char *p2)
{
	return mediasec_register(msg);
}

static int w_challenge(sip_msg_t *msg, char *p1, char *p2)
{
	return mediasec_challenge(msg);
}

static int w_verify(sip_msg_t *msg, char *p1, char *p2)
{
	return mediasec_verify(msg);
}

static int w_media(sip_msg_t *msg, char *p1, char *p2)
{
	return mediasec_media(msg);
}

/* clang-format off */
static cmd_export_t cmds[] = {
	{"mediasec_register", w_register, 0, 0, 0, REQUEST_ROUTE},
	{"mediasec_challenge", w_challenge, 0, 0, 0, REQUEST_ROUTE},
	{"mediasec_verify", w_verify, 0, 0, 0, REQUEST_ROUTE},
	{"mediasec_media", w_media, 0, 0, 0, REQUEST_ROUTE},
	{0, 0, 0, 0, 0, 0}
};

struct module_exports exports = {
	"mediasec",			/* module name */
	DEFAULT_DLFLAGS,	/* dlopen flags */
	cmds,				/* script functions */
	mediasec_params,	/* parameters */
	mediasec_rpcs,		/* RPC methods */
	mediasec_pvs,		/* pseudo-variables */
	0,					/* response function */
	mod_init,			/* module initialization */
	child_init,			/* child initialization */
	0					/* destroy */
};

static sr_kemi_t kemi_exports[] = {
	{ str_init("mediasec"), str_init("register"),
		SR_KEMIP_INT, mediasec_register,
		{ SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE,
			SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE }
	},
	{ str_init("mediasec"), str_init("challenge"),
		SR_KEMIP_INT, mediasec_challenge,
		{ SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE,
			SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE }
	},
	{ str_init("mediasec"), str_init("verify"),
		SR_KEMIP_INT, mediasec_verify,
		{ SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE,
			SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE }
	},
	{ str_init("mediasec"), str_init("media"),
		SR_KEMIP_INT, mediasec_media,
		{ SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE,
			SR_KEMIP_NONE, SR_KEMIP_NONE, SR_KEMIP_NONE }
	},
	{ {0, 0}, {0, 0}, 0, NULL, { 0, 0, 0, 0, 0, 0 } }
};
/* clang-format on */

int mod_register(char *path, int *dlflags, void *p1, void *p2)
{
	sr_kemi_modules_add(kemi_exports);
	return 0;
}
