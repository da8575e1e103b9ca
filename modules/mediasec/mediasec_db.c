/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_db.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../lib/srdb1/db.h"

#include "mediasec_str.h"

#define TABLE_VERSION 1
#define ROWS_AT_ONCE 2000

static db_func_t db;

static str text_of(char *z)
{
	return (str){z, (int)strlen(z)};
}

int mediasec_db_init(void)
{
	str url = text_of(mediasec_options.db_url);

	if(url.len == 0)
		return 0;
	if(db_bind_mod(&url, &db) < 0 || !DB_CAPABILITY(db, DB_CAP_QUERY)) {
		LM_ERR("parameter db_url: no such database driver is loaded before\n");
		return -1;
	}
	return 0;
}

/* Drivers hand out text in three types. What is no text is nothing that can be
 * read as a setting, so that its row is refused. */
static struct ms_str column(const db_row_t *row, int i)
{
	const db_val_t *v = &ROW_VALUES(row)[i];

	if(VAL_NULL(v))
		return MS_STR("");
	switch(VAL_TYPE(v)) {
		case DB1_STRING:
			return ms_str_trim(mediasec_view_z(VAL_STRING(v)));
		case DB1_STR:
			return ms_str_trim(mediasec_view(&VAL_STR(v)));
		case DB1_BLOB:
			return ms_str_trim(mediasec_view(&VAL_BLOB(v)));
		default:
			return MS_STR("?");
	}
}

/* ---- rows --------------------------------------------------------------- */

typedef int row_f(struct mediasec_rules *rules, const db_row_t *row);

static str interface_column = str_init("interface");
static str domain_column = str_init("domain");
static str group_column = str_init("grp");
static str settings_column = str_init("settings");
static str aor_column = str_init("aor");

static db_key_t policy_columns[] = {
		&interface_column, &domain_column, &group_column, &settings_column};

static int add_policy(struct mediasec_rules *rules, const db_row_t *row)
{
	return mediasec_rules_add(rules, column(row, 0), column(row, 1),
			column(row, 2), column(row, 3));
}

static db_key_t group_columns[] = {&group_column, &aor_column};

static int add_member(struct mediasec_rules *rules, const db_row_t *row)
{
	return mediasec_rules_add_member(rules, column(row, 0), column(row, 1));
}

static int add_rows(
		struct mediasec_rules *rules, const db1_res_t *res, row_f *add)
{
	int i;

	for(i = 0; i < RES_ROW_N(res); i++) {
		if(add(rules, &RES_ROWS(res)[i]) < 0)
			return -1;
	}
	return 0;
}

/* ---- tables ------------------------------------------------------------- */

/* A driver that can hands a large table out in pieces: then `more` is 1 until one
 * is empty. */
static int add_table(struct mediasec_rules *rules, db1_con_t *con,
		const char *name, db_key_t *columns, int n, row_f *add)
{
	db1_res_t *res = NULL;
	int ret = 0, more;

	more = db_fetch_query(&db, ROWS_AT_ONCE, con, NULL, NULL, NULL, columns, 0,
			n, NULL, &res);
	while(more >= 0 && res && RES_ROW_N(res) > 0) {
		ret = add_rows(rules, res, add);
		if(ret < 0 || more == 0)
			break;
		more = db_fetch_next(&db, ROWS_AT_ONCE, con, &res);
	}
	if(res)
		db.free_result(con, res);
	if(more < 0)
		return mediasec_rules_fault(rules, "table %s cannot be read", name);
	return ret;
}

static int load_table(struct mediasec_rules *rules, db1_con_t *con, char *name,
		db_key_t *columns, int n, row_f *add)
{
	str table = text_of(name);

	if(db_check_table_version(&db, con, &table, TABLE_VERSION) < 0)
		return mediasec_rules_fault(rules,
				"table %s is not there in version %d", name, TABLE_VERSION);
	if(db.use_table(con, &table) < 0)
		return mediasec_rules_fault(rules, "table %s cannot be used", name);
	return add_table(rules, con, name, columns, n, add);
}

int mediasec_db_load(struct mediasec_rules *rules)
{
	str url = text_of(mediasec_options.db_url);
	db1_con_t *con;
	int ret = -1;

	if(url.len == 0)
		return 0;
	con = db.init(&url);
	if(con == NULL)
		return mediasec_rules_fault(rules, "the database does not answer");
	if(load_table(rules, con, mediasec_options.policy_table, policy_columns, 4,
			   add_policy)
					== 0
			&& load_table(rules, con, mediasec_options.group_table,
					   group_columns, 2, add_member)
					   == 0)
		ret = 0;
	db.close(con);
	return ret;
}
