/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "selftest.h"

#include <netinet/in.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture.h"
#include "frame.h"
#include "talk.h"
#include "tone.h"

#define WAIT_MS 1000
#define ROUND_PACKETS 20

static unsigned passed, failed;

static void check(bool ok, const char *what, const char *which)
{
	if(ok) {
		passed++;
		return;
	}
	failed++;
	printf("media: FAILED %s (%s)\n", what, which);
}

static void make_tone(unsigned hz, uint8_t *pcmu, size_t n)
{
	struct tone_source source;

	tone_source_init(&source, hz);
	tone_source_read(&source, pcmu, n);
}

static void make_noise(uint8_t *pcmu, size_t n)
{
	for(size_t i = 0; i < n; i++)
		pcmu[i] = (uint8_t)(random() >> 8);
}

/* --- tone --- */

static void test_tone_detection(void)
{
	static const unsigned tones[] = {300, 440, 480, 880, 1000, 3400};
	uint8_t pcmu[10 * TONE_FRAME];
	size_t n = sizeof(tones) / sizeof(tones[0]);

	for(size_t made = 0; made < n; made++) {
		make_tone(tones[made], pcmu, sizeof(pcmu));
		check(tone_find(pcmu, sizeof(pcmu)) == tones[made], "tone found",
				"by search");
		for(size_t asked = 0; asked < n; asked++)
			check(tone_is_in(pcmu, sizeof(pcmu), tones[asked])
							== (asked == made),
					"tone told apart", "all pairs");
	}
}

static void test_tone_controls(void)
{
	uint8_t pcmu[2 * TONE_FRAME];

	memset(pcmu, 0xff, sizeof(pcmu));
	check(!tone_is_in(pcmu, sizeof(pcmu), 440), "no tone", "silence");
	for(size_t i = 0; i < sizeof(pcmu); i++) /* 500 Hz, the softest there is */
		pcmu[i] = i / 8 % 2 ? 0xfe : 0x7e;
	check(!tone_is_in(pcmu, sizeof(pcmu), 500), "no tone", "too soft");
	make_noise(pcmu, sizeof(pcmu));
	check(!tone_is_in(pcmu, sizeof(pcmu), 440), "no tone", "noise");
	check(tone_find(pcmu, sizeof(pcmu)) == 0, "no tone", "noise, search");
	make_tone(440, pcmu, sizeof(pcmu));
	check(!tone_is_in(pcmu, TONE_JUDGE_MIN - 1, 440), "no tone", "too short");
	check(tone_is_in(pcmu, TONE_JUDGE_MIN, 440), "tone", "short");
	make_noise(pcmu + TONE_FRAME, 16);
	check(tone_is_in(pcmu, TONE_FRAME + 16, 440), "tone", "with a tag behind");
	make_noise(pcmu + TONE_FRAME, TONE_FRAME);
	check(!tone_is_in(pcmu, sizeof(pcmu), 440), "no tone", "half noise");
}

/* --- rtp --- */

static void test_rtp_header(void)
{
	struct rtp out = {
			.seq = 0x1234, .timestamp = 0x89abcdef, .ssrc = 0x12345678};
	struct rtp in = {0};
	uint8_t packet[40] = {0};

	rtp_write_header(packet, &out);
	check(rtp_parse(packet, 20, &in) && in.seq == out.seq
					&& in.timestamp == out.timestamp && in.ssrc == out.ssrc
					&& in.pt == RTP_PT_PCMU && in.len == 8
					&& in.payload == packet + RTP_HEADER_LEN,
			"rtp header", "written and read");
	packet[0] = 0x80 | 0x10 | 1; /* one CSRC, an extension of one word */
	packet[19] = 1;
	check(rtp_parse(packet, 40, &in) && in.len == 40 - 24, "rtp header",
			"csrc and extension");
	check(!rtp_parse(packet, 23, &in), "rtp header", "cut extension");
	packet[0] = 0x80 | 0x20;
	packet[39] = 3;
	check(rtp_parse(packet, 40, &in) && in.len == 40 - 12 - 3, "rtp header",
			"padding");
	packet[1] = 200;
	check(!rtp_parse(packet, 40, &in), "rtp header", "rtcp");
	memcpy(packet, "INVITE sip:", 11);
	check(!rtp_parse(packet, 40, &in), "rtp header", "sip");
}

