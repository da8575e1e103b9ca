/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The last exchange that both parties of a dialog accepted. rtpengine switches
 * to a new offer at once, so when that is rejected (RFC 3261, 14.1) the media
 * would be gone, had we not this to go back to.
 *
 * There are keys in it: private shared memory, not replicated, in no RPC answer,
 * wiped at the end of the dialog. After a restart it is gone. */

#ifndef MEDIASEC_DIALOG_H
#define MEDIASEC_DIALOG_H

#include "mediasec_exchange.h"

struct mediasec_accepted
{
	struct mediasec_exchange x;	 /* as the offer went; no id */
	struct ms_str offer, answer; /* answer: empty while it is awaited */
};

/* @return 0, or -1 after a log line; in mod_init */
int mediasec_dialog_init(void);

/* Keep an exchange in place of an earlier one of the dialog that this message
 * and x.spiral are of. Copies. */
void mediasec_dialog_keep(
		sip_msg_t *msg, const struct mediasec_accepted *accepted);

/*
 * @param accepted [out] written on true only; its views lead into *memory
 * @param memory   [out] private, to be released with mediasec_rtpe_free()
 * @return true if there is one
 */
bool mediasec_dialog_get(sip_msg_t *msg, unsigned spiral,
		struct mediasec_accepted *accepted, str *memory);

void mediasec_dialog_drop(sip_msg_t *msg, unsigned spiral);

#endif
