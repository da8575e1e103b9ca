/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Agreements in a table of the htable module. It needs no registrar here and is
 * replicated to other nodes by htable's own DMQ support. */

#ifndef MEDIASEC_STORE_HTABLE_H
#define MEDIASEC_STORE_HTABLE_H

#include "mediasec_store.h"

extern const struct mediasec_store mediasec_store_htable;

#endif
