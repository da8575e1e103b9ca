/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* mediasec.policies and .reload: the rules, for operators. */

#ifndef MEDIASEC_RPC_RULES_H
#define MEDIASEC_RPC_RULES_H

#include "../../core/rpc.h"

/* for the table in mediasec_rpc.c */
void mediasec_rpc_policies(rpc_t *rpc, void *ctx);
void mediasec_rpc_reload(rpc_t *rpc, void *ctx);

extern const char *mediasec_rpc_policies_doc[];
extern const char *mediasec_rpc_reload_doc[];

#endif
