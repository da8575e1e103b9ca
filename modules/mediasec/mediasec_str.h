/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Kamailio's str and the core's ms_str: the same thing, twice. */

#ifndef MEDIASEC_STR_H
#define MEDIASEC_STR_H

#include <string.h>

#include "../../core/str.h"

#include "ms_str.h"

static inline struct ms_str mediasec_view(const str *s)
{
	return (struct ms_str){s->s, s->len > 0 ? (size_t)s->len : 0};
}

static inline struct ms_str mediasec_view_z(const char *z)
{
	return (struct ms_str){z, strlen(z)};
}

/* for calls into Kamailio that take a str and do not write to it */
static inline str mediasec_str(struct ms_str s)
{
	return (str){(char *)s.p, (int)s.len};
}

#endif
