/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "selftest.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cert.h"
#include "talk.h"
#include "tone.h"

#define ROUNDS_MAX 400 /* of the pump: about a second */
#define WIRE_MAX 32	   /* datagrams on their way */
#define CERTS 3
#define STRANGER 2 /* the certificate that stands in nobody's SDP */

static selftest_check *check;

static const char *const profile_names[] = {
		"SRTP_AES128_CM_SHA1_80",
		"SRTP_AES128_CM_SHA1_32",
		"SRTP_AEAD_AES_128_GCM",
		"SRTP_AEAD_AES_256_GCM",
};
#define PROFILES (sizeof(profile_names) / sizeof(profile_names[0]))

/* --- certificates: 0 for the active end, 1 for the passive one --- */

static struct cert
{
	char file[32];
	struct fingerprint fp;
} certs[CERTS];

static bool make_cert(struct cert *cert, const char *type)
{
	int fd;

	strcpy(cert->file, "/tmp/mediapeer-XXXXXX");
	fd = mkstemp(cert->file);
	if(fd >= 0)
		close(fd);
	return fd >= 0 && cert_make(type, "sha-256", cert->file, &cert->fp);
}

static bool make_certs(const char *active, const char *passive)
{
	return make_cert(&certs[0], active) && make_cert(&certs[1], passive)
		   && make_cert(&certs[STRANGER], "ec");
}

static void drop_certs(void)
{
	for(size_t i = 0; i < CERTS; i++)
		unlink(certs[i].file);
}

/* Refusals are the point of some tests, not to be read.
 * @return to be given to speak_again() */
static int hush(void)
{
	int real = dup(STDERR_FILENO);
	int null = open("/dev/null", O_WRONLY);

	fflush(stderr);
	dup2(null, STDERR_FILENO);
	close(null);
	return real;
}

static void speak_again(int real)
{
	fflush(stderr);
	dup2(real, STDERR_FILENO);
	close(real);
}

/* --- fingerprints --- */

