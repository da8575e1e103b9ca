/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_crypto.h"

#include <string.h>

#include "ms_scan.h"

#define TAG_MAX 999999999u
/* packets under one master key: 2^48 (RFC 3711, 9.2), which the suites of
 * RFC 6188 and RFC 7714 keep */
#define LIFETIME_LOG2_MAX 48
#define MKI_LEN_MAX 128
/* RFC 4568, 6.3.6: below 64 packets is not allowed; above, any number is */
#define WINDOW_MIN 64
#define WINDOW_MAX UINT32_MAX

/* ---- suites ------------------------------------------------------------- */

#define SUITE(name, octets) [MS_SUITE_##name] = {MS_STR(#name), octets}

static const struct
{
	struct ms_str name;
	size_t octets; /* master key and master salt */
} suites[MS_SUITES] = {
		SUITE(AEAD_AES_256_GCM, 32 + 12),
		SUITE(AEAD_AES_128_GCM, 16 + 12),
		SUITE(AES_256_CM_HMAC_SHA1_80, 32 + 14),
		SUITE(AES_256_CM_HMAC_SHA1_32, 32 + 14),
		SUITE(AES_192_CM_HMAC_SHA1_80, 24 + 14),
		SUITE(AES_192_CM_HMAC_SHA1_32, 24 + 14),
		SUITE(AES_CM_128_HMAC_SHA1_80, 16 + 14),
		SUITE(AES_CM_128_HMAC_SHA1_32, 16 + 14),
		SUITE(F8_128_HMAC_SHA1_80, 16 + 14),
		SUITE(F8_128_HMAC_SHA1_32, 16 + 14),
		SUITE(NULL_HMAC_SHA1_80, 16 + 14),
		SUITE(NULL_HMAC_SHA1_32, 16 + 14),
};

enum ms_suite ms_suite_find(struct ms_str name)
{
	unsigned i;

	for(i = 0; i < MS_SUITES; i++)
		if(ms_str_caseeq(name, suites[i].name))
			break;
	return (enum ms_suite)i;
}

struct ms_str ms_suite_name(enum ms_suite suite)
{
	return suites[suite].name;
}

/* ---- what may key a leg ------------------------------------------------- */

const struct ms_keying ms_keying_default = {
		.suite = {MS_SUITE_AES_CM_128_HMAC_SHA1_80, MS_SUITE_AEAD_AES_256_GCM,
				MS_SUITE_AEAD_AES_128_GCM, MS_SUITE_AES_256_CM_HMAC_SHA1_80},
		.suites = 4,
};

static bool encrypts(enum ms_suite suite)
{
	return suite != MS_SUITE_NULL_HMAC_SHA1_80
		   && suite != MS_SUITE_NULL_HMAC_SHA1_32 && suite < MS_SUITES;
}

bool ms_keying_has(const struct ms_keying *keying, enum ms_suite suite)
{
	unsigned i;

	for(i = 0; keying && encrypts(suite) && i < keying->suites; i++)
		if(keying->suite[i] == suite)
			return true;
	return false;
}

void ms_keying_narrow(struct ms_keying *keying, const struct ms_keying *others)
{
	const unsigned n = keying->suites;
	unsigned i;

	keying->suites = 0;
	for(i = 0; i < n; i++)
		if(ms_keying_has(others, keying->suite[i]))
			keying->suite[keying->suites++] = keying->suite[i];
	keying->sha1 = keying->sha1 && others->sha1;
}

enum ms_err ms_suites_read(struct ms_str text, struct ms_keying *keying)
{
	struct ms_keying k = {.sha1 = keying->sha1};
	struct ms_str name;
	enum ms_suite suite;

	text = ms_str_trim(text);
	do {
		if(ms_scan_token(&text, &name))
			return MS_ESYNTAX;
		suite = ms_suite_find(name);
		if(!encrypts(suite))
			return MS_ESYNTAX;
		if(!ms_keying_has(&k, suite))
			k.suite[k.suites++] = suite;
	} while(ms_scan_char(&text, ','));
	if(text.len > 0)
		return MS_ESYNTAX;
	*keying = k;
	return MS_OK;
}

