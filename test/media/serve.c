/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "serve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rtp.h"
#include "suite.h"
#include "tone.h"

#define CALLS_MAX 1024
#define ORDER_MAX 4096 /* bytes of SIPp's, waiting to be a whole order */
#define ORDER_END '\x1b'
#define DATAGRAM_MAX 2048
#define AGAIN_MS 200 /* until what was not heard is sent once more */
#define TICK_MS 20

struct call
{
	char id[256]; /* Call-ID, empty: a free slot */
	struct sockaddr_in remote;
	srtp_t tx, rx;
	struct rtp next;
	struct tone_source tone;
	unsigned heard;
	int64_t deadline_ms, again_ms;
};

struct serve
{
	const struct serve_config *config;
	struct serve_counts counts;
	int control, local, echo;
	char orders[ORDER_MAX];
	size_t orders_len;
	struct call calls[CALLS_MAX];
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* --- calls --- */

static void call_send(struct serve *serve, struct call *call)
{
	_Alignas(4)
			uint8_t packet[RTP_HEADER_LEN + TONE_FRAME + SRTP_MAX_TRAILER_LEN];
	int len = RTP_HEADER_LEN + TONE_FRAME;

	rtp_write_header(packet, &call->next);
	tone_source_read(&call->tone, packet + RTP_HEADER_LEN, TONE_FRAME);
	call->next.seq++;
	call->next.timestamp += TONE_FRAME;
	if(srtp_protect(call->tx, packet, &len) == srtp_err_status_ok
			&& sendto(serve->local, packet, (size_t)len, 0,
					   (const struct sockaddr *)&call->remote,
					   sizeof(call->remote))
					   == len)
		serve->counts.sent++;
}

static void call_send_missing(struct serve *serve, struct call *call)
{
	for(unsigned n = call->heard; n < serve->config->packets; n++)
		call_send(serve, call);
	call->again_ms = now_ms() + AGAIN_MS;
}

static void report(struct serve *serve, const char *id, bool ok)
{
	char text[512];
	int len = snprintf(text, sizeof(text), "Call-ID: %s\r\nMedia: %s\r\n\r\n%c",
			id, ok ? "ok" : "failed", ORDER_END);

	serve->counts.failed += !ok;
	if(send(serve->control, text, (size_t)len, MSG_NOSIGNAL) != len)
		fprintf(stderr, "mediapeer: SIPp does not listen\n");
}

static void call_end(struct serve *serve, struct call *call, bool ok)
{
	report(serve, call->id, ok);
	srtp_dealloc(call->tx);
	srtp_dealloc(call->rx);
	memset(call, 0, sizeof(*call));
}

static struct call *free_call(struct serve *serve)
{
	struct call *call = serve->calls;

