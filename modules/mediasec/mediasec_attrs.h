/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* usrloc's table of attributes of contacts, read from its database. */

#ifndef MEDIASEC_ATTRS_H
#define MEDIASEC_ATTRS_H

#include "../../core/str.h"

#include "ms_str.h"

/* One row; the views live until the next one. */
struct mediasec_attr
{
	struct ms_str ruid; /* usrloc's id of the contact */
	struct ms_str user, domain;
	struct ms_str value;
};

/* @return 0, 1: this was the last one wanted, or -1 */
typedef int mediasec_attr_visit(const struct mediasec_attr *row, void *arg);

/*
 * @param url      usrloc's database; has to stay
 * @param location usrloc's table of contacts
 * @param name     of the attributes that will be read; has to stay
 * @return 0, or -1 after a log line; in mod_init
 */
int mediasec_attrs_init(const str *url, const char *location, const str *name);

/*
 * Show all attributes of that name, in the order of their ruid, over a connection
 * of its own: visit may make usrloc use the database, too.
 *
 * @return 0, or -1 after a log line
 */
int mediasec_attrs_each(mediasec_attr_visit *visit, void *arg);

/* Delete the attribute of that name of one contact. @return 0, or -1 after a log
 * line */
int mediasec_attrs_remove(struct ms_str ruid);

#endif
