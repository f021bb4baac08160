"""Answers questions about an edition with DuckDB, as JSON: by question its columns, their kinds and its rows.

usage: query.py EXPORT EDITION QUESTIONS REFERENCE

EXPORT holds the tables as recount.py has them. There each mart is a table that is counted once more, under its own name.
QUESTIONS holds one <name>.sql per question, and a common.sql. REFERENCE holds files with published figures.
"""

import datetime
import json
import pathlib
import sys

import duckdb
from recount import load


def main(export, edition, questions, reference):
    here, folder = pathlib.Path(__file__).parent, pathlib.Path(questions)
    db = duckdb.connect()
    db.execute("set variable edition = cast(? as date)", [edition])
    db.execute("set variable reference = ?", [reference])
    load(db, pathlib.Path(export))
    db.execute((here / "common.sql").read_text())
    for file in sorted(here.glob("*.sql")):
        if file.stem not in ("common", "control_totals"):
            db.execute(f"create table {file.stem} as {file.read_text()}")
    db.execute((folder / "common.sql").read_text())
    answers = {}
    for file in sorted(folder.glob("*.sql")):
        if file.stem != "common":
            cursor = db.execute(file.read_text())
            columns = [(name, str(kind)) for name, kind, *_ in cursor.description]
            answers[file.stem] = {"columns": [c for c, _ in columns], "kinds": [k for _, k in columns], "rows": cursor.fetchall()}
    print(json.dumps(answers, default=datetime.date.isoformat))


if __name__ == "__main__":
    main(*sys.argv[1:])
