/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_reason.h"

static const struct ms_reason_info infos[] = {
		[MS_REASON_NONE] = {{"", 0}, 0, {"", 0}, {"", 0}},
#define MS_REASON_ROW(name, word, code, phrase, what)     \
	[MS_REASON_##name] = {{word, sizeof(word) - 1}, code, \
			{phrase, sizeof(phrase) - 1}, {what, sizeof(what) - 1}},
		MS_REASONS(MS_REASON_ROW)
#undef MS_REASON_ROW
};

const struct ms_reason_info *ms_reason_info(enum ms_reason reason)
{
	return &infos[reason < MS_REASON_COUNT ? reason : MS_REASON_INTERNAL];
}
