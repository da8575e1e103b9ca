/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_attrs.h"

#include <stdbool.h>
#include <stdio.h>

#include "../../core/dprint.h"
#include "../../core/sr_module.h"
#include "../../lib/srdb1/db.h"

#include "mediasec_str.h"

#define PORTION 2000 /* rows */

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

static struct ms_str text_of(const db_val_t *value)
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
			return MS_STR("");
	}
}

static int show_rows(
		const db1_res_t *result, mediasec_attr_visit *visit, void *arg)
{
	struct mediasec_attr attr;
	const db_val_t *row;
	int i, err = 0;

	for(i = 0; i < RES_ROW_N(result) && err == 0; i++) {
		row = ROW_VALUES(&RES_ROWS(result)[i]);
		attr.ruid = text_of(&row[COL_RUID]);
		attr.user = text_of(&row[COL_USER]);
		attr.domain = text_of(&row[COL_DOMAIN]);
		attr.value = text_of(&row[COL_VALUE]);
		err = visit(&attr, arg);
	}
	return err;
}

/* @param result [out] NULL where rows are fetched in portions */
static int select_rows(db1_con_t *con, bool portions, db1_res_t **result)
{
	static str aname = str_init("aname");
	db_key_t keys[COLS], where = &aname;
	db_val_t value = {.type = DB1_STR, .val = {.str_val = *attribute}};
	int i;

	for(i = 0; i < COLS; i++)
		keys[i] = &columns[i];
	*result = NULL;
	return db.use_table(con, &table) < 0
						   || db.query(con, &where, NULL, &value, keys, 1, COLS,
									  &columns[COL_RUID],
									  portions ? NULL : result)
									  < 0
				   ? -1
				   : 0;
}

static int show_all(db1_con_t *con, mediasec_attr_visit *visit, void *arg)
{
	const bool portions = DB_CAPABILITY(db, DB_CAP_FETCH);
	db1_res_t *result;
	int err;

	if(select_rows(con, portions, &result) < 0)
		return -1;
	do {
		err = portions ? db.fetch_result(con, &result, PORTION) : 0;
		if(err == 0)
			err = result ? show_rows(result, visit, arg) : -1;
	} while(portions && err == 0 && RES_ROW_N(result) > 0);
	if(result)
		db.free_result(con, result);
	return err;
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

typedef void (*any_function)(void); /* exports have a type of their own */

/* As db_bind_mod() of libsrdb1, which a module that is not built with Kamailio
 * cannot be linked to. */
static int bind_db(void)
{
	struct ms_str rest = mediasec_view(db_url), kind = ms_str_until(&rest, ':');
	char name[32];
	db_bind_api_f bind;

	if(kind.len + sizeof("db_") > sizeof(name))
		return -1;
	snprintf(name, sizeof(name), "db_%.*s", (int)kind.len, kind.p);
	bind = (db_bind_api_f)(any_function)find_mod_export(
			name, "db_bind_api", 0, 0);
	return bind ? bind(&db) : -1;
}

int mediasec_attrs_init(const str *url, const char *location, const str *name)
{
	db_url = url;
	attribute = name;
	table.len = snprintf(table_name, sizeof(table_name), "%s_attrs", location);
	if(table.len < (int)sizeof(table_name) && bind_db() == 0)
		return 0;
	LM_ERR("cannot use usrloc's database\n");
	return -1;
}
