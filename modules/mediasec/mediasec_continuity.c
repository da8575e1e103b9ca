/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_continuity.h"

#include <sys/random.h>

#include "../../core/dprint.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/timer.h"

#include "mediasec_counters.h"
#include "mediasec_event.h"
#include "mediasec_str.h"
#include "ms_continuity.h"
#include "ms_limiter.h"
#include "ms_log.h"

#define LOCKS 16

static struct ms_continuity *table; /* shared; NULL: switched off */
static gen_lock_set_t *locks;
static uint64_t seed;

int mediasec_continuity_init(void)
{
	const uint32_t aors = (uint32_t)mediasec_options.certificate_continuity;

	if(aors == 0)
		return 0;
	if(getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		return -1;
	table = shm_malloc(ms_continuity_size(aors));
	locks = lock_set_alloc(LOCKS);
	if(table == NULL || locks == NULL || lock_set_init(locks) == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	ms_continuity_init(table, aors);
	return 0;
}

static enum ms_continuity_result see(
		struct ms_str aor, const unsigned char cert[MS_FINGERPRINT_LEN])
{
	uint64_t key = ms_limiter_key(seed, aor, MS_STR(""));
	int lock = (int)(ms_continuity_row(table, key) % LOCKS);
	uint32_t now = (uint32_t)TICKS_TO_S(get_ticks_raw());
	enum ms_continuity_result result;

	lock_set_get(locks, lock);
	result = ms_continuity_see(table, key, cert, now);
	lock_set_release(locks, lock);
	return result;
}

/* Only who is registered on the flow it comes over: what an unknown sender calls
 * itself must not raise an alarm about somebody else. */
void mediasec_continuity(sip_msg_t *msg, unsigned mech, struct ms_str sdp)
{
	unsigned char cert[MS_FINGERPRINT_LEN];
	struct mediasec_found found;
	char name[MEDIASEC_NAME_MAX];
	struct ms_str aor;

	if(table == NULL || mech != MS_MECH_DTLS
			|| ms_sdp_fingerprint(sdp, cert) != MS_OK
			|| !mediasec_event_sender(msg, &found, name, &aor)
			|| see(aor, cert) != MS_CONTINUITY_CHANGED)
		return;
	LM_NOTICE("certificate_changed: one that is new to this client: aor=%s "
			  "src=%.*s ci=%s\n",
			MS_LOG_VALUE(aor), (int)found.record.flow.len, found.record.flow.p,
			MS_LOG_VALUE(mediasec_view(&msg->callid->body)));
	mediasec_count(MEDIASEC_COUNT_CERTIFICATE_CHANGED);
	mediasec_event_message(
			(struct mediasec_event){.kind = MEDIASEC_EVENT_CERTIFICATE,
					.reason = mediasec_count_word(
							MEDIASEC_COUNT_CERTIFICATE_CHANGED)},
			msg);
}
