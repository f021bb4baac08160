"""Prints, as JSON, what dbt's own client sees of one setting as each of the users that standard input names."""

import json
import sys

from dbt.adapters.clickhouse.credentials import ClickHouseCredentials
from dbt.adapters.clickhouse.dbclient import get_db_client

host, port = sys.argv[1].split(":")
seen = {}
for user in json.load(sys.stdin):
    client = get_db_client(ClickHouseCredentials(
        driver="http", host=host, port=int(port), user=user["name"], password="x", custom_settings=user["settings"]))
    rows = client.query(f"SELECT toString(value) FROM system.settings WHERE name = '{user['setting']}'").result_set
    seen[user["setting"]] = rows[0][0]
    client.close()
json.dump(seen, sys.stdout)
