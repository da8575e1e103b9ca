"""What the scenarios of test/sipp stand on: a SIP user agent, SDP, media, and
a Kamailio with an rtpengine that belong to one case alone."""
