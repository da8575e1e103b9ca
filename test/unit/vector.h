/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Test data in files, next to the tests. */

#ifndef VECTOR_H
#define VECTOR_H

#include <stdio.h>

#include "test.h"

/* @return the bytes of ../vectors/<name>, before a guard page; an empty view,
 *         and a failed check, when there is no such file */
static inline struct ms_str vector_read(const char *name)
{
	char path[128], buf[8192];
	size_t len = 0;
	FILE *f;

	snprintf(path, sizeof(path), "../vectors/%s", name);
	f = fopen(path, "rb");
	if(CHECK(f != NULL)) {
		len = fread(buf, 1, sizeof(buf), f);
		fclose(f);
	}
	return guard_str((struct ms_str){buf, len});
}

#endif
