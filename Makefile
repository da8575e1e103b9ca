# mediasec: build, run and test. On a fresh Debian 12, as root, each target
# installs what is missing first.

SHELL = /bin/bash
.SHELLFLAGS = -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

MOD = modules/mediasec
SRC = build/kamailio-src
# where objects and module go, the build's sanitizers, -Werror in the check only: a
# newer compiler finds something new
O = build
SAN =
WERROR =
# seconds that each fuzz target runs
SECS = 60

# scenarios that a store decides: played with each
BINDINGS = ^(agreement|binding|deregister|refresh|register|restart|secure-transport)-|^rpc-(drop|show|stats)-|T-29
CHECKS = warnings analysis format config xml shell layers docs
# to build, to run and test, and to check; debian/control has the first as well
BUILD_PACKAGES = kamailio gcc libc6-dev binutils dpkg-dev
TEST_PACKAGES = kamailio-tls-modules kamailio-sqlite-modules \
	kamailio-lua-modules kamailio-xml-modules kamailio-websocket-modules \
	kamailio-ims-modules \
	rtpengine-daemon rtpengine-utils sqlite3 openssl python3 \
	sip-tester baresip-core socat tcpdump iproute2 redis-server \
	prometheus tshark elfutils \
	libsrtp2-dev libssl-dev libpcap-dev
CHECK_PACKAGES = clang libclang-rt-dev llvm clang-format cppcheck valgrind \
	shellcheck libxml2-utils docbook-xml docbook-xsl xsltproc lynx
PACKAGES = $(BUILD_PACKAGES) $(TEST_PACKAGES) $(CHECK_PACKAGES)

.PHONY: help packages deps build objects build-asan install deb run demo trace test \
	status-test asterisk-test deb-test compose-test matrix matrix-media bench soak load load-cluster \
	fuzz check $(CHECKS:%=check-%) format doc clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | \
		while read -r name what; do printf '%-14s%s\n' "$$name" "$$what"; done

# -- what is needed -------------------------------------------------------------

missing = $(filter-out $(shell dpkg-query -W -f '$${Package}=$${db:Status-Status}\n' \
	$(PACKAGES) 2>/dev/null | sed -n 's/=installed$$//p'),$(PACKAGES))

deps: $(SRC)/.version ## install missing packages, fetch Kamailio's headers

# policy-rc.d keeps Debian from starting the servers it installs.
packages:
	@missing="$(missing)"; [ -n "$$missing" ] || exit 0; \
	[ "$$(id -u)" = 0 ] || { echo "as root: apt-get install $$missing" >&2; exit 1; }; \
	policy=/usr/sbin/policy-rc.d; \
	[ -e $$policy ] || { trap "rm -f $$policy" EXIT; \
		printf '#!/bin/sh\nexit 101\n' >$$policy; chmod +x $$policy; }; \
	apt-get update -q; \
	DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing

# Debian ships no headers of Kamailio, and a module loads only into the version
# and flags it was built for: hence the source of exactly the installed one. The
# flag for libssl would else be set only where libssl-dev is. From 6.1 on Debian's is
# built by CMake, which differs.
$(SRC)/.version: packages
	@want=$$(dpkg-query -W -f '$${source:Version}' kamailio); \
	[ "$$(cat $@ 2>/dev/null)" != "$$want" ] || exit 0; \
	rm -rf $(SRC) build/download; mkdir -p build/download; cd build/download; \
	get() { apt-get source -q --download-only kamailio="$$want"; }; \
	get || { $(add_deb_src); get; }; \
	dpkg-source --no-check --no-copy -x kamailio_*.dsc ../kamailio-src; \
	cd ../kamailio-src; rm -rf ../download; \
	make -s -C src cfg FLAVOUR=kamailio group_include=kstandard LIBSSL_SET_MUTEX_SHARED=1; \
	says=$$($(SAYS)); \
	[[ $$says == *FAST_LOCK* ]] || sed -i '/^C_DEFS/s/-DFAST_LOCK //' src/config.mak; \
	[[ $$says != *Linux* ]] || sed -i '/^C_DEFS/s/"linux"/"Linux"/' src/config.mak; \
	echo "$$want" >.version

