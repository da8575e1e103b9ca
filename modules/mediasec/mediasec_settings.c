/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "mediasec_settings.h"

#include <string.h>

#include "../../core/dprint.h"
#include "../../core/ip_addr.h"
#include "../../core/mem/mem.h"

#include "mediasec_cfg.h"
#include "mediasec_rules.h"
#include "mediasec_str.h"
#include "ms_continuity.h"

#define IFACES_MAX 64

struct mediasec_options mediasec_options = {
		.table = "mediasec",
		.location = "location",
		.store = "htable",
		.secret = "",
		.db_url = "",
		.policy_table = "mediasec_policy",
		.group_table = "mediasec_group",
		.trusted_proxies = "",
		.emergency = "112,110,911,urn:service:sos",
		.event_callback = "",
		.certificate_continuity = 0,
};

/* What may differ by interface and rule, as text until mediasec_settings_init().
 */
static char *mechanisms = "sdes-srtp";
static char *policy = "optional";
static char *inbound = "optional";
static char *outbound = "optional";
static char *verify_mode = "compat";
static char *verify_missing = "secure_offer";
static char *unknown_binding = "plain";
static char *suites = "";
static char *mixed_offer = "reject";
static int strict_option_tag = 0;
static int require_secure_transport = 1;
static int osrtp = 1;
static int t38 = 1;
static int sha1_fingerprints = 0;
static int retry_plain_on_488 = 0;
static char *sticky_capability = "log";

static struct mediasec_iface ifaces[IFACES_MAX]; /* [0]: the default */
static const char *rows[IFACES_MAX];
static unsigned n_ifaces = 1;

static struct ms_list previous[MS_LISTS_MAX];
static unsigned n_previous;

/* ---- one interface ------------------------------------------------------ */

static int read_side(struct ms_str value, enum mediasec_side *side)
{
	if(ms_str_caseeq(value, MS_STR("access")))
		*side = MEDIASEC_ACCESS;
	else if(ms_str_caseeq(value, MS_STR("core")))
		*side = MEDIASEC_CORE;
	else
		return -1;
	return 0;
}

static int read_switch(struct ms_str value, bool *on)
{
	const bool is_on = ms_str_eq(value, MS_STR("1"));

	if(!is_on && !ms_str_eq(value, MS_STR("0")))
		return -1;
	*on = is_on;
	return 0;
}

/* A field of `interface`. @return 0 or -1 */
static int iface_set(struct mediasec_iface *iface,
		struct ms_settings_part *part, struct ms_str name, struct ms_str value)
{
	if(ms_str_eq(name, MS_STR("side")))
		return read_side(value, &iface->side);
	if(ms_str_eq(name, MS_STR("socket")))
		iface->socket = value;
	else if(ms_str_eq(name, MS_STR("media")))
		iface->media = value;
	else if(ms_str_eq(name, MS_STR("ipsec")))
		return read_switch(value, &iface->ipsec);
	else
		return ms_settings_give(part, name, value) == MS_OK ? 0 : -1;
	return 0;
}

/* "socket=tls:192.0.2.1:5061;policy=required;..." */
static int iface_read(struct mediasec_iface *iface, const char *row)
{
	struct ms_str rest = mediasec_view_z(row), field, name;
	struct ms_settings_part part = {.given = 0};

	while(rest.len > 0) {
		field = ms_str_trim(ms_str_until(&rest, ';'));
		if(field.len == 0)
			continue;
		name = ms_str_until(&field, '=');
		if(iface_set(iface, &part, name, field) < 0) {
			LM_ERR("parameter interface: no such field or value: %.*s\n",
					(int)(name.len + 1 + field.len), name.p);
			return -1;
		}
	}
	if(iface->socket.len == 0) {
		LM_ERR("parameter interface: no socket in: %s\n", row);
		return -1;
	}
	ms_settings_overlay(&iface->ms, &part);
	/* what is agreed is between a UE and us: the core is not held to it */
	if(iface->side == MEDIASEC_CORE) {
		iface->ms.policy = MS_POLICY_OPTIONAL;
		iface->ms.inbound = iface->ms.outbound = MS_MEDIA_OPTIONAL;
	}
	return 0;
}

static int default_settings(struct ms_settings *settings)
{
	const char *const on[] = {"0", "1"};
	const struct
	{
		const char *name, *value;
	} given[] = {
			{"mechanisms", mechanisms},
			{"policy", policy},
			{"inbound", inbound},
			{"outbound", outbound},
			{"verify_mode", verify_mode},
			{"verify_missing", verify_missing},
			{"unknown_binding", unknown_binding},
			{"sticky_capability", sticky_capability},
			{"mixed_offer", mixed_offer},
			{"suites", suites},
			{"strict_option_tag", on[strict_option_tag != 0]},
			{"require_secure_transport", on[require_secure_transport != 0]},
			{"osrtp", on[osrtp != 0]},
			{"t38", on[t38 != 0]},
			{"sha1_fingerprints", on[sha1_fingerprints != 0]},
			{"retry_plain_on_488", on[retry_plain_on_488 != 0]},
	};
	struct ms_settings_part part = {.given = 0};
	unsigned i;

	for(i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		if(ms_settings_give(&part, mediasec_view_z(given[i].name),
				   mediasec_view_z(given[i].value))
				!= MS_OK) {
			LM_ERR("parameter %s: no such value: %s\n", given[i].name,
					given[i].value);
			return -1;
		}
	}
	*settings = part.settings;
	return 0;
}

