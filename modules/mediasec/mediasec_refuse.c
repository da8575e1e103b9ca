/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_refuse.h"

#include <stdio.h>
#include <sys/random.h>

#include "../../core/dprint.h"
#include "../../core/dset.h"
#include "../../core/locking.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/parser/parse_cseq.h"
#include "../../core/timer.h"
#include "../sl/sl.h"
#include "../tm/tm_load.h"

#include "mediasec_cfg.h"
#include "mediasec_counters.h"
#include "mediasec_event.h"
#include "mediasec_msg.h"
#include "mediasec_str.h"
#include "ms_limiter.h"
#include "ms_log.h"

#define LOCKS 16

static sl_api_t sl;
static tm_api_t tm;
static struct ms_limiter *limiter; /* shared */
static gen_lock_set_t *locks;
static uint64_t seed;

int mediasec_refuse_init(void)
{
	if(sl_load_api(&sl) < 0 || tm_load_api(&tm) < 0) {
		LM_ERR("the modules sl and tm are needed, loaded before\n");
		return -1;
	}
	if(getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		return -1;
	limiter = shm_mallocxz(sizeof(*limiter));
	locks = lock_set_alloc(LOCKS);
	if(limiter == NULL || locks == NULL || lock_set_init(locks) == NULL) {
		SHM_MEM_ERROR;
		return -1;
	}
	return 0;
}

/* ---- the limiter -------------------------------------------------------- */

static uint32_t now(void)
{
	return (uint32_t)TICKS_TO_S(get_ticks_raw());
}

/* nobody has been refused lately */
static bool is_quiet(void)
{
	return ms_limiter_is_idle(
			limiter, now(), (uint32_t)mediasec_cfg_get(reject_window));
}

/* Count a refusal, or only look. @return false: one too many */
static bool is_within_limit(
		const sip_msg_t *msg, const struct mediasec_request *req, bool counts)
{
	uint64_t key = ms_limiter_key(
			seed, req->sender.flow, mediasec_view(&msg->callid->body));
	int lock = (int)(ms_limiter_row(key) % LOCKS);
	uint32_t max = (uint32_t)mediasec_cfg_get(reject_limit);
	uint32_t window = (uint32_t)mediasec_cfg_get(reject_window);
	bool within;

	lock_set_get(locks, lock);
	within = counts ? ms_limiter_allow(limiter, key, now(), max, window)
					: !ms_limiter_is_spent(limiter, key, now(), max, window);
	lock_set_release(locks, lock);
	return within;
}

/* ---- the reply ---------------------------------------------------------- */

int mediasec_refuse_code(enum ms_reason reason)
{
	if(reason == MS_REASON_CLIENT_MISSING
			|| reason == MS_REASON_LOST_CAPABILITY)
		return mediasec_cfg_get(missing_client_code);
	if(reason == MS_REASON_VERIFY_DIFFERS)
		return mediasec_cfg_get(mismatch_code);
	return ms_reason_info(reason)->code;
}

/* What a reply with this code carries besides its status line. */
static int add_rows(sip_msg_t *msg, struct mediasec_request *req,
		const struct ms_reason_info *info, int code)
{
	char row[256];
	int n;

	switch(code) {
		case 420:
			return mediasec_msg_add_reply_rows(
					msg, MS_STR("Unsupported: mediasec\r\n"));
		case 421:
		case 494:
			if(mediasec_request_announce(msg, req) < 0)
				return -1;
			return mediasec_msg_add_reply_rows(
					msg, MS_STR("Require: mediasec\r\n"));
		case 488:
			n = snprintf(row, sizeof(row),
					"Warning: 399 mediasec \"media security required: "
					"%.*s\"\r\n",
					(int)info->what.len, info->what.p);
			break;
		case 503:
			n = snprintf(row, sizeof(row), "Retry-After: %d\r\n",
					mediasec_cfg_get(reject_window));
			break;
		default:
			return 0;
	}
	return mediasec_msg_add_reply_rows(msg, (struct ms_str){row, (size_t)n});
}

/* ---- going nowhere ------------------------------------------------------ */

void mediasec_refuse_branch(sip_msg_t *msg)
{
	str nowhere = str_init("refused:mediasec");

	set_dst_uri(msg, &nowhere);
}

static void on_forward(struct cell *t, int type, struct tmcb_params *p)
{
	mediasec_refuse_branch(p->req);
	/* the sender has its answer: no 478 after it */
	t->flags |= T_DISABLE_INTERNAL_REPLY;
}

static void go_nowhere(sip_msg_t *msg, const struct mediasec_request *req)
{
	if(req->facts.has_sdp && mediasec_msg_remove_sdp(msg, req->sdp) < 0)
		LM_ERR("cannot take a refused session description out\n");
	if(msg->REQ_METHOD == METHOD_INVITE || req->facts.has_sdp)
		tm.register_tmcb(msg, NULL, TMCB_REQUEST_FWDED, on_forward, NULL, NULL);
	mediasec_refuse_branch(msg);
}

/* The ACK to a stateless refusal is recognised by our To-tag, and within a
 * dialog the To-tag is not ours: there a transaction has to absorb it. */
static int send_reply(sip_msg_t *msg, int code, str *phrase)
{
	const struct cell *t = tm.t_gett();

	if(msg->REQ_METHOD == METHOD_INVITE && get_to(msg)->tag_value.len > 0
			&& (t == NULL || t == T_UNDEFINED) && tm.t_newtran(msg) < 0)
		return -1;
	return sl.freply(msg, code, phrase);
}

struct refusal
{
	const char *of;
	enum ms_reason reason;
	int code; /* of the reply that says so; 0: there is none */
	struct ms_str aor, src;
};

/* The one line for a refusal, as the guide describes it. */
static void log_refusal(const struct refusal *refusal, const sip_msg_t *msg)
{
	const struct ms_str word = ms_reason_info(refusal->reason)->word;
	const struct cseq_body *cseq = get_cseq(msg);

	LM_NOTICE("refused reason=%.*s code=%d of=%s method=%s aor=%s src=%.*s "
			  "ci=%s\n",
			(int)word.len, word.p, refusal->code, refusal->of,
			MS_LOG_VALUE(mediasec_view(&cseq->method)),
			MS_LOG_VALUE(refusal->aor), (int)refusal->src.len, refusal->src.p,
			MS_LOG_VALUE(mediasec_view(&msg->callid->body)));
}

static void log_request(
		const sip_msg_t *msg, const struct mediasec_request *req, int code)
{
	log_refusal(&(struct refusal){.of = "request",
						.reason = req->refused,
						.code = code,
						.aor = req->sender.aor[req->sender.n_aors > 1 ? 1 : 0],
						.src = req->sender.flow},
			msg);
}

void mediasec_refuse_tell(const char *of, enum ms_reason reason, sip_msg_t *msg)
{
	const struct ms_reason_info *info = ms_reason_info(reason);
	struct refusal refusal = {.of = of, .reason = reason, .code = info->code};
	struct mediasec_found found;
	char flow[MEDIASEC_FLOW_MAX], name[MEDIASEC_NAME_MAX];

	refusal.src = mediasec_msg_flow(&msg->rcv, flow);
	mediasec_event_sender(msg, &found, name, &refusal.aor);
	log_refusal(&refusal, msg);
	mediasec_count_reason(reason);
	mediasec_event_message(
			(struct mediasec_event){
					.kind = MEDIASEC_EVENT_REJECTED, .reason = info->word},
			msg);
}

int mediasec_refuse_sdp(
		sip_msg_t *msg, struct mediasec_request *req, enum ms_reason reason)
{
	mediasec_request_sender(msg, req);
	log_refusal(&(struct refusal){.of = "body",
						.reason = reason,
						.aor = req->sender.aor[req->sender.n_aors > 1 ? 1 : 0],
						.src = req->sender.flow},
			msg);
	mediasec_count_reason(reason);
	mediasec_event_request(
			MEDIASEC_EVENT_REJECTED, ms_reason_info(reason)->word, msg, req);
	return mediasec_msg_remove_sdp(msg, req->sdp);
}

bool mediasec_refuse_excess(sip_msg_t *msg, struct mediasec_request *req)
{
	enum ms_verify_result mirror;

	if(is_quiet())
		return false;
	mediasec_request_sender(msg, req);
	if(is_within_limit(msg, req, false))
		return false;
	mirror = mediasec_request_mirror(msg, req);
	if(mirror != MS_VERIFY_DIFFERS && mirror != MS_VERIFY_MALFORMED)
		return false;
	mediasec_refuse(msg, req, MS_REASON_REJECT_LIMIT);
	return true;
}

int mediasec_refuse(
		sip_msg_t *msg, struct mediasec_request *req, enum ms_reason reason)
{
	const struct ms_reason_info *info;
	str phrase;
	int code;

	if(req->refused)
		return -1;
	mediasec_request_sender(msg, req);
	if(ms_reason_info(reason)->code == 494
			&& req->facts.verify != MS_VERIFY_RIGHT
			&& !is_within_limit(msg, req, true))
		reason = MS_REASON_REJECT_LIMIT;
	req->refused = reason;
	info = ms_reason_info(reason);
	code = mediasec_refuse_code(reason);
	phrase = mediasec_str(info->phrase);
	if(code == 403)
		phrase = (str)str_init("Forbidden");

	mediasec_count_reason(reason);
	log_request(msg, req, code);
	go_nowhere(msg, req);
	if(add_rows(msg, req, info, code) < 0 || send_reply(msg, code, &phrase) < 0)
		LM_ERR("cannot send the reply of a refusal\n");
	mediasec_event_request(MEDIASEC_EVENT_REJECTED, info->word, msg, req);
	return -1;
}
