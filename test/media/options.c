/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "options.h"

#include <getopt.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"
#include "tone.h"

#define PORT_MAX 65535
#define PACKETS_MAX 3000 /* a minute of sound: all of it is judged */
#define MS_MAX 600000
#define ADDRESS_TEXT_MAX 64

static const struct option table[] = {
		{"local", required_argument, NULL, OPTION_LOCAL},
		{"remote", required_argument, NULL, OPTION_REMOTE},
		{"send-hz", required_argument, NULL, OPTION_SEND_HZ},
		{"expect-hz", required_argument, NULL, OPTION_EXPECT_HZ},
		{"packets", required_argument, NULL, OPTION_PACKETS},
		{"interval-ms", required_argument, NULL, OPTION_INTERVAL_MS},
		{"timeout-ms", required_argument, NULL, OPTION_TIMEOUT_MS},
		{"suite", required_argument, NULL, OPTION_SUITE},
		{"tx-key", required_argument, NULL, OPTION_TX_KEY},
		{"rx-key", required_argument, NULL, OPTION_RX_KEY},
		{"expect-silence", no_argument, NULL, OPTION_EXPECT_SILENCE},
		{"pcap", required_argument, NULL, OPTION_PCAP},
		{"hz", required_argument, NULL, OPTION_HZ},
		{"port", required_argument, NULL, OPTION_PORT},
		{"control", required_argument, NULL, OPTION_CONTROL},
		{"echo", required_argument, NULL, OPTION_ECHO},
		{"dtls", required_argument, NULL, OPTION_DTLS},
		{"cert", required_argument, NULL, OPTION_CERT},
		{"peer-fingerprint", required_argument, NULL, OPTION_PEER_FINGERPRINT},
		{"profiles", required_argument, NULL, OPTION_PROFILES},
		{"out", required_argument, NULL, OPTION_OUT},
		{"type", required_argument, NULL, OPTION_TYPE},
		{"hash", required_argument, NULL, OPTION_HASH},
		{NULL, 0, NULL, 0},
};

/* keys are read last, when the suite is known */
struct key_texts
{
	char *tx, *rx;
};

static const char *option_name(unsigned bit)
{
	const struct option *o = table;

	while(o->name && (unsigned)o->val != bit)
		o++;
	return o->name;
}

static bool read_number(
		const char *text, unsigned min, unsigned max, unsigned *number)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if(*text < '0' || *text > '9' || *end || value < min || value > max)
		return false;
	*number = (unsigned)value;
	return true;
}

static bool read_hz(const char *text, unsigned *hz)
{
	return read_number(text, TONE_HZ_MIN, TONE_HZ_MAX, hz);
}

static bool resolve(
		const char *host, const char *port, struct sockaddr_storage *addr)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
			.ai_socktype = SOCK_DGRAM};
	struct addrinfo *found;

	if(getaddrinfo(host, port, &hints, &found) != 0)
		return false;
	memcpy(addr, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return true;
}