/* "socket=*" is the row of all sockets without one. */
static void take_any(void)
{
	unsigned i;

	for(i = 1; i < n_ifaces; i++) {
		if(!ms_str_eq(ifaces[i].socket, MS_STR("*")))
			continue;
		ifaces[0] = ifaces[i];
		ifaces[0].socket = MS_STR("");
		ifaces[i] = ifaces[--n_ifaces];
		return;
	}
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

static int continuity_check(void)
{
	const int aors = mediasec_options.certificate_continuity;

	if(aors >= 0 && aors <= MS_CONTINUITY_AORS_MAX)
		return 0;
	LM_ERR("parameter certificate_continuity: 0 to %d, not %d\n",
			MS_CONTINUITY_AORS_MAX, aors);
	return -1;
}

/* the elements of a comma-separated parameter */
static struct names
{
	unsigned n;
	struct ms_str *name;
} emergency, trusted_proxies;

static int read_names(const char *option, struct names *names)
{
	struct ms_str rest = mediasec_view_z(option);

	/* each takes a byte at least, its comma */
	names->name = pkg_malloc((rest.len + 1) * sizeof(*names->name));
	if(names->name == NULL) {
		PKG_MEM_ERROR;
		return -1;
	}
	while(rest.len > 0)
		names->name[names->n++] = ms_str_trim(ms_str_until(&rest, ','));
	return 0;
}

int mediasec_settings_init(void)
{
	unsigned i;

	if(default_settings(&ifaces[0].ms) < 0 || mediasec_cfg_init() < 0
			|| continuity_check() < 0
			|| read_names(mediasec_options.emergency, &emergency) < 0
			|| read_names(mediasec_options.trusted_proxies, &trusted_proxies)
					   < 0)
		return -1;
	for(i = 1; i < n_ifaces; i++) {
		ifaces[i] = ifaces[0];
		if(iface_read(&ifaces[i], rows[i]) < 0)
			return -1;
	}
	for(i = 0; i < n_ifaces; i++) {
		if(!ms_settings_agree(&ifaces[i].ms)) {
			LM_ERR("contradictory settings%s%.*s\n", i > 0 ? " of " : "",
					(int)ifaces[i].socket.len, ifaces[i].socket.p);
			return -1;
		}
	}
	if(media_check() < 0)
		return -1;
	take_any();
	return 0;
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

const struct mediasec_iface *mediasec_ifaces(unsigned *n)
{
	*n = n_ifaces;
	return ifaces;
}

const struct ms_list *mediasec_previous_lists(unsigned *n)
{
	*n = n_previous;
	return previous;
}

static bool names_have(const struct names *names, struct ms_str name)
{
	unsigned i;

	for(i = 0; i < names->n; i++) {
		if(ms_str_caseeq(names->name[i], name))
			return true;
	}
	return false;
}

bool mediasec_is_emergency(struct ms_str number)
{
	return names_have(&emergency, number);
}

bool mediasec_is_trusted(struct ms_str ip)
{
	return names_have(&trusted_proxies, ip);
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
	struct ms_str text = mediasec_view_z(val);

	if(text.len == 0)
		return 0;
	/* the recorded and the current list come before them */
	if(n_previous == MS_LISTS_MAX - 2) {
		LM_ERR("parameter previous_lists: more than %d\n", MS_LISTS_MAX - 2);
		return -1;
	}
	if(ms_list_read(text, &previous[n_previous]) != MS_OK) {
		LM_ERR("parameter previous_lists: no list of mechanisms: %s\n",
				(const char *)val);
		return -1;
	}
	n_previous++;
	return 0;
}

/* clang-format off */
param_export_t mediasec_params[] = {
	{"mechanisms", PARAM_STRING, &mechanisms},
	{"previous_lists", PARAM_STRING | PARAM_USE_FUNC, (void *)param_previous},
	{"policy", PARAM_STRING, &policy},
	{"inbound", PARAM_STRING, &inbound},
	{"outbound", PARAM_STRING, &outbound},
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
	{"sha1_fingerprints", PARAM_INT, &sha1_fingerprints},
	{"retry_plain_on_488", PARAM_INT, &retry_plain_on_488},
	{"interface", PARAM_STRING | PARAM_USE_FUNC, (void *)param_interface},
	{"rule", PARAM_STRING | PARAM_USE_FUNC, (void *)mediasec_rules_param_rule},
	{"group", PARAM_STRING | PARAM_USE_FUNC, (void *)mediasec_rules_param_group},
	{"db_url", PARAM_STRING, &mediasec_options.db_url},
	{"policy_table", PARAM_STRING, &mediasec_options.policy_table},
	{"group_table", PARAM_STRING, &mediasec_options.group_table},
	{"missing_client_code", PARAM_INT, &mediasec_cfg_start.missing_client_code},
	{"mismatch_code", PARAM_INT, &mediasec_cfg_start.mismatch_code},
	{"trust_front_proxy", PARAM_STRING, &mediasec_options.trusted_proxies},
	{"emergency", PARAM_STRING, &mediasec_options.emergency},
	{"event_callback", PARAM_STRING, &mediasec_options.event_callback},
	{"certificate_continuity", PARAM_INT, &mediasec_options.certificate_continuity},
	{"reject_limit", PARAM_INT, &mediasec_cfg_start.reject_limit},
	{"reject_window", PARAM_INT, &mediasec_cfg_start.reject_window},
	{"store", PARAM_STRING, &mediasec_options.store},
	{"htable", PARAM_STRING, &mediasec_options.table},
	{"location", PARAM_STRING, &mediasec_options.location},
	{"binding_grace", PARAM_INT, &mediasec_cfg_start.binding_grace},
	{"dialog_timeout", PARAM_INT, &mediasec_cfg_start.dialog_timeout},
	{"secret", PARAM_STRING, &mediasec_options.secret},
	{0, 0, 0}
};
/* clang-format on */
