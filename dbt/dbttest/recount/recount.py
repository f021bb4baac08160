"""Counts the marts of an edition once more, with DuckDB, and prints what differs as JSON: lines of text per mart.

usage: recount.py EXPORT EDITION

EXPORT holds the tables as Parquet, <database>.<table>.parquet: facts, what marts need of ops, and the marts. Beside this
file lies one <mart>.sql per mart, written from the definitions and from the facts alone, never from dbt's models.
A mart that is the same has no lines.
"""

import json
import pathlib
import sys

import duckdb

SHOWN = 5  # rows that a message shows of each side


def quoted(name):
    return '"' + name + '"'


def load(db, export):
    """Makes a table <database>_<table> of each file; bytes are texts of a fixed length."""
    for file in sorted(export.glob("*.parquet")):
        database, table, _ = file.name.split(".")
        columns = db.execute(f"describe select * from read_parquet('{file}')").fetchall()
        texts = [f"decode({quoted(c)}) as {quoted(c)}" for c, kind, *_ in columns if kind == "BLOB"]
        replace = f" replace ({', '.join(texts)})" if texts else ""
        db.execute(f"create table {database}_{table} as select *{replace} from read_parquet('{file}')")


def compare(db, mart, sql):
    """The lines that say how a mart differs from its recount."""
    db.execute(f"create or replace table recounted as {sql}")
    kinds = {c: kind for c, kind, *_ in db.execute(f"describe marts_{mart}").fetchall() if c != "edition"}
    counted = {c for c, *_ in db.execute("describe recounted").fetchall()}
    if kinds.keys() != counted:
        return [f"columns {sorted(kinds.keys() ^ counted)} are in one of mart and recount only"]
    # A share or a quantile is the same up to the last digits of a double.
    cells = ", ".join(
        (f"round({quoted(c)}::double, 9)" if kind == "DOUBLE" else f"{quoted(c)}::varchar") + f" as {quoted(c)}"
        for c, kind in kinds.items()
    )
    lines = []
    for name, here, there in (("mart", f"marts_{mart}", "recounted"), ("recount", "recounted", f"marts_{mart}")):
        only = f"(select {cells} from {here} except all select {cells} from {there})"
        number = db.execute(f"select count(*) from {only}").fetchone()[0]
        if number:
            lines.append(f"{number} rows are in the {name} only, of columns {list(kinds)}")
            lines += [f"    {row}" for row in db.execute(f"select * from {only} order by all limit {SHOWN}").fetchall()]
    return lines


def main(export, edition):
    here = pathlib.Path(__file__).parent
    db = duckdb.connect()
    db.execute("set variable edition = cast(? as date)", [edition])
    load(db, pathlib.Path(export))
    db.execute((here / "common.sql").read_text())
    marts = [file.name.split(".")[1] for file in sorted(pathlib.Path(export).glob("marts.*.parquet"))]
    print(json.dumps({mart: compare(db, mart, (here / f"{mart}.sql").read_text()) for mart in marts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
