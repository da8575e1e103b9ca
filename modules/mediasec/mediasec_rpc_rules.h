/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* mediasec.policies and .reload: the rules, for operators. */

#ifndef MEDIASEC_RPC_RULES_H
#define MEDIASEC_RPC_RULES_H

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_rpc_rules_init(void);

#endif
