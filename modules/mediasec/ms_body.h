/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Session descriptions in a body that a laxer reader than ours might find: in a
 * part within a part, a second one, one of another type (RFC 5621). */

#ifndef MS_BODY_H
#define MS_BODY_H

#include <stdbool.h>

#include "ms_str.h"

/*
 * @param type value of Content-Type; empty: none
 * @param part of body: the session description that was found; empty: none
 * @return may there be another, or is one encrypted (RFC 3261, 23.3)?
 */
bool ms_body_hides_sdp(
		struct ms_str type, struct ms_str body, struct ms_str part);

/* @return has it a line with a media key, see ms_sdp_line_has_key()? */
bool ms_body_has_key(struct ms_str body);

#endif
