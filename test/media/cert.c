/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "cert.h"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DAY (24 * 60 * 60)
#define LIFE (30 * DAY)
#define RSA_BITS 2048

bool cert_type_is_known(const char *type)
{
	return strcmp(type, "ec") == 0 || strcmp(type, "rsa") == 0;
}

static EVP_PKEY *make_key(const char *type)
{
	return strcmp(type, "rsa") == 0 ? EVP_RSA_gen(RSA_BITS)
									: EVP_EC_gen("P-256");
}

static bool set_names(X509 *cert)
{
	X509_NAME *name = X509_get_subject_name(cert);

	return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
				   (const unsigned char *)"mediapeer", -1, -1, 0)
				   == 1
		   && X509_set_issuer_name(cert, name) == 1;
}

static bool set_serial(X509 *cert)
{
	int32_t serial;

	return RAND_bytes((uint8_t *)&serial, sizeof(serial)) == 1
		   && ASN1_INTEGER_set(X509_get_serialNumber(cert), serial & 0x7fffffff)
					  == 1;
}

static bool fill(X509 *cert, EVP_PKEY *key)
{
	return X509_set_version(cert, X509_VERSION_3) == 1 && set_serial(cert)
		   && set_names(cert)
		   && X509_gmtime_adj(X509_getm_notBefore(cert), -DAY)
		   && X509_gmtime_adj(X509_getm_notAfter(cert), LIFE)
		   && X509_set_pubkey(cert, key) == 1
		   && X509_sign(cert, key, EVP_sha256()) > 0;
}

static bool write_pem(const char *path, X509 *cert, EVP_PKEY *key)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	bool ok;

	if(!file) {
		perror("mediapeer: --out");
		if(fd >= 0)
			close(fd);
		return false;
	}
	ok = PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1
		 && PEM_write_X509(file, cert) == 1;
	if(fclose(file) != 0 || !ok) {
		fprintf(stderr, "mediapeer: --out: cannot be written\n");
		return false;
	}
	return true;
}

bool cert_make(const char *type, const char *hash, const char *file,
		struct fingerprint *fp)
{
	EVP_PKEY *key = make_key(type);
	X509 *cert = X509_new();
	bool made = key && cert && fill(cert, key);
	bool ok = made && write_pem(file, cert, key)
			  && fingerprint_of(cert, hash, fp);

	if(!made)
		fprintf(stderr, "mediapeer: no certificate could be made\n");
	X509_free(cert);
	EVP_PKEY_free(key);
	return ok;
}
