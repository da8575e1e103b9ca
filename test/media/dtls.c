/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "dtls.h"

#include <openssl/err.h>
#include <openssl/srtp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABEL "EXTRACTOR-dtls_srtp" /* RFC 5764, 4.2 */
#define MTU 1200
#define FIRST_TIMEOUT_US 200000 /* RFC 6347 has 1 s; tests are on loopback */

static const struct profile
{
	const char *name, *suite;
	srtp_profile_t id;
} profiles[] = {
		{"SRTP_AEAD_AES_256_GCM", "AEAD_AES_256_GCM",
				srtp_profile_aead_aes_256_gcm},
		{"SRTP_AEAD_AES_128_GCM", "AEAD_AES_128_GCM",
				srtp_profile_aead_aes_128_gcm},
		{"SRTP_AES128_CM_SHA1_80", "AES_CM_128_HMAC_SHA1_80",
				srtp_profile_aes128_cm_sha1_80},
		{"SRTP_AES128_CM_SHA1_32", "AES_CM_128_HMAC_SHA1_32",
				srtp_profile_aes128_cm_sha1_32},
};

struct dtls
{
	SSL_CTX *ctx;
	SSL *ssl;
	BIO_METHOD *method;
	enum dtls_state state;
	struct fingerprint peer;
	bool refused, checked;		   /* the peer's certificate */
	const struct profile *profile; /* NULL before DTLS_OK */
	dtls_send *send;
	void *arg;
	const uint8_t *in; /* the datagram being read, NULL: none */
	size_t in_len;
};

#define ALL_PROFILES                               \
	"SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM:" \
	"SRTP_AES128_CM_SHA1_80:SRTP_AES128_CM_SHA1_32"

/* --- datagrams in and out --- */

static int bio_read(BIO *bio, char *buf, int size)
{
	struct dtls *dtls = BIO_get_data(bio);
	size_t len = dtls->in_len < (size_t)size ? dtls->in_len : (size_t)size;

	BIO_clear_retry_flags(bio);
	if(!dtls->in) {
		BIO_set_retry_read(bio);
		return -1;
	}
	memcpy(buf, dtls->in, len);
	dtls->in = NULL;
	return (int)len;
}

static int bio_write(BIO *bio, const char *buf, int len)
{
	struct dtls *dtls = BIO_get_data(bio);

	return dtls->send(dtls->arg, (const uint8_t *)buf, (size_t)len) ? len : -1;
}

static long bio_ctrl(BIO *bio, int command, long number, void *pointer)
{
	(void)bio;
	(void)number;
	(void)pointer;
	return command == BIO_CTRL_FLUSH;
}

static bool open_bio(struct dtls *dtls)
{
	BIO *bio;

	dtls->method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "leg");
	if(!dtls->method)
		return false;
	BIO_meth_set_read(dtls->method, bio_read);
	BIO_meth_set_write(dtls->method, bio_write);
	BIO_meth_set_ctrl(dtls->method, bio_ctrl);
	bio = BIO_new(dtls->method);
	if(!bio)
		return false;
	BIO_set_data(bio, dtls);
	BIO_set_init(bio, 1);
	SSL_set_bio(dtls->ssl, bio, bio);
	return true;
}

/* --- what both roles share --- */

/* in place of the check of a chain: RFC 5763, 5 knows fingerprints only */
static int check_peer(X509_STORE_CTX *store, void *arg)
{
	struct dtls *dtls = arg;

	dtls->checked =
			fingerprint_matches(&dtls->peer, X509_STORE_CTX_get0_cert(store));
	dtls->refused = !dtls->checked;
	if(dtls->refused)
		X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
	return dtls->checked;
}

static unsigned next_timeout(SSL *ssl, unsigned us)
{
	(void)ssl;
	return us == 0 ? FIRST_TIMEOUT_US : 2 * us;
}

static void complain(const char *what)
{
	unsigned long error = ERR_peek_error();
	const char *reason = error ? ERR_reason_error_string(error) : NULL;

	fprintf(stderr, "mediapeer: dtls: %s%s%s\n", what, reason ? ": " : "",
			reason ? reason : "");
	ERR_clear_error();
}

