/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Functions of other modules that have no C API, or not in every version. Those
 * for KEMI are exported with their types, in every version. */

#ifndef MEDIASEC_KEMI_H
#define MEDIASEC_KEMI_H

/*
 * In mod_init; the module may be loaded later.
 *
 * @param params number of parameters after the message, all of them str *
 * @return int (*)(sip_msg_t *, str *, ...), or NULL after a log line
 */
void *mediasec_kemi_find(const char *module, const char *function, int params);

#endif
