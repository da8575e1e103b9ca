from lib import lua

DEFINES, run = lua.again("dialog-hold-resume-media")
