/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* What the store keeps of one binding: an agreement <-> its text. The text has
 * a version, is readable in htable.dump, and is escaped so that no field can
 * forge another. */

#ifndef MS_RECORD_H
#define MS_RECORD_H

#include <stdint.h>

#include "ms_err.h"
#include "ms_limits.h"
#include "ms_str.h"

struct ms_record
{
	int64_t expires;	/* absolute, seconds since the epoch, grace included;
							0 to 2^32 - 1, the year 2106 */
	struct ms_str aor;	/* user@host of the To of the REGISTER */
	struct ms_str user; /* the user the digest proved, user@realm; empty in edge
							mode, where the registrar behind us checks it */
	struct ms_str contact; /* Contact URI as registered */
	struct ms_str flow;	   /* received flow, as mediasec_msg_flow() writes it */
	struct ms_str list;	   /* the list issued, "sdes-srtp,dtls-srtp" */
	unsigned offered; /* bits of the mechanisms offered; 0: offer unknown */
	unsigned agreed;  /* bits of the mechanisms agreed; 0: registered without */
	bool mirrored;	  /* the REGISTER carried a right Security-Verify */
	bool secure;	  /* made over a secure transport */
};

/*
 * @param buf [out] the text, at most MS_RECORD_LEN_MAX bytes, no NUL
 * @param len [out] bytes written, on MS_OK only
 * @return MS_OK or MS_ENOSPC (also for a text or an expires that would exceed its
 *         maximum)
 */
enum ms_err ms_record_write(
		const struct ms_record *record, char *buf, size_t size, size_t *len);

/* @return true if a request to this URI is for the Contact of the record. One that
 *         was too long to be kept may be any that is. */
bool ms_record_is_called(const struct ms_record *record, struct ms_str uri);

/*
 * @param text    what ms_record_write() wrote
 * @param scratch where unescaped fields are put; the record's views point into
 *                it and live as long as it does; text.len bytes are enough
 * @param record  [out] written on MS_OK only
 * @return MS_OK, MS_ESYNTAX (unknown version included) or MS_ENOSPC
 */
enum ms_err ms_record_read(struct ms_str text, char *scratch, size_t size,
		struct ms_record *record);

#endif
