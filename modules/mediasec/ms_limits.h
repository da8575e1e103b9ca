/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Every maximum of the core, with its reason. */

#ifndef MS_LIMITS_H
#define MS_LIMITS_H

/* mechanisms in one list: with the empty prefix that makes eight positions,
 * so the progress through one list is one byte (ms_sechdr.c) */
#define MS_LIST_MAX 7
/* lists a Security-Verify may be made of: the recorded one, the current one
 * and six previous ones */
#define MS_LISTS_MAX 8
/* one mechanism and its parameters: RFC 3329 entries seen are below 120 bytes
 * (ipsec-3gpp with all ports) */
#define MS_MECH_LEN_MAX 256
#define MS_MECH_PARAMS_MAX 16
/* m-lines of one body; it bounds the work on a hostile one */
#define MS_MLINES_MAX 64
/* a=crypto lines of one m-line that are looked at: a phone has one for each
 * suite it knows, nine were seen, rtpengine writes twelve */
#define MS_CRYPTOS_MAX 32
/* a stored agreement; usrloc keeps at most 512 bytes */
#define MS_RECORD_LEN_MAX 512
/* the Contact of a stored agreement: one with a long GRUU must not cost its
 * binding the record */
#define MS_CONTACT_LEN_MAX 200
/* flags for one rtpengine command */
#define MS_RTPP_FLAGS_MAX 1024

/* "<pcfg> t=<tcap> a=<acap>,..." of one m-line: seen below 20 */
#define MS_ACFG_LEN_MAX 40

#endif
