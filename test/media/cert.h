/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* A self-signed certificate for DTLS, made before the call so that its
 * fingerprint can stand in the SDP. */

#ifndef CERT_H
#define CERT_H

#include "fingerprint.h"

/*
 * Make a key and its certificate, and write both to a PEM file that only its
 * owner can read; says on stderr what failed.
 *
 * @param type  "ec" (P-256) or "rsa" (2048 bits)
 * @param hash  of the fingerprint, from fingerprint_hash_find()
 * @param fp    [out] written on true only
 */
bool cert_make(const char *type, const char *hash, const char *file,
		struct fingerprint *fp);

/* Is there such a type? */
bool cert_type_is_known(const char *type);

#endif
