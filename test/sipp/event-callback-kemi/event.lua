
-- Each event on a log line.
function ksr_mediasec_event(evname)
	KSR.notice("EVENT event=" .. evname .. " reason=" .. KSR.pv.gete("$mediasec(reason)")
		.. " aor=" .. KSR.pv.gete("$mediasec(aor)") .. "\n")
end
