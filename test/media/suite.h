/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* SDES crypto suites (RFC 4568, 6188, 7714) as libsrtp2 knows them, and the
 * master keys that stand in a=crypto. */

#ifndef SUITE_H
#define SUITE_H

#include <srtp2/srtp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUITE_KEY_MAX 46	   /* AES_256_CM: 32 bytes of key, 14 of salt */
#define SUITE_KEY_TEXT_SIZE 65 /* the same in base64, with its NUL */

struct suite
{
	const char *name;
	size_t key_len; /* master key and salt, bytes */
	void (*set_policy)(srtp_crypto_policy_t *policy);
};

/* Wipe it with explicit_bzero() once the SRTP context is made. */
struct suite_key
{
	uint8_t bytes[SUITE_KEY_MAX];
};

/* the whole table, ended by a NULL name */
extern const struct suite suite_table[];

/*
 * @return the row of this name (any case), NULL when libsrtp2 has no such
 *         suite (F8 and the NULL ciphers are left out on purpose)
 */
const struct suite *suite_find(const char *name);

/*
 * Can this build of libsrtp2 do the suite as its RFC says? libsrtp2 before 2.8
 * derives AES-192 keys its own way: two such ends understand each other, and
 * nobody else does (cisco/libsrtp issue 763).
 *
 * @return NULL when it can, else the reason
 */
const char *suite_refusal(const struct suite *suite);

/* @return false when the system has no randomness */
bool suite_key_make(const struct suite *suite, struct suite_key *key);

/*
 * Read base64(key||salt) as it stands behind "inline:". Padding may be
 * missing; "|lifetime|mki" behind it is ignored.
 *
 * @param key  [out] written on true only
 * @return false when it is no base64, or not of the suite's length
 */
bool suite_key_read(
		const struct suite *suite, const char *text, struct suite_key *key);

/* the opposite, padded */
void suite_key_write(const struct suite *suite, const struct suite_key *key,
		char text[SUITE_KEY_TEXT_SIZE]);

/*
 * Make an SRTP context. The key is copied into it.
 *
 * @param direction  ssrc_any_inbound or ssrc_any_outbound
 * @param ctx        [out] free it with srtp_dealloc(); written on ok only
 * @return libsrtp2's status
 */
srtp_err_status_t suite_context(const struct suite *suite,
		const struct suite_key *key, srtp_ssrc_type_t direction, srtp_t *ctx);

#endif