/* ---- key parameters (RFC 4568, 6.1) ------------------------------------- */

/* the whole of text: digits without leading zeros, at most max */
static bool decimal(struct ms_str text, uint64_t max, uint64_t *n)
{
	uint64_t value = 0;
	size_t i;

	if(text.len == 0 || (text.len > 1 && text.p[0] == '0'))
		return false;
	for(i = 0; i < text.len; i++) {
		if(text.p[i] < '0' || text.p[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(text.p[i] - '0');
		if(value > max)
			return false;
	}
	*n = value;
	return true;
}

static bool is_base64(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
		   || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

/* Exactly so many octets; stacks differ in whether they write the padding. */
static bool base64_has_octets(struct ms_str text, size_t octets)
{
	const size_t digits = (octets * 4 + 2) / 3;
	const size_t padded = (octets + 2) / 3 * 4;
	size_t i;

	if(text.len != digits && text.len != padded)
		return false;
	for(i = 0; i < text.len; i++)
		if(i < digits ? !is_base64(text.p[i]) : text.p[i] != '=')
			return false;
	return true;
}

/* lifetime = ["2^"] 1*DIGIT */
static bool lifetime_is_valid(struct ms_str text)
{
	const uint64_t max = UINT64_C(1) << LIFETIME_LOG2_MAX;
	uint64_t n;

	if(!ms_str_has_prefix(text, MS_STR("2^")))
		return decimal(text, max, &n) && n > 0;
	/* rtpengine ignores an attribute with 2^0 */
	return decimal(ms_str_from(text, 2), LIFETIME_LOG2_MAX, &n) && n > 0;
}

/* mki = value ":" length; rtpengine keeps 32 bits of the value */
static bool mki_is_valid(struct ms_str text)
{
	struct ms_str value = ms_str_until(&text, ':');
	uint64_t n, len;

	return decimal(value, UINT32_MAX, &n) && decimal(text, MKI_LEN_MAX, &len)
		   && len > 0 && (len >= sizeof(uint32_t) || n >> (8 * len) == 0);
}

static bool has_char(struct ms_str s, char c)
{
	return s.len > 0 && memchr(s.p, c, s.len);
}

/* ["|" lifetime] ["|" mki] */
static bool limits_are_valid(struct ms_str text)
{
	if(text.len == 0)
		return true;
	text = ms_str_from(text, 1);
	if(!has_char(text, ':'))
		return lifetime_is_valid(text);
	if(has_char(text, '|') && !lifetime_is_valid(ms_str_until(&text, '|')))
		return false;
	return mki_is_valid(text);
}

/* key-param = "inline:" key-salt ["|" lifetime] ["|" mki] */
struct key_param
{
	struct ms_str method, key;
	struct ms_str limits; /* from its "|" on */
};

static struct key_param key_split(struct ms_str text)
{
	struct key_param param;

	param.method = ms_str_until(&text, ':');
	param.limits = text;
	param.key = ms_str_until(&text, '|');
	param.limits = ms_str_from(param.limits, param.key.len);
	return param;
}

/* Of several keys, separated by ";", rtpengine would take the first and ignore
 * the others without a word. No valid part has a ";", so they are refused. */
static bool key_is_valid(const struct key_param *param, size_t octets)
{
	return ms_str_caseeq(param->method, MS_STR("inline"))
		   && base64_has_octets(param->key, octets)
		   && limits_are_valid(param->limits);
}

/* ---- session parameters (RFC 4568, 6.3) --------------------------------- */

/* Parameters that take protection away or need what rtpengine does not do, and
 * the spelling of each that asks for neither; empty: there is none. */
static const struct
{
	struct ms_str name, harmless;
} session_params[] = {
		{MS_STR("UNENCRYPTED_SRTP"), MS_STR("")},
		{MS_STR("UNENCRYPTED_SRTCP"), MS_STR("")},
		{MS_STR("UNAUTHENTICATED_SRTP"), MS_STR("")},
		{MS_STR("KDR"), MS_STR("KDR=0")},
		{MS_STR("FEC_ORDER"), MS_STR("FEC_ORDER=FEC_SRTP")},
		{MS_STR("FEC_KEY"), MS_STR("")},
};
#define SESSION_PARAMS (sizeof(session_params) / sizeof(session_params[0]))

static bool window_is_valid(struct ms_str value)
{
	uint64_t n;

	return decimal(value, WINDOW_MAX, &n) && n >= WINDOW_MIN;
}

static enum ms_crypto_fault session_param_fault(struct ms_str param)
{
	struct ms_str value = param;
	const struct ms_str name = ms_str_until(&value, '=');
	size_t i;

	if(ms_str_caseeq(name, MS_STR("WSH")))
		return window_is_valid(value) ? MS_CRYPTO_USABLE : MS_CRYPTO_SESSION;
	for(i = 0; i < SESSION_PARAMS; i++)
		if(ms_str_caseeq(name, session_params[i].name))
			return ms_str_caseeq(param, session_params[i].harmless)
						   ? MS_CRYPTO_USABLE
						   : MS_CRYPTO_SESSION;
	/* an extension: the "-" allows to ignore it (RFC 4568, 6.3.7) */
	return ms_str_has_prefix(param, MS_STR("-")) ? MS_CRYPTO_USABLE
												 : MS_CRYPTO_SYNTAX;
}

/* @return the worst of all: a syntax fault is found behind any other */
static enum ms_crypto_fault session_fault(struct ms_str params)
{
	enum ms_crypto_fault worst = MS_CRYPTO_USABLE, fault;
	struct ms_str param = ms_crypto_field(&params);

	for(; param.len > 0; param = ms_crypto_field(&params)) {
		fault = session_param_fault(param);
		if(fault == MS_CRYPTO_SYNTAX)
			return fault;
		if(fault)
			worst = fault;
	}
	return worst;
}

/* ---- the attribute ------------------------------------------------------ */

static bool is_wsp(char c)
{
	return c == ' ' || c == '\t';
}

struct ms_str ms_crypto_field(struct ms_str *value)
{
	struct ms_str field;

	while(value->len > 0 && is_wsp(value->p[0]))
		*value = ms_str_from(*value, 1);
	field = *value;
	while(value->len > 0 && !is_wsp(value->p[0]))
		*value = ms_str_from(*value, 1);
	field.len -= value->len;
	return field;
}

void ms_crypto_read(struct ms_str value, const struct ms_keying *keying,
		struct ms_crypto *crypto)
{
	const struct ms_str tag = ms_crypto_field(&value);
	const struct ms_str suite = ms_crypto_field(&value);
	const struct ms_str key = ms_crypto_field(&value);
	const struct key_param param = key_split(key);
	const enum ms_crypto_fault session = session_fault(value);
	uint64_t n;

	*crypto = (struct ms_crypto){.suite = MS_SUITES, .fault = MS_CRYPTO_SYNTAX};
	/* tag "0" included: it is in the field */
	if(!decimal(tag, TAG_MAX, &n) || key.len == 0
			|| session == MS_CRYPTO_SYNTAX)
		return;

	crypto->tag = (uint32_t)n;
	crypto->suite = ms_suite_find(suite);
	crypto->key = param.key;
	if(!ms_keying_has(keying, crypto->suite))
		crypto->fault = MS_CRYPTO_SUITE;
	else if(!key_is_valid(&param, suites[crypto->suite].octets))
		crypto->fault = MS_CRYPTO_KEY;
	else
		crypto->fault = session;
}

static bool tag_is_taken(const struct ms_cryptos *cryptos, uint32_t tag)
{
	unsigned i;

	for(i = 0; i < cryptos->n; i++)
		if(cryptos->tag[i] == tag)
			return true;
	return false;
}

void ms_cryptos_read(struct ms_cryptos *cryptos, struct ms_str value,
		struct ms_crypto *crypto)
{
	ms_crypto_read(value, cryptos->keying, crypto);
	if(crypto->fault == MS_CRYPTO_SYNTAX)
		return;
	if(cryptos->n == MS_CRYPTOS_MAX || tag_is_taken(cryptos, crypto->tag))
		*crypto = (struct ms_crypto){
				.suite = MS_SUITES, .fault = MS_CRYPTO_SYNTAX};
	else
		cryptos->tag[cryptos->n++] = crypto->tag;
}
