/*
 * mediasec - media plane security agreements (RFC 3329 with "mediasec")
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ms_body.h"

#define SDP "v=0\r\nm=audio 5004 RTP/AVP 0\r\n"
#define PART "--b\r\nContent-Type: application/sdp\r\n\r\n"
#define NOTE "\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
#define MIXED "Multipart/Mixed;boundary=b"
#define END "\r\n--b--\r\n"

static const struct
{
	const char *name, *type, *before, *part, *after;
	bool hides;
} rows[] = {
		{"nothing", "", "", "", "", false},
		{"a session description", "application/sdp", "", SDP, "", false},
		{"a text", "text/plain", "m=5 kg, v=0\r\nm= mass\r\n", "", "", false},
		{"a text that says inline:", "text/plain", "see inline: image\r\n", "",
				"", false},
		{"a text that names the type", "text/plain", "application/sdp", "", "",
				false},
		{"a text that is one", "text/plain", SDP, "", "", true},
		{"line ends of Unix", "text/plain", "v=0\nm=audio 5004 RTP/AVP 0\n", "",
				"", true},
		{"cut after the port's first digit", "text/plain", "m=a 5", "", "",
				true},
		{"cut before the port", "text/plain", "m=a ", "", "", false},
		{"a key alone", "text/plain", "a=crypto:1 A inline:B\r\n", "", "",
				true},
		{"one part", MIXED, PART, SDP, END, false},
		{"one part and a text", MIXED, PART, SDP, NOTE "hello" END, false},
		{"a second part", MIXED, PART, SDP, "\r\n" PART SDP END, true},
		{"a second part, encoded", MIXED, PART, SDP, "\r\n" PART "dj0wDQo=" END,
				true},
		{"a part before", MIXED,
				"--b\r\nc: Application/SDP\r\n\r\ndj0w\r\n" PART, SDP, END,
				true},
		{"a second one called a text", MIXED, PART, SDP, NOTE SDP END, true},
		{"one that was not found", MIXED, PART SDP END, "", "", true},
		{"one that was not found, encoded", MIXED, PART "dj0wDQo=" END, "", "",
				true},
		{"no session description", MIXED, NOTE "hello" END, "", "", false},
		{"an encrypted part", MIXED,
				"--b\r\nContent-Type: Application/PKCS7-mime\r\n\r\n", "", END,
				true},
		{"a body that is encrypted",
				"application/pkcs7-mime; smime-type=enveloped-data", "0", "",
				"", true},
};

void test_body(void);

void test_body(void)
{
	char text[512];
	size_t i;

	for(i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ms_str body, part = {0};

		test_row(rows[i].name);
		snprintf(text, sizeof(text), "%s%s%s", rows[i].before, rows[i].part,
				rows[i].after);
		body = guard_text(text);
		if(rows[i].part[0])
			part = (struct ms_str){
					body.p + strlen(rows[i].before), strlen(rows[i].part)};
		CHECK_INT(ms_body_hides_sdp(guard_text(rows[i].type), body, part),
				rows[i].hides);
	}
	test_row("keys");
	CHECK(ms_body_has_key(guard_text("b\r\na=crypto:1 A inline:B\r\n")));
	CHECK(!ms_body_has_key(guard_text("inline: text\r\n" SDP)));
}
