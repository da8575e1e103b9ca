/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_store.h"

#include <string.h>

#include "../../core/dprint.h"

#include "mediasec_address.h"
#include "mediasec_store_htable.h"
#include "mediasec_store_usrloc.h"

static const struct mediasec_store *const stores[] = {
		&mediasec_store_htable, &mediasec_store_usrloc, NULL};

const struct mediasec_store *mediasec_store;

int mediasec_store_init(const char *name)
{
	int i;

	for(i = 0; stores[i]; i++) {
		if(strcmp(stores[i]->name, name) == 0) {
			mediasec_store = stores[i];
			return mediasec_store->init();
		}
	}
	LM_ERR("parameter store: no such store: %s\n", name);
	return -1;
}

enum ms_binding mediasec_store_find(const struct mediasec_sender *sender,
		time_t now, struct mediasec_found *found)
{
	const struct mediasec_store *store = mediasec_store;
	unsigned i;

	if(store->find_by_flow(sender, now, found))
		return found->record.agreed ? MS_BINDING_AGREED : MS_BINDING_NONE;
	if(sender->flow_only)
		return MS_BINDING_UNKNOWN;
	if(store->find_by_owner(sender->user, MS_STR(""), now, found))
		return MS_BINDING_AGREED;
	for(i = 0; i < sender->n_aors; i++) {
		if(!ms_str_eq(sender->aor[i], sender->user)
				&& store->find_by_owner(sender->aor[i], MS_STR(""), now, found))
			return MS_BINDING_AGREED;
	}
	return MS_BINDING_UNKNOWN;
}

enum ms_binding mediasec_store_find_callee(const struct mediasec_sender *callee,
		time_t now, struct mediasec_found *found)
{
	const struct mediasec_store *store = mediasec_store;
	unsigned i;

	if(callee->flow.len > 0 && store->find_by_flow(callee, now, found))
		return found->record.agreed ? MS_BINDING_AGREED : MS_BINDING_NONE;
	for(i = 0; i < callee->n_aors; i++) {
		if(store->find_by_owner(callee->aor[i], callee->contact, now, found))
			return MS_BINDING_AGREED;
	}
	if(callee->flow.len > 0
			&& store->find_by_address(
					mediasec_address_of_flow(callee->flow), now, found))
		return MS_BINDING_AGREED;
	return MS_BINDING_UNKNOWN;
}
