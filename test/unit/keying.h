/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Everything that can be named, what may never be used included. */

#ifndef KEYING_H
#define KEYING_H

#include "ms_crypto.h"

static const struct ms_keying keying_all = {
		.suite = {MS_SUITE_AEAD_AES_256_GCM, MS_SUITE_AEAD_AES_128_GCM,
				MS_SUITE_AES_256_CM_HMAC_SHA1_80,
				MS_SUITE_AES_256_CM_HMAC_SHA1_32,
				MS_SUITE_AES_192_CM_HMAC_SHA1_80,
				MS_SUITE_AES_192_CM_HMAC_SHA1_32,
				MS_SUITE_AES_CM_128_HMAC_SHA1_80,
				MS_SUITE_AES_CM_128_HMAC_SHA1_32, MS_SUITE_F8_128_HMAC_SHA1_80,
				MS_SUITE_F8_128_HMAC_SHA1_32, MS_SUITE_NULL_HMAC_SHA1_80,
				MS_SUITE_NULL_HMAC_SHA1_32},
		.suites = MS_SUITES,
};

#endif
