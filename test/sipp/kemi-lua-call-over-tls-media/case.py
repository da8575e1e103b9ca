from lib import lua

DEFINES, run = lua.again("tls-call-media-both-ways")
