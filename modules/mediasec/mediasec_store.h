/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The seam to what keeps the agreements. A store copies in and copies out:
 * no pointer into shared memory leaves it. */

#ifndef MEDIASEC_STORE_H
#define MEDIASEC_STORE_H

#include <time.h>

#include "ms_policy.h"
#include "ms_record.h"

/* Who sent a request, as far as it tells. Views live as long as the message. */
struct mediasec_sender
{
	struct ms_str flow;	  /* received flow */
	struct ms_str user;	  /* user@realm the digest has proved, or empty */
	struct ms_str aor[2]; /* P-Preferred-Identity and From, or To of a REGISTER:
							 a claim, which may only make us stricter */
	unsigned n_aors;
	struct ms_str contact; /* a callee: the URI its request goes to, or empty */
	bool flow_only;		   /* only a binding on this very flow */
};

/* A record and the memory its views point into. */
struct mediasec_found
{
	struct ms_record record;
	char text[MS_RECORD_LEN_MAX];
};

/*
 * Looks at one record, which is a copy in the memory of this process and lives
 * until it returns. The store may hold a lock: it neither allocates nor blocks.
 *
 * @return false to end the walk
 */
typedef bool mediasec_store_visit(const struct ms_record *record, void *arg);

struct mediasec_store
{
	const char *name;
	/* @return 0, or -1 after a log line: the store cannot be used */
	int (*init)(void);
	/* The REGISTER of this process is about to be saved or relayed; its record
	 * is complete but for its expiry. NULL: put() is enough for this store. */
	void (*prepare)(const struct ms_record *record);
	/* Keep a record until record->expires, in place of an earlier one of the
	 * same flow and AoR. @return 0 or -1: nothing is changed then */
	int (*put)(const struct ms_record *record);
	/* Forget the record of this flow and AoR, if there is one. */
	void (*drop)(const struct ms_record *record);
	/* Forget all agreed records of this AoR, on any flow. */
	void (*drop_all)(const struct ms_record *record);
	/*
	 * The binding of a sender on its flow, with or without the AoRs it claims. A
	 * proved user has to be its owner; a callee is known by its contact.
	 *
	 * @param now   a record that expired before is not found
	 * @param found [out] written on true only
	 */
	bool (*find_by_flow)(const struct mediasec_sender *sender, time_t now,
			struct mediasec_found *found);
	/*
	 * The strictest binding of an AoR or user, on any flow: one that agreed.
	 *
	 * @param contact the URI it has to be called by, or empty
	 */
	bool (*find_by_owner)(struct ms_str owner, struct ms_str contact,
			time_t now, struct mediasec_found *found);
	/* One that agreed and whose calls go to this address, whoever it is. */
	bool (*find_by_address)(
			struct ms_str address, time_t now, struct mediasec_found *found);
	/*
	 * Show all records, expired ones included, in an order that does not change
	 * as long as none comes or goes. Never is all of the store locked.
	 *
	 * @return 0 or -1 after a log line
	 */
	int (*walk)(mediasec_store_visit *visit, void *arg);
};

/* The store in use; set by mediasec_store_init(). */
extern const struct mediasec_store *mediasec_store;

/* @return 0, or -1 after a log line: no such store, or it cannot be used */
int mediasec_store_init(const char *name);

/*
 * The binding a request belongs to: that of its flow; else the strictest of the
 * proved user, and at last of an AoR that is only claimed.
 *
 * @param found [out] written unless the result is MS_BINDING_UNKNOWN
 */
enum ms_binding mediasec_store_find(const struct mediasec_sender *sender,
		time_t now, struct mediasec_found *found);

/*
 * The binding a request goes to: that of its flow; else one that agreed, for a
 * connection ends and a client may listen on another port than it registers from:
 * with the Contact that is called, of one of these AoRs; or at this address.
 *
 * @param found [out] written unless the result is MS_BINDING_UNKNOWN
 */
enum ms_binding mediasec_store_find_callee(const struct mediasec_sender *callee,
		time_t now, struct mediasec_found *found);

#endif