# where the binary package came from, in a file of our own
add_deb_src = apt-cache policy kamailio | awk '/\*\*\*/ { here = 1 } here && $$2 ~ /^http/ { \
	split($$3, suite, "/"); print "Types: deb-src\nURIs: " $$2 "\nSuites: " suite[1] \
	"\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg"; \
	here = 0 }' >/etc/apt/sources.list.d/mediasec-src.sources; apt-get update -q

# -- the module -----------------------------------------------------------------

comma = ,
OBJS = $(patsubst $(MOD)/%.c,$(O)/obj/%.o,$(wildcard $(MOD)/*.c))
# as Kamailio's own, and across files; a package has its own
CFLAGS = -g $(if $(SAN),-O2 $(SAN) -fno-omit-frame-pointer, \
	-O3 -flto=auto -fstack-protector-strong -D_FORTIFY_SOURCE=2)
COMPILE = $(CC) -fPIC -Wall -Wextra $(CFLAGS) -MMD -MP -c
# never by hand: Kamailio compares some of them when it loads the module
DEFS = $(shell sed -n 's/^C_DEFS= *//p;s/^CC_PMUTEX_OPTS= *//p' $(SRC)/src/config.mak)

build: $(O)/mediasec.so ## build/mediasec.so, for the installed Kamailio

build-asan: ## build/asan/mediasec.so, with AddressSanitizer and UBSan
	@$(MAKE) build O=build/asan SAN=-fsanitize=address,undefined

# the database library: a file of its own up to 5.8, later part of Kamailio
SRDB1 = $(wildcard $(KAMAILIO_LIB)/libsrdb1.so.1)
RPATH = $(KAMAILIO_LIB)
KAMAILIO_LIB = $(patsubst %/modules/tm.so,%,$(shell dpkg -L kamailio | grep '/modules/tm\.so$$'))

# version and flags, as each of its modules has them; `kamailio -v` may have more
SAYS = strings -a '$(KAMAILIO_LIB)/modules/tm.so' | grep -E '^(kamailio [0-9]|USE_TCP,)'

$(O)/mediasec.so: $(OBJS) $(MOD)/exports.map
	@echo $@; $(CC) -shared $(CFLAGS) -Wl,-z,relro,-z,now \
		-Wl,--version-script=$(MOD)/exports.map -o $@ $(OBJS) \
		$(if $(SRDB1),$(SRDB1) -Wl$(comma)-rpath$(comma)'$(RPATH)')
	@$(SAYS) | while read -r line; do strings -a $@ | grep -xF -e "$$line" >/dev/null || { \
		echo "$@ would not load: the installed Kamailio says '$$line'" >&2; \
		echo "and the module does not. Remove $(SRC) and build again." >&2; \
		exit 1; }; done

objects: $(OBJS)

# The core knows nothing of Kamailio, not even where it is.
$(O)/obj/ms_%.o: $(MOD)/ms_%.c Makefile
	@mkdir -p $(@D); echo $@
	@$(COMPILE) -std=c11 -Wshadow -Wconversion -Wswitch-enum -Wvla $(WERROR) -o $@ $<

$(O)/obj/mediasec_%.o: $(MOD)/mediasec_%.c $(SRC)/.version Makefile
	@mkdir -p $(@D); echo $@
	@$(COMPILE) -std=gnu11 -Wno-unused-parameter $(WERROR) $(DEFS) \
		-DMOD_NAME='"mediasec"' -fmacro-prefix-map=$(MOD)/= \
		-isystem $(SRC)/src -isystem $(SRC)/src/modules/sl -o $@ $<

-include $(wildcard $(O)/obj/*.d)

install: build ## into Kamailio's module folder (DESTDIR=)
	install -D -m 644 build/mediasec.so \
		"$(DESTDIR)$(KAMAILIO_LIB)/modules/mediasec.so"

deb: ## Debian package in build/deb/, built in a clean chroot (RELEASE=bookworm)
	@$(need_root); packaging/build "$(RELEASE)"

RELEASE = bookworm
need_root = [ "$$(id -u)" = 0 ] || { echo "$@: chroots need root" >&2; exit 1; }; \
	$(MAKE) packages PACKAGES="debootstrap util-linux iproute2"

# -- run and test ---------------------------------------------------------------

run: deps build ## Kamailio and rtpengine on 127.0.0.1, for your phone; Ctrl-C ends
	@test/lab

demo: deps build ## the story: register, 494, a secured call, attacks; as a table
	@$(MAKE) -s -C test/media
	@test/demo

trace: deps build ## the ladder of calls, and what was decided at each step; pictures
	@$(MAKE) -s -C test/media
	@test/trace

test: deps build ## unit tests, media peer, SIP and call scenarios, monitoring
	@test/tally unit "$(MAKE) -s -C test/unit" \
		media "$(MAKE) -s -C test/media test" sipp "test/run --again" \
		monitoring test/monitoring \
		usrloc "test/run --again --store usrloc -k '$(BINDINGS)'"

status-test: PACKAGES += chromium
status-test: deps build ## the status page in a real Chromium, compared with the RPC
	@$(MAKE) -s -C test/media
	@test/status

asterisk-test: deps build ## a real Asterisk, set up as doc/clients.md says; as root
	@$(need_root); $(MAKE) -s -C test/media; test/asterisk

deb-test: deb ## install it in another clean chroot, play doc/quick-start.md
	@test/package "$(RELEASE)"

matrix: ## build and test on Debian 12, 13 and sid, each with its own servers
	@$(need_root); test/matrix bookworm trixie sid

matrix-media: deps build ## calls between all kinds of phones, as a table
	@$(MAKE) -s -C test/media
	@test/matrix-media

bench: deps build ## what the module costs, in ratios of one run; a quarter of an hour
	@test/bench

soak: deps build ## 200,000 REGISTERs, 20,000 calls; what memory they leave behind
	@$(MAKE) -s -C test/media
	@test/soak

load: deps build ## a million bindings: does SIP wait while they are listed and swept?
	@test/load

load-cluster: deps build ## 100,000 phones on two nodes; as root
	@test/cluster-load

compose-test: ## docker-compose.yml brought up, all scenarios in it
	@docker info >/dev/null 2>&1 || command -v dockerd >/dev/null || \
		$(MAKE) packages PACKAGES="docker.io docker-compose debootstrap"
	@docker/compose-test

fuzz: deps ## the core's parsers, each for SECS=60 seconds
	@$(MAKE) -j$$(nproc) -C test/fuzz run SECS=$(SECS)

# -- check ----------------------------------------------------------------------

C_FILES = $(wildcard $(MOD)/*.[ch] test/*/*.[ch])

check: $(CHECKS:%=check-%) ## warnings, static analysis, format, configuration
	@echo "check: all well"

check-warnings: deps
	@for cc in gcc clang; do \
		$(MAKE) -s objects O=build/check-$$cc CC=$$cc WERROR=-Werror >/dev/null; done
	@$(MAKE) -C test/fuzz syntax

# cppcheck 2.10 does not follow out-parameters that are written on MS_OK only
check-analysis: deps
	@cppcheck -q --std=c11 --enable=warning,performance,portability \
		--suppress=uninitStructMember --error-exitcode=1 $(MOD)/ms_*.c
	@clang --analyze --analyzer-output text -Xclang -analyzer-werror -std=c11 \
		$(MOD)/ms_*.c

check-format: deps
	@clang-format --dry-run -Werror $(C_FILES)

format: deps ## clang-format the C files in place
	clang-format -i $(C_FILES)

# as shipped, in edge mode, with all that is optional, as one of two nodes
check-config: deps build
	@modules=$$(dirname "$$(dpkg -L kamailio | grep '/modules/tm\.so$$')"); \
	for given in "" "-A REGISTRAR=sip:192.0.2.9:5060 -A POLICY=required" \
		"-A PROM_PORT=9273 -A WEBSOCKET=1 -A NEXT_HOP=sip:192.0.2.9 -A SECRET=x \
		-A PREVIOUS_LISTS=msrp-tls,sdes-srtp -A TRUST_FRONT_PROXY=192.0.2.8 \
		-A SUITES=AES_CM_128_HMAC_SHA1_80 -A OUTBOUND=mandatory \
		-A RULE=group=old;outbound=optional -A GROUP=old=fax@mediasec.test" \
		"-A STATUS_PASSWORD=x -A PROM_PORT=9273" \
		"-A PROM_PORT=9273 -A LUA=kamailio-cfg/lua/kamailio.lua" \
		"-A CLUSTER_IP=127.0.0.1 -A CLUSTER_PEER=127.0.0.2 -A SECRET=x \
		-A FLOOD_LIMIT=200" \
		"-A FLOOD_LIMIT=200 -A TRUSTED=192.0.2.0/24 -A PASSWORD_LIMIT=5 \
		-A ADDRESSES=$$PWD/kamailio-cfg/addresses -A SCANNERS=sipvicious \
		-A TLS_PROFILES=/etc/kamailio/tls-profiles.cfg -A HIDING_KEY=x -A PROM_PORT=9273" \
		"-A DISPATCHER=x" "-A DISPATCHER=x -A REGISTRAR=sip:192.0.2.9" \
		"-A SERVICE_ROUTE=1 -A LOG_PREFIX=1" "-A HEP=sip:192.0.2.9:9060" \
		"-A CALL_LIMIT=9 -A SESSION_MIN=90" "-A CALL_LIMIT_USER=9" \
		"-A ACCOUNTING=1 -A ACCOUNTING_DB=mysql://k:k@127.0.0.1/cdrs" \
		"-A CLUSTER_IP=127.0.0.1 -A CLUSTER_PEER=127.0.0.2 -A SECRET=x -A ACCOUNTING=1 \
		-A CALL_LIMIT=3 -A HEP=sip:192.0.2.9 -A SERVICE_ROUTE=1 -A DISPATCHER=x \
		-A SESSION_MIN=90 -A LOG_PREFIX=1 -A PROM_PORT=9273" \
		"-A PCSCF=1 -A REGISTRAR=sip:192.0.2.9:5060" \
		"-A PCSCF=1 -A REGISTRAR=sip:192.0.2.9 -A PASSWORD_LIMIT=5 -A SESSION_MIN=90 \
		-A DISPATCHER=x -A ACCOUNTING=1 -A CALL_LIMIT_USER=4"; do \
		said=$$(kamailio -c -f kamailio-cfg/kamailio.cfg -L build:$$modules $$given 2>&1) || \
			{ echo "$$said"; echo "kamailio -c $$given: failed"; exit 1; }; done

check-xml: deps
	@xmllint --noout --nonet $$(find docker test/sipp -name '*.xml' -not -path '*/lib/*')
	@for part in test/sipp/lib/*.xml; do { echo "<part>"; cat $$part; echo "</part>"; } | \
		xmllint --noout --nonet - || { echo "in $$part"; exit 1; }; done
	@$(in_tree); xmllint --noout --nonet --noent --xinclude --noxincludenode \
		--nofixup-base-uris --postvalid $(SRC)/src/$(MOD)/doc/mediasec.xml

check-shell: deps
	@shellcheck $$(grep -rlIE '^#!/bin/(ba)?sh' $(wildcard .ci docker kamailio-cfg packaging test tools))

check-layers:
	@! grep -nE '^# *include +("[^"]*"|<[^>]*/[^>]*>)' $(MOD)/ms_*.[ch] | \
		grep -vE '"ms_[a-z_]+\.h"' || { echo "the core includes the glue or Kamailio"; exit 1; }

check-docs:
	@[ ! -e tools/check-docs ] || tools/check-docs

# -- documentation --------------------------------------------------------------

in_tree = mkdir -p $(SRC)/src/$(MOD) && cp -r $(MOD)/doc $(MOD)/Makefile $(SRC)/src/$(MOD)/

doc: deps ## modules/mediasec/README, by the rule of Kamailio's tree
	@$(in_tree); $(MAKE) -s -C $(SRC)/src modules-readme modules=$(MOD)
	cp $(SRC)/src/$(MOD)/README $(MOD)/README

clean: ## remove all that was made
	rm -rf build
