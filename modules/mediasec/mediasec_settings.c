/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_settings.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/ip_addr.h"

#include "mediasec_str.h"
#include "ms_continuity.h"
#include "ms_scan.h"

#define IFACES_MAX 64

struct mediasec_options mediasec_options = {
		.table = "mediasec",
		.store = "htable",
		.secret = "",
		.binding_grace = 32,
		.dialog_timeout = 43200,
		.reject_limit = 5,
		.reject_window = 30,
		.missing_code = 421,
		.mismatch_code = 494,
		.trusted_proxies = "",
		.emergency = "112,110,911,urn:service:sos",
		.event_callback = "",
		.certificate_continuity = 0,
};

/* What may differ by interface, as text until mediasec_settings_init(). */
static char *mechanisms = "sdes-srtp";
static char *policy = "optional";
static char *verify_mode = "compat";
static char *verify_missing = "secure_offer";
static char *unknown_binding = "plain";
static char *suites = "";
static int strict_option_tag = 0;
static int require_secure_transport = 1;
static char *mixed_offer = "reject";
static int osrtp = 1;
static int t38 = 1;
static char *sticky_capability = "log";

static struct mediasec_iface ifaces[IFACES_MAX]; /* [0]: the default */
static const char *rows[IFACES_MAX];
static unsigned n_ifaces = 1;

static struct ms_list previous[MS_LISTS_MAX];
static unsigned n_previous;

/* ---- words of a parameter ----------------------------------------------- */

