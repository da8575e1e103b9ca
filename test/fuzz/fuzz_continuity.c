/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Pairs of bytes, AoR and certificate: seen by the table, which has room for all
 * AoRs, and by a model that forgets no certificate. */

#include "fuzz.h"

#include "ms_continuity.h"

#define AORS 16
#define CERTS 8

struct model
{
	size_t last[CERTS]; /* when it was seen; 0: never */
};

/* @return how many others were seen after this one */
static unsigned later(const struct model *m, unsigned cert)
{
	unsigned n = 0, i;

	for(i = 0; i < CERTS; i++)
		n += m->last[i] > m->last[cert];
	return n;
}

static enum ms_continuity_result model_see(
		struct model *m, unsigned cert, size_t now)
{
	enum ms_continuity_result result = MS_CONTINUITY_CHANGED;
	unsigned i;

	if(m->last[cert] && later(m, cert) < MS_CONTINUITY_CERTS)
		result = MS_CONTINUITY_KNOWN;
	for(i = 0; i < CERTS && !m->last[i]; i++)
		;
	if(i == CERTS)
		result = MS_CONTINUITY_FIRST;
	m->last[cert] = now;
	return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ms_continuity *table =
			(struct ms_continuity *)(void *)fuzz_buf(ms_continuity_size(AORS));
	struct model model[AORS] = {0};
	unsigned char cert[MS_FINGERPRINT_LEN];
	uint64_t key;
	size_t i;

	ms_continuity_init(table, AORS);
	for(i = 0; i + 1 < size; i += 2) {
		/* four keys in each row */
		key = 1 + data[i] % AORS;
		memset(cert, 1 + data[i + 1] % CERTS, sizeof(cert));
		REQUIRE(ms_continuity_row(table, key) < table->rows);
		REQUIRE(ms_continuity_see(table, key, cert, (uint32_t)i)
				== model_see(&model[key - 1], data[i + 1] % CERTS, i + 1));
	}
	free(table);
	return 0;
}
