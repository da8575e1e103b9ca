/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What the fuzz targets share: oracles that abort, and input without a byte of
 * slack behind it. */

#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ms_crypto.h"
#include "ms_str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An oracle: libFuzzer keeps the input that breaks it. */
#define REQUIRE(cond)                                                  \
	do {                                                               \
		if(!(cond)) {                                                  \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond); \
			abort();                                                   \
		}                                                              \
	} while(0)

/* @return `size` bytes of their own, so that AddressSanitizer sees an access one
 *         byte beyond; NULL for 0; free() them */
static inline char *fuzz_buf(size_t size)
{
	char *buf = size > 0 ? malloc(size) : NULL;

	REQUIRE(buf || size == 0);
	return buf;
}

static inline struct ms_str fuzz_copy(struct ms_str text)
{
	char *buf = fuzz_buf(text.len);

	if(text.len > 0)
		memcpy(buf, text.p, text.len);
	return (struct ms_str){buf, text.len};
}

static inline void fuzz_free(struct ms_str text)
{
	free((char *)(uintptr_t)text.p);
}

/* @return true if `part` is a view of `whole` */
static inline bool is_within(struct ms_str part, struct ms_str whole)
{
	uintptr_t p = (uintptr_t)part.p, w = (uintptr_t)whole.p;

	return p >= w && part.len <= whole.len && p - w <= whole.len - part.len;
}

static inline bool is_same_view(struct ms_str a, struct ms_str b)
{
	return a.p == b.p && a.len == b.len;
}

/* Bits of a number: suites, by how many of them the list begins later than with
 * the first, and whether SHA-1 will do. What is never acceptable may be in it. */
static inline struct ms_keying fuzz_keying(uint32_t bits)
{
	struct ms_keying keying = {.sha1 = bits >> 16 & 1};
	unsigned i, suite;

	for(i = 0; i < MS_SUITES; i++) {
		suite = (i + (bits >> 12 & 15)) % MS_SUITES;
		if(bits >> suite & 1)
			keying.suite[keying.suites++] = (enum ms_suite)suite;
	}
	return keying;
}

#endif
