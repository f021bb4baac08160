# Reads a mart as Arrow over HTTP and counts it with DuckDB. Arguments: host, HTTP port; the password is in the environment.
import os
import sys
import urllib.request

import duckdb
import pyarrow

request = urllib.request.Request(
    f"http://{sys.argv[1]}:{sys.argv[2]}/?default_format=ArrowStream",
    data=b"SELECT edition, persons FROM marts.editions",
    headers={"X-ClickHouse-User": "doorstroom_reader", "X-ClickHouse-Key": os.environ["PASSWORD"]},
)
editions = pyarrow.ipc.open_stream(urllib.request.urlopen(request)).read_all()
print(duckdb.sql("SELECT sum(persons) FROM editions").fetchall()[0][0])
