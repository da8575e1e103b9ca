/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Rules that are kept in a database, by any driver of Kamailio's. */

#ifndef MEDIASEC_RULES_DB_H
#define MEDIASEC_RULES_DB_H

#include "mediasec_rules_set.h"

/* @return 0, or -1 after a log line: no such driver, or it cannot query */
int mediasec_rules_db_init(void);

/* Add every row of both tables. Connects, and blocks until it has them.
 * @return 0 (also where no database is used), or -1: the fault says why */
int mediasec_rules_db_load(struct mediasec_rules_set *set);

#endif
