/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Memory that ends at a page nobody may touch, so that an access one byte
 * beyond its end faults, with a sanitizer or without. */

#ifndef GUARD_H
#define GUARD_H

#include "ms_str.h"

/* @return `size` writable bytes before the guard; 0 is fine */
char *guard_buf(size_t size);
/* @return a copy of text before the guard; an empty one points at it */
struct ms_str guard_str(struct ms_str text);
/* the same for a C string, without its NUL */
struct ms_str guard_text(const char *text);

/* Unmap all of them; test_row() does so. */
void guard_release(void);

#endif
