/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* mediapeer: proves media by its content. README.md has the command line. */

#include <stdio.h>
#include <string.h>

#include "capture.h"
#include "cert.h"
#include "options.h"
#include "selftest.h"
#include "serve.h"

enum exit_code
{
	EXIT_YES = 0,
	EXIT_NO = 1,
	EXIT_ERROR = 2
};

static void print_dtls(const struct talk_counts *c)
{
	const char *state = c->dtls == DTLS_OK		   ? "ok"
						: c->dtls == DTLS_MISMATCH ? "mismatch"
												   : "failed";

	printf("dtls=%s profile=%s ", state, c->profile);
}

static enum exit_code command_talk(struct options *options)
{
	struct talk_counts c;
	enum talk_verdict verdict;

	if(!talk_run(&options->talk, &c))
		return EXIT_ERROR;
	verdict = talk_judge(&options->talk, &c);
	printf("sent=%u received=%u decrypted=%u auth_failed=%u clear=%u other=%u "
		   "tone=%u expected=%u ",
			c.sent, c.received, talk_is_secured(&options->talk) ? c.audio : 0,
			c.auth_failed, c.clear, c.other, c.tone, options->talk.expect_hz);
	if(options->talk.leg.dtls)
		print_dtls(&c);
	printf("verdict=%s\n", talk_verdict_name(verdict));
	return verdict == TALK_OK ? EXIT_YES : EXIT_NO;
}

static enum exit_code command_find(struct options *options)
{
	struct capture_result result;

	if(!capture_search(options->pcap, options->hz, options->port, &result))
		return EXIT_ERROR;
	printf("packets=%u found=%s streams=%u tone_packets=%u\n", result.packets,
			result.tone_packets ? "yes" : "no", result.streams,
			result.tone_packets);
	if(result.packets == 0)
		return EXIT_ERROR;
	return result.tone_packets ? EXIT_YES : EXIT_NO;
}

static enum exit_code command_key(struct options *options)
{
	const struct suite *suite = options->talk.leg.suite;
	struct suite_key key;
	char text[SUITE_KEY_TEXT_SIZE];

	if(!suite_key_make(suite, &key)) {
		fprintf(stderr, "mediapeer: no randomness\n");
		return EXIT_ERROR;
	}
	suite_key_write(suite, &key, text);
	puts(text);
	explicit_bzero(&key, sizeof(key));
	explicit_bzero(text, sizeof(text));
	return EXIT_YES;
}

static enum exit_code command_cert(struct options *options)
{
	struct fingerprint fp;
	char text[FINGERPRINT_TEXT_SIZE];

	if(!cert_make(options->cert_type, options->hash, options->out, &fp))
		return EXIT_ERROR;
	fingerprint_write(&fp, text);
	puts(text);
	return EXIT_YES;
}

static enum exit_code command_serve(struct options *options)
{
	struct serve_config config = {.control = options->control,
			.local = options->talk.leg.local,
			.echo = options->echo,
			.hz = options->hz,
			.packets = options->talk.packets,
			.timeout_ms = options->talk.timeout_ms};
	struct serve_counts c;

	if(!serve_run(&config, &c))
		return EXIT_ERROR;
	printf("calls=%u failed=%u sent=%u echoed=%u heard=%u auth_failed=%u "
		   "other=%u\n",
			c.calls, c.failed, c.sent, c.echoed, c.heard, c.auth_failed,
			c.other);
	return c.failed == 0 ? EXIT_YES : EXIT_NO;
}

static enum exit_code command_selftest(struct options *options)
{
	(void)options;
	return selftest_run() ? EXIT_YES : EXIT_NO;
}

static const struct command
{
	const char *name;
	unsigned required, allowed;
	enum exit_code (*run)(struct options *options);
} commands[] = {
		{"talk",
				OPTION_LOCAL | OPTION_REMOTE | OPTION_SEND_HZ
						| OPTION_EXPECT_HZ,
				OPTION_PACKETS | OPTION_INTERVAL_MS | OPTION_TIMEOUT_MS
						| OPTION_SUITE | OPTION_TX_KEY | OPTION_RX_KEY
						| OPTION_EXPECT_SILENCE | OPTION_DTLS | OPTION_CERT
						| OPTION_PEER_FINGERPRINT | OPTION_PROFILES,
				command_talk},
		{"find", OPTION_PCAP | OPTION_HZ, OPTION_PORT, command_find},
		{"serve",
				OPTION_CONTROL | OPTION_LOCAL | OPTION_ECHO | OPTION_HZ
						| OPTION_PACKETS,
				OPTION_TIMEOUT_MS, command_serve},
		{"key", OPTION_SUITE, 0, command_key},
		{"cert", OPTION_OUT, OPTION_TYPE | OPTION_HASH, command_cert},
		{"selftest", 0, 0, command_selftest},
};

static const struct command *command_find_name(const char *name)
{
	for(size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if(strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

static enum exit_code run(const struct command *command, int argc, char **argv)
{
	struct options options;
	enum exit_code code = EXIT_ERROR;

	if(options_read(argc, argv, command->required, command->allowed, &options))
		code = command->run(&options);
	explicit_bzero(&options, sizeof(options));
	return code;
}

int main(int argc, char **argv)
{
	const struct command *command =
			argc > 1 ? command_find_name(argv[1]) : NULL;
	enum exit_code code;

	if(!command) {
		fprintf(stderr,
				"usage: mediapeer talk|find|serve|key|cert|selftest ...\n");
		return EXIT_ERROR;
	}
	if(srtp_init() != srtp_err_status_ok) {
		fprintf(stderr, "mediapeer: srtp_init failed\n");
		return EXIT_ERROR;
	}
	code = run(command, argc - 1, argv + 1);
	srtp_shutdown();
	return (int)code;
}