static const char *const policies[] = {[MS_POLICY_OFF] = "off",
		[MS_POLICY_OPTIONAL] = "optional",
		[MS_POLICY_REQUIRED] = "required",
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
static const char *const mixes[] = {"reject", "refuse", NULL};
static const char *const sides[] = {
		[MEDIASEC_ACCESS] = "access", [MEDIASEC_CORE] = "core", NULL};

/* @return the index of the word, or -1 after a log line */
static int word_index(
		const char *param, const char *const *words, struct ms_str word)
{
	int i;

	for(i = 0; words[i]; i++) {
		if(ms_str_caseeq(word, mediasec_view_z(words[i])))
			return i;
	}
	LM_ERR("parameter %s: no such value: %.*s\n", param, (int)word.len, word.p);
	return -1;
}

static int read_mechanisms(struct ms_str text, struct ms_list *list)
{
	if(ms_list_read(text, list) == MS_OK && list->n > 0)
		return 0;
	LM_ERR("parameter mechanisms: not a list of up to %d different mechanism "
		   "names: %.*s\n",
			MS_LIST_MAX, (int)text.len, text.p);
	return -1;
}

/* ---- one setting -------------------------------------------------------- */

/* What a field of `interface`, or the parameter of that name, does to an
 * interface. @return 0, or -1 after a log line */
typedef int set_f(struct mediasec_iface *iface, struct ms_str value);

static int set_socket(struct mediasec_iface *iface, struct ms_str value)
{
	iface->socket = value;
	return 0;
}

static int set_side(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("interface: side", sides, value);

	iface->side = (enum mediasec_side)i;
	return i < 0 ? -1 : 0;
}

static int set_media(struct mediasec_iface *iface, struct ms_str value)
{
	iface->media = value;
	return 0;
}

static int set_mechanisms(struct mediasec_iface *iface, struct ms_str value)
{
	return read_mechanisms(value, &iface->ms.list);
}

static int set_policy(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("policy", policies, value);

	iface->ms.policy = (enum ms_policy)i;
	return i < 0 ? -1 : 0;
}

static int set_verify_mode(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("verify_mode", modes, value);

	iface->ms.verify_mode = (enum ms_verify_mode)i;
	return i < 0 ? -1 : 0;
}

static int set_verify_missing(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("verify_missing", missings, value);

	iface->ms.missing = (enum ms_missing)i;
	return i < 0 ? -1 : 0;
}

static int set_unknown(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("unknown_binding", unknowns, value);

	iface->ms.unknown = (enum ms_unknown)i;
	return i < 0 ? -1 : 0;
}

static int set_sticky(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("sticky_capability", stickies, value);

	iface->ms.sticky = (enum ms_sticky)i;
	return i < 0 ? -1 : 0;
}

static int set_mixed(struct mediasec_iface *iface, struct ms_str value)
{
	int i = word_index("mixed_offer", mixes, value);

	iface->ms.refuse_mixed = i > 0;
	return i < 0 ? -1 : 0;
}

static int set_suites(struct mediasec_iface *iface, struct ms_str value)
{
	iface->ms.suites = MS_SUITES_DEFAULT;
	if(value.len == 0 || ms_suites_read(value, &iface->ms.suites) == MS_OK)
		return 0;
	LM_ERR("parameter suites: an unknown suite or one without encryption: "
		   "%.*s\n",
			(int)value.len, value.p);
	return -1;
}

static const struct
{
	const char *name;
	set_f *set;
} fields[] = {
		{"socket", set_socket},
		{"side", set_side},
		{"media", set_media},
		{"mechanisms", set_mechanisms},
		{"policy", set_policy},
		{"verify_mode", set_verify_mode},
		{"verify_missing", set_verify_missing},
		{"unknown_binding", set_unknown},
		{"sticky_capability", set_sticky},
		{"mixed_offer", set_mixed},
		{"suites", set_suites},
};

static int iface_set(
		struct mediasec_iface *iface, struct ms_str name, struct ms_str value)
{
	unsigned i;

	for(i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if(ms_str_eq(name, mediasec_view_z(fields[i].name)))
			return fields[i].set(iface, value);
	}
	LM_ERR("parameter interface: no such field: %.*s\n", (int)name.len, name.p);
	return -1;
}

/* "socket=tls:192.0.2.1:5061;policy=required;..." */
static int iface_read(struct mediasec_iface *iface, const char *row)
{
	struct ms_str rest = mediasec_view_z(row), field, name;

	while(rest.len > 0) {
		field = ms_str_trim(ms_str_until(&rest, ';'));
		name = ms_str_until(&field, '=');
		if(name.len > 0 && iface_set(iface, name, field) < 0)
			return -1;
	}
	if(iface->socket.len == 0) {
		LM_ERR("parameter interface: no socket in: %s\n", row);
		return -1;
	}
	/* what is agreed is between a UE and us: the core is not held to it */
	if(iface->side == MEDIASEC_CORE)
		iface->ms.policy = MS_POLICY_OPTIONAL;
	return 0;
}

static int default_iface(struct mediasec_iface *iface)
{
	const struct
	{
		set_f *set;
		const char *value;
	} given[] = {
			{set_mechanisms, mechanisms},
			{set_policy, policy},
			{set_verify_mode, verify_mode},
			{set_verify_missing, verify_missing},
			{set_unknown, unknown_binding},
			{set_sticky, sticky_capability},
			{set_mixed, mixed_offer},
			{set_suites, suites},
	};
	unsigned i;

	for(i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		if(given[i].set(iface, mediasec_view_z(given[i].value)) < 0)
			return -1;
	}
	iface->ms.strict_tag = strict_option_tag != 0;
	iface->ms.secure_transport = require_secure_transport != 0;
	iface->ms.osrtp = osrtp != 0;
	iface->ms.t38 = t38 != 0;
	return 0;
}

/* A policy that no client could meet is an error of the configuration. */
static int iface_check(const struct mediasec_iface *iface)
{
	if(iface->ms.policy != MS_POLICY_REQUIRED)
		return 0;
	if(ms_list_bits(&iface->ms.list) & MS_MECH_TERMINATED)
		return 0;
	LM_ERR("policy required, but mechanisms has none that can be "
		   "terminated\n");
	return -1;
}

/* rtpengine takes the names of both sides or of none, and one it does not know
 * for its first. */
static int media_check(void)
{
	unsigned i;

	for(i = 2; i < n_ifaces; i++) {
		if((ifaces[i].media.len > 0) != (ifaces[1].media.len > 0)) {
			LM_ERR("parameter interface: media on all of them or on none\n");
			return -1;
		}
	}
	return 0;
}

static int codes_check(void)
{
	const struct mediasec_options *o = &mediasec_options;

	if(o->missing_code != 421 && o->missing_code != 403) {
		LM_ERR("parameter missing_client_code: 421 or 403, not %d\n",
				o->missing_code);
		return -1;
	}
	if(o->mismatch_code != 494 && o->mismatch_code != 403) {
		LM_ERR("parameter mismatch_code: 494 or 403, not %d\n",
				o->mismatch_code);
		return -1;
	}
	if(o->binding_grace < 0 || o->reject_limit < 0 || o->reject_window < 1
			|| o->dialog_timeout < 1 || o->certificate_continuity < 0
			|| o->certificate_continuity > MS_CONTINUITY_AORS_MAX) {
		LM_ERR("parameters binding_grace, reject_limit and "
			   "certificate_continuity: 0 or more, reject_window and "
			   "dialog_timeout: 1 or more\n");
		return -1;
	}
	return 0;
}

int mediasec_settings_init(void)
{
	unsigned i;

	if(default_iface(&ifaces[0]) < 0 || codes_check() < 0)
		return -1;
	for(i = 1; i < n_ifaces; i++) {
		ifaces[i] = ifaces[0];
		if(iface_read(&ifaces[i], rows[i]) < 0)
			return -1;
	}
	for(i = 0; i < n_ifaces; i++) {
		if(iface_check(&ifaces[i]) < 0)
			return -1;
	}
	return media_check();
}

/* ---- reading ------------------------------------------------------------ */

const struct mediasec_iface *mediasec_iface(const struct socket_info *socket)
{
	unsigned i;

	for(i = 1; socket && i < n_ifaces; i++) {
		if(ms_str_caseeq(ifaces[i].socket, mediasec_view(&socket->sock_str)))
			return &ifaces[i];
	}
	return &ifaces[0];
}

struct ms_str mediasec_core_media(void)
{
	unsigned i;

	for(i = 1; i < n_ifaces; i++) {
		if(ifaces[i].side == MEDIASEC_CORE)
			return ifaces[i].media;
	}
	return ifaces[0].media;
}

const struct ms_list *mediasec_previous_lists(unsigned *n)
{
	*n = n_previous;
	return previous;
}

bool mediasec_option_has(const char *option, struct ms_str text)
{
	struct ms_str rest = mediasec_view_z(option);

	while(rest.len > 0) {
		if(ms_str_caseeq(ms_str_trim(ms_str_until(&rest, ',')), text))
			return true;
	}
	return false;
}

/* ---- parameters --------------------------------------------------------- */

static int param_interface(modparam_t type, void *val)
{
	if(n_ifaces == IFACES_MAX) {
		LM_ERR("parameter interface: more than %d\n", IFACES_MAX - 1);
		return -1;
	}
	rows[n_ifaces++] = val;
	return 0;
}

static int param_previous(modparam_t type, void *val)
{
	const char *text = val;

	if(text[0] == '\0')
		return 0;
	/* the recorded and the current list come before them */
	if(n_previous == MS_LISTS_MAX - 2) {
		LM_ERR("parameter previous_lists: more than %d\n", MS_LISTS_MAX - 2);
		return -1;
	}
	return read_mechanisms(mediasec_view_z(text), &previous[n_previous++]);
}

/* clang-format off */
param_export_t mediasec_params[] = {
	{"mechanisms", PARAM_STRING, &mechanisms},
	{"previous_lists", PARAM_STRING | PARAM_USE_FUNC, (void *)param_previous},
	{"policy", PARAM_STRING, &policy},
	{"verify_mode", PARAM_STRING, &verify_mode},
	{"verify_missing", PARAM_STRING, &verify_missing},
	{"unknown_binding", PARAM_STRING, &unknown_binding},
	{"sticky_capability", PARAM_STRING, &sticky_capability},
	{"require_secure_transport", PARAM_INT, &require_secure_transport},
	{"strict_option_tag", PARAM_INT, &strict_option_tag},
	{"suites", PARAM_STRING, &suites},
	{"mixed_offer", PARAM_STRING, &mixed_offer},
	{"osrtp", PARAM_INT, &osrtp},
	{"t38", PARAM_INT, &t38},
	{"interface", PARAM_STRING | PARAM_USE_FUNC, (void *)param_interface},
	{"missing_client_code", PARAM_INT, &mediasec_options.missing_code},
	{"mismatch_code", PARAM_INT, &mediasec_options.mismatch_code},
	{"trust_front_proxy", PARAM_STRING, &mediasec_options.trusted_proxies},
	{"emergency", PARAM_STRING, &mediasec_options.emergency},
	{"event_callback", PARAM_STRING, &mediasec_options.event_callback},
	{"certificate_continuity", PARAM_INT, &mediasec_options.certificate_continuity},
	{"reject_limit", PARAM_INT, &mediasec_options.reject_limit},
	{"reject_window", PARAM_INT, &mediasec_options.reject_window},
	{"store", PARAM_STRING, &mediasec_options.store},
	{"htable", PARAM_STRING, &mediasec_options.table},
	{"binding_grace", PARAM_INT, &mediasec_options.binding_grace},
	{"dialog_timeout", PARAM_INT, &mediasec_options.dialog_timeout},
	{"secret", PARAM_STRING, &mediasec_options.secret},
	{0, 0, 0}
};
/* clang-format on */
