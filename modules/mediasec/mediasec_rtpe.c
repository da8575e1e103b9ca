/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/*
 * Up to Kamailio 5.8 the rtpengine module has no C API: mediasec_kemi.h.
 *
 * It would read the session description from the message and replace it whole,
 * so what we take out of it would be lost; with read_sdp_pv and write_sdp_pv it
 * works on a variable instead. These are $var: $avp lists are shared by replies
 * that are handled in parallel.
 */
#include "mediasec_rtpe.h"

#include <stdio.h>
#include <string.h>

#include "../../core/dprint.h"
#include "../../core/lvalue.h"
#include "../../core/mem/mem.h"
#include "../../core/modparam.h"
#include "../../core/parser/parse_from.h"
#include "../../core/parser/parse_to.h"
#include "../../core/pvar.h"
#include "../../core/sr_module.h"

#include "mediasec_kemi.h"
#include "mediasec_str.h"

typedef int (*ng_f)(sip_msg_t *msg, str *flags);
typedef int (*ng_query_f)(sip_msg_t *msg, str *format, str *variable);

static ng_f ng[] = {[MS_RTPP_OFFER] = NULL,
		[MS_RTPP_ANSWER] = NULL,
		[MS_RTPP_DELETE] = NULL};

static ng_query_f ng_query;

static str sdp_name = str_init("$var(mediasec_sdp)");
static str id_name = str_init("$var(mediasec_id)");
static pv_spec_t *sdp_var, *id_var;

/* ---- binding ------------------------------------------------------------ */

/* rtpengine reads its parameters in its own mod_init, after ours. */
static int set_parameter(sr_module_t *module, const char *name, str *value)
{
	modparam_t type = 0;
	str *now = find_param_export(module, (char *)name, PARAM_STR, &type);

	if(now == NULL) {
		LM_ERR("rtpengine has no parameter %s\n", name);
		return -1;
	}
	if(now->s && now->len > 0
			&& !ms_str_eq(mediasec_view(now), mediasec_view(value))) {
		LM_ERR("rtpengine parameter %s is %.*s, but mediasec needs it: leave "
			   "it unset\n",
				name, now->len, now->s);
		return -1;
	}
	return set_mod_param_regex("rtpengine", (char *)name, PARAM_STR, value);
}

int mediasec_rtpe_init(void)
{
	sr_module_t *module = find_module_by_name("rtpengine");

	if(module == NULL) {
		LM_ERR("the rtpengine module is needed, loaded after mediasec\n");
		return -1;
	}
	if(set_parameter(module, "read_sdp_pv", &sdp_name) < 0
			|| set_parameter(module, "write_sdp_pv", &sdp_name) < 0
			|| set_parameter(module, "extra_id_pv", &id_name) < 0)
		return -1;
	ng[MS_RTPP_OFFER] = mediasec_kemi_find("rtpengine", "rtpengine_offer", 1);
	ng[MS_RTPP_ANSWER] = mediasec_kemi_find("rtpengine", "rtpengine_answer", 1);
	ng[MS_RTPP_DELETE] = mediasec_kemi_find("rtpengine", "rtpengine_delete", 1);
	ng_query = mediasec_kemi_find("rtpengine", "rtpengine_query_v", 2);
	sdp_var = pv_cache_get(&sdp_name);
	id_var = pv_cache_get(&id_name);
	if(sdp_var == NULL || id_var == NULL) {
		LM_ERR("the pv module is needed, loaded before\n");
		return -1;
	}
	return ng[MS_RTPP_OFFER] && ng[MS_RTPP_ANSWER] && ng[MS_RTPP_DELETE]
						   && ng_query
				   ? 0
				   : -1;
}

/* ---- commands ----------------------------------------------------------- */

static int set_var(sip_msg_t *msg, pv_spec_t *var, struct ms_str text)
{
	pv_value_t value;

	memset(&value, 0, sizeof(value));
	value.rs = mediasec_str(text);
	value.flags = PV_VAL_STR;
	return var->setf(msg, &var->pvp, (int)EQ_T, &value);
}

static int command(sip_msg_t *msg, const struct ms_rtpp *rtpp, struct ms_str id)
{
	char flags[MS_RTPP_FLAGS_MAX];
	size_t len;
	str text = {flags, 0};

	if(ms_rtpp_flags(rtpp, flags, sizeof(flags), &len) != MS_OK
			|| set_var(msg, id_var, id) < 0)
		return -1;
	text.len = (int)len;
	return ng[rtpp->op](msg, &text) < 0 ? -1 : 0;
}

