/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "tone.h"

#include <math.h>

#define AMPLITUDE 16000.0 /* half of full scale */
#define SHARE_MIN 0.8	  /* of the energy, to call a tone dominant */
#define LOUD_MIN 200.0	  /* root mean square below this is silence */
#define SEARCH_STEP_HZ 5

/* ITU-T G.711: sign, 3 bits of segment, 4 bits of step, all inverted */
#define ULAW_BIAS 132
#define ULAW_CLIP 32635

static uint8_t ulaw_encode(int sample)
{
	int sign = sample < 0 ? 0x80 : 0;
	int level = sample < 0 ? -sample : sample;
	int segment = 7;

	if(level > ULAW_CLIP)
		level = ULAW_CLIP;
	level += ULAW_BIAS;
	while(segment > 0 && !(level & (0x80 << segment)))
		segment--;
	return (uint8_t) ~(sign | segment << 4 | (level >> (segment + 3) & 0x0f));
}

static int ulaw_decode(uint8_t code)
{
	int bits = ~code & 0xff;
	int level = ((bits & 0x0f) << 3) + ULAW_BIAS;

	level = (level << (bits >> 4 & 0x07)) - ULAW_BIAS;
	return bits & 0x80 ? -level : level;
}

static double radians_per_sample(unsigned hz)
{
	return 2.0 * M_PI * hz / TONE_RATE;
}

void tone_source_init(struct tone_source *src, unsigned hz)
{
	src->phase = 0.0;
	src->step = radians_per_sample(hz);
}

void tone_source_read(struct tone_source *src, uint8_t *pcmu, size_t n)
{
	for(size_t i = 0; i < n; i++) {
		pcmu[i] = ulaw_encode((int)lrint(AMPLITUDE * sin(src->phase)));
		src->phase = fmod(src->phase + src->step, 2.0 * M_PI);
	}
}

static double energy(const uint8_t *pcmu, size_t n)
{
	double sum = 0.0;

	for(size_t i = 0; i < n; i++) {
		double sample = ulaw_decode(pcmu[i]);

		sum += sample * sample;
	}
	return sum;
}

/* Goertzel's filter: the part of energy() that lies at hz */
static double energy_at(const uint8_t *pcmu, size_t n, unsigned hz)
{
	double coeff = 2.0 * cos(radians_per_sample(hz));
	double last = 0.0, before = 0.0;

	for(size_t i = 0; i < n; i++) {
		double now = ulaw_decode(pcmu[i]) + coeff * last - before;

		before = last;
		last = now;
	}
	return 2.0 * (last * last + before * before - coeff * last * before)
		   / (double)n;
}

static double share_of(const uint8_t *pcmu, size_t n, unsigned hz)
{
	double all = 0.0, at = 0.0;
	size_t judged = 0;

	while(n - judged >= TONE_JUDGE_MIN) {
		const uint8_t *frame = pcmu + judged;
		size_t len = n - judged < TONE_FRAME ? n - judged : TONE_FRAME;

		all += energy(frame, len);
		at += energy_at(frame, len, hz);
		judged += len;
	}
	return all > LOUD_MIN * LOUD_MIN * (double)judged ? at / all : 0.0;
}

bool tone_is_in(const uint8_t *pcmu, size_t n, unsigned hz)
{
	return share_of(pcmu, n, hz) >= SHARE_MIN;
}

unsigned tone_find(const uint8_t *pcmu, size_t n)
{
	unsigned best_hz = 0;
	double best = SHARE_MIN;

	for(unsigned hz = TONE_HZ_MIN; hz <= TONE_HZ_MAX; hz += SEARCH_STEP_HZ) {
		double share = share_of(pcmu, n, hz);

		if(share > best) {
			best = share;
			best_hz = hz;
		}
	}
	return best_hz;
}
