/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "fingerprint.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HASH_NAME_SIZE 16

static const struct hash
{
	const char *name;
	const EVP_MD *(*md)(void);
} hashes[] = {
		{"sha-256", EVP_sha256},
		{"sha-1", EVP_sha1},
		{"sha-384", EVP_sha384},
		{"sha-512", EVP_sha512},
		{NULL, NULL},
};

static const struct hash *find(const char *name)
{
	for(const struct hash *h = hashes; h->name; h++) {
		if(strcasecmp(h->name, name) == 0)
			return h;
	}
	return NULL;
}

const char *fingerprint_hash_find(const char *name)
{
	const struct hash *hash = find(name);

	return hash ? hash->name : NULL;
}

bool fingerprint_of(const X509 *cert, const char *hash, struct fingerprint *fp)
{
	struct fingerprint found = {.hash = hash};
	unsigned len;

	if(X509_digest(cert, find(hash)->md(), found.bytes, &len) != 1)
		return false;
	found.len = len;
	*fp = found;
	return true;
}

bool fingerprint_read(const char *text, struct fingerprint *fp)
{
	struct fingerprint found = {0};
	size_t name_len = strcspn(text, " ");
	char name[HASH_NAME_SIZE];
	const char *hex = text + name_len + strspn(text + name_len, " ");
	const struct hash *hash;

	if(name_len >= sizeof(name))
		return false;
	memcpy(name, text, name_len);
	name[name_len] = '\0';
	hash = find(name);
	if(!hash
			|| OPENSSL_hexstr2buf_ex(
					   found.bytes, sizeof(found.bytes), &found.len, hex, ':')
					   != 1
			|| found.len != (size_t)EVP_MD_get_size(hash->md())
			|| strlen(hex) != 3 * found.len - 1)
		return false;
	found.hash = hash->name;
	*fp = found;
	return true;
}

void fingerprint_write(
		const struct fingerprint *fp, char text[FINGERPRINT_TEXT_SIZE])
{
	int at = snprintf(text, FINGERPRINT_TEXT_SIZE, "%s", fp->hash);

	for(size_t i = 0; i < fp->len; i++)
		at += snprintf(text + at, (size_t)(FINGERPRINT_TEXT_SIZE - at),
				"%c%02X", i == 0 ? ' ' : ':', fp->bytes[i]);
}

bool fingerprint_matches(const struct fingerprint *fp, const X509 *cert)
{
	struct fingerprint found;

	return fingerprint_of(cert, fp->hash, &found) && found.len == fp->len
		   && memcmp(found.bytes, fp->bytes, fp->len) == 0;
}
