from lib import lua

DEFINES, run = lua.again("dialog-forged-tag-of-stranger-refused")
