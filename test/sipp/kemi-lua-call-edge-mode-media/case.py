from lib import lua

DEFINES, run = lua.again("call-edge-mode-media")
