/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The peer's own tests: a proof is worth what its controls are worth. */

#ifndef SELFTEST_H
#define SELFTEST_H

#include <stdbool.h>

/* Prints each failure and "media: N passed, N failed". */
bool selftest_run(void);

#endif
