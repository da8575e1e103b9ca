/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* All RPC methods; here mediasec.list, .show, .drop and .stats: the agreements,
 * for operators. */

#ifndef MEDIASEC_RPC_H
#define MEDIASEC_RPC_H

#include "../../core/rpc.h"

/* for module_exports */
extern rpc_export_t mediasec_rpcs[];

#endif