	while(call < serve->calls + CALLS_MAX && call->id[0])
		call++;
	return call < serve->calls + CALLS_MAX ? call : NULL;
}

/* rtpengine has a port of its own for each call */
static struct call *find_call(
		struct serve *serve, const struct sockaddr_in *remote)
{
	for(struct call *call = serve->calls; call < serve->calls + CALLS_MAX;
			call++) {
		if(call->id[0] && call->remote.sin_port == remote->sin_port
				&& call->remote.sin_addr.s_addr == remote->sin_addr.s_addr)
			return call;
	}
	return NULL;
}

/* --- orders --- */

static bool open_srtp(struct call *call, const char *suite_name,
		const char *tx_text, const char *rx_text)
{
	const struct suite *suite = suite_find(suite_name);
	struct suite_key tx, rx;
	bool ok = suite && suite_key_read(suite, tx_text, &tx)
			  && suite_key_read(suite, rx_text, &rx);

	if(!ok || suite_context(suite, &tx, ssrc_any_outbound, &call->tx) != 0)
		return false;
	ok = suite_context(suite, &rx, ssrc_any_inbound, &call->rx) == 0;
	if(!ok)
		srtp_dealloc(call->tx);
	return ok;
}

/* "Media: 192.0.2.1 30000 AES_CM_128_HMAC_SHA1_80 <tx key> <rx key>" */
static bool call_begin(struct serve *serve, struct call *call, const char *text)
{
	char ip[64], suite[64], tx[128], rx[128];
	unsigned port;
	const char *media = strstr(text, "Media: ");

	if(!media
			|| sscanf(media, "Media: %63s %u %63s %127s %127s", ip, &port,
					   suite, tx, rx)
					   != 5
			|| inet_pton(AF_INET, ip, &call->remote.sin_addr) != 1
			|| RAND_bytes((uint8_t *)&call->next.ssrc, sizeof(call->next.ssrc))
					   != 1
			|| !open_srtp(call, suite, tx, rx))
		return false;
	call->remote.sin_family = AF_INET;
	call->remote.sin_port = htons((uint16_t)port);
	call->next.pt = RTP_PT_PCMU;
	tone_source_init(&call->tone, serve->config->hz);
	call->deadline_ms = now_ms() + serve->config->timeout_ms;
	return true;
}

static void obey(struct serve *serve, const char *order)
{
	struct call *call = free_call(serve);
	char id[sizeof(call->id)];
	const char *row = strstr(order, "Call-ID: ");

	serve->counts.calls++;
	if(!row || sscanf(row, "Call-ID: %255s", id) != 1) {
		fprintf(stderr, "mediapeer: an order without Call-ID\n");
		serve->counts.failed++;
	} else if(!call || !call_begin(serve, call, order)) {
		report(serve, id, false);
	} else {
		strcpy(call->id, id);
		call_send_missing(serve, call);
	}
}

/* @return false when SIPp has gone, or sends what is no order */
static bool read_orders(struct serve *serve)
{
	size_t room = ORDER_MAX - serve->orders_len;
	ssize_t n =
			recv(serve->control, serve->orders + serve->orders_len, room, 0);
	char *order = serve->orders, *end;

	if(n <= 0)
		return false;
	serve->orders_len += (size_t)n;
	while((end = memchr(order, ORDER_END,
				   serve->orders_len - (size_t)(order - serve->orders)))) {
		*end = '\0';
		obey(serve, order);
		order = end + 1;
	}
	serve->orders_len -= (size_t)(order - serve->orders);
	memmove(serve->orders, order, serve->orders_len);
	return serve->orders_len < ORDER_MAX;
}

/* --- packets --- */

static ssize_t take(int fd, uint8_t *packet, struct sockaddr_in *from)
{
	socklen_t size = sizeof(*from);

	return recvfrom(fd, packet, DATAGRAM_MAX, MSG_DONTWAIT,
			(struct sockaddr *)from, &size);
}

static bool has_tone(const struct serve *serve, const uint8_t *packet, int len)
{
	struct rtp rtp;

	return rtp_parse(packet, (size_t)len, &rtp) && rtp.pt == RTP_PT_PCMU
		   && tone_is_in(rtp.payload, rtp.len, serve->config->hz);
}

static void hear(struct serve *serve)
{
	_Alignas(4) uint8_t packet[DATAGRAM_MAX];
	struct sockaddr_in from;
	struct call *call;
	ssize_t n;
	int len;

	while((n = take(serve->local, packet, &from)) >= 0) {
		len = (int)n;
		call = find_call(serve, &from);
		if(!call) {
			serve->counts.other++;
		} else if(srtp_unprotect(call->rx, packet, &len) != 0) {
			serve->counts.auth_failed++;
		} else if(!has_tone(serve, packet, len)) {
			serve->counts.other++;
		} else {
			serve->counts.heard++;
			if(++call->heard == serve->config->packets)
				call_end(serve, call, true);
		}
	}
}

static void echo(struct serve *serve)
{
	uint8_t packet[DATAGRAM_MAX];
	struct sockaddr_in from;
	ssize_t n;

	while((n = take(serve->echo, packet, &from)) >= 0) {
		if(!has_tone(serve, packet, (int)n)) {
			serve->counts.other++;
		} else if(sendto(serve->echo, packet, (size_t)n, 0,
						  (const struct sockaddr *)&from, sizeof(from))
				  == n) {
			serve->counts.echoed++;
		}
	}
}

static void watch_clock(struct serve *serve)
{
	int64_t now = now_ms();

	for(struct call *call = serve->calls; call < serve->calls + CALLS_MAX;
			call++) {
		if(!call->id[0])
			continue;
		if(now >= call->deadline_ms)
			call_end(serve, call, false);
		else if(now >= call->again_ms)
			call_send_missing(serve, call);
	}
}

/* --- the whole --- */

static int open_socket(
		int type, const struct sockaddr_storage *addr, const char *name)
{
	int fd = socket(AF_INET, type, 0);
	int on = 1;

	if(fd >= 0 && type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if(fd >= 0
			&& bind(fd, (const struct sockaddr *)addr,
					   sizeof(struct sockaddr_in))
					   == 0)
		return fd;
	fprintf(stderr, "mediapeer: --%s: ", name);
	perror(NULL);
	if(fd >= 0)
		close(fd);
	return -1;
}

/* @return the connection of SIPp, -1 when there will be none */
static int await_sipp(const struct sockaddr_storage *addr)
{
	int listener = open_socket(SOCK_STREAM, addr, "control");
	int fd = -1;

	if(listener < 0)
		return -1;
	if(listen(listener, 1) == 0) {
		puts("listening");
		fflush(stdout);
		fd = accept(listener, NULL, NULL);
	}
	close(listener);
	return fd;
}

static void serve_sipp(struct serve *serve)
{
	struct pollfd fds[] = {{.fd = serve->control, .events = POLLIN},
			{.fd = serve->local, .events = POLLIN},
			{.fd = serve->echo, .events = POLLIN}};

	do {
		poll(fds, 3, TICK_MS);
		echo(serve);
		hear(serve);
		watch_clock(serve);
	} while(!fds[0].revents || read_orders(serve));
}

bool serve_run(const struct serve_config *config, struct serve_counts *counts)
{
	struct serve *serve = calloc(1, sizeof(*serve));
	bool ok = false;

	if(!serve)
		return false;
	serve->config = config;
	serve->local = open_socket(SOCK_DGRAM, &config->local, "local");
	serve->echo = open_socket(SOCK_DGRAM, &config->echo, "echo");
	if(serve->local >= 0 && serve->echo >= 0) {
		serve->control = await_sipp(&config->control);
		ok = serve->control >= 0;
	}
	if(ok) {
		serve_sipp(serve);
		*counts = serve->counts;
		close(serve->control);
	}
	close(serve->local);
	close(serve->echo);
	free(serve);
	return ok;
}