/* Always a full handshake: what is resumed shows no certificate. */
static void set_rules(struct dtls *dtls)
{
	SSL_CTX_set_min_proto_version(dtls->ctx, DTLS1_2_VERSION);
	SSL_CTX_set_session_cache_mode(dtls->ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_options(dtls->ctx,
			SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_QUERY_MTU);
	SSL_CTX_set_verify(
			dtls->ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	SSL_CTX_set_cert_verify_callback(dtls->ctx, check_peer, dtls);
}

static bool open_ctx(struct dtls *dtls, const struct dtls_config *config)
{
	const char *offered = config->profiles ? config->profiles : ALL_PROFILES;

	dtls->ctx = SSL_CTX_new(DTLS_method());
	if(!dtls->ctx)
		return false;
	set_rules(dtls);
	if(SSL_CTX_use_certificate_file(dtls->ctx, config->cert, SSL_FILETYPE_PEM)
					!= 1
			|| SSL_CTX_use_PrivateKey_file(
					   dtls->ctx, config->cert, SSL_FILETYPE_PEM)
					   != 1) {
		complain("--cert: no certificate with its key");
		return false;
	}
	if(SSL_CTX_set_tlsext_use_srtp(dtls->ctx, offered) != 0) {
		complain("--profiles");
		return false;
	}
	return true;
}

static bool open_ssl(struct dtls *dtls, enum dtls_role role)
{
	dtls->ssl = SSL_new(dtls->ctx);
	if(!dtls->ssl || !open_bio(dtls)) {
		complain("cannot start");
		return false;
	}
	SSL_set_mtu(dtls->ssl, MTU);
	DTLS_set_timer_cb(dtls->ssl, next_timeout);
	if(role == DTLS_ACTIVE)
		SSL_set_connect_state(dtls->ssl);
	else
		SSL_set_accept_state(dtls->ssl);
	return true;
}

struct dtls *dtls_new(
		const struct dtls_config *config, dtls_send *send, void *arg)
{
	struct dtls *dtls = calloc(1, sizeof(*dtls));

	if(!dtls)
		return NULL;
	dtls->peer = config->peer;
	dtls->send = send;
	dtls->arg = arg;
	if(!open_ctx(dtls, config) || !open_ssl(dtls, config->role)) {
		dtls_free(dtls);
		return NULL;
	}
	return dtls;
}

void dtls_free(struct dtls *dtls)
{
	if(!dtls)
		return;
	SSL_free(dtls->ssl);
	SSL_CTX_free(dtls->ctx);
	BIO_meth_free(dtls->method);
	free(dtls);
}

/* --- the handshake --- */

static const struct profile *agreed(const struct dtls *dtls)
{
	const SRTP_PROTECTION_PROFILE *chosen =
			SSL_get_selected_srtp_profile(dtls->ssl);

	for(size_t i = 0; chosen && i < sizeof(profiles) / sizeof(*profiles); i++) {
		if(strcmp(profiles[i].name, chosen->name) == 0)
			return &profiles[i];
	}
	return NULL;
}

static void finish(struct dtls *dtls)
{
	const struct profile *profile = agreed(dtls);

	if(!profile)
		complain("no common profile");
	if(dtls->checked)
		dtls->profile = profile;
	dtls->state = dtls->profile ? DTLS_OK : DTLS_FAILED;
}

static void fail(struct dtls *dtls)
{
	dtls->state = dtls->refused ? DTLS_MISMATCH : DTLS_FAILED;
	complain(dtls->refused ? "the fingerprint is not the certificate's"
						   : "handshake");
}

static void shake(struct dtls *dtls)
{
	int done;

	ERR_clear_error();
	done = SSL_do_handshake(dtls->ssl);
	if(done == 1)
		finish(dtls);
	else if(SSL_get_error(dtls->ssl, done) != SSL_ERROR_WANT_READ)
		fail(dtls);
}

/* OpenSSL answers here when the peer repeats its last flight. */
static void read_on(struct dtls *dtls)
{
	uint8_t ignored[MTU];

	SSL_read(dtls->ssl, ignored, sizeof(ignored));
	ERR_clear_error();
}

void dtls_receive(struct dtls *dtls, const uint8_t *data, size_t len)
{
	dtls->in = data;
	dtls->in_len = len;
	if(dtls->state == DTLS_WAITING)
		shake(dtls);
	else if(dtls->state == DTLS_OK)
		read_on(dtls);
	dtls->in = NULL;
}

void dtls_tick(struct dtls *dtls)
{
	if(dtls->state != DTLS_WAITING)
		return;
	if(SSL_in_before(dtls->ssl))
		shake(dtls);
	else if(DTLSv1_handle_timeout(dtls->ssl) < 0)
		fail(dtls);
}

int dtls_wait_ms(struct dtls *dtls)
{
	struct timeval tv;

	if(dtls->state != DTLS_WAITING || DTLSv1_get_timeout(dtls->ssl, &tv) != 1)
		return -1;
	return (int)(tv.tv_sec * 1000 + (tv.tv_usec + 999) / 1000);
}

enum dtls_state dtls_state(const struct dtls *dtls)
{
	return dtls->state;
}

const char *dtls_profile(const struct dtls *dtls)
{
	return dtls->profile ? dtls->profile->name : "none";
}

/* --- the keys --- */

/* RFC 5764, 4.2: the key of the client, of the server, then their salts */
static void cut(const struct profile *profile, const struct suite *suite,
		const uint8_t *material, unsigned server, struct suite_key *key)
{
	size_t key_len = srtp_profile_get_master_key_length(profile->id);
	size_t salt_len = suite->key_len - key_len;

	memcpy(key->bytes, material + server * key_len, key_len);
	memcpy(key->bytes + key_len, material + 2 * key_len + server * salt_len,
			salt_len);
}

bool dtls_export(const struct dtls *dtls, struct dtls_keys *keys)
{
	const struct profile *profile = dtls->profile;
	const struct suite *suite = profile ? suite_find(profile->suite) : NULL;
	uint8_t material[2 * SUITE_KEY_MAX];
	unsigned server;

	if(!suite
			|| SSL_export_keying_material(dtls->ssl, material,
					   2 * suite->key_len, LABEL, strlen(LABEL), NULL, 0, 0)
					   != 1)
		return false;
	server = (unsigned)SSL_is_server(dtls->ssl);
	keys->suite = suite;
	cut(profile, suite, material, server, &keys->tx);
	cut(profile, suite, material, !server, &keys->rx);
	explicit_bzero(material, sizeof(material));
	return true;
}
