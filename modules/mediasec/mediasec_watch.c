/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_watch.h"

#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/mem/shm_mem.h"
#include "../../core/parser/msg_parser.h"
#include "../../core/pt.h"
#include "../../core/sr_module.h"
#include "../../core/timer_proc.h"
#include "../../core/utils/srjson.h"

#include "mediasec_counters.h"
#include "mediasec_inbox.h"
#include "mediasec_later.h"
#include "mediasec_rtpe.h"
#include "ms_log.h"

#define TEXT_MAX 512 /* of id and tag; longer ones are not watched */

/* Seconds after the answer when a call is looked at: early, because media may
 * flow until then, and again while the handshake is slow to come. */
static const unsigned looks[] = {1, 2, 4, 8, 16};

#define LOOKS (sizeof(looks) / sizeof(looks[0]))

/* From this look on packets without a handshake are more than reordered ones. */
#define LOOK_REFUSED 3

/* Until this look a phone may take to shake hands again. From 12.2 on rtpengine
 * keeps the keys until then when the certificate changes within a dialog. */
#define LOOK_CHANGED 3

struct watched
{
	struct mediasec_note note;
	unsigned age;  /* seconds */
	unsigned look; /* the next one of looks[] */
	bool refused;  /* said so */
	struct mediasec_watched leg;
	char text[]; /* that of the leg */
};

/* New ones; the process takes them all away and keeps them to itself. */
static struct mediasec_inbox *inbox;

/* ---- any process -------------------------------------------------------- */

void mediasec_watch(const struct mediasec_watched *leg)
{
	struct watched *w;
	char *p;

	if(leg->id.len + leg->tag.len > TEXT_MAX)
		return;
	w = shm_mallocxz(sizeof(*w) + leg->id.len + leg->tag.len + leg->call_id.len
					 + leg->aor.len);
	if(w == NULL) {
		SHM_MEM_ERROR;
		return;
	}
	w->leg = *leg;
	p = w->text;
	w->leg.id = mediasec_inbox_text(&p, leg->id);
	w->leg.tag = mediasec_inbox_text(&p, leg->tag);
	w->leg.call_id = mediasec_inbox_text(&p, leg->call_id);
	w->leg.aor = mediasec_inbox_text(&p, leg->aor);
	mediasec_inbox_put(inbox, &w->note, 0);
}

/* ---- what rtpengine says ------------------------------------------------ */

/* The order is that of the evil. */
enum verdict
{
	VERDICT_VERIFIED, /* all that has shaken hands */
	VERDICT_PENDING,  /* no handshake yet */
	VERDICT_REFUSED,  /* none that rtpengine takes, but packets */
	VERDICT_MISMATCH, /* keys, but the certificate is another */
	VERDICT_GONE	  /* no such call */
};

static bool has_flag(srjson_doc_t *doc, srjson_t *object, const char *flag)
{
	srjson_t *flags = srjson_GetObjectItem(doc, object, "flags"), *one;

	for(one = flags ? flags->child : NULL; one; one = one->next) {
		if(one->type == srjson_String && strcmp(one->valuestring, flag) == 0)
			return true;
	}
	return false;
}

/* What it could not decrypt: rtpengine drops a handshake with another certificate,
 * but who made it believes in it and sends SRTP. */
static bool has_errors(srjson_doc_t *doc, srjson_t *stream)
{
	srjson_t *stats = srjson_GetObjectItem(doc, stream, "stats");
	srjson_t *errors =
			stats ? srjson_GetObjectItem(doc, stats, "errors") : NULL;

	return errors && errors->valuedouble > 0;
}

/* A stream has a suite once its handshake is done. RTCP may have none. */
static enum verdict judge_media(srjson_doc_t *doc, srjson_t *media)
{
	srjson_t *streams = srjson_GetObjectItem(doc, media, "streams"), *one;
	enum verdict verdict = VERDICT_PENDING;

	if(!has_flag(doc, media, "DTLS-SRTP"))
		return VERDICT_VERIFIED;
	for(one = streams ? streams->child : NULL; one; one = one->next) {
		if(!srjson_GetObjectItem(doc, one, "crypto suite")) {
			if(verdict == VERDICT_PENDING && has_errors(doc, one))
				verdict = VERDICT_REFUSED;
			continue;
		}
		if(!has_flag(doc, one, "DTLS fingerprint verified"))
			return VERDICT_MISMATCH;
		verdict = VERDICT_VERIFIED;
	}
	return verdict;
}

/* The worst of all media of all parties. */
static enum verdict judge(srjson_doc_t *doc)
{
	srjson_t *tags = srjson_GetObjectItem(doc, doc->root, "tags");
	srjson_t *tag, *medias, *media;
	enum verdict verdict = VERDICT_VERIFIED, v;

	for(tag = tags ? tags->child : NULL; tag; tag = tag->next) {
		medias = srjson_GetObjectItem(doc, tag, "medias");
		for(media = medias ? medias->child : NULL; media; media = media->next) {
			v = judge_media(doc, media);
			if(v > verdict)
				verdict = v;
		}
	}
	return tags ? verdict : VERDICT_GONE;
}

