/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* $mediasec(name): what is known of the request being handled, or of the event. */

#ifndef MEDIASEC_PV_H
#define MEDIASEC_PV_H

#include "../../core/pvar.h"

/* for module_exports */
extern pv_export_t mediasec_pvs[];

#endif
