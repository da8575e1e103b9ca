"""Cases once more, with the routes of the sample configuration in Lua."""

import importlib.util

from .stack import LUA, ROOT

DEFINES = LUA


def again(name):
    """The defines and the run() of a case, for a case that is the same in Lua."""
    path = ROOT / "test" / "sipp" / name / "case.py"
    spec = importlib.util.spec_from_file_location(name, path)
    case = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(case)
    return {**getattr(case, "DEFINES", {}), **DEFINES}, case.run
