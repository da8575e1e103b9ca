/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_attrs.h"

#include <stdio.h>

#include "../../core/dprint.h"

#include "mediasec_db.h"
#include "mediasec_str.h"

enum
{
	COL_RUID,
	COL_USER,
	COL_DOMAIN,
	COL_VALUE,
	COLS
};

static str columns[COLS] = {[COL_RUID] = str_init("ruid"),
		[COL_USER] = str_init("username"),
		[COL_DOMAIN] = str_init("domain"),
		[COL_VALUE] = str_init("avalue")};

static const str *db_url, *attribute;
static db_func_t db;
static char table_name[64];
static str table = {table_name, 0};

/* A visitor of attributes, for its rows. */
struct visitor
{
	mediasec_attr_visit *visit;
	void *arg;
};

static int show_row(const db_val_t *row, void *arg)
{
	const struct visitor *visitor = arg;
	const struct mediasec_attr attr = {mediasec_db_text(&row[COL_RUID]),
			mediasec_db_text(&row[COL_USER]),
			mediasec_db_text(&row[COL_DOMAIN]),
			mediasec_db_text(&row[COL_VALUE])};

	return visitor->visit(&attr, visitor->arg);
}

static int show_all(db1_con_t *con, mediasec_attr_visit *visit, void *arg)
{
	static str aname = str_init("aname");
	struct visitor visitor = {visit, arg};
	db_val_t value = {.type = DB1_STR, .val = {.str_val = *attribute}};
	db_key_t key = &aname, keys[COLS];
	const struct mediasec_db_query query = {.table = table,
			.keys = &key,
			.values = &value,
			.n_keys = 1,
			.columns = keys,
			.n_columns = COLS,
			.order = &columns[COL_RUID]};
	int i;

	for(i = 0; i < COLS; i++)
		keys[i] = &columns[i];
	return mediasec_db_each(&db, con, &query, show_row, &visitor);
}

static db1_con_t *connect_db(void)
{
	db1_con_t *con =
			db.init2 ? db.init2(db_url, DB_POOLING_NONE) : db.init(db_url);

	if(con == NULL)
		LM_ERR("cannot connect to usrloc's database\n");
	return con;
}

int mediasec_attrs_each(mediasec_attr_visit *visit, void *arg)
{
	db1_con_t *con = connect_db();
	int err;

	if(con == NULL)
		return -1;
	err = show_all(con, visit, arg);
	db.close(con);
	if(err < 0) {
		LM_ERR("cannot read table %s of usrloc's database; kamdbctl creates "
			   "it\n",
				table_name);
		return -1;
	}
	return 0;
}

int mediasec_attrs_remove(struct ms_str ruid)
{
	static str aname = str_init("aname");
	db_key_t keys[] = {&columns[COL_RUID], &aname};
	db_val_t values[] = {
			{.type = DB1_STR, .val = {.str_val = mediasec_str(ruid)}},
			{.type = DB1_STR, .val = {.str_val = *attribute}}};
	db1_con_t *con = connect_db();
	int err;

	if(con == NULL)
		return -1;
	err = db.use_table(con, &table) < 0
						  || db.delete(con, keys, NULL, values, 2) < 0
				  ? -1
				  : 0;
	db.close(con);
	if(err < 0)
		LM_ERR("cannot delete from table %s of usrloc's database\n",
				table_name);
	return err;
}

int mediasec_attrs_init(const str *url, const char *location, const str *name)
{
	db_url = url;
	attribute = name;
	table.len = snprintf(table_name, sizeof(table_name), "%s_attrs", location);
	if(table.len < (int)sizeof(table_name) && db_bind_mod(url, &db) == 0)
		return 0;
	LM_ERR("cannot use usrloc's database\n");
	return -1;
}
