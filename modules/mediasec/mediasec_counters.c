/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_counters.h"

#include "../../core/counters.h"
#include "../../core/dprint.h"

#include "mediasec_str.h"

static counter_handle_t counts[MEDIASEC_COUNT_N];
static counter_handle_t reasons[MS_REASON_COUNT];

/* clang-format off */
static counter_def_t defs[] = {
#define MEDIASEC_COUNT_DEF(name, word, what) \
	{&counts[MEDIASEC_COUNT_##name], word, 0, 0, 0, what},
	MEDIASEC_COUNTS(MEDIASEC_COUNT_DEF)
#undef MEDIASEC_COUNT_DEF
#define MEDIASEC_REASON_DEF(name, word, code, phrase, what) \
	{&reasons[MS_REASON_##name], "refused_" word, 0, 0, 0, what},
	MS_REASONS(MEDIASEC_REASON_DEF)
#undef MEDIASEC_REASON_DEF
	{0, 0, 0, 0, 0, 0}
};
/* clang-format on */

int mediasec_counters_init(void)
{
	if(counter_register_array("mediasec", defs) >= 0)
		return 0;
	LM_ERR("cannot register the counters\n");
	return -1;
}

void mediasec_count(enum mediasec_count count)
{
	counter_inc(counts[count]);
}

void mediasec_count_reason(enum ms_reason reason)
{
	counter_inc(reasons[reason]);
}

static const enum mediasec_count notes[] = {
		[MS_NOTE_EMERGENCY] = MEDIASEC_COUNT_EMERGENCY,
		[MS_NOTE_FORGIVEN] = MEDIASEC_COUNT_FORGIVEN,
		[MS_NOTE_UNKNOWN] = MEDIASEC_COUNT_UNKNOWN,
		[MS_NOTE_CALLED_UNKNOWN] = MEDIASEC_COUNT_CALLED_UNKNOWN,
		[MS_NOTE_LOST_CAPABILITY] = MEDIASEC_COUNT_LOST_CAPABILITY,
		[MS_NOTE_REOFFER_PLAIN] = MEDIASEC_COUNT_REOFFER_PLAIN,
};

void mediasec_count_note(enum ms_note note)
{
	mediasec_count(notes[note]);
}

struct ms_str mediasec_note_word(enum ms_note note)
{
	return mediasec_count_word(notes[note]);
}

struct ms_str mediasec_count_word(enum mediasec_count count)
{
	return mediasec_view_z(defs[count].name);
}

void mediasec_count_agreed(unsigned mechanisms)
{
	mediasec_count(mechanisms ? MEDIASEC_COUNT_AGREED : MEDIASEC_COUNT_PLAIN);
	if(mechanisms & MS_MECH_SDES)
		mediasec_count(MEDIASEC_COUNT_AGREED_SDES);
	if(mechanisms & MS_MECH_DTLS)
		mediasec_count(MEDIASEC_COUNT_AGREED_DTLS);
}

unsigned long mediasec_counted(enum mediasec_count count)
{
	return (unsigned long)counter_get_val(counts[count]);
}

unsigned long mediasec_counted_reason(enum ms_reason reason)
{
	return (unsigned long)counter_get_val(reasons[reason]);
}
