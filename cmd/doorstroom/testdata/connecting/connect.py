# Reads a mart with clickhouse-connect, as Superset does below SQLAlchemy, and tries what the login may not do.
# Arguments: host, HTTP port; the password is in the environment.
import os
import sys

import clickhouse_connect

client = clickhouse_connect.get_client(
    host=sys.argv[1], port=int(sys.argv[2]), username="doorstroom_reader", password=os.environ["PASSWORD"], database="marts"
)
print(client.query("SELECT persons FROM editions").result_rows[0][0])
print(client.query("SELECT comment FROM system.columns WHERE database = 'marts' AND table = 'editions' AND name = 'edition'").result_rows[0][0])
for forbidden in [
    "INSERT INTO marts.editions SELECT * FROM marts.editions",
    "CREATE TABLE marts.mine (a Int8) ENGINE = Memory",
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT file('/etc/passwd')",
    "SELECT * FROM url('http://127.0.0.1:1', 'CSV', 'a String')",
    "SELECT * FROM sqlite('planted', 't')",
    "SELECT * FROM raw.digest_key",
]:
    try:
        client.query(forbidden)
    except clickhouse_connect.driver.exceptions.DatabaseError:
        continue
    print("allowed:", forbidden)
