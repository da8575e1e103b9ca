/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* serve, in a process of its own: the test is SIPp, and the relay that sends
 * all back. */

#include "selftest.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve.h"
#include "suite.h"
#include "tone.h"

#define PACKETS 3
#define WAIT_MS 5000
#define SUITE "AES_CM_128_HMAC_SHA1_80"

/* @return the exit code: 0 when the counts are those of test_orders() */
static int run_serve(const struct serve_config *config)
{
	struct serve_counts c;

	if(!freopen("/dev/null", "w", stdout) || !serve_run(config, &c))
		return 2;
	return c.calls == 3 && c.failed == 2 && c.heard == PACKETS
						   && c.auth_failed >= PACKETS && c.echoed == 1
						   && c.other == 1
				   ? 0
				   : 1;
}

/* @return a socket on a free port, which addr is then */
static int bind_any(int type, struct sockaddr_storage *addr)
{
	socklen_t size = sizeof(*addr);
	int fd = socket(AF_INET, type, 0);

	selftest_any_port(addr);
	bind(fd, (struct sockaddr *)addr, sizeof(struct sockaddr_in));
	getsockname(fd, (struct sockaddr *)addr, &size);
	return fd;
}

static int connect_to(const struct sockaddr_storage *addr)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	for(int ms = 0; ms < WAIT_MS; ms += 10) {
		if(connect(fd, (const struct sockaddr *)addr,
				   sizeof(struct sockaddr_in))
				== 0)
			return fd;
		usleep(10 * 1000);
	}
	return fd;
}

/* Send back what comes to the relay, until SIPp is answered. */
static bool is_answered(int control, int relay, const char *wanted)
{
	struct pollfd fds[] = {
			{.fd = control, .events = POLLIN}, {.fd = relay, .events = POLLIN}};
	struct sockaddr_in from;
	socklen_t size = sizeof(from);
	char data[2048];
	ssize_t n;

	while(poll(fds, 2, WAIT_MS) > 0 && !fds[0].revents) {
		n = recvfrom(
				relay, data, sizeof(data), 0, (struct sockaddr *)&from, &size);
		sendto(relay, data, (size_t)n, 0, (struct sockaddr *)&from, size);
	}
	n = recv(control, data, sizeof(data) - 1, MSG_DONTWAIT);
	data[n > 0 ? n : 0] = '\0';
	return strstr(data, wanted) != NULL;
}

static void test_orders(
		int control, int relay, unsigned port, selftest_check *check)
{
	const struct suite *suite = suite_find(SUITE);
	struct suite_key key = {0}, other = {0};
	char good[SUITE_KEY_TEXT_SIZE], wrong[SUITE_KEY_TEXT_SIZE];

	suite_key_make(suite, &key);
	suite_key_make(suite, &other);
	suite_key_write(suite, &key, good);
	suite_key_write(suite, &other, wrong);
	dprintf(control, "Call-ID: 1\nMedia: 127.0.0.1 %u " SUITE " %s %s\n\x1b",
			port, good, good);
	check(is_answered(control, relay, "Call-ID: 1\r\nMedia: ok"), "serve",
			"media comes back");
	dprintf(control, "Call-ID: 2\nMedia: 127.0.0.1 %u " SUITE " %s %s\n\x1b",
			port, good, wrong);
	check(is_answered(control, relay, "Call-ID: 2\r\nMedia: failed"), "serve",
			"wrong key");
	dprintf(control, "Call-ID: 3\nMedia: nonsense\n\x1b");
	check(is_answered(control, relay, "Call-ID: 3\r\nMedia: failed"), "serve",
			"nonsense");
}

/* The tone comes back, another sound does not. */
static void test_echo(const struct sockaddr_storage *echo, int relay,
		unsigned hz, selftest_check *check)
{
	struct pollfd fd = {.fd = relay, .events = POLLIN};
	struct rtp header = {.ssrc = 1};
	uint8_t packet[RTP_HEADER_LEN + TONE_FRAME];
	struct tone_source source;
	unsigned tones[] = {2 * hz, hz};

	for(int i = 0; i < 2; i++) {
		tone_source_init(&source, tones[i]);
		rtp_write_header(packet, &header);
		tone_source_read(&source, packet + RTP_HEADER_LEN, TONE_FRAME);
		sendto(relay, packet, sizeof(packet), 0, (const struct sockaddr *)echo,
				sizeof(struct sockaddr_in));
	}
	check(poll(&fd, 1, WAIT_MS) == 1
					&& recv(relay, packet, sizeof(packet), 0) == sizeof(packet),
			"serve", "tone echoed");
	check(recv(relay, packet, sizeof(packet), MSG_DONTWAIT) < 0, "serve",
			"other tone not echoed");
}

void selftest_serve(selftest_check *check)
{
	struct serve_config config = {
			.hz = 440, .packets = PACKETS, .timeout_ms = 300};
	struct sockaddr_storage addr;
	int relay = bind_any(SOCK_DGRAM, &addr);
	int control, status = -1;
	pid_t pid;

	close(bind_any(SOCK_STREAM, &config.control));
	close(bind_any(SOCK_DGRAM, &config.local));
	close(bind_any(SOCK_DGRAM, &config.echo));
	fflush(stdout);
	pid = fork();
	if(pid == 0)
		_exit(run_serve(&config));
	control = connect_to(&config.control);
	test_orders(control, relay, ntohs(((struct sockaddr_in *)&addr)->sin_port),
			check);
	test_echo(&config.echo, relay, config.hz, check);
	close(control);
	close(relay);
	waitpid(pid, &status, 0);
	check(status == 0, "serve", "counts");
}
