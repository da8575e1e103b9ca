/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "ms_settings.h"

#include <string.h>

#include "ms_mech.h"

/* ---- words -------------------------------------------------------------- */

static const char *const policies[] = {[MS_POLICY_OFF] = "off",
		[MS_POLICY_OPTIONAL] = "optional",
		[MS_POLICY_REQUIRED] = "required",
		NULL};
static const char *const medias[] = {[MS_MEDIA_OPTIONAL] = "optional",
		[MS_MEDIA_MANDATORY] = "mandatory",
		[MS_MEDIA_FORBIDDEN] = "forbidden",
		NULL};
static const char *const modes[] = {[MS_VERIFY_STRICT] = "strict",
		[MS_VERIFY_COMPAT] = "compat",
		[MS_VERIFY_SET] = "set",
		NULL};
static const char *const missings[] = {[MS_MISSING_REJECT] = "reject",
		[MS_MISSING_SECURE_OFFER] = "secure_offer",
		[MS_MISSING_ACCEPT] = "accept",
		NULL};
static const char *const unknowns[] = {[MS_UNKNOWN_PLAIN] = "plain",
		[MS_UNKNOWN_SECURE] = "secure",
		[MS_UNKNOWN_REFUSE] = "refuse",
		NULL};
static const char *const stickies[] = {[MS_STICKY_OFF] = "off",
		[MS_STICKY_LOG] = "log",
		[MS_STICKY_REJECT] = "reject",
		NULL};
static const char *const switches[] = {"0", "1", NULL};
static const char *const mixes[] = {"reject", "refuse", NULL};

/* @return the index of a word, or -1 */
static int word_index(const char *const *words, struct ms_str word)
{
	int i;

	for(i = 0; words[i]; i++)
		if(ms_str_caseeq(word, (struct ms_str){words[i], strlen(words[i])}))
			return i;
	return -1;
}

/* The suites are what stands in front of sha1, a setting of its own. */
#define SUITES_SIZE offsetof(struct ms_keying, sha1)

/* ---- fields ------------------------------------------------------------- */

typedef enum ms_err read_f(
		struct ms_str value, const char *const *words, void *member);

static enum ms_err read_word(
		struct ms_str value, const char *const *words, void *member)
{
	int i = word_index(words, value);

	if(i < 0)
		return MS_ESYNTAX;
	memcpy(member, &i, sizeof(i));
	return MS_OK;
}

static enum ms_err read_bool(
		struct ms_str value, const char *const *words, void *member)
{
	int i = word_index(words, value);

	if(i < 0)
		return MS_ESYNTAX;
	*(bool *)member = i > 0;
	return MS_OK;
}

static enum ms_err read_list(
		struct ms_str value, const char *const *words, void *member)
{
	struct ms_list list;

	(void)words;
	if(ms_list_read(value, &list) != MS_OK || list.n == 0)
		return MS_ESYNTAX;
	memcpy(member, &list, sizeof(list));
	return MS_OK;
}

static enum ms_err read_suites(
		struct ms_str value, const char *const *words, void *member)
{
	struct ms_keying keying = ms_keying_default;

	(void)words;
	if(value.len > 0 && ms_suites_read(value, &keying) != MS_OK)
		return MS_ESYNTAX;
	memcpy(member, &keying, SUITES_SIZE);
	return MS_OK;
}

_Static_assert(sizeof(enum ms_policy) == sizeof(int), "read_word() writes int");

#define MEMBER(member)                    \
	offsetof(struct ms_settings, member), \
			sizeof(((struct ms_settings *)0)->member)

