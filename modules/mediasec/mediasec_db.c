/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_db.h"

#include "mediasec_str.h"

#define PORTION 2000 /* rows */

static int show_rows(const db1_res_t *res, mediasec_db_visit *visit, void *arg)
{
	int i, ret = 0;

	for(i = 0; ret == 0 && i < RES_ROW_N(res); i++)
		ret = visit(ROW_VALUES(&RES_ROWS(res)[i]), arg);
	return ret;
}

/* A driver that can hands a large table out in portions: then `more` is 1 until
 * one is empty. */
int mediasec_db_each(db_func_t *db, db1_con_t *con,
		const struct mediasec_db_query *query, mediasec_db_visit *visit,
		void *arg)
{
	db1_res_t *res = NULL;
	int ret = 0, more;

	if(db->use_table(con, &query->table) < 0)
		return -1;
	more = db_fetch_query(db, PORTION, con, query->keys, NULL, query->values,
			query->columns, query->n_keys, query->n_columns, query->order,
			&res);
	while(more >= 0 && res && RES_ROW_N(res) > 0) {
		ret = show_rows(res, visit, arg);
		if(ret || more == 0)
			break;
		more = db_fetch_next(db, PORTION, con, &res);
	}
	if(res)
		db->free_result(con, res);
	return more < 0 ? -1 : ret;
}

/* Drivers hand it out in three types. */
struct ms_str mediasec_db_text(const db_val_t *value)
{
	if(VAL_NULL(value))
		return MS_STR("");
	switch(VAL_TYPE(value)) {
		case DB1_STRING:
			return mediasec_view_z(VAL_STRING(value));
		case DB1_STR:
			return mediasec_view(&VAL_STR(value));
		case DB1_BLOB:
			return mediasec_view(&VAL_BLOB(value));
		default:
			return MS_STR("?");
	}
}
