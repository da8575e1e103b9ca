/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_rules_db.h"

#include <string.h>

#include "../../core/dprint.h"

#include "mediasec_db.h"
#include "mediasec_settings.h"
#include "mediasec_str.h"

#define TABLE_VERSION 1

static db_func_t db;

static str text_of(char *z)
{
	return (str){z, (int)strlen(z)};
}

int mediasec_rules_db_init(void)
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

/* ---- rows --------------------------------------------------------------- */

/* What is no text is nothing that can be read as a setting, so that its row is
 * refused. */
static struct ms_str column(const db_val_t *row, int i)
{
	return ms_str_trim(mediasec_db_text(&row[i]));
}

static str interface_column = str_init("interface");
static str domain_column = str_init("domain");
static str group_column = str_init("grp");
static str settings_column = str_init("settings");
static str aor_column = str_init("aor");

static db_key_t policy_columns[] = {
		&interface_column, &domain_column, &group_column, &settings_column};

static int add_policy(const db_val_t *row, void *set)
{
	return mediasec_rules_set_add(set, column(row, 0), column(row, 1),
				   column(row, 2), column(row, 3))
		   < 0;
}

static db_key_t group_columns[] = {&group_column, &aor_column};

static int add_member(const db_val_t *row, void *set)
{
	return mediasec_rules_set_member(set, column(row, 0), column(row, 1)) < 0;
}

/* ---- tables ------------------------------------------------------------- */

static int load_table(struct mediasec_rules_set *set, db1_con_t *con,
		char *name, db_key_t *columns, int n, mediasec_db_visit *add)
{
	const struct mediasec_db_query query = {
			.table = text_of(name), .columns = columns, .n_columns = n};
	int ret;

	if(db_check_table_version(&db, con, &query.table, TABLE_VERSION) < 0)
		return mediasec_rules_set_fault(set,
				"table %s is not there in version %d", name, TABLE_VERSION);
	ret = mediasec_db_each(&db, con, &query, add, set);
	if(ret < 0)
		return mediasec_rules_set_fault(set, "table %s cannot be read", name);
	return ret ? -1 : 0;
}

int mediasec_rules_db_load(struct mediasec_rules_set *set)
{
	str url = text_of(mediasec_options.db_url);
	db1_con_t *con;
	int ret = -1;

	if(url.len == 0)
		return 0;
	con = db.init(&url);
	if(con == NULL)
		return mediasec_rules_set_fault(set, "the database does not answer");
	if(load_table(set, con, mediasec_options.policy_table, policy_columns, 4,
			   add_policy)
					== 0
			&& load_table(set, con, mediasec_options.group_table, group_columns,
					   2, add_member)
					   == 0)
		ret = 0;
	db.close(con);
	return ret;
}
