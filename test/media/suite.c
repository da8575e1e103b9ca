/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "suite.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>
#include <strings.h>

#define REPLAY_WINDOW 128
#define BASE64                                             \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
	"0123456789+/"

static void set_cm_128_80(srtp_crypto_policy_t *policy)
{
	srtp_crypto_policy_set_rtp_default(policy);
}

const struct suite suite_table[] = {
		{"AES_CM_128_HMAC_SHA1_80", 30, set_cm_128_80},
		{"AES_CM_128_HMAC_SHA1_32", 30,
				srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32},
		{"AES_192_CM_HMAC_SHA1_80", 38,
				srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80},
		{"AES_192_CM_HMAC_SHA1_32", 38,
				srtp_crypto_policy_set_aes_cm_192_hmac_sha1_32},
		{"AES_256_CM_HMAC_SHA1_80", 46,
				srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80},
		{"AES_256_CM_HMAC_SHA1_32", 46,
				srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32},
		{"AEAD_AES_128_GCM", 28, srtp_crypto_policy_set_aes_gcm_128_16_auth},
		{"AEAD_AES_256_GCM", 44, srtp_crypto_policy_set_aes_gcm_256_16_auth},
		{NULL, 0, NULL},
};

const struct suite *suite_find(const char *name)
{
	for(const struct suite *s = suite_table; s->name; s++) {
		if(strcasecmp(s->name, name) == 0)
			return s;
	}
	return NULL;
}

bool suite_key_make(const struct suite *suite, struct suite_key *key)
{
	return RAND_bytes(key->bytes, (int)suite->key_len) == 1;
}

/*
 * Copy the base64 part of text and pad it to a multiple of four, the only
 * form EVP_DecodeBlock() takes.
 *
 * @return its length without padding, 0 when it is no base64 or too long
 */
static size_t copy_padded(const char *text, char padded[SUITE_KEY_TEXT_SIZE])
{
	size_t len = strspn(text, BASE64);
	size_t fill = len;
	char behind = text[len + strspn(text + len, "=")];

	if(len > SUITE_KEY_TEXT_SIZE - 1 || (behind != '\0' && behind != '|'))
		return 0;
	memcpy(padded, text, len);
	while(fill % 4 != 0)
		padded[fill++] = '=';
	padded[fill] = '\0';
	return len;
}

bool suite_key_read(
		const struct suite *suite, const char *text, struct suite_key *key)
{
	char padded[SUITE_KEY_TEXT_SIZE];
	uint8_t bytes[SUITE_KEY_TEXT_SIZE];
	size_t len = copy_padded(text, padded);
	bool ok = len > 0 && len * 3 / 4 == suite->key_len
			  && EVP_DecodeBlock(bytes, (uint8_t *)padded, (int)strlen(padded))
						 > 0;

	if(ok)
		memcpy(key->bytes, bytes, suite->key_len);
	explicit_bzero(padded, sizeof(padded));
	explicit_bzero(bytes, sizeof(bytes));
	return ok;
}

void suite_key_write(const struct suite *suite, const struct suite_key *key,
		char text[SUITE_KEY_TEXT_SIZE])
{
	EVP_EncodeBlock((uint8_t *)text, key->bytes, (int)suite->key_len);
}

srtp_err_status_t suite_context(const struct suite *suite,
		const struct suite_key *key, srtp_ssrc_type_t direction, srtp_t *ctx)
{
	struct suite_key copy = *key; /* srtp_policy_t wants it writable */
	srtp_policy_t policy = {.ssrc = {.type = direction},
			.key = copy.bytes,
			.window_size = REPLAY_WINDOW};
	srtp_err_status_t status;

	suite->set_policy(&policy.rtp);
	suite->set_policy(&policy.rtcp); /* unused, but it must be valid */
	status = srtp_create(ctx, &policy);
	explicit_bzero(&copy, sizeof(copy));
	return status;
}

/* RFC 6188, 7.2: master key and salt, and the authentication key they give */
static const struct suite_key aes_192_master = {{0x73, 0xed, 0xc6, 0x6c, 0x4f,
		0xa1, 0x57, 0x76, 0xfb, 0x57, 0xf9, 0x50, 0x5c, 0x17, 0x13, 0x65, 0x50,
		0xff, 0xda, 0x71, 0xf3, 0xe8, 0xe5, 0xf1, 0xc8, 0x52, 0x2f, 0x3a, 0xcd,
		0x4c, 0xe8, 0x6d, 0x5a, 0xdd, 0x78, 0xed, 0xbb, 0x11}};
static const uint8_t aes_192_auth[20] = {0x35, 0x5b, 0x10, 0x97, 0x3c, 0xd9,
		0x5b, 0x9e, 0xac, 0xf4, 0x06, 0x1c, 0x7e, 0x1a, 0x71, 0x51, 0xe7, 0xcf,
		0xbf, 0xcb};

#define EMPTY_RTP_LEN 12 /* a header and nothing else */
#define ROC_LEN 4		 /* the tag covers the packet and this counter */

/* Protect an empty packet under the RFC's master key: its tag tells which
 * authentication key was derived. */
static bool has_rfc6188_tag(const struct suite *suite, srtp_t ctx)
{
	_Alignas(4) uint8_t packet[EMPTY_RTP_LEN + SRTP_MAX_TRAILER_LEN] = {0x80};
	uint8_t signed_part[EMPTY_RTP_LEN + ROC_LEN] = {0x80};
	uint8_t tag[EVP_MAX_MD_SIZE];
	int len = EMPTY_RTP_LEN;
	srtp_crypto_policy_t policy;

	suite->set_policy(&policy);
	HMAC(EVP_sha1(), aes_192_auth, sizeof(aes_192_auth), signed_part,
			sizeof(signed_part), tag, NULL);
	return srtp_protect(ctx, packet, &len) == srtp_err_status_ok
		   && len == EMPTY_RTP_LEN + policy.auth_tag_len
		   && memcmp(packet + EMPTY_RTP_LEN, tag, (size_t)policy.auth_tag_len)
					  == 0;
}

const char *suite_refusal(const struct suite *suite)
{
	bool right = true;
	srtp_t ctx;

	if(suite_context(suite, &aes_192_master, ssrc_any_outbound, &ctx) != 0)
		return "this libsrtp2 has no such cipher";
	if(strncmp(suite->name, "AES_192_", strlen("AES_192_")) == 0)
		right = has_rfc6188_tag(suite, ctx);
	srtp_dealloc(ctx);
	return right ? NULL
				 : "this libsrtp2 derives AES-192 keys against RFC 6188"
				   " (its issue 763)";
}