/* --- keys --- */

static void test_key_text(void)
{
	static const struct
	{
		const char *text;
		bool ok;
	} rows[] = {
			/* RFC 4568, 9.1 */
			{"d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", true},
			{"d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:32", true},
			{"d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSo", false},
			{"d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSojAA==", false},
			{"d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAw!Soj", false},
			{"d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj;", false},
			{"", false},
	};
	const struct suite *suite = suite_find("aes_cm_128_hmac_sha1_80");
	struct suite_key key;

	for(size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(suite && suite_key_read(suite, rows[i].text, &key) == rows[i].ok,
				"key text", rows[i].text);
	check(!suite_find("NULL_HMAC_SHA1_80"), "suite", "NULL_HMAC_SHA1_80");
}

static void test_key_round_trip(const struct suite *suite)
{
	struct suite_key key = {0}, again = {0};
	char text[SUITE_KEY_TEXT_SIZE];

	suite_key_make(suite, &key);
	suite_key_write(suite, &key, text);
	check(suite_key_read(suite, text, &again)
					&& memcmp(&key, &again, sizeof(key)) == 0,
			"key written and read", suite->name);
	text[strcspn(text, "=")] = '\0';
	check(suite_key_read(suite, text, &again)
					&& memcmp(&key, &again, sizeof(key)) == 0,
			"key without padding", suite->name);
}

/* --- legs: what is sent on one is heard on the other --- */

void selftest_any_port(struct sockaddr_storage *addr)
{
	struct sockaddr_in *in = (struct sockaddr_in *)addr;

	memset(addr, 0, sizeof(*addr));
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

void selftest_aim(struct leg *from, const struct leg *to)
{
	socklen_t len = sizeof(from->remote);

	getsockname(to->fd, (struct sockaddr *)&from->remote, &len);
}

enum leg_event selftest_wait_event(struct leg *leg, struct leg_packet *packet)
{
	struct pollfd pfd = {.fd = leg->fd, .events = POLLIN};

	poll(&pfd, 1, WAIT_MS);
	return leg_receive(leg, packet);
}

/* @return how many of the packets sent ended as event, and are the tone if
 *         they are audio */
static unsigned send_and_count(
		struct leg *from, struct leg *to, enum leg_event event)
{
	struct tone_source source;
	struct leg_packet packet;
	uint8_t pcmu[TONE_FRAME];
	unsigned n = 0;

	tone_source_init(&source, to->watch_hz);
	for(int i = 0; i < ROUND_PACKETS; i++) {
		tone_source_read(&source, pcmu, sizeof(pcmu));
		leg_send(from, pcmu, sizeof(pcmu));
		if(selftest_wait_event(to, &packet) == event
				&& (event != LEG_AUDIO
						|| (packet.len == sizeof(pcmu)
								&& memcmp(packet.payload, pcmu, packet.len)
										   == 0)))
			n++;
	}
	return n;
}

/* Open both legs, send, compare, close.
 * @return false unless every packet ended as event */
static bool hears(
		struct leg_config *from, struct leg_config *to, enum leg_event event)
{
	static struct leg sender, receiver;
	bool ok = false;

	selftest_any_port(&from->local);
	selftest_any_port(&to->local);
	to->watch_hz = 440;
	if(!leg_open(&sender, from))
		return false;
	if(leg_open(&receiver, to)) {
		selftest_aim(&sender, &receiver);
		ok = send_and_count(&sender, &receiver, event) == ROUND_PACKETS;
		leg_close(&receiver);
	}
	leg_close(&sender);
	return ok;
}

static void test_leg(const struct suite *suite)
{
	struct leg_config plain = {0}, ours = {.suite = suite};
	struct leg_config theirs = {.suite = suite};

	suite_key_make(suite, &ours.tx_key);
	suite_key_make(suite, &ours.rx_key);
	theirs.tx_key = ours.rx_key;
	theirs.rx_key = ours.tx_key;
	check(hears(&ours, &theirs, LEG_AUDIO), "srtp round trip", suite->name);
	check(hears(&theirs, &ours, LEG_AUDIO), "srtp way back", suite->name);
	check(!hears(&ours, &plain, LEG_AUDIO), "ciphertext hides the tone",
			suite->name);
	check(hears(&plain, &theirs, LEG_LEAK), "a leak is seen", suite->name);
	theirs.rx_key.bytes[0] ^= 1;
	check(hears(&ours, &theirs, LEG_AUTH_FAILED), "wrong key", suite->name);
	theirs.rx_key.bytes[0] ^= 1;
	theirs.rx_key.bytes[suite->key_len - 1] ^= 1;
	check(hears(&ours, &theirs, LEG_AUTH_FAILED), "wrong salt", suite->name);
}

static void test_suite(const struct suite *suite)
{
	const char *refusal = suite_refusal(suite);

	test_key_round_trip(suite);
	if(refusal)
		printf("media: skipped %s: %s\n", suite->name, refusal);
	else
		test_leg(suite);
}

static void test_leg_plain(void)
{
	struct leg_config ours = {0}, theirs = {0};

	check(hears(&ours, &theirs, LEG_AUDIO), "rtp round trip", "plain");
}

/* --- the judgement of a talk --- */

static void test_talk_judge(void)
{
	static const struct
	{
		const char *name;
		bool secured, silence;
		struct talk_counts counts;
		enum talk_verdict verdict;
	} rows[] = {
			{"all heard", true, false, {.audio = 25, .tone = 880}, TALK_OK},
			{"plain", false, false, {.audio = 25, .clear = 25, .tone = 880},
					TALK_OK},
			{"nothing", true, false, {0}, TALK_NO_PACKETS},
			{"too few", true, false, {.audio = 24, .tone = 880},
					TALK_NO_PACKETS},
			{"wrong key", true, false, {.received = 25, .auth_failed = 25},
					TALK_AUTH_FAILED},
			{"another tone", true, false, {.audio = 25, .tone = 440},
					TALK_WRONG_TONE},
			{"noise", false, false, {.audio = 25}, TALK_WRONG_TONE},
			{"leak", true, false, {.audio = 25, .clear = 1, .tone = 880},
					TALK_UNEXPECTED},
			{"silence", true, true, {0}, TALK_OK},
			{"only ciphertext", true, true, {.received = 9, .auth_failed = 9},
					TALK_OK},
			{"heard in silence", true, true, {.received = 1, .audio = 1},
					TALK_UNEXPECTED},
			{"leak in silence", true, true, {.received = 1, .clear = 1},
					TALK_UNEXPECTED},
			{"plain silence", false, true, {0}, TALK_OK},
			{"a packet in plain silence", false, true,
					{.received = 1, .other = 1}, TALK_UNEXPECTED},
	};

	for(size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct talk_config config = {.expect_hz = 880,
				.packets = 50,
				.expect_silence = rows[i].silence,
				.leg.suite = rows[i].secured ? suite_table : NULL};

		check(talk_judge(&config, &rows[i].counts) == rows[i].verdict,
				"verdict", rows[i].name);
	}
}

/* --- captures --- */

#define SOURCE_PORT 40000

/* link headers up to and with the EtherType, as libpcap documents them */
static const struct link_sample
{
	const char *name;
	int type;
	size_t len;
	uint8_t header[24];
} link_samples[] = {
		{"ethernet", DLT_EN10MB, 14, {[12] = 0x08, [13] = 0x00}},
		{"vlan", DLT_EN10MB, 18,
				{[12] = 0x81, [13] = 0x00, [15] = 7, [16] = 0x08}},
		{"linux sll", DLT_LINUX_SLL, 16, {[14] = 0x08}},
		{"linux sll2", DLT_LINUX_SLL2, 20, {[0] = 0x08}},
		{"raw ip", DLT_RAW, 0, {0}},
		{"null", DLT_NULL, 4, {2}},
};

static size_t put_ipv4(uint8_t *p, size_t payload_len)
{
	memset(p, 0, 20);
	p[0] = 0x45;
	p[2] = (uint8_t)((28 + payload_len) >> 8);
	p[3] = (uint8_t)(28 + payload_len);
	p[9] = IPPROTO_UDP;
	return 20;
}

static size_t put_ipv6(uint8_t *p, size_t payload_len)
{
	memset(p, 0, 40);
	p[0] = 0x60;
	p[4] = (uint8_t)((8 + payload_len) >> 8);
	p[5] = (uint8_t)(8 + payload_len);
	p[6] = IPPROTO_UDP;
	return 40;
}

static size_t put_udp(uint8_t *p, size_t payload_len)
{
	memset(p, 0, 8);
	p[0] = SOURCE_PORT >> 8;
	p[1] = SOURCE_PORT & 0xff;
	p[3] = 9;
	p[4] = (uint8_t)((8 + payload_len) >> 8);
	p[5] = (uint8_t)(8 + payload_len);
	return 8;
}

/* a whole frame with 440 Hz inside, and four bytes of Ethernet filling */
static size_t make_frame(
		const struct link_sample *link, bool ipv6, uint8_t *frame)
{
	struct rtp header = {.ssrc = 1};
	size_t payload_len = RTP_HEADER_LEN + TONE_FRAME;
	size_t at = link->len;

	memcpy(frame, link->header, link->len);
	at += ipv6 ? put_ipv6(frame + at, payload_len)
			   : put_ipv4(frame + at, payload_len);
	at += put_udp(frame + at, payload_len);
	rtp_write_header(frame + at, &header);
	make_tone(440, frame + at + RTP_HEADER_LEN, TONE_FRAME);
	memset(frame + at + payload_len, 0, 4);
	return at + payload_len + 4;
}

static void test_frame(const struct link_sample *link, bool ipv6)
{
	uint8_t frame[512];
	struct frame_udp udp;
	size_t len = make_frame(link, ipv6, frame);
	size_t headers = link->len + (ipv6 ? 48 : 28);
	size_t cut = 0;

	check(frame_udp_find(link->type, frame, len, &udp)
					&& udp.source_port == SOURCE_PORT
					&& udp.destination_port == 9
					&& udp.len == RTP_HEADER_LEN + TONE_FRAME,
			ipv6 ? "udp over ipv6" : "udp over ipv4", link->name);
	while(cut < headers && !frame_udp_find(link->type, frame, cut, &udp))
		cut++;
	check(cut == headers, "cut frame refused", link->name);
}

/* write one frame into a capture file of this name */
static bool write_capture(const char *file, const struct link_sample *link)
{
	uint8_t frame[512];
	size_t len = make_frame(link, false, frame);
	struct pcap_pkthdr header = {
			.caplen = (bpf_u_int32)len, .len = (bpf_u_int32)len};
	pcap_t *pcap = pcap_open_dead(link->type, 65535);
	pcap_dumper_t *dumper = pcap ? pcap_dump_open(pcap, file) : NULL;

	if(dumper) {
		pcap_dump((u_char *)dumper, &header, frame);
		pcap_dump_close(dumper);
	}
	if(pcap)
		pcap_close(pcap);
	return dumper != NULL;
}

static void test_capture(const struct link_sample *link, const char *file)
{
	struct capture_result result;

	if(!write_capture(file, link)) {
		check(false, "capture written", link->name);
		return;
	}
	check(capture_search(file, 440, 0, &result) && result.packets == 1
					&& result.tone_packets == 1,
			"tone in capture", link->name);
	check(capture_search(file, 880, 0, &result) && result.packets == 1
					&& result.tone_packets == 0,
			"other tone not in capture", link->name);
	check(capture_search(file, 440, 9, &result) && result.packets == 1,
			"port of capture", link->name);
	check(capture_search(file, 440, 10, &result) && result.packets == 0,
			"other port not in capture", link->name);
}

static void test_captures(void)
{
	char file[] = "/tmp/mediapeer-XXXXXX";
	int fd = mkstemp(file);
	size_t n = sizeof(link_samples) / sizeof(link_samples[0]);

	for(size_t i = 0; i < n; i++) {
		test_frame(&link_samples[i], false);
		test_frame(&link_samples[i], true);
		test_capture(&link_samples[i], file);
	}
	close(fd);
	unlink(file);
}

bool selftest_run(void)
{
	test_tone_detection();
	test_tone_controls();
	test_rtp_header();
	test_key_text();
	test_leg_plain();
	for(const struct suite *suite = suite_table; suite->name; suite++)
		test_suite(suite);
	test_talk_judge();
	test_captures();
	selftest_dtls(check);
	selftest_serve(check);
	printf("media: %u passed, %u failed\n", passed, failed);
	return failed == 0;
}
