/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The peer's own tests: a proof is worth what its controls are worth. */

#ifndef SELFTEST_H
#define SELFTEST_H

#include <stdbool.h>

#include "leg.h"

/* Prints each failure and "media: N passed, N failed". */
bool selftest_run(void);

/* Count one check, and print it when it failed. */
typedef void selftest_check(bool ok, const char *what, const char *which);

/* any free port of 127.0.0.1 */
void selftest_any_port(struct sockaddr_storage *addr);

/* From now on one leg sends to the other. */
void selftest_aim(struct leg *from, const struct leg *to);

/* leg_receive() that waits for a while */
enum leg_event selftest_wait_event(struct leg *leg, struct leg_packet *packet);

/* what belongs to DTLS, a file of its own */
void selftest_dtls(selftest_check *check);

/* and what belongs to serve */
void selftest_serve(selftest_check *check);

#endif
