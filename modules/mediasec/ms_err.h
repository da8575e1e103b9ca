/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The result of every core function that can fail. */

#ifndef MS_ERR_H
#define MS_ERR_H

enum ms_err
{
	MS_OK = 0,
	MS_END,		/* nothing left to read; not a failure */
	MS_ESYNTAX, /* the text breaks its grammar */
	MS_ELIMIT,	/* the text exceeds a maximum of ms_limits.h */
	MS_ENOSPC	/* the caller's buffer is too small */
};

#endif
