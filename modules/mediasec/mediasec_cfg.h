/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Parameters that may change at run time: the group "mediasec" of Kamailio's
 * configuration framework, named as the parameters. */

#ifndef MEDIASEC_CFG_H
#define MEDIASEC_CFG_H

#include "../../core/cfg/cfg.h"

struct cfg_group_mediasec
{
	int missing_client_code; /* SIP code for MS_REASON_CLIENT_MISSING */
	int mismatch_code;		 /* SIP code for MS_REASON_VERIFY_DIFFERS */
	int reject_limit;	/* 494s per source and Call-ID in a window; 0: none */
	int reject_window;	/* s */
	int binding_grace;	/* s a record outlives its registration */
	int dialog_timeout; /* s after which a call without BYE is forgotten */
};

/* what the module parameters say; read with mediasec_cfg_get() */
extern struct cfg_group_mediasec mediasec_cfg_start;

/* the values as this process sees them: they change between two messages */
extern void *mediasec_cfg;

#define mediasec_cfg_get(name) cfg_get(mediasec, mediasec_cfg, name)

/* In mod_init. @return 0, or -1 after a log line that names the parameter */
int mediasec_cfg_init(void);

#endif