static enum verdict ask(sip_msg_t *msg)
{
	enum verdict verdict = VERDICT_GONE;
	srjson_doc_t doc;
	char *json = mediasec_rtpe_query(msg);

	if(json == NULL)
		return VERDICT_GONE;
	srjson_InitDoc(&doc, NULL);
	doc.root = srjson_Parse(&doc, json);
	if(doc.root)
		verdict = judge(&doc);
	srjson_DestroyDoc(&doc);
	return verdict;
}

/* ---- the process -------------------------------------------------------- */

static int make_message(const struct watched *w, struct mediasec_made *made)
{
	char from[TEXT_MAX + 32];
	int n = snprintf(from, sizeof(from), "<sip:mediasec>;tag=%.*s",
			(int)w->leg.tag.len, w->leg.tag.p);

	return mediasec_rtpe_message(made, (struct ms_str){from, (size_t)n},
			MS_STR("<sip:mediasec>"), w->leg.id);
}

static void tell(const struct watched *w, enum mediasec_count count)
{
	mediasec_count(count);
	mediasec_event_raise(
			&(struct mediasec_event){.kind = MEDIASEC_EVENT_CERTIFICATE,
					.reason = mediasec_count_word(count),
					.aor = w->leg.aor,
					.call_id = w->leg.call_id,
					.party = w->leg.party,
					.leg = w->leg.is});
}

/* The phone is not who signalled: nothing it sends goes on, nor is it sent
 * anything. */
static void end_media(sip_msg_t *msg, const struct watched *w)
{
	struct ms_rtpp rtpp = {.op = MS_RTPP_DELETE};

	LM_WARN("dtls_mismatch: a certificate is not the one that was signalled, "
			"media ends: aor=%s ci=%s\n",
			MS_LOG_VALUE(w->leg.aor), MS_LOG_VALUE(w->leg.call_id));
	tell(w, MEDIASEC_COUNT_DTLS_MISMATCH);
	mediasec_rtpe_delete(msg, &rtpp, MS_STR(""));
}

/* @return true if the call needs to be looked at again */
static bool look_at(struct watched *w)
{
	struct mediasec_made made;
	bool again = false;

	if(make_message(w, &made) < 0)
		return false;
	switch(ask(&made.msg)) {
		case VERDICT_REFUSED:
			if(w->look >= LOOK_REFUSED && !w->refused) {
				w->refused = true;
				tell(w, MEDIASEC_COUNT_DTLS_REFUSED);
			}
			again = w->look < LOOKS;
			break;
		case VERDICT_PENDING:
			again = w->look < LOOKS;
			if(!again && !w->refused)
				tell(w, MEDIASEC_COUNT_DTLS_SILENT);
			break;
		case VERDICT_VERIFIED:
			mediasec_count(MEDIASEC_COUNT_DTLS_VERIFIED);
			break;
		case VERDICT_MISMATCH:
			again = w->leg.later && w->look < LOOK_CHANGED;
			if(!again)
				end_media(&made.msg, w);
			break;
		case VERDICT_GONE:
			break;
	}
	mediasec_rtpe_message_free(&made);
	return again;
}

static bool is_same(
		const struct mediasec_watched *a, const struct mediasec_watched *b)
{
	return a->party == b->party && ms_str_eq(a->id, b->id);
}

/* Those that are watched, the newest first. */
static struct mediasec_note *all;

/* What has been said of a leg is not said again. */
static void replace(struct watched *newer)
{
	struct mediasec_note **at;
	struct watched *w;

	for(at = &all; (w = (struct watched *)*at) != NULL; at = &w->note.next) {
		if(is_same(&w->leg, &newer->leg)) {
			newer->refused = w->refused;
			*at = w->note.next;
			shm_free(w);
			return;
		}
	}
}

/* In the order in which they came. */
static void take_new(void)
{
	struct mediasec_note *fresh = mediasec_inbox_take(inbox), *next;

	for(; fresh; fresh = next) {
		next = fresh->next;
		replace((struct watched *)fresh);
		fresh->next = all;
		all = fresh;
	}
}

static void on_second(unsigned ticks, void *param)
{
	struct mediasec_note **at = &all;
	struct watched *w;

	mediasec_later_run();
	take_new();
	while((w = (struct watched *)*at) != NULL) {
		if(++w->age < looks[w->look] || (w->look++, look_at(w))) {
			at = &w->note.next;
			continue;
		}
		*at = w->note.next;
		shm_free(w);
	}
}

int mediasec_watch_init(void)
{
	inbox = mediasec_inbox_new();
	if(inbox == NULL)
		return -1;
	register_basic_timers(1);
	return 0;
}

int mediasec_watch_fork(void)
{
	return fork_basic_timer(PROC_TIMER, "MEDIASEC WATCH", 1, on_second, NULL, 1)
						   < 0
				   ? -1
				   : 0;
}
