from lib import lua

DEFINES, run = lua.again("call-two-agreed-phones-own-keys")
