/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* PCMU test tones: making a sine, and recognising one by its energy. */

#ifndef TONE_H
#define TONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TONE_RATE 8000	  /* samples per second of PCMU */
#define TONE_FRAME 160	  /* samples in one packet of 20 ms */
#define TONE_JUDGE_MIN 40 /* fewer samples prove nothing */
#define TONE_HZ_MIN 100
#define TONE_HZ_MAX 3900

/* an endless sine; its phase runs on from packet to packet */
struct tone_source
{
	double phase; /* of the next sample, radians */
	double step;  /* per sample, radians */
};

void tone_source_init(struct tone_source *src, unsigned hz);

/*
 * Read the next samples of the tone.
 *
 * @param src   [in,out] moves n samples on
 * @param pcmu  [out]    n mu-law samples
 */
void tone_source_read(struct tone_source *src, uint8_t *pcmu, size_t n);

/*
 * Does one tone carry at least 80 % of the energy? Judged frame by frame, so
 * lost packets (jumps of the phase) do no harm, and a rest too short to judge
 * (an SRTP tag behind audible samples) is left out. Tones must be 40 Hz apart
 * to be told apart.
 *
 * @return false for silence, and for less than TONE_JUDGE_MIN samples
 */
bool tone_is_in(const uint8_t *pcmu, size_t n, unsigned hz);

/*
 * Which tone dominates?
 *
 * @return its frequency in steps of 5 Hz, 0 when none does
 */
unsigned tone_find(const uint8_t *pcmu, size_t n);

#endif
