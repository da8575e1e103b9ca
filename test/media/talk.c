/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "talk.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tone.h"

#define DRAIN_PACKETS 40			/* sent on after we have heard enough */
#define RECORD_MAX (60 * TONE_RATE) /* samples kept for the judgement */

struct talk
{
	const struct talk_config *config;
	struct leg leg;
	struct dtls *dtls; /* NULL: not such a leg */
	struct tone_source source;
	struct talk_counts counts;
	int64_t deadline_ms;
	int64_t next_send_ms;
	unsigned drained; /* packets sent since enough was heard */
	size_t recorded;
	uint8_t record[RECORD_MAX];
};

static unsigned heard_min(const struct talk_config *config)
{
	return (config->packets + 1) / 2;
}

bool talk_is_secured(const struct talk_config *config)
{
	return config->leg.suite || config->leg.dtls;
}

enum talk_verdict talk_judge(
		const struct talk_config *config, const struct talk_counts *counts)
{
	bool secured = talk_is_secured(config);

	if(secured && counts->clear > 0)
		return TALK_UNEXPECTED;
	if(counts->dtls == DTLS_MISMATCH)
		return TALK_MISMATCH;
	if(config->expect_silence) {
		unsigned heard = secured ? counts->audio : counts->received;

		return heard > 0 ? TALK_UNEXPECTED : TALK_OK;
	}
	if(config->leg.dtls && counts->dtls != DTLS_OK)
		return TALK_NO_HANDSHAKE;
	if(counts->audio < heard_min(config))
		return counts->auth_failed > 0 ? TALK_AUTH_FAILED : TALK_NO_PACKETS;
	return counts->tone == config->expect_hz ? TALK_OK : TALK_WRONG_TONE;
}

