from lib import lua

DEFINES, run = lua.again("core-side-closed-to-phones")
