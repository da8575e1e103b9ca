/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "leg.h"

#include <errno.h>
#include <netinet/in.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tone.h"

static socklen_t address_len(const struct sockaddr_storage *addr)
{
	return addr->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6)
									   : sizeof(struct sockaddr_in);
}

static bool open_socket(struct leg *leg, const struct leg_config *config)
{
	leg->fd = socket(config->local.ss_family, SOCK_DGRAM, 0);
	if(leg->fd < 0) {
		perror("mediapeer: socket");
		return false;
	}
	if(bind(leg->fd, (const struct sockaddr *)&config->local,
			   address_len(&config->local))
			< 0) {
		perror("mediapeer: --local");
		close(leg->fd);
		return false;
	}
	return true;
}

bool leg_key(struct leg *leg, const struct suite *suite,
		const struct suite_key *tx, const struct suite_key *rx)
{
	const char *refusal = suite_refusal(suite);

	if(!refusal
			&& suite_context(suite, tx, ssrc_any_outbound, &leg->tx)
					   != srtp_err_status_ok)
		refusal = "libsrtp2 does not take the sending key";
	if(!refusal
			&& suite_context(suite, rx, ssrc_any_inbound, &leg->rx)
					   != srtp_err_status_ok) {
		srtp_dealloc(leg->tx);
		refusal = "libsrtp2 does not take the receiving key";
	}
	if(refusal)
		fprintf(stderr, "mediapeer: %s: %s\n", suite->name, refusal);
	leg->keyed = !refusal;
	return leg->keyed;
}

/* RFC 3550, 5.1: random starts; the sequence number leaves room below its
 * wrap, so that the peer cannot guess a wrong rollover counter. */
static bool start_stream(struct rtp *next)
{
	if(RAND_bytes((uint8_t *)&next->ssrc, sizeof(next->ssrc)) != 1
			|| RAND_bytes((uint8_t *)&next->timestamp, sizeof(next->timestamp))
					   != 1
			|| RAND_bytes((uint8_t *)&next->seq, sizeof(next->seq)) != 1)
		return false;
	next->seq &= 0x7fff;
	next->pt = RTP_PT_PCMU;
	return true;
}

bool leg_open(struct leg *leg, const struct leg_config *config)
{
	memset(leg, 0, sizeof(*leg));
	leg->remote = config->remote;
	leg->secured = config->suite || config->dtls;
	leg->dtls = config->dtls;
	leg->watch_hz = config->watch_hz;
	if(!start_stream(&leg->next) || !open_socket(leg, config))
		return false;
	if(config->suite
			&& !leg_key(leg, config->suite, &config->tx_key, &config->rx_key)) {
		close(leg->fd);
		return false;
	}
	return true;
}

void leg_close(struct leg *leg)
{
	if(leg->keyed) {
		srtp_dealloc(leg->tx);
		srtp_dealloc(leg->rx);
	}
	close(leg->fd);
}

bool leg_send_datagram(struct leg *leg, const uint8_t *data, size_t len)
{
	return sendto(leg->fd, data, len, 0, (const struct sockaddr *)&leg->remote,
				   address_len(&leg->remote))
		   == (ssize_t)len;
}

bool leg_send(struct leg *leg, const uint8_t *pcmu, size_t n)
{
	_Alignas(4)
			uint8_t packet[RTP_HEADER_LEN + TONE_FRAME + SRTP_MAX_TRAILER_LEN];
	int len = (int)(RTP_HEADER_LEN + n);

	rtp_write_header(packet, &leg->next);
	memcpy(packet + RTP_HEADER_LEN, pcmu, n);
	leg->next.seq++;
	leg->next.timestamp += (uint32_t)n;
	if(leg->secured
			&& (!leg->keyed
					|| srtp_protect(leg->tx, packet, &len)
							   != srtp_err_status_ok)) {
		errno = EPROTO;
		return false;
	}
	return leg_send_datagram(leg, packet, (size_t)len);
}

static enum leg_event decrypt(
		struct leg *leg, int len, struct leg_packet *packet)
{
	struct rtp rtp;
	srtp_err_status_t err;

	if(!leg->keyed)
		return LEG_OTHER;
	err = srtp_unprotect(leg->rx, leg->datagram, &len);
	if(err == srtp_err_status_replay_fail || err == srtp_err_status_replay_old)
		return LEG_OTHER;
	if(err || !rtp_parse(leg->datagram, (size_t)len, &rtp))
		return LEG_AUTH_FAILED;
	packet->payload = rtp.payload;
	packet->len = rtp.len;
	return LEG_AUDIO;
}

/* RFC 5764, 5.1.2: 128..191 is RTP or RTCP, what rtp_parse() takes */
static bool is_dtls(const uint8_t *datagram, size_t len)
{
	return len > 0 && datagram[0] >= 20 && datagram[0] <= 63;
}

static enum leg_event judge(
		struct leg *leg, size_t len, struct leg_packet *packet)
{
	struct rtp rtp;

	if(leg->dtls && is_dtls(leg->datagram, len)) {
		packet->payload = leg->datagram;
		packet->len = len;
		return LEG_DTLS;
	}
	if(!rtp_parse(leg->datagram, len, &rtp) || rtp.pt != RTP_PT_PCMU)
		return LEG_OTHER;
	packet->in_clear = tone_is_in(rtp.payload, rtp.len, leg->watch_hz);
	if(leg->secured)
		return packet->in_clear ? LEG_LEAK : decrypt(leg, (int)len, packet);
	packet->payload = rtp.payload;
	packet->len = rtp.len;
	return LEG_AUDIO;
}

enum leg_event leg_receive(struct leg *leg, struct leg_packet *packet)
{
	ssize_t len =
			recv(leg->fd, leg->datagram, sizeof(leg->datagram), MSG_DONTWAIT);

	if(len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
		return LEG_NOTHING;
	memset(packet, 0, sizeof(*packet));
	if(len < 0)
		return LEG_FAILED;
	return judge(leg, (size_t)len, packet);
}