const char *talk_verdict_name(enum talk_verdict verdict)
{
	switch(verdict) {
		case TALK_OK:
			return "ok";
		case TALK_NO_PACKETS:
			return "no-packets";
		case TALK_WRONG_TONE:
			return "wrong-tone";
		case TALK_AUTH_FAILED:
			return "auth-failed";
		case TALK_NO_HANDSHAKE:
			return "no-handshake";
		case TALK_MISMATCH:
			return "fingerprint-mismatch";
		case TALK_UNEXPECTED:
			return "unexpected-packets";
	}
	return "?";
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void keep(struct talk *talk, const struct leg_packet *packet)
{
	size_t room = RECORD_MAX - talk->recorded;
	size_t len = packet->len < room ? packet->len : room;

	memcpy(talk->record + talk->recorded, packet->payload, len);
	talk->recorded += len;
}

static void count(struct talk *talk, enum leg_event event,
		const struct leg_packet *packet)
{
	struct talk_counts *counts = &talk->counts;

	counts->received++;
	counts->clear += packet->in_clear;
	counts->audio += event == LEG_AUDIO;
	counts->auth_failed += event == LEG_AUTH_FAILED;
	counts->other += event == LEG_OTHER;
	if(event == LEG_AUDIO)
		keep(talk, packet);
}

static void take_keys(struct talk *talk)
{
	struct dtls_keys keys;

	if(dtls_export(talk->dtls, &keys))
		leg_key(&talk->leg, keys.suite, &keys.tx, &keys.rx);
	explicit_bzero(&keys, sizeof(keys));
}

/* The peer may send as soon as it is done: its next datagram is media. */
static void hear_dtls(struct talk *talk, const struct leg_packet *packet)
{
	dtls_receive(talk->dtls, packet->payload, packet->len);
	if(!talk->leg.keyed && dtls_state(talk->dtls) == DTLS_OK)
		take_keys(talk);
}

/* @return false when the socket broke */
static bool hear(struct talk *talk)
{
	struct leg_packet packet;
	enum leg_event event = leg_receive(&talk->leg, &packet);

	while(event != LEG_NOTHING && event != LEG_FAILED) {
		if(event == LEG_DTLS)
			hear_dtls(talk, &packet);
		else
			count(talk, event, &packet);
		event = leg_receive(&talk->leg, &packet);
	}
	return event == LEG_NOTHING;
}

static bool has_heard_enough(const struct talk *talk)
{
	return !talk->config->expect_silence
		   && talk->counts.sent >= talk->config->packets
		   && talk->counts.audio >= heard_min(talk->config);
}

static bool speak(struct talk *talk)
{
	uint8_t pcmu[TONE_FRAME];

	tone_source_read(&talk->source, pcmu, sizeof(pcmu));
	talk->drained += has_heard_enough(talk);
	talk->counts.sent++;
	talk->next_send_ms += talk->config->interval_ms;
	return leg_send(&talk->leg, pcmu, sizeof(pcmu));
}

static bool is_over(const struct talk *talk, int64_t now)
{
	if(has_heard_enough(talk))
		return talk->drained >= DRAIN_PACKETS;
	return now >= talk->deadline_ms
		   && talk->counts.sent >= talk->config->packets;
}

static void wait_for_packet(struct talk *talk, int64_t ms)
{
	struct pollfd pfd = {.fd = talk->leg.fd, .events = POLLIN};

	if(ms > 0)
		poll(&pfd, 1, (int)ms);
}

static bool converse(struct talk *talk)
{
	int64_t now = now_ms();

	talk->next_send_ms = now;
	talk->deadline_ms = now + talk->config->timeout_ms;
	while(!is_over(talk, now)) {
		if(now >= talk->next_send_ms && !speak(talk)) {
			perror("mediapeer: send");
			return false;
		}
		wait_for_packet(talk, talk->next_send_ms - now);
		if(!hear(talk)) {
			perror("mediapeer: receive");
			return false;
		}
		now = now_ms();
	}
	return true;
}

/* --- DTLS, before the first packet --- */

static bool send_dtls(void *leg, const uint8_t *data, size_t len)
{
	return leg_send_datagram(leg, data, len);
}

/* A failed one is final, but a leak would still be seen in the silence. */
static bool is_shaking(const struct talk *talk, int64_t now)
{
	enum dtls_state state = dtls_state(talk->dtls);

	return now < talk->deadline_ms
		   && (state == DTLS_WAITING
				   || (state == DTLS_FAILED && talk->config->expect_silence));
}

static bool shake_hands(struct talk *talk)
{
	int64_t now = now_ms();

	talk->deadline_ms = now + talk->config->timeout_ms;
	while(is_shaking(talk, now)) {
		int64_t left = talk->deadline_ms - now;
		int timer;

		dtls_tick(talk->dtls);
		timer = dtls_wait_ms(talk->dtls);
		wait_for_packet(talk, timer < 0 || timer > left ? left : timer);
		if(!hear(talk)) {
			perror("mediapeer: receive");
			return false;
		}
		now = now_ms();
	}
	return true;
}

static bool converse_over_dtls(struct talk *talk)
{
	bool ok;

	talk->dtls = dtls_new(&talk->config->dtls, send_dtls, &talk->leg);
	if(!talk->dtls)
		return false;
	ok = shake_hands(talk);
	if(ok && dtls_state(talk->dtls) == DTLS_OK)
		ok = talk->leg.keyed && converse(talk);
	talk->counts.dtls = dtls_state(talk->dtls);
	talk->counts.profile = dtls_profile(talk->dtls);
	dtls_free(talk->dtls);
	return ok;
}

static unsigned tone_heard(const struct talk *talk)
{
	unsigned expected = talk->config->expect_hz;

	return tone_is_in(talk->record, talk->recorded, expected)
				   ? expected
				   : tone_find(talk->record, talk->recorded);
}

bool talk_run(const struct talk_config *config, struct talk_counts *counts)
{
	struct talk *talk = calloc(1, sizeof(*talk));
	bool ok = talk && leg_open(&talk->leg, &config->leg);

	if(ok) {
		talk->config = config;
		tone_source_init(&talk->source, config->send_hz);
		ok = config->leg.dtls ? converse_over_dtls(talk) : converse(talk);
		leg_close(&talk->leg);
	}
	if(ok) {
		talk->counts.tone = tone_heard(talk);
		*counts = talk->counts;
	}
	free(talk);
	return ok;
}
