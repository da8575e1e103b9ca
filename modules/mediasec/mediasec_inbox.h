/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What any process leaves, in shared memory, for one of ours that may wait. */

#ifndef MEDIASEC_INBOX_H
#define MEDIASEC_INBOX_H

#include <stdbool.h>

#include "ms_str.h"

/* The first member of what is left. */
struct mediasec_note
{
	struct mediasec_note *next;
};

struct mediasec_inbox;

/* @return an empty one for all processes, in mod_init; NULL after a log line */
struct mediasec_inbox *mediasec_inbox_new(void);

/*
 * @param note in shared memory; whoever takes it frees it
 * @param max  no more notes than that at a time; 0: any number
 * @return false if there are too many: the note is still the caller's
 */
bool mediasec_inbox_put(
		struct mediasec_inbox *inbox, struct mediasec_note *note, unsigned max);

/* @return all of them, the oldest first */
struct mediasec_note *mediasec_inbox_take(struct mediasec_inbox *inbox);

/*
 * Copy a text to *p, and move *p behind it: notes have their texts at their end.
 * @return the copy; the text itself where there is none
 */
struct ms_str mediasec_inbox_text(char **p, struct ms_str text);

#endif
