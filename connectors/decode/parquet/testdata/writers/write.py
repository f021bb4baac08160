"""Writes the same records with every writer that suppliers use: python write.py ROWS OUT JARS.

ROWS is what the test made: per record the columns with their kind, and the rows
as texts. OUT gets a file per record, writer and way of writing, named
writer_way.record.parquet. JARS are those of Spark.
"""
import datetime
import decimal
import json
import pathlib
import sys

import duckdb
import fastparquet
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import spark

DAY = {"ms": pa.timestamp("ms"), "us": pa.timestamp("us"), "ns": pa.timestamp("ns"), "date": pa.date32(), "text": pa.string()}


def column(values, kind, *, dates="date", hours=pa.decimal128(5, 2), text=pa.string(), wide=False, null=True):
    """One column as pyarrow has it."""
    if null and all(v is None for v in values):
        return pa.nulls(len(values))
    if kind == "date":
        if dates != "text":
            values = [v and datetime.date.fromisoformat(v) for v in values]
        return pa.array(values, pa.date32() if dates != "text" else text).cast(DAY[dates] if dates != "text" else text)
    if kind == "hours":
        values = [v and decimal.Decimal(v) for v in values]
        return pa.array([v if v is None or not pa.types.is_floating(hours) else float(v) for v in values], hours)
    if kind in ("int32", "int64"):
        return pa.array([v and int(v) for v in values], pa.int64() if wide or kind == "int64" else pa.int32())
    return pa.array(values, text)


def table(record, *, required=False, **types):
    arrays = [column([row[i] for row in record["rows"]], kind, **types) for i, (_, kind) in enumerate(record["columns"])]
    fields = [pa.field(name, a.type, nullable=not (required and a.null_count == 0)) for (name, _), a in zip(record["columns"], arrays)]
    return pa.table(arrays, schema=pa.schema(fields))


def by_pyarrow(out, record):
    for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        for version in ("1.0", "2.0"):
            pq.write_table(table(record), out(f"{codec}_v{version[0]}"), compression=codec, data_page_version=version, row_group_size=400, data_page_size=2000, write_batch_size=100)
    for dates in DAY:
        pq.write_table(table(record, dates=dates, wide=True, text=pa.large_string()), out(f"dates_{dates}"), write_page_checksum=True)
    pq.write_table(table(record, hours=pa.float64(), text=pa.binary(), dates="text"), out("double_binary"), use_dictionary=False)
    pq.write_table(table(record, null=False, required=True), out("required"), dictionary_pagesize_limit=500, data_page_size=500, write_batch_size=50)
    pq.write_table(table(record, hours=pa.decimal128(38, 18)), out("decimal_38"), data_page_version="2.0", use_dictionary=False)
    pq.write_table(table(record), out("decimal_integer"), store_decimal_as_integer=True, version="1.0")
    pq.write_table(table(record).slice(0, 0), out("empty"))
    for name, encodings in {
        "delta": {"text": "DELTA_BYTE_ARRAY", "date": "DELTA_BINARY_PACKED", "int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED", "hours": "DELTA_BYTE_ARRAY"},
        "lengths": {"text": "DELTA_LENGTH_BYTE_ARRAY"},
        "split": {"date": "BYTE_STREAM_SPLIT", "int32": "BYTE_STREAM_SPLIT", "int64": "BYTE_STREAM_SPLIT", "hours": "BYTE_STREAM_SPLIT"},
    }.items():
        chosen = {column: encodings[kind] for column, kind in record["columns"] if kind in encodings}
        for version in ("1.0", "2.0"):
            pq.write_table(table(record, null=False), out(f"{name}_v{version[0]}"), use_dictionary=False, column_encoding=chosen, data_page_version=version, data_page_size=3000)


def frame(record, **types):
    return table(record, **types).to_pandas(date_as_object=types.get("dates") is None)


def by_pandas(out, record):
    for codec in (None, "snappy", "gzip", "zstd", "brotli"):
        frame(record).to_parquet(out(f"{codec}"), compression=codec)
    for dates in ("ms", "us", "ns"):
        frame(record, dates=dates).to_parquet(out(f"dates_{dates}"), index=True)
    frame(record).convert_dtypes().to_parquet(out("nullable"))


def by_fastparquet(out, record):
    data = frame(record, dates="ns", hours=pa.float64())
    numbers = {name: "Int64" for name, kind in record["columns"] if kind in ("int32", "int64")}
    data = data.astype(numbers)
    texts = frame(record, dates="text", hours=pa.float64()).astype(numbers)
    for codec in (None, "SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4_RAW"):
        fastparquet.write(out(f"{codec}"), data, compression=codec, row_group_offsets=400)
    fastparquet.write(out("texts"), texts, object_encoding="utf8", has_nulls=True)
    categories = texts.astype({name: "category" for name, kind in record["columns"] if kind == "text" and texts[name].notna().any()})
    fastparquet.write(out("categories"), categories)


def by_polars(out, record):
    for codec in ("uncompressed", "snappy", "gzip", "zstd", "lz4", "brotli"):
        pl.from_arrow(table(record)).write_parquet(out(codec), compression=codec, row_group_size=400, data_page_size=2000)
    for dates in ("ms", "us", "ns", "text"):
        pl.from_arrow(table(record, dates=dates, hours=pa.float64(), wide=True)).write_parquet(out(f"dates_{dates}"))


def by_duckdb(out, record):
    con = duckdb.connect()
    con.execute("SET threads = 1")
    for codec in ("uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli"):
        for version in ("V1", "V2"):
            rows = table(record)  # noqa: F841, DuckDB finds it by name
            con.execute(f"COPY (FROM rows) TO '{out(f'{codec}_{version}')}' (FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version}, ROW_GROUP_SIZE 2048)")
    for dates in ("ms", "us", "ns", "text"):
        rows = table(record, dates=dates, hours=pa.float64(), wide=True)  # noqa: F841
        con.execute(f"COPY (FROM rows) TO '{out(f'dates_{dates}')}' (FORMAT parquet)")


def main(rows, folder, jars):
    records = json.loads(pathlib.Path(rows).read_text())
    writers = {"pyarrow": by_pyarrow, "pandas": by_pandas, "fastparquet": by_fastparquet, "polars": by_polars, "duckdb": by_duckdb}
    session = spark.Session(jars, folder)
    for name, record in records.items():
        for writer, write in writers.items():
            write(lambda way: f"{folder}/{writer}_{way}.{name}.parquet", record)
        base = f"{folder}/base.{name}.parquet"
        pq.write_table(table(record, null=False), base)
        session.write(base, name, [column for column, kind in record["columns"] if kind == "date"])
        pathlib.Path(base).unlink()
    session.close()


main(*sys.argv[1:])
