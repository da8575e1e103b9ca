/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_mark.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "../../core/crypto/sha256.h"
#include "../../core/dprint.h"
#include "../../core/parser/parse_from.h"
#include "../../core/parser/parse_rr.h"
#include "../../core/parser/parse_to.h"
#include "../rr/api.h"

#include "mediasec_str.h"

#define MAC_DIGITS 16 /* 64 bits: guessed online only */

static struct rr_binds rr;
static uint8_t key[SHA256_BLOCK_LENGTH];
static str param = str_init("ms");

/* ---- keyed hash --------------------------------------------------------- */

/* HMAC (RFC 2104) with SHA-256 over some texts, each closed by a NUL. */
static void keyed_hash(
		const struct ms_str *text, int n, uint8_t out[SHA256_DIGEST_LENGTH])
{
	uint8_t pad[SHA256_BLOCK_LENGTH], inner[SHA256_DIGEST_LENGTH];
	SHA256_CTX ctx;
	int i;

	for(i = 0; i < SHA256_BLOCK_LENGTH; i++)
		pad[i] = key[i] ^ 0x36;
	sr_SHA256_Init(&ctx);
	sr_SHA256_Update(&ctx, pad, sizeof(pad));
	for(i = 0; i < n; i++) {
		sr_SHA256_Update(&ctx, (const uint8_t *)text[i].p, text[i].len);
		sr_SHA256_Update(&ctx, (const uint8_t *)"", 1);
	}
	sr_SHA256_Final(inner, &ctx);

	for(i = 0; i < SHA256_BLOCK_LENGTH; i++)
		pad[i] = key[i] ^ 0x5c;
	sr_SHA256_Init(&ctx);
	sr_SHA256_Update(&ctx, pad, sizeof(pad));
	sr_SHA256_Update(&ctx, inner, sizeof(inner));
	sr_SHA256_Final(out, &ctx);
}

static void to_hex(const uint8_t *in, int digits, char *out)
{
	static const char hex[] = "0123456789abcdef";
	int i;

	for(i = 0; i < digits; i++)
		out[i] = hex[i & 1 ? in[i / 2] & 15 : in[i / 2] >> 4];
	out[digits] = '\0';
}

struct ms_str mediasec_mark_id(struct ms_str call_id,
		const struct mediasec_origin *origin, bool callee,
		char buf[MEDIASEC_ID_MAX])
{
	int n = snprintf(buf, MEDIASEC_ID_MAX, "%s~%u.%u%s", MS_LOG_VALUE(call_id),
			origin->index, origin->label, callee ? "~callee" : "");

	return (struct ms_str){buf, (size_t)n};
}

struct ms_str mediasec_mark_tls_id(struct ms_str call_id,
		const struct mediasec_origin *origin, char buf[MEDIASEC_TLS_ID_LEN + 1])
{
	char id[MEDIASEC_ID_MAX];
	struct ms_str text[] = {
			MS_STR("tls-id"), mediasec_mark_id(call_id, origin, false, id)};
	uint8_t hash[SHA256_DIGEST_LENGTH];

	keyed_hash(text, 2, hash);
	to_hex(hash, MEDIASEC_TLS_ID_LEN, buf);
	return (struct ms_str){buf, MEDIASEC_TLS_ID_LEN};
}

static void make_mac(sip_msg_t *msg, struct ms_str caller_tag,
		struct ms_str said, char mac[MAC_DIGITS + 1])
{
	struct ms_str text[] = {MS_STR("legs"), mediasec_view(&msg->callid->body),
			caller_tag, said};
	uint8_t hash[SHA256_DIGEST_LENGTH];

	keyed_hash(text, 4, hash);
	to_hex(hash, MAC_DIGITS, mac);
}

int mediasec_mark_init(void)
{
	const char *secret = mediasec_options.secret;
	size_t len = strlen(secret);

	if(rr_load_api(&rr) < 0) {
		LM_ERR("the rr module is needed, loaded before\n");
		return -1;
	}
	if(len == 0) {
		LM_NOTICE("parameter secret is not set: after a restart calls in "
				  "progress are not recognised\n");
		return getrandom(key, sizeof(key), 0) == sizeof(key) ? 0 : -1;
	}
	if(len > sizeof(key)) {
		LM_ERR("parameter secret: more than %zu characters\n", sizeof(key));
		return -1;
	}
	memcpy(key, secret, len);
	return 0;
}

/* ---- the mark: "ms=<caller><callee><sides><branch><mac>" ---------------- */

#define MODES_LEN 3 /* two letters and a digit */
#define MARK_MAX 128

/* A capital letter: nothing else to the end of the dialog. */
static const struct
{
	char letter;
	struct ms_leg leg;
} letters[] = {
		{'p', {MS_MODE_PLAIN, 0}},
		{'s', {MS_MODE_SECURED, MS_MECH_SDES}},
		{'S', {MS_MODE_ENFORCED, MS_MECH_SDES}},
		{'d', {MS_MODE_SECURED, MS_MECH_DTLS}},
		{'D', {MS_MODE_ENFORCED, MS_MECH_DTLS}},
};

#define LETTERS (sizeof(letters) / sizeof(letters[0]))

