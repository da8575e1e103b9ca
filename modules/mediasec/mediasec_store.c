/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_store.h"

#include <string.h>

#include "../../core/dprint.h"

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
