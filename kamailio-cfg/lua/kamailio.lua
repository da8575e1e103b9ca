-- The routes of kamailio.cfg in Lua (KEMI), for those who write theirs so:
--
--     kamailio -f kamailio.cfg -A LUA=/etc/kamailio/lua/kamailio.lua
--
-- needs Debian's kamailio-lua-modules. Settings and modules stay in kamailio.cfg;
-- the comments of routes/*.cfg hold here, too. A mediasec function below 0 has
-- answered already, or there is nothing to answer: the script ends.

local FROM_CORE = 1

-- The defines of kamailio.cfg. Variables can be read while there is a message,
-- so each is read when it is needed first.
local SET = setmetatable({}, { __index = function(values, name)
	values[name] = KSR.pv.gete("$def(" .. name .. ")")
	return values[name]
end })

local ALLOWED = "REGISTER, INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, INFO, REFER, "
	.. "NOTIFY, SUBSCRIBE, MESSAGE, PUBLISH, OPTIONS"

local function words_of(text)
	local found = {}
	for word in text:gmatch("%a+") do found[word] = true end
	return found
end

local IS_ALLOWED = words_of(ALLOWED)
local NEEDS_MARK = words_of("INVITE ACK PRACK UPDATE INFO")
local IS_OF_USER = words_of("SUBSCRIBE PUBLISH")
local IS_RECORDED = words_of("INVITE SUBSCRIBE")

local function method()
	return KSR.pv.get("$rm")
end

local function is_at_core()
	return KSR.pv.get("$Ri") == SET.CORE_IP
		and KSR.pv.get("$Rp") == tonumber(SET.CORE_PORT)
end

local function core_socket()
	return "udp:" .. SET.CORE_IP .. ":" .. SET.CORE_PORT
end

local function is_from_core()
	return KSR.isflagset(FROM_CORE)
end

-- Ends the script unless a mediasec function returned 1.
local function need(result)
	if result < 0 then KSR.x.exit() end
end

local function reply(code, reason)
	KSR.sl.sl_send_reply(code, reason)
	KSR.x.exit()
end

-- Who it is, the core says to us, and we to the core; but no phone hears it of a
-- caller who wants to be withheld (RFC 3325, 5 and 7).
local function hide_identity()
	if is_at_core() and KSR.textops.is_privacy("id") < 0 then return end
	KSR.textops.remove_hf_re("^(P-Asserted-(Identity|Service)|P-Charging-.*"
		.. "|P-Served-User|Remote-Party-ID)$")
	if SET.REGISTRAR == "" then KSR.hdr.remove("P-Preferred-Identity") end
end

-- Only well-formed requests, from where they may come.
local function check()
	if KSR.pv.get("$Ri") == SET.CORE_IP
			and KSR.pv.get("$Rp") == tonumber(SET.PROM_PORT) then
		KSR.x.exit() -- no SIP there
	end
	if KSR.maxfwd.process_maxfwd(10) < 0 then reply(483, "Too Many Hops") end

	-- all of sanity's usual checks but Proxy-Require (512): mediasec answers it
	if KSR.sanity.sanity_check(17895, 7) < 0 then
		KSR.notice("malformed request from " .. KSR.pv.getw("$si") .. "\n")
		KSR.x.exit()
	end
	if not IS_ALLOWED[method()] then
		KSR.hdr.append_to_reply("Allow: " .. ALLOWED .. "\r\n")
		reply(405, "Method Not Allowed")
	end
	if is_at_core() then
		if KSR.ipops.is_in_subnet(KSR.pv.get("$si"), SET.CORE_PEERS) < 0 then
			if not KSR.is_ACK() then KSR.sl.sl_send_reply(403, "Forbidden") end
			KSR.x.exit()
		end
		KSR.setflag(FROM_CORE)
	end
	hide_identity()
end

-- Who sent this, on a connection, has shown who it is.
local function keep_connection()
	if KSR.pv.get("$proto") ~= "udp" then
		KSR.tcpops.tcp_set_connection_lifetime(tonumber(SET.HTABLE_EXPIRE))
	end
end

-- Asks for the password unless auth_check() returned 1. -4: the nonce is old, or was
-- given elsewhere; a phone that is told so (16) asks nobody (RFC 2617, 3.2.1).
local function need_password(result)
	if result < 0 then
		KSR.auth.auth_challenge(SET.DOMAIN, result == -4 and 17 or 1)
		KSR.x.exit()
	end
end

local function authenticate()
	need_password(KSR.auth_db.auth_check(SET.DOMAIN, "credentials", 0))
	keep_connection()
	KSR.auth.consume_credentials()
end

local function relay()
	need(KSR.mediasec.media())
	KSR.tm.t_relay()
	KSR.x.exit()
end

-- A phone shows From to who is called.
local function check_from()
	local from, user = KSR.pv.getw("$fU"), KSR.pv.get("$AU")
	local any = "," .. SET.FROM_ANY .. ","
	if from ~= user and from:lower() ~= "anonymous"
			and not any:find("," .. user .. ",", 1, true) then
		reply(403, "From Is Not You")
	end
end

-- To all contacts of the user, or where its Path leads. Returns if there is none.
local function to_phone()
	if KSR.pv.is_null("$du") and KSR.registrar.lookup("location") < 0 then return end
	if not is_from_core() then check_from() end
	KSR.set_forward_no_connect()
	if IS_RECORDED[method()] then KSR.rr.record_route() end
	relay()
end

local function to_core(hop)
	KSR.pv.sets("$du", hop)
	KSR.pv.sets("$fs", core_socket())
	if IS_RECORDED[method()] then KSR.rr.record_route() end
	relay()
end

-- The registrar behind us checks the password; its 200 makes the agreement.
local function register_at_edge()
	need(KSR.mediasec.verify())
	KSR.hdr.remove("Route") -- we decide where it goes
	KSR.pv.sets("$du", SET.REGISTRAR)
	KSR.pv.sets("$fs", core_socket()) -- the Path shows this socket
	if KSR.path.add_path_received() < 0 then reply(503, "Service Unavailable") end
	KSR.tm.t_relay()
	KSR.x.exit()
end

local function register()
	if is_from_core() then reply(403, "Forbidden") end

	-- from here on every answer to a client that asked carries the list
	need(KSR.mediasec.register())
	if SET.REGISTRAR ~= "" then register_at_edge() end

	-- 1: the user must be the one in To
	need_password(KSR.auth_db.auth_check(SET.DOMAIN, "credentials", 1))

	-- only now: a REGISTER without a password changes nothing and gets no 494
	need(KSR.mediasec.verify())
	KSR.nathelper.fix_nated_register()
	keep_connection()
	if KSR.registrar.save("location", 0) < 0 then KSR.sl.sl_reply_error() end
	KSR.x.exit() -- its 200 made the agreement
end

local function call_from_core()
	KSR.rr.loose_route() -- edge mode: our own Path
	if KSR.is_OPTIONS() and KSR.pv.is_null("$rU") and KSR.pv.is_null("$du") then
		reply(200, "OK") -- are we alive?
	end
	need(KSR.mediasec.verify()) -- asks nothing here, cleans
	to_phone()
	reply(404, "Not Found")
end

-- A phone, or who says so.
local function call_from_phone()
	KSR.mediasec.challenge() -- a 407 has the list, too
	if KSR.is_OPTIONS() and KSR.pv.is_null("$rU") then -- a keepalive
		need(KSR.mediasec.verify())
		reply(200, "OK")
	end
	if SET.REGISTRAR == "" then authenticate() end
	need(KSR.mediasec.verify())

	-- we decide where it goes; at the edge the registrar, of what it has answered
	if SET.REGISTRAR == "" or KSR.siputils.has_totag() < 0 then
		KSR.hdr.remove("Route")
	end
	if KSR.siputils.is_first_hop() > 0 then KSR.nathelper.set_contact_alias() end

	if SET.REGISTRAR ~= "" then to_core(SET.REGISTRAR) end
	-- its own mailbox, or state, is not at the phone itself
	if not IS_OF_USER[method()] or KSR.pv.get("$rU") ~= KSR.pv.get("$AU") then
		to_phone()
	end
	if SET.NEXT_HOP ~= "" then
		KSR.hdr.append("P-Asserted-Identity: <sip:" .. KSR.pv.get("$AU") .. "@"
			.. SET.DOMAIN .. ">\r\n")
		to_core(SET.NEXT_HOP)
	end
	reply(404, "Not Found")
end

local function no_dialog()
	if KSR.is_ACK() then KSR.x.exit() end
	reply(481, "Call/Transaction Does Not Exist")
end

-- Ours is the last alias: what stands before it, the phone wrote into its Contact.
local function own_alias()
	local target = KSR.pv.get("$ru")
	local own = target:gsub(";alias=.*;alias=", ";alias=")
	if own ~= target then KSR.pv.sets("$ru", own) end
end

-- A To-tag proves nothing, our mark does: without it nobody is within a call. What
-- belongs to a subscription, or ends a call from before a restart without SECRET,
-- goes the way of what begins, with a password: to a phone over the connection it
-- opened, or where we choose.
local function unmarked()
	if NEEDS_MARK[method()] then no_dialog() end
	KSR.pv.unset("$du")
	own_alias()
	KSR.nathelper.handle_ruri_alias()
	call_from_phone()
end

-- Requests of a dialog.
local function dialog()
	-- before mediasec looks: its mark stands in the Route
	if KSR.rr.loose_route() < 0 then no_dialog() end
	if not is_from_core() and KSR.pv.get("$mediasec(dialog)") == 0 then
		unmarked()
	end
	need(KSR.mediasec.verify())

	if KSR.pv.is_null("$du") then own_alias() end

	-- to a phone: over the connection it opened
	if KSR.pv.is_null("$du") and KSR.nathelper.handle_ruri_alias() > 0 then
		KSR.set_forward_no_connect()
	end
	-- from a phone: a later request has to find it, too
	if not is_from_core() and KSR.siputils.is_first_hop() > 0 then
		KSR.nathelper.set_contact_alias()
	end
	relay()
end

function ksr_request_route()
	KSR.set_reply_no_connect() -- an answer never opens a connection
	KSR.force_rport() -- answer a phone where it is, behind its NAT
	check()

	if KSR.is_CANCEL() then
		need(KSR.mediasec.verify())
		if KSR.tm.t_check_trans() > 0 then KSR.tm.t_relay() end
		return 1
	end
	-- a retransmission gets the answer again, the ACK of a refusal ends here
	if not KSR.is_ACK() and KSR.tmx.t_precheck_trans() > 0 then
		KSR.tm.t_check_trans()
		return 1
	end
	if KSR.tm.t_check_trans() == 0 then return 1 end

	if KSR.is_REGISTER() then register() end
	if KSR.siputils.has_totag() > 0 then dialog() end
	if KSR.is_ACK() then return 1 end -- of nothing we know
	if is_from_core() then call_from_core() end
	call_from_phone()
	return 1
end

-- Answers. mediasec needs nothing here: it works in the transaction.
function ksr_reply_route()
	if KSR.sanity.sanity_check(17604, 6) < 0 then
		KSR.notice("malformed reply from " .. KSR.pv.getw("$si") .. "\n")
		KSR.set_drop()
		return 1
	end
	-- nobody waits for it, and its second Via may be any name (RFC 6026, 7); but the
	-- core repeats a 200 whose ACK got lost, longer than tm keeps the transaction
	if KSR.tm.t_check_trans() < 0 and not (is_at_core()
			and KSR.ipops.is_in_subnet(KSR.pv.get("$si"), SET.CORE_PEERS) > 0) then
		KSR.set_drop()
		return 1
	end
	-- who is asked for a password gets no mark for it
	if KSR.pv.get("$rs") >= 300 then KSR.hdr.remove("Record-Route") end
	-- from a phone: later requests of the dialog have to find it
	if not is_at_core() and KSR.siputils.is_first_hop() > 0 then
		KSR.nathelper.set_contact_alias()
	end
	-- edge mode: who it is has the core seen
	local connection = KSR.pv.get("$T_req($conid)")
	if is_at_core() and connection and math.floor(KSR.pv.get("$rs") / 100) == 2 then
		KSR.tcpops.tcp_set_connection_lifetime_cid(connection, tonumber(SET.HTABLE_EXPIRE))
	end
	hide_identity()
	return 1
end

-- With PROM_PORT: counters for Prometheus.
function ksr_xhttp_event(event)
	if KSR.pv.get("$Ri") == SET.CORE_IP
			and KSR.pv.get("$Rp") == tonumber(SET.PROM_PORT)
			and KSR.pv.getw("$hu"):find("^/metrics")
			and KSR.ipops.is_in_subnet(KSR.pv.get("$si"), SET.PROM_PEERS) > 0 then
		KSR.xhttp_prom.dispatch()
		return 1
	end
	KSR.xhttp.xhttp_reply(404, "Not Found", "", "")
	return 1
end
