/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Text of a message as a value in a log line: nobody who writes a Call-ID or a
 * name can begin a line or a field of his own with it. */

#ifndef MS_LOG_H
#define MS_LOG_H

#include "ms_str.h"

/* with its end; what is longer is cut: Call-IDs seen are below 100 bytes */
#define MS_LOG_VALUE_MAX 256

/*
 * Printable ASCII stays as it is; of the rest, and of blank, quotes, backslash and
 * percent, each byte becomes %XX.
 * @return buf, terminated
 */
const char *ms_log_value(struct ms_str text, char buf[MS_LOG_VALUE_MAX]);

/* The same for an argument of a log function: lives to the end of the block. */
#define MS_LOG_VALUE(text) ms_log_value((text), (char[MS_LOG_VALUE_MAX]){0})

#endif
