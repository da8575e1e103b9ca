/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Reading tables by Kamailio's srdb1, whatever the driver. */

#ifndef MEDIASEC_DB_H
#define MEDIASEC_DB_H

#include "../../lib/srdb1/db.h"

#include "ms_str.h"

struct mediasec_db_query
{
	str table;
	db_key_t *keys; /* equal to these values */
	db_val_t *values;
	int n_keys;
	db_key_t *columns;
	int n_columns;
	db_key_t order; /* or NULL */
};

/* Looks at one row, whose texts live until the next one.
 * @return 0, or anything else: no further rows */
typedef int mediasec_db_visit(const db_val_t *row, void *arg);

/*
 * Show all rows of a query, large tables in portions where the driver can.
 * @return 0; what visit has returned; or -1, the table cannot be read
 */
int mediasec_db_each(db_func_t *db, db1_con_t *con,
		const struct mediasec_db_query *query, mediasec_db_visit *visit,
		void *arg);

/* @return the text of a column, empty for NULL; "?" if it is no text */
struct ms_str mediasec_db_text(const db_val_t *value);

#endif
