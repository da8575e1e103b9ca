/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The value of a=fingerprint (RFC 8122, 5): "sha-256 AA:BB:...". */

#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FINGERPRINT_MAX 64		  /* SHA-512 */
#define FINGERPRINT_TEXT_SIZE 200 /* "sha-512 ", 64 times "AA:", its NUL */

struct fingerprint
{
	const char *hash; /* its name in SDP, static */
	size_t len;
	uint8_t bytes[FINGERPRINT_MAX];
};

/* @return the name of a hash we know, static; NULL for others (any case) */
const char *fingerprint_hash_find(const char *name);

/*
 * @param hash  from fingerprint_hash_find()
 * @param fp    [out] written on true only
 */
bool fingerprint_of(const X509 *cert, const char *hash, struct fingerprint *fp);

/*
 * @param text  in any case, as it stands behind "a=fingerprint:"
 * @param fp    [out] written on true only
 * @return false for an unknown hash, and when the length is not the hash's
 */
bool fingerprint_read(const char *text, struct fingerprint *fp);

/* the opposite */
void fingerprint_write(
		const struct fingerprint *fp, char text[FINGERPRINT_TEXT_SIZE]);

/* Is this the certificate's fingerprint, by the hash that fp names? */
bool fingerprint_matches(const struct fingerprint *fp, const X509 *cert);

#endif
