/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* Where a client is called when its flow is not used: "tls:192.0.2.1:5061". */

#ifndef MEDIASEC_ADDRESS_H
#define MEDIASEC_ADDRESS_H

#include "mediasec_request.h"

/* @return what a flow leads to, whichever connection it is: a part of it */
struct ms_str mediasec_address_of_flow(struct ms_str flow);

/*
 * Where calls go to a client that registered this Contact over this flow. The
 * Contact counts where it names the host that the REGISTER came from, which is
 * then free to listen on another port; nobody gets the calls of another host.
 *
 * @return the flow itself if it has no connection, or none that could be made
 *         anew; a part of it, or in buf
 */
struct ms_str mediasec_address_of_contact(
		struct ms_str flow, struct ms_str contact, char buf[MEDIASEC_FLOW_MAX]);

#endif