static void test_fingerprint_text(void)
{
	static const struct
	{
		const char *text;
		bool ok;
	} rows[] = {
			/* RFC 4572, 5 (RFC 8122 shows no SHA-1) */
			{"SHA-1 "
			 "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
					true},
			{"sha-1 "
			 "4a:ad:b9:b1:3f:82:18:3b:54:02:12:df:3e:5d:49:6b:19:e5:7c:ab",
					true},
			{"sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C",
					false},
			{"sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C",
					false},
			{"sha-1 4AADB9B13F82183B540212DF3E5D496B19E57CAB", false},
			{"sha-1 "
			 "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:XX",
					false},
			{"md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B", false},
			{"a-hash-whose-name-does-not-end 4A", false},
			{"sha-1", false},
			{"", false},
	};
	struct fingerprint fp;

	for(size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(fingerprint_read(rows[i].text, &fp) == rows[i].ok,
				"fingerprint text", rows[i].text);
}

static void test_fingerprint_round_trip(const char *hash)
{
	struct fingerprint fp, again = {0};
	struct cert cert;
	char text[FINGERPRINT_TEXT_SIZE];
	bool made = make_cert(&cert, "ec")
				&& cert_make("ec", fingerprint_hash_find(hash), cert.file, &fp);

	check(made, "certificate made", hash);
	unlink(cert.file);
	if(!made)
		return;
	fingerprint_write(&fp, text);
	check(strncmp(text, hash, strlen(hash)) == 0 && text[strlen(hash)] == ' '
					&& fingerprint_read(text, &again) && again.len == fp.len
					&& again.hash == fp.hash
					&& memcmp(again.bytes, fp.bytes, fp.len) == 0,
			"fingerprint written and read", hash);
}

/* --- two ends and a wire between them, without sockets --- */

struct wire
{
	size_t n;
	size_t len[WIRE_MAX];
	uint8_t data[WIRE_MAX][LEG_DATAGRAM_MAX];
};

static struct wire wires[2]; /* towards the active end, the passive one */
static struct dtls *ends[2];
static struct dtls_config configs[2];
static int sent, lost; /* datagrams in all; which of them is lost */

static bool put(void *arg, const uint8_t *data, size_t len)
{
	struct wire *wire = arg;

	if(sent++ == lost)
		return true;
	if(wire->n == WIRE_MAX || len > LEG_DATAGRAM_MAX)
		return false;
	memcpy(wire->data[wire->n], data, len);
	wire->len[wire->n++] = len;
	return true;
}

static bool deliver(void)
{
	bool any = false;

	for(int to = 0; to < 2; to++) {
		for(size_t i = 0; i < wires[to].n; i++) {
			dtls_receive(ends[to], wires[to].data[i], wires[to].len[i]);
			any = true;
		}
		wires[to].n = 0;
	}
	return any;
}

static bool is_waiting(void)
{
	return dtls_state(ends[0]) == DTLS_WAITING
		   || dtls_state(ends[1]) == DTLS_WAITING;
}

static void pump(void)
{
	for(int i = 0; i < ROUNDS_MAX && is_waiting(); i++) {
		dtls_tick(ends[0]);
		dtls_tick(ends[1]);
		if(!deliver())
			usleep(2000);
	}
}

/* what two well-behaved ends have */
static void expect_peace(void)
{
	for(unsigned i = 0; i < 2; i++) {
		configs[i] = (struct dtls_config){
				.role = i == 0 ? DTLS_ACTIVE : DTLS_PASSIVE,
				.cert = certs[i].file,
				.peer = certs[!i].fp};
	}
	lost = -1;
}

/* Shake hands as configs say; ends are to be dropped with drop_ends(). */
static bool open_ends(void)
{
	sent = 0;
	memset(wires, 0, sizeof(wires));
	for(unsigned i = 0; i < 2; i++)
		ends[i] = dtls_new(&configs[i], put, &wires[!i]);
	if(!ends[0] || !ends[1])
		return false;
	pump();
	return true;
}

static void drop_ends(void)
{
	dtls_free(ends[0]);
	dtls_free(ends[1]);
	ends[0] = ends[1] = NULL;
}

/* Do both ends finish in these states? */
static bool ends_as(enum dtls_state active, enum dtls_state passive)
{
	bool ok = open_ends() && dtls_state(ends[0]) == active
			  && dtls_state(ends[1]) == passive;

	drop_ends();
	return ok;
}

/* --- legs keyed by the handshake --- */

static bool open_leg(struct leg *leg)
{
	struct leg_config config = {.dtls = true, .watch_hz = 440};

	selftest_any_port(&config.local);
	return leg_open(leg, &config);
}

static enum leg_event say(struct leg *from, struct leg *to)
{
	struct tone_source source;
	struct leg_packet packet;
	uint8_t pcmu[TONE_FRAME];
	enum leg_event event;

	tone_source_init(&source, to->watch_hz);
	tone_source_read(&source, pcmu, sizeof(pcmu));
	if(!leg_send(from, pcmu, sizeof(pcmu)))
		return LEG_FAILED;
	event = selftest_wait_event(to, &packet);
	if(event == LEG_AUDIO
			&& (packet.len != sizeof(pcmu)
					|| memcmp(packet.payload, pcmu, packet.len) != 0))
		return LEG_OTHER;
	return event;
}

static bool key_leg(struct leg *leg, const struct dtls *dtls)
{
	struct dtls_keys keys;

	return dtls_export(dtls, &keys)
		   && leg_key(leg, keys.suite, &keys.tx, &keys.rx);
}

static void talk_over_legs(struct leg *legs, const char *which)
{
	selftest_aim(&legs[0], &legs[1]);
	selftest_aim(&legs[1], &legs[0]);
	check(say(&legs[0], &legs[1]) == LEG_FAILED, "no media before the keys",
			which);
	check(key_leg(&legs[0], ends[0]), "keys of the active end", which);
	check(say(&legs[0], &legs[1]) == LEG_OTHER, "media before the keys is not",
			which);
	check(key_leg(&legs[1], ends[1]), "keys of the passive end", which);
	check(say(&legs[0], &legs[1]) == LEG_AUDIO, "active to passive", which);
	check(say(&legs[1], &legs[0]) == LEG_AUDIO, "passive to active", which);
}

static void test_profile(const char *name, unsigned choosy)
{
	static struct leg legs[2];
	bool ok;

	expect_peace();
	configs[choosy].profiles = name;
	ok = open_ends() && strcmp(dtls_profile(ends[0]), name) == 0
		 && strcmp(dtls_profile(ends[1]), name) == 0;
	check(ok, "profile agreed", name);
	if(ok && open_leg(&legs[0])) {
		if(open_leg(&legs[1])) {
			talk_over_legs(legs, name);
			leg_close(&legs[1]);
		}
		leg_close(&legs[0]);
	}
	drop_ends();
}

/* --- what must not, and what must, come up --- */

static void test_refusals(void)
{
	int real = hush();

	expect_peace();
	configs[0].peer = certs[STRANGER].fp;
	check(ends_as(DTLS_MISMATCH, DTLS_FAILED), "mismatch refused", "active");
	expect_peace();
	configs[1].peer = certs[STRANGER].fp;
	check(ends_as(DTLS_FAILED, DTLS_MISMATCH), "mismatch refused", "passive");
	expect_peace();
	configs[0].cert = certs[STRANGER].file;
	check(ends_as(DTLS_FAILED, DTLS_MISMATCH), "other certificate", "active");
	expect_peace();
	configs[1].cert = certs[STRANGER].file;
	check(ends_as(DTLS_MISMATCH, DTLS_FAILED), "other certificate", "passive");
	expect_peace();
	configs[1].peer.bytes[configs[1].peer.len - 1] ^= 1;
	check(ends_as(DTLS_FAILED, DTLS_MISMATCH), "mismatch refused", "one bit");
	expect_peace();
	configs[0].profiles = profile_names[0];
	configs[1].profiles = profile_names[1];
	check(ends_as(DTLS_FAILED, DTLS_FAILED), "no common profile", "refused");
	speak_again(real);
}

static void test_bad_configs(void)
{
	int real = hush();

	expect_peace();
	configs[0].cert = "/nonexistent";
	check(!dtls_new(&configs[0], put, &wires[0]), "config", "no certificate");
	expect_peace();
	configs[0].profiles = "SRTP_NULL_SHA1_80";
	check(!dtls_new(&configs[0], put, &wires[0]), "config", "NULL profile");
	speak_again(real);
}

static void test_loss(int nth)
{
	char which[32];

	snprintf(which, sizeof(which), "datagram %d", nth);
	expect_peace();
	lost = nth;
	check(ends_as(DTLS_OK, DTLS_OK) && sent > lost, "a loss is repaired",
			which);
}

/* each datagram once, the last flight with them */
static void test_losses(void)
{
	int all;

	expect_peace();
	check(ends_as(DTLS_OK, DTLS_OK), "a loss is repaired", "none");
	all = sent;
	for(int nth = 0; nth < all; nth++)
		test_loss(nth);
}

static void test_silent_peer(void)
{
	expect_peace();
	configs[0].role = DTLS_PASSIVE;
	check(ends_as(DTLS_WAITING, DTLS_WAITING) && sent == 0,
			"nobody shakes hands", "both passive");
}

/* --- RFC 5764, 5.1.2: the first byte tells what it is --- */

static bool is_told_apart(struct leg *from, struct leg *to, unsigned first)
{
	uint8_t datagram[40] = {(uint8_t)first, 99};
	struct leg_packet packet;

	leg_send_datagram(from, datagram, sizeof(datagram));
	return selftest_wait_event(to, &packet)
		   == (first >= 20 && first <= 63 ? LEG_DTLS : LEG_OTHER);
}

static void test_demultiplex(void)
{
	static struct leg leg;
	unsigned right = 0;

	if(open_leg(&leg)) {
		selftest_aim(&leg, &leg);
		for(unsigned first = 0; first < 256; first++)
			right += is_told_apart(&leg, &leg, first);
		leg_close(&leg);
	}
	check(right == 256, "first byte", "dtls or not");
}

/* --- whole talks, on two sockets --- */

static struct side
{
	struct talk_config config;
	struct talk_counts counts;
	unsigned late_ms;
	bool ran;
} sides[2];

static void *run_side(void *arg)
{
	struct side *side = arg;

	usleep(side->late_ms * 1000);
	side->ran = talk_run(&side->config, &side->counts);
	return NULL;
}

/* a port that was free a moment ago */
static void free_port(struct sockaddr_storage *addr)
{
	socklen_t len = sizeof(struct sockaddr_in);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	selftest_any_port(addr);
	bind(fd, (struct sockaddr *)addr, len);
	getsockname(fd, (struct sockaddr *)addr, &len);
	close(fd);
}

static void set_sides(void)
{
	expect_peace();
	memset(sides, 0, sizeof(sides));
	for(unsigned i = 0; i < 2; i++) {
		sides[i].config = (struct talk_config){.packets = 10,
				.interval_ms = 2,
				.timeout_ms = 2000,
				.dtls = configs[i],
				.leg.dtls = true};
		sides[i].config.send_hz = i == 0 ? 440 : 880;
		sides[i].config.expect_hz = i == 0 ? 880 : 440;
		sides[i].config.leg.watch_hz = sides[i].config.expect_hz;
		free_port(&sides[i].config.leg.local);
	}
	sides[0].config.leg.remote = sides[1].config.leg.local;
	sides[1].config.leg.remote = sides[0].config.leg.local;
}

static void run_sides(void)
{
	pthread_t other;

	if(pthread_create(&other, NULL, run_side, &sides[0]) != 0)
		return;
	run_side(&sides[1]);
	pthread_join(other, NULL);
}

static bool judged(unsigned i, enum talk_verdict verdict)
{
	return sides[i].ran
		   && talk_judge(&sides[i].config, &sides[i].counts) == verdict;
}

static void test_talk_ok(unsigned late)
{
	set_sides();
	sides[late].late_ms = 100;
	run_sides();
	check(judged(0, TALK_OK) && judged(1, TALK_OK), "talk over dtls",
			late == 0 ? "active is late" : "passive is late");
}

static void test_talk_mismatch(void)
{
	set_sides();
	sides[0].config.dtls.peer = certs[STRANGER].fp;
	sides[1].config.timeout_ms = 300;
	run_sides();
	check(judged(0, TALK_MISMATCH) && judged(1, TALK_NO_HANDSHAKE),
			"talk with mismatch", "verdicts");
	check(sides[0].counts.sent + sides[1].counts.sent == 0
					&& sides[0].counts.received + sides[1].counts.received == 0,
			"talk with mismatch", "no media");
}

static void test_talk_stranger(void)
{
	set_sides();
	sides[0].config.dtls.cert = certs[STRANGER].file;
	sides[0].config.expect_silence = true;
	sides[0].config.timeout_ms = 300;
	run_sides();
	check(judged(0, TALK_OK) && judged(1, TALK_MISMATCH),
			"talk with another certificate", "verdicts");
	check(sides[0].counts.sent + sides[1].counts.sent == 0,
			"talk with another certificate", "no media");
}

/* plain RTP towards an end that waits for its handshake is a leak */
static void test_talk_leak(void)
{
	set_sides();
	sides[0].config.leg.dtls = false;
	sides[0].config.timeout_ms = sides[1].config.timeout_ms = 300;
	sides[1].config.expect_silence = true;
	run_sides();
	check(judged(0, TALK_NO_PACKETS) && judged(1, TALK_UNEXPECTED),
			"talk with a plain end", "leak");
}

static void test_talks(void)
{
	int real;

	test_talk_ok(0);
	test_talk_ok(1);
	real = hush();
	test_talk_mismatch();
	test_talk_stranger();
	test_talk_leak();
	speak_again(real);
}

static void test_dtls_judge(void)
{
	static const struct
	{
		const char *name;
		bool silence;
		struct talk_counts counts;
		enum talk_verdict verdict;
	} rows[] = {
			{"all heard", false, {.dtls = DTLS_OK, .audio = 25, .tone = 880},
					TALK_OK},
			{"nothing", false, {.dtls = DTLS_OK}, TALK_NO_PACKETS},
			{"never done", false, {.dtls = DTLS_WAITING}, TALK_NO_HANDSHAKE},
			{"failed", false, {.dtls = DTLS_FAILED}, TALK_NO_HANDSHAKE},
			{"mismatch", false, {.dtls = DTLS_MISMATCH}, TALK_MISMATCH},
			{"failed", true, {.dtls = DTLS_FAILED}, TALK_OK},
			{"never done", true, {.dtls = DTLS_WAITING}, TALK_OK},
			{"silence", true, {.dtls = DTLS_OK}, TALK_OK},
			{"heard", true, {.dtls = DTLS_OK, .audio = 1}, TALK_UNEXPECTED},
			{"mismatch", true, {.dtls = DTLS_MISMATCH}, TALK_MISMATCH},
			{"leak", true, {.dtls = DTLS_FAILED, .clear = 1}, TALK_UNEXPECTED},
			{"leak", false, {.dtls = DTLS_MISMATCH, .clear = 1},
					TALK_UNEXPECTED},
	};

	for(size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct talk_config config = {.expect_hz = 880,
				.packets = 50,
				.expect_silence = rows[i].silence,
				.leg.dtls = true};

		check(talk_judge(&config, &rows[i].counts) == rows[i].verdict,
				"verdict over dtls", rows[i].name);
	}
}

static void test_handshakes(const char *active, const char *passive)
{
	bool made = make_certs(active, passive);

	check(made, "certificates made", active);
	if(made) {
		for(size_t i = 0; i < PROFILES; i++) {
			test_profile(profile_names[i], 0);
			test_profile(profile_names[i], 1);
		}
		test_refusals();
	}
	drop_certs();
}

static void test_one_pair(void)
{
	bool made = make_certs("ec", "ec");

	check(made, "certificates made", "ec");
	if(made) {
		test_bad_configs();
		test_losses();
		test_silent_peer();
		test_talks();
	}
	drop_certs();
}

void selftest_dtls(selftest_check *counted)
{
	check = counted;
	test_fingerprint_text();
	test_fingerprint_round_trip("sha-1");
	test_fingerprint_round_trip("sha-256");
	test_fingerprint_round_trip("sha-384");
	test_fingerprint_round_trip("sha-512");
	test_demultiplex();
	test_dtls_judge();
	test_handshakes("ec", "rsa");
	test_handshakes("rsa", "ec");
	test_one_pair();
}
