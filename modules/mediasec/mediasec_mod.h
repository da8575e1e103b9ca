/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What script functions return. Never 0: that would end the script. */

#ifndef MEDIASEC_MOD_H
#define MEDIASEC_MOD_H

enum
{
	MEDIASEC_OK = 1,
	MEDIASEC_REFUSED = -1, /* a reply has been sent: exit */
	MEDIASEC_UNREADABLE =
			-2,			   /* a message that cannot be parsed, not answered */
	MEDIASEC_INTERNAL = -3 /* out of memory or the like, not answered */
};

#endif