static const struct
{
	struct ms_str name;
	size_t offset, size;
	read_f *read;
	const char *const *words;
} fields[] = {
		{MS_STR("policy"), MEMBER(policy), read_word, policies},
		{MS_STR("inbound"), MEMBER(inbound), read_word, medias},
		{MS_STR("outbound"), MEMBER(outbound), read_word, medias},
		{MS_STR("verify_mode"), MEMBER(verify_mode), read_word, modes},
		{MS_STR("verify_missing"), MEMBER(missing), read_word, missings},
		{MS_STR("unknown_binding"), MEMBER(unknown), read_word, unknowns},
		{MS_STR("sticky_capability"), MEMBER(sticky), read_word, stickies},
		{MS_STR("strict_option_tag"), MEMBER(strict_tag), read_bool, switches},
		{MS_STR("require_secure_transport"), MEMBER(secure_transport),
				read_bool, switches},
		{MS_STR("osrtp"), MEMBER(osrtp), read_bool, switches},
		{MS_STR("t38"), MEMBER(t38), read_bool, switches},
		{MS_STR("retry_plain_on_488"), MEMBER(retry_plain), read_bool,
				switches},
		{MS_STR("mixed_offer"), MEMBER(refuse_mixed), read_bool, mixes},
		{MS_STR("mechanisms"), MEMBER(list), read_list, NULL},
		{MS_STR("suites"), offsetof(struct ms_settings, keying), SUITES_SIZE,
				read_suites, NULL},
		{MS_STR("sha1_fingerprints"), MEMBER(keying.sha1), read_bool, switches},
};
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

enum ms_err ms_settings_give(
		struct ms_settings_part *part, struct ms_str name, struct ms_str value)
{
	size_t i;

	for(i = 0; i < FIELDS; i++) {
		const uint32_t bit = UINT32_C(1) << i;

		if(!ms_str_eq(name, fields[i].name))
			continue;
		if(part->given & bit)
			return MS_ESYNTAX;
		if(fields[i].read(value, fields[i].words,
				   (char *)&part->settings + fields[i].offset)
				!= MS_OK)
			return MS_ESYNTAX;
		part->given |= bit;
		return MS_OK;
	}
	return MS_END;
}

void ms_settings_overlay(
		struct ms_settings *settings, const struct ms_settings_part *part)
{
	size_t i;

	for(i = 0; i < FIELDS; i++)
		if(part->given & UINT32_C(1) << i)
			memcpy((char *)settings + fields[i].offset,
					(const char *)&part->settings + fields[i].offset,
					fields[i].size);
}

/* ---- judging them ------------------------------------------------------- */

static bool is_forbidden(const struct ms_settings *settings)
{
	return settings->inbound == MS_MEDIA_FORBIDDEN
		   || settings->outbound == MS_MEDIA_FORBIDDEN;
}

static bool is_mandatory(const struct ms_settings *settings)
{
	return settings->inbound == MS_MEDIA_MANDATORY
		   || settings->outbound == MS_MEDIA_MANDATORY
		   || settings->policy == MS_POLICY_REQUIRED;
}

bool ms_settings_agree(const struct ms_settings *settings)
{
	if(is_mandatory(settings)
			&& !(ms_list_bits(&settings->list) & MS_MECH_TERMINATED))
		return false;
	if(settings->policy == MS_POLICY_REQUIRED)
		return !is_forbidden(settings);
	return settings->policy == MS_POLICY_OFF
		   || settings->inbound != MS_MEDIA_FORBIDDEN
		   || settings->outbound != MS_MEDIA_FORBIDDEN;
}

static enum ms_media tighter(enum ms_media media, enum ms_media other)
{
	return media == MS_MEDIA_OPTIONAL && other == MS_MEDIA_MANDATORY ? other
																	 : media;
}

void ms_settings_tighten(
		struct ms_settings *settings, const struct ms_settings *others)
{
	struct ms_settings *s = settings;
	const unsigned more = ms_list_bits(&others->list) & MS_MECH_TERMINATED
						  & ~ms_list_bits(&s->list);

	if(others->policy > s->policy)
		s->policy = others->policy;
	s->inbound = tighter(s->inbound, others->inbound);
	s->outbound = tighter(s->outbound, others->outbound);
	if(others->verify_mode < s->verify_mode)
		s->verify_mode = others->verify_mode;
	if(others->missing < s->missing)
		s->missing = others->missing;
	if(others->unknown > s->unknown)
		s->unknown = others->unknown;
	if(others->sticky > s->sticky)
		s->sticky = others->sticky;
	s->strict_tag |= others->strict_tag;
	s->secure_transport |= others->secure_transport;
	s->t38 &= others->t38;
	s->refuse_mixed |= others->refuse_mixed;
	s->retry_plain &= others->retry_plain;
	ms_keying_narrow(&s->keying, &others->keying);
	/* a list that allows no other mechanism: its owner mirrors it */
	if(!more)
		s->list = others->list;
}
