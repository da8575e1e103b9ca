-- A registrar, and each event on a log line.

function ksr_request_route()
	if KSR.mediasec.register() < 0 then return end
	KSR.pv.sets("$var(password)", KSR.pv.gete("$au") .. "-pw")
	if KSR.auth.pv_auth_check("example.net", KSR.pv.gete("$var(password)"), 0, 0) < 0 then
		KSR.auth.auth_challenge("example.net", 1)
		return
	end
	if KSR.mediasec.verify() < 0 then return end
	KSR.registrar.save("location", 0)
end

function ksr_mediasec_event(evname)
	KSR.notice("EVENT event=" .. evname .. " reason=" .. KSR.pv.gete("$mediasec(reason)")
		.. " aor=" .. KSR.pv.gete("$mediasec(aor)") .. "\n")
end
