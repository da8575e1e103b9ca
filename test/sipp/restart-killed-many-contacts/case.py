from lib import calls, sdp

DEFINES = {"STORE": "usrloc"}
OTHERS = 5000


def run(stack):
    alice = calls.agreed(stack)
    for table in "location", "location_attrs":
        stack.sql(f"UPDATE {table} SET id = {OTHERS + 1}")
        columns = [name for _, name, *_ in stack.sql(f"PRAGMA table_info({table})")]
        values = ", ".join({"id": "n", "ruid": "'r' || n", "username": "'u' || n",
                            "contact": "'sip:u' || n || '@192.0.2.1'"}.get(name, name)
                           for name in columns)
        stack.sql(f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1"
                  f" FROM numbers WHERE n < {OTHERS}) INSERT INTO {table}"
                  f" SELECT {values} FROM {table}, numbers")
    stack.crash()
    calls.refused(alice, 494, offer=sdp.plain(stack.phone_ip),
                  sender="<sip:anonymous@anonymous.invalid>;tag=x")