/* 192.0.2.1:5004 or [2001:db8::1]:5004 */
static bool read_address(const char *text, struct sockaddr_storage *addr)
{
	char host[ADDRESS_TEXT_MAX];
	const char *colon = strrchr(text, ':');
	unsigned port;
	size_t len;

	if(!colon || !read_number(colon + 1, 1, PORT_MAX, &port))
		return false;
	len = (size_t)(colon - text);
	if(len > 2 && text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	if(len == 0 || len >= sizeof(host))
		return false;
	memcpy(host, text, len);
	host[len] = '\0';
	return resolve(host, colon + 1, addr);
}

static bool read_suite(const char *name, struct options *options)
{
	options->talk.leg.suite = suite_find(name);
	if(!options->talk.leg.suite)
		fprintf(stderr, "mediapeer: libsrtp2 has no suite %s\n", name);
	return options->talk.leg.suite != NULL;
}

static bool read_role(const char *text, struct options *options)
{
	options->talk.leg.dtls = true;
	options->talk.dtls.role =
			strcmp(text, "active") == 0 ? DTLS_ACTIVE : DTLS_PASSIVE;
	return strcmp(text, "active") == 0 || strcmp(text, "passive") == 0;
}

/* what belongs to DTLS */
static bool read_dtls_option(int bit, char *text, struct options *options)
{
	switch(bit) {
		case OPTION_DTLS:
			return read_role(text, options);
		case OPTION_CERT:
			options->talk.dtls.cert = text;
			return true;
		case OPTION_PEER_FINGERPRINT:
			return fingerprint_read(text, &options->talk.dtls.peer);
		case OPTION_PROFILES:
			options->talk.dtls.profiles = text;
			return true;
		case OPTION_OUT:
			options->out = text;
			return true;
		case OPTION_TYPE:
			options->cert_type = text;
			return cert_type_is_known(text);
		case OPTION_HASH:
			options->hash = fingerprint_hash_find(text);
			return options->hash != NULL;
		default:
			return false;
	}
}

static bool read_option(
		int bit, char *text, struct options *options, struct key_texts *keys)
{
	struct talk_config *talk = &options->talk;

	switch(bit) {
		case OPTION_LOCAL:
			return read_address(text, &talk->leg.local);
		case OPTION_REMOTE:
			return read_address(text, &talk->leg.remote);
		case OPTION_SEND_HZ:
			return read_hz(text, &talk->send_hz);
		case OPTION_EXPECT_HZ:
			return read_hz(text, &talk->expect_hz);
		case OPTION_PACKETS:
			return read_number(text, 1, PACKETS_MAX, &talk->packets);
		case OPTION_INTERVAL_MS:
			return read_number(text, 1, MS_MAX, &talk->interval_ms);
		case OPTION_TIMEOUT_MS:
			return read_number(text, 0, MS_MAX, &talk->timeout_ms);
		case OPTION_SUITE:
			return read_suite(text, options);
		case OPTION_TX_KEY:
			keys->tx = text;
			return true;
		case OPTION_RX_KEY:
			keys->rx = text;
			return true;
		case OPTION_EXPECT_SILENCE:
			talk->expect_silence = true;
			return true;
		case OPTION_PCAP:
			options->pcap = text;
			return true;
		case OPTION_HZ:
			return read_hz(text, &options->hz);
		case OPTION_PORT:
			return read_number(text, 1, PORT_MAX, &options->port);
		case OPTION_CONTROL:
			return read_address(text, &options->control);
		case OPTION_ECHO:
			return read_address(text, &options->echo);
		default:
			return read_dtls_option(bit, text, options);
	}
}

static bool read_all(
		int argc, char **argv, struct options *options, struct key_texts *keys)
{
	int bit;

	while((bit = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if(bit == '?') /* getopt_long() has complained */
			return false;
		if(!read_option(bit, optarg, options, keys)) {
			fprintf(stderr, "mediapeer: --%s: bad value\n",
					option_name((unsigned)bit));
			return false;
		}
		options->given |= (unsigned)bit;
	}
	if(optind < argc)
		fprintf(stderr, "mediapeer: an argument too many\n");
	return optind == argc;
}

static bool complain(unsigned bits, const char *what)
{
	if(bits)
		fprintf(stderr, "mediapeer: --%s %s\n", option_name(bits & -bits),
				what);
	return bits == 0;
}

static bool is_complete(
		const struct options *options, unsigned required, unsigned allowed)
{
	unsigned keys = OPTION_TX_KEY | OPTION_RX_KEY;
	unsigned dtls = OPTION_DTLS | OPTION_CERT | OPTION_PEER_FINGERPRINT;
	unsigned given = options->given;

	/* a suite and its keys come together, where keys are allowed at all */
	if((given & (OPTION_SUITE | keys)) && (allowed & keys))
		required |= OPTION_SUITE | keys;
	/* so does DTLS, and it makes its own keys */
	if((given & (dtls | OPTION_PROFILES)) && (allowed & dtls)) {
		required |= dtls;
		allowed &= ~(OPTION_SUITE | keys);
		required &= ~(OPTION_SUITE | keys);
	}
	return complain(given & ~(required | allowed), "does not belong here")
		   && complain(required & ~given, "is missing");
}

static bool read_key(const struct suite *suite, char *text, const char *name,
		struct suite_key *key)
{
	const char *prefix = "inline:";
	size_t skip = strncmp(text, prefix, strlen(prefix)) ? 0 : strlen(prefix);
	bool ok = suite_key_read(suite, text + skip, key);

	if(!ok)
		fprintf(stderr,
				"mediapeer: --%s: not the base64 of %zu bytes, as %s has\n",
				name, suite->key_len, suite->name);
	return ok;
}

static void hide(char *text)
{
	if(text)
		explicit_bzero(text, strlen(text));
}

bool options_read(int argc, char **argv, unsigned required, unsigned allowed,
		struct options *options)
{
	struct key_texts keys = {0};
	struct leg_config *leg = &options->talk.leg;
	bool ok;

	memset(options, 0, sizeof(*options));
	options->talk.packets = 50;
	options->talk.interval_ms = 5;
	options->talk.timeout_ms = 5000;
	options->cert_type = "ec";
	options->hash = fingerprint_hash_find("sha-256");
	ok = read_all(argc, argv, options, &keys)
		 && is_complete(options, required, allowed);
	leg->watch_hz = options->talk.expect_hz;
	if(ok && keys.tx)
		ok = read_key(leg->suite, keys.tx, "tx-key", &leg->tx_key)
			 && read_key(leg->suite, keys.rx, "rx-key", &leg->rx_key);
	hide(keys.tx);
	hide(keys.rx);
	return ok;
}
