/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Agreements as attributes of the contacts of the usrloc module: they are in its
 * database as soon as the contact is, and end with it. It needs save() here. */

#ifndef MEDIASEC_STORE_USRLOC_H
#define MEDIASEC_STORE_USRLOC_H

#include "mediasec_store.h"

extern const struct mediasec_store mediasec_store_usrloc;

#endif
