/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* The settings of every interface, read from the module parameters before the
 * processes fork and never changed after. */

#ifndef MEDIASEC_SETTINGS_H
#define MEDIASEC_SETTINGS_H

#include "../../core/parser/msg_parser.h"
#include "../../core/sr_module.h"

#include "ms_settings.h"

/* Where an interface looks to. */
enum mediasec_side
{
	MEDIASEC_ACCESS, /* UEs: agreements are made and verified here */
	MEDIASEC_CORE	 /* our own network: nothing is verified here */
};

struct mediasec_iface
{
	struct ms_str
			socket; /* "udp:127.0.0.1:5060"; empty: all that have no row */
	enum mediasec_side side;
	bool ipsec; /* of security associations with UEs (TS 33.203) */
	struct ms_settings ms;
	struct ms_str media; /* rtpengine interface name, or empty */
};

/* Parameters that do not differ by interface; those that may change at run time
 * are in mediasec_cfg.h. */
struct mediasec_options
{
	char *table;	/* of store htable */
	char *location; /* usrloc's table, of store usrloc */
	char *store;	/* its kind */
	char *secret;	/* keys the leg mark */
	char *db_url;	/* of the rules, or empty */
	char *policy_table, *group_table;
	char *trusted_proxies;		/* addresses, comma-separated */
	char *emergency;			/* service numbers and urns, comma-separated */
	char *event_callback;		/* KEMI function; empty: event routes */
	int certificate_continuity; /* AoRs whose certificates are remembered */
};

extern struct mediasec_options mediasec_options;

/* the parameters of this file, for module_exports */
extern param_export_t mediasec_params[];

/*
 * Read and check the parameters, once, in mod_init.
 * @return 0, or -1 after a log line that names the parameter
 */
int mediasec_settings_init(void);

/* @return the interface a message came in on or a socket belongs to; never NULL
 *         and valid for the life of the process */
const struct mediasec_iface *mediasec_iface(const struct socket_info *socket);

/* @return all interfaces, the one of sockets without a row first */
const struct mediasec_iface *mediasec_ifaces(unsigned *n);

/* @return rtpengine's name of the first core interface, for media that must not
 *         be seen on the access side; empty if there is none */
struct ms_str mediasec_core_media(void);

/* @return the lists a client may still echo although they are no longer issued */
const struct ms_list *mediasec_previous_lists(unsigned *n);

/* @return true for a service number or urn of the parameter emergency */
bool mediasec_is_emergency(struct ms_str number);

/* @return true for an address of the parameter trust_front_proxy */
bool mediasec_is_trusted(struct ms_str ip);

#endif
