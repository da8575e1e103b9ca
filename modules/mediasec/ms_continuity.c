/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_continuity.h"

#include <string.h>

static const unsigned char none[MS_FINGERPRINT_LEN];

static uint32_t rows_for(uint32_t aors)
{
	uint32_t rows = 1;

	while(rows * MS_CONTINUITY_WAYS < aors)
		rows *= 2;
	return rows;
}

size_t ms_continuity_size(uint32_t aors)
{
	return sizeof(struct ms_continuity)
		   + rows_for(aors) * MS_CONTINUITY_WAYS
					 * sizeof(struct ms_continuity_entry);
}

void ms_continuity_init(struct ms_continuity *table, uint32_t aors)
{
	memset(table, 0, ms_continuity_size(aors));
	table->rows = rows_for(aors);
}

uint32_t ms_continuity_row(const struct ms_continuity *table, uint64_t key)
{
	return (uint32_t)key & (table->rows - 1);
}

/* seconds; a free entry is older than all */
static uint32_t age(const struct ms_continuity_entry *entry, uint32_t now)
{
	return entry->key ? now - entry->seen : UINT32_MAX;
}

/* @return the entry of a key, or the oldest of its row, emptied for it */
static struct ms_continuity_entry *find(
		struct ms_continuity *table, uint64_t key, uint32_t now)
{
	struct ms_continuity_entry *row =
			table->entry[ms_continuity_row(table, key)];
	struct ms_continuity_entry *oldest = row;
	unsigned way;

	for(way = 0; way < MS_CONTINUITY_WAYS; way++) {
		if(row[way].key == key)
			return &row[way];
		if(age(&row[way], now) > age(oldest, now))
			oldest = &row[way];
	}
	*oldest = (struct ms_continuity_entry){.key = key};
	return oldest;
}

static bool same(const unsigned char *a, const unsigned char *b)
{
	return memcmp(a, b, MS_FINGERPRINT_LEN) == 0;
}

enum ms_continuity_result ms_continuity_see(struct ms_continuity *table,
		uint64_t key, const unsigned char cert[MS_FINGERPRINT_LEN],
		uint32_t now)
{
	struct ms_continuity_entry *entry = find(table, key, now);
	const bool first = same(entry->cert[0], none);
	unsigned i = 0;
	bool known;

	while(i < MS_CONTINUITY_CERTS - 1 && !same(entry->cert[i], cert))
		i++;
	known = same(entry->cert[i], cert);
	/* to the front, the others one back: the last falls out if it is new */
	memmove(entry->cert[1], entry->cert[0], i * MS_FINGERPRINT_LEN);
	memcpy(entry->cert[0], cert, MS_FINGERPRINT_LEN);
	entry->seen = now;
	if(known)
		return MS_CONTINUITY_KNOWN;
	return first ? MS_CONTINUITY_FIRST : MS_CONTINUITY_CHANGED;
}
