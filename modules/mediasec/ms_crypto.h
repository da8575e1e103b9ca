/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* SDES: crypto suites, and one a=crypto attribute (RFC 4568). Reads only. */

#ifndef MS_CRYPTO_H
#define MS_CRYPTO_H

#include <stdint.h>

#include "ms_err.h"
#include "ms_limits.h"
#include "ms_str.h"

/* ---- suites ------------------------------------------------------------- */

/* Suites rtpengine knows, in the order of its own table. */
enum ms_suite
{
	MS_SUITE_AEAD_AES_256_GCM, /* RFC 7714 */
	MS_SUITE_AEAD_AES_128_GCM,
	MS_SUITE_AES_256_CM_HMAC_SHA1_80, /* RFC 6188 */
	MS_SUITE_AES_256_CM_HMAC_SHA1_32,
	MS_SUITE_AES_192_CM_HMAC_SHA1_80,
	MS_SUITE_AES_192_CM_HMAC_SHA1_32,
	MS_SUITE_AES_CM_128_HMAC_SHA1_80, /* RFC 4568 */
	MS_SUITE_AES_CM_128_HMAC_SHA1_32,
	MS_SUITE_F8_128_HMAC_SHA1_80,
	MS_SUITE_F8_128_HMAC_SHA1_32,
	MS_SUITE_NULL_HMAC_SHA1_80,
	MS_SUITE_NULL_HMAC_SHA1_32,
	MS_SUITES /* how many; also "not known" */
};

/* @return the suite of a name, case-insensitively; MS_SUITES if unknown */
enum ms_suite ms_suite_find(struct ms_str name);
/* @return the name as RFC 4568, 6188 and 7714 spell it; suite < MS_SUITES */
struct ms_str ms_suite_name(enum ms_suite suite);

/* ---- what may key a leg ------------------------------------------------- */

/* Settings of an interface. Whoever is given a pointer borrows it; without one
 * no suite is usable and SHA-1 will not do. Suites without encryption never
 * count, whatever is in the list. */
struct ms_keying
{
	enum ms_suite suite[MS_SUITES]; /* SDES: the preferred one first */
	unsigned suites;
	bool sha1; /* DTLS: fingerprints with SHA-1 will do, too (RFC 8122, 5) */
};

/* AES_CM_128_HMAC_SHA1_80 first: it is the one that every phone has (RFC 4568,
 * 6.2.1), and some read only the first a=crypto of an offer. Behind it what is
 * stronger, the strongest first: AEAD_AES_256_GCM, AEAD_AES_128_GCM,
 * AES_256_CM_HMAC_SHA1_80. */
extern const struct ms_keying ms_keying_default;

/* @return whether this suite may be used; any value of the enum */
bool ms_keying_has(const struct ms_keying *keying, enum ms_suite suite);

/* Only what others may have, too, stays; in its own order. */
void ms_keying_narrow(struct ms_keying *keying, const struct ms_keying *others);

/*
 * Read "AES_CM_128_HMAC_SHA1_80,AEAD_AES_128_GCM", the preferred one first. Of
 * a name that comes twice the first counts.
 *
 * @param keying [out] its suites, on MS_OK only; the rest stays
 * @return MS_OK or MS_ESYNTAX (unknown suite, one without encryption, none)
 */
enum ms_err ms_suites_read(struct ms_str text, struct ms_keying *keying);

/* ---- one a=crypto (RFC 4568, 9) ---------------------------------------- */

/* Why an attribute cannot be used; the first that applies, in this order. */
enum ms_crypto_fault
{
	MS_CRYPTO_USABLE = 0,
	/* no tag, suite or key; a tag that an earlier a=crypto of the m-line had; an
	 * unknown session parameter without leading "-" (RFC 4568, 6.3.7) */
	MS_CRYPTO_SYNTAX,
	/* unknown or not allowed */
	MS_CRYPTO_SUITE,
	/* not "inline:", several keys, bad base64, key and salt not of the suite's
	 * length, lifetime 0 or above the suite's, bad MKI */
	MS_CRYPTO_KEY,
	/* UNENCRYPTED_SRTP, UNENCRYPTED_SRTCP, UNAUTHENTICATED_SRTP, KDR other than
	 * 0, FEC_KEY, FEC_ORDER=SRTP_FEC, WSH below 64 */
	MS_CRYPTO_SESSION
};

struct ms_crypto
{
	uint32_t tag;
	enum ms_suite suite;
	enum ms_crypto_fault fault;
	/* base64 of key and salt: never log it. Empty when the fault is
	 * MS_CRYPTO_SYNTAX */
	struct ms_str key;
};

/*
 * @param value  what follows "a=crypto:"
 * @param keying the suites that may be used
 * @param crypto [out] always written; its key is a view into value
 */
void ms_crypto_read(struct ms_str value, const struct ms_keying *keying,
		struct ms_crypto *crypto);

/*
 * Split off the next field of an a=crypto: fields are separated by 1*WSP.
 * @return the field, empty when there is none left
 */
struct ms_str ms_crypto_field(struct ms_str *value);

/* The a=crypto lines of one m-line, read one after the other. Initialise with
 * { .keying = keying }. */
struct ms_cryptos
{
	const struct ms_keying *keying;
	unsigned n;
	uint32_t tag[MS_CRYPTOS_MAX];
};

/*
 * ms_crypto_read() of the next one. A tag has to be unique in its m-line
 * (RFC 4568, 4.1): of several the first counts, the others are
 * MS_CRYPTO_SYNTAX; so is any line after MS_CRYPTOS_MAX.
 */
void ms_cryptos_read(struct ms_cryptos *cryptos, struct ms_str value,
		struct ms_crypto *crypto);

#endif
