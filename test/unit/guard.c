/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#define _DEFAULT_SOURCE

#include "guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Lies at the start of its mapping, so that nothing else must be allocated. */
struct mapping
{
	struct mapping *next;
	size_t len;
};

static struct mapping *mappings;

static void die(const char *what)
{
	perror(what);
	abort();
}

/* @return the guard page, behind at least `size` writable bytes */
static char *map(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t len = (sizeof(struct mapping) + size + page - 1) / page * page;
	struct mapping *m = mmap(NULL, len + page, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if(m == MAP_FAILED)
		die("mmap");
	m->next = mappings;
	m->len = len + page;
	mappings = m;
	if(mprotect((char *)m + len, page, PROT_NONE))
		die("mprotect");
	return (char *)m + len;
}

char *guard_buf(size_t size)
{
	return map(size) - size;
}

struct ms_str guard_str(struct ms_str text)
{
	char *copy = guard_buf(text.len);

	if(text.len > 0)
		memcpy(copy, text.p, text.len);
	return (struct ms_str){copy, text.len};
}

struct ms_str guard_text(const char *text)
{
	return guard_str((struct ms_str){text, strlen(text)});
}

void guard_release(void)
{
	struct mapping *m;

	while(mappings) {
		m = mappings;
		mappings = m->next;
		munmap(m, m->len);
	}
}