static bool read_letter(char c, struct ms_leg *leg)
{
	unsigned i;

	for(i = 0; i < LETTERS; i++) {
		if(letters[i].letter == c) {
			*leg = letters[i].leg;
			return true;
		}
	}
	return false;
}

static char letter_of(const struct ms_leg *leg)
{
	unsigned i;

	for(i = 0; i < LETTERS; i++) {
		if(letters[i].leg.mode == leg->mode && letters[i].leg.mech == leg->mech)
			return letters[i].letter;
	}
	return 'S'; /* not reached: the strictest */
}

/* Two bits: who of caller and callee is on the core's side. */
static char sides_of(const struct mediasec_legs *legs)
{
	return (char)('0' + 2 * (legs->from_side == MEDIASEC_CORE)
				  + (legs->to_side == MEDIASEC_CORE));
}

int mediasec_mark_add(sip_msg_t *msg, const struct mediasec_legs *legs)
{
	char said[MARK_MAX], mac[MAC_DIGITS + 1], text[MARK_MAX + MAC_DIGITS + 8];
	str mark = {text, 0};

	snprintf(said, sizeof(said), "%c%c%c%.*s", letter_of(&legs->from),
			letter_of(&legs->to), sides_of(legs), (int)legs->branch.len,
			legs->branch.p);
	make_mac(msg, mediasec_view(&get_from(msg)->tag_value),
			mediasec_view_z(said), mac);
	mark.len = snprintf(text, sizeof(text), ";ms=%s%s", said, mac);
	return rr.add_rr_param(msg, &mark) < 0 ? -1 : 0;
}

/* @return the branch that the mark in a URI names, and more; empty: no mark */
static struct ms_str branch_in(const str *uri)
{
	struct ms_str rest = mediasec_view(uri), one;

	while(rest.len > 0) {
		one = ms_str_until(&rest, ';');
		if(ms_str_has_prefix(one, MS_STR("ms=")) && one.len > 3 + MODES_LEN)
			return ms_str_from(one, 3 + MODES_LEN);
	}
	return MS_STR("");
}

bool mediasec_mark_is_of(const str *uri, const struct mediasec_origin *origin)
{
	char own[MEDIASEC_BRANCH_MAX];

	snprintf(own, sizeof(own), MEDIASEC_ORIGIN ".", origin->index,
			origin->label);
	return ms_str_has_prefix(branch_in(uri), mediasec_view_z(own));
}

bool mediasec_mark_is_in(sip_msg_t *msg)
{
	struct hdr_field *h;
	rr_t *r;

	for(h = msg->record_route; h; h = h->next) {
		if(h->type != HDR_RECORDROUTE_T || parse_rr(h) < 0)
			continue;
		for(r = (rr_t *)h->parsed; r; r = r->next) {
			if(branch_in(&r->nameaddr.uri).len > 0)
				return true;
		}
	}
	return false;
}

static bool read_origin(struct ms_str branch, struct mediasec_origin *origin)
{
	char text[MEDIASEC_BRANCH_MAX];

	if(branch.len >= sizeof(text))
		return false;
	memcpy(text, branch.p, branch.len);
	text[branch.len] = '\0';
	return sscanf(text, MEDIASEC_ORIGIN ".", &origin->index, &origin->label)
		   == 2;
}

static enum mediasec_side side_of(unsigned sides, bool caller)
{
	return sides & (caller ? 2 : 1) ? MEDIASEC_CORE : MEDIASEC_ACCESS;
}

static bool is_bound_to(
		sip_msg_t *msg, struct ms_str mac, struct ms_str said, const str *tag)
{
	char expected[MAC_DIGITS + 1];

	make_mac(msg, mediasec_view(tag), said, expected);
	return ms_str_eq(mac, mediasec_view_z(expected));
}

bool mediasec_mark_read(
		sip_msg_t *msg, enum mediasec_side side, struct mediasec_legs *legs)
{
	struct ms_leg caller, callee;
	struct mediasec_legs read = {0};
	struct ms_str said, mac;
	str value = {0, 0};

	if(get_to(msg)->tag_value.len == 0
			|| rr.get_route_param(msg, &param, &value) < 0)
		return false;
	said = mediasec_view(&value);
	if(said.len < MODES_LEN + MAC_DIGITS || !read_letter(said.p[0], &caller)
			|| !read_letter(said.p[1], &callee))
		return false;
	said.len -= MAC_DIGITS;
	mac = (struct ms_str){said.p + said.len, MAC_DIGITS};
	read.branch = ms_str_from(said, MODES_LEN);
	if(!read_origin(read.branch, &read.origin))
		return false;

	/* the tag the mark is bound to tells which party is speaking */
	read.from_caller = is_bound_to(msg, mac, said, &get_from(msg)->tag_value);
	if(!read.from_caller
			&& !is_bound_to(msg, mac, said, &get_to(msg)->tag_value))
		return false;
	if(side_of((unsigned)(said.p[2] - '0'), read.from_caller) != side)
		return false;
	read.from = read.from_caller ? caller : callee;
	read.to = read.from_caller ? callee : caller;
	*legs = read;
	return true;
}
