from lib import lua

DEFINES, run = lua.again("metrics-every-counter-for-prometheus")
