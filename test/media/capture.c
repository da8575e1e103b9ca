/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "capture.h"

#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "rtp.h"
#include "tone.h"

#define STREAMS_MAX 4096

struct stream
{
	uint8_t source[FRAME_ADDR_MAX], destination[FRAME_ADDR_MAX];
	uint16_t source_port, destination_port;
	uint32_t ssrc;
	/* packets too short to be judged alone are judged together */
	uint8_t pending[TONE_FRAME];
	size_t pending_len;
	unsigned pending_packets;
};

struct search
{
	unsigned hz, port;
	struct capture_result result;
	struct stream streams[STREAMS_MAX];
};

static bool is_of(
		const struct stream *stream, const struct frame_udp *udp, uint32_t ssrc)
{
	return stream->ssrc == ssrc && stream->source_port == udp->source_port
		   && stream->destination_port == udp->destination_port
		   && memcmp(stream->source, udp->source, FRAME_ADDR_MAX) == 0
		   && memcmp(stream->destination, udp->destination, FRAME_ADDR_MAX)
					  == 0;
}

/* @return NULL when there are too many */
static struct stream *stream_get(
		struct search *search, const struct frame_udp *udp, uint32_t ssrc)
{
	struct stream *stream = search->streams;
	struct stream *end = stream + search->result.streams;

	while(stream < end && !is_of(stream, udp, ssrc))
		stream++;
	if(stream < end)
		return stream;
	if(search->result.streams == STREAMS_MAX)
		return NULL;
	search->result.streams++;
	memcpy(stream->source, udp->source, FRAME_ADDR_MAX);
	memcpy(stream->destination, udp->destination, FRAME_ADDR_MAX);
	stream->source_port = udp->source_port;
	stream->destination_port = udp->destination_port;
	stream->ssrc = ssrc;
	return stream;
}

static void judge_pending(struct search *search, struct stream *stream)
{
	if(tone_is_in(stream->pending, stream->pending_len, search->hz))
		search->result.tone_packets += stream->pending_packets;
	stream->pending_len = 0;
	stream->pending_packets = 0;
}

static void add_pending(
		struct search *search, struct stream *stream, const struct rtp *rtp)
{
	if(stream->pending_len + rtp->len > sizeof(stream->pending))
		judge_pending(search, stream);
	memcpy(stream->pending + stream->pending_len, rtp->payload, rtp->len);
	stream->pending_len += rtp->len;
	stream->pending_packets++;
}

static bool is_port(const struct frame_udp *udp, unsigned port)
{
	return port == 0 || udp->source_port == port
		   || udp->destination_port == port;
}

/* @return false when there are too many streams */
static bool search_frame(
		struct search *search, int link, const uint8_t *frame, size_t len)
{
	struct frame_udp udp;
	struct stream *stream;
	struct rtp rtp;

	if(!frame_udp_find(link, frame, len, &udp) || !is_port(&udp, search->port)
			|| !rtp_parse(udp.data, udp.len, &rtp))
		return true;
	stream = stream_get(search, &udp, rtp.ssrc);
	if(!stream)
		return false;
	search->result.packets++;
	if(rtp.len < TONE_JUDGE_MIN)
		add_pending(search, stream, &rtp);
	else if(tone_is_in(rtp.payload, rtp.len, search->hz))
		search->result.tone_packets++;
	return true;
}

/* @return NULL at the end of the file, else what is wrong */
static const char *search_all(struct search *search, pcap_t *pcap)
{
	int link = pcap_datalink(pcap);
	struct pcap_pkthdr *header;
	const uint8_t *frame;
	int got;

	if(!frame_link_is_known(link))
		return "link type not supported";
	while((got = pcap_next_ex(pcap, &header, &frame)) == 1) {
		if(!search_frame(search, link, frame, header->caplen))
			return "too many streams";
	}
	if(got != PCAP_ERROR_BREAK)
		return pcap_geterr(pcap);
	for(unsigned i = 0; i < search->result.streams; i++)
		judge_pending(search, &search->streams[i]);
	return NULL;
}

bool capture_search(const char *file, unsigned hz, unsigned port,
		struct capture_result *result)
{
	char reason[PCAP_ERRBUF_SIZE];
	struct search *search = calloc(1, sizeof(*search));
	pcap_t *pcap = pcap_open_offline(file, reason);
	const char *wrong = pcap ? "no memory" : reason;

	if(search && pcap) {
		search->hz = hz;
		search->port = port;
		wrong = search_all(search, pcap);
	}
	if(wrong)
		fprintf(stderr, "mediapeer: %s: %s\n", file, wrong);
	else
		*result = search->result;
	if(pcap)
		pcap_close(pcap);
	free(search);
	return wrong == NULL;
}