/* Keys must not stay behind in a variable that any route can print. */
static void wipe_var(sip_msg_t *msg)
{
	pv_value_t value;

	memset(&value, 0, sizeof(value));
	if(sdp_var->getf(msg, &sdp_var->pvp, &value) == 0
			&& (value.flags & PV_VAL_STR) && value.rs.len > 0)
		explicit_bzero(value.rs.s, (size_t)value.rs.len);
	set_var(msg, sdp_var, MS_STR(""));
}

/* @return 0 or -1: nothing there, or no memory */
static int take_var(sip_msg_t *msg, str *out)
{
	pv_value_t value;
	char *copy;

	memset(&value, 0, sizeof(value));
	if(sdp_var->getf(msg, &sdp_var->pvp, &value) < 0
			|| !(value.flags & PV_VAL_STR) || value.rs.len <= 0)
		return -1;
	copy = pkg_malloc(value.rs.len);
	if(copy == NULL) {
		PKG_MEM_ERROR;
		return -1;
	}
	memcpy(copy, value.rs.s, (size_t)value.rs.len);
	*out = (str){copy, value.rs.len};
	return 0;
}

int mediasec_rtpe_exchange(sip_msg_t *msg, const struct ms_rtpp *rtpp,
		struct ms_str id, struct ms_str sdp, str *out)
{
	int ret = -1;

	if(set_var(msg, sdp_var, sdp) == 0 && command(msg, rtpp, id) == 0)
		ret = take_var(msg, out);
	wipe_var(msg);
	return ret;
}

void mediasec_rtpe_free(str *sdp)
{
	if(sdp->s == NULL)
		return;
	explicit_bzero(sdp->s, (size_t)sdp->len);
	pkg_free(sdp->s);
	sdp->s = NULL;
	sdp->len = 0;
}

int mediasec_rtpe_delete(
		sip_msg_t *msg, const struct ms_rtpp *rtpp, struct ms_str id)
{
	return command(msg, rtpp, id);
}

/* ---- messages ----------------------------------------------------------- */

int mediasec_rtpe_message(struct mediasec_made *made, struct ms_str from,
		struct ms_str to, struct ms_str call_id)
{
	const size_t size = from.len + to.len + call_id.len + 256;
	sip_msg_t *msg = &made->msg;
	int n;

	memset(made, 0, sizeof(*made));
	made->buf = pkg_malloc((int)size);
	if(made->buf == NULL) {
		PKG_MEM_ERROR;
		return -1;
	}
	n = snprintf(made->buf, size,
			"OPTIONS sip:mediasec SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 127.0.0.1\r\n"
			"From: %.*s\r\n"
			"To: %.*s\r\n"
			"Call-ID: %.*s\r\n"
			"CSeq: 1 OPTIONS\r\n\r\n",
			(int)from.len, from.p, (int)to.len, to.p, (int)call_id.len,
			call_id.p);
	msg->buf = made->buf;
	msg->len = (unsigned)n;
	/* its source goes to rtpengine, too */
	msg->rcv.src_ip = (struct ip_addr){.af = AF_INET, .len = 4};
	if(parse_msg(made->buf, (unsigned)n, msg) == 0
			&& parse_headers(msg, HDR_EOH_F, 0) == 0
			&& parse_from_header(msg) == 0 && parse_to_header(msg) == 0)
		return 0;
	mediasec_rtpe_message_free(made);
	return -1;
}

void mediasec_rtpe_message_free(struct mediasec_made *made)
{
	free_sip_msg(&made->msg);
	pkg_free(made->buf);
}

/* ---- questions ---------------------------------------------------------- */

char *mediasec_rtpe_query(sip_msg_t *msg)
{
	str format = str_init("j");
	pv_value_t value;

	if(ng_query(msg, &format, &sdp_name) < 0)
		return NULL;
	memset(&value, 0, sizeof(value));
	if(sdp_var->getf(msg, &sdp_var->pvp, &value) < 0
			|| !(value.flags & PV_VAL_STR))
		return NULL;
	return value.rs.s; /* a $var ends with NUL */
}
