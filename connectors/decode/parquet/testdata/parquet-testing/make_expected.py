"""Writes expected.tsv: what the files of apache/parquet-testing hold, as pyarrow reads them.

python make_expected.py FOLDER, where FOLDER is a checkout of the commit that
README.md names; with pyarrow 26.0.1. A line is: file, column, kind of field
("any" of them), and either "rows N" and the values, or "refused" and why.

The values are what the contract makes of them: of a text its bytes, of a number
its digits, of hours hundredths, of a date its days since 1970. Up to twelve of
them stand as they are, of more only a digest.
"""
import decimal
import hashlib
import json
import os
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
# pyarrow gives LZ4_RAW and the LZ4 that the format has given up one name.
OLD_LZ4 = {"hadoop_lz4_compressed.parquet", "hadoop_lz4_compressed_larger.parquet", "non_hadoop_lz4_compressed.parquet"}
NAMED = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4", "BROTLI"}
KINDS = ("text", "integer", "hours", "date")
# UNDEFINED is a logical type newer than the reader; pyarrow too reads such a column as if it had none.
TEXT = {"NONE", "STRING", "ENUM", "JSON", "UNDEFINED"}


def allowed(kind, column):
    """Whether the contract lets a field of a kind be delivered in a column of this type."""
    physical, logical = column.physical_type, column.logical_type.type
    if logical == "UNKNOWN":
        return True
    text = physical == "BYTE_ARRAY" and logical in TEXT
    if kind == "text":
        return text
    if kind == "date":
        return text or (physical == "INT32" and logical == "DATE") or (logical == "TIMESTAMP" and not json.loads(column.logical_type.to_json())["isAdjustedToUTC"])
    if kind == "hours":
        return (physical == "DOUBLE" and logical == "NONE") or logical == "DECIMAL"
    whole = logical == "DECIMAL" and json.loads(column.logical_type.to_json())["scale"] == 0
    return physical in ("INT32", "INT64") and (logical in ("NONE", "INT") or whole)


def bounded(hundredths):
    """Numbers that no field could hold are all the same."""
    return "beyond" if abs(hundredths) > 10**14 else str(int(hundredths))


def hundredths(value):
    if isinstance(value, decimal.Decimal):
        scaled = value.scaleb(2, decimal.Context(prec=200))
        return bounded(scaled) if scaled == scaled.to_integral_value() else "wrong type"
    exact = decimal.Decimal(value)
    if not exact.is_finite():
        return "wrong type"
    if abs(exact) > 10**12:
        return "beyond"
    rounded = (exact * 100).to_integral_value(decimal.ROUND_HALF_EVEN)
    return bounded(rounded) if abs(exact - rounded / 100) <= decimal.Decimal("1.000001e-6") else "wrong type"


def shown(kind, column, value):
    """A value as the test writes it; None for an absent one."""
    if value is None or value in (b"", ""):
        return None
    if isinstance(value, (bytes, str)):
        data = value if isinstance(value, bytes) else value.encode()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return "bad_encoding"
        return "bad_encoding" if "\0" in text else text
    return hundredths(value) if kind == "hours" else str(int(value))


def listed(values):
    """Few values as they are, of many a digest."""
    text = json.dumps(values, ensure_ascii=True)
    if len(values) <= 12 and len(text) <= 600:
        return text
    h = hashlib.sha256()
    for v in values:
        data = b"" if v is None else v.encode()
        h.update(b"-" if v is None else b"+%d:" % len(data))
        h.update(data)
    return "sha256:" + h.hexdigest()[:32]


def read(path, column):
    """The values of one column, dates and times as the integers that they are."""
    f = pq.ParquetFile(path, page_checksum_verification=True)
    table = f.read(columns=[column])
    data = table.column(0)
    if pa.types.is_date(data.type):
        data = data.cast(pa.int32())
    rows = sum(f.metadata.row_group(g).num_rows for g in range(f.metadata.num_row_groups))
    if len(data) != rows:
        raise OSError("another number of values than of rows")
    if pa.types.is_timestamp(data.type):
        return days(data)
    if pa.types.is_string(data.type) or pa.types.is_large_string(data.type):
        data = data.cast(pa.large_binary())
    return data.to_pylist()


def days(data):
    """The days of moments, or that another time than midnight is none."""
    moments = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[data.type.unit]
    found = [divmod(v, moments) if v is not None else None for v in data.cast(pa.int64()).to_pylist()]
    return ["wrong type" if v and v[1] else v and v[0] for v in found]


def outcome(path, f, column, kind):
    flat = "." not in column.path and column.max_repetition_level == 0
    if not flat:
        return "refused", "no plain column"
    if not allowed(kind, column):
        return "refused", "type"
    index = [f.schema.column(i).path for i in range(len(f.schema))].index(column.path)
    codecs = {f.metadata.row_group(g).column(index).compression for g in range(f.metadata.num_row_groups)}
    if codecs - NAMED or path.name in OLD_LZ4:
        return "refused", "codec"
    try:
        values = read(path, column.path)
    except (OSError, pa.ArrowException):
        return "refused", "damaged"
    return f"rows {len(values)}", listed([shown(kind, column, v) for v in values])


def guarded(work):
    """What work returns; reading what is encrypted ends pyarrow's whole process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(2)
        with os.fdopen(writer, "w") as out:
            json.dump(work(), out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    return json.loads(text) if os.waitpid(child, 0)[1] == 0 else ("refused", "encrypted")


def lines(top, path):
    name = path.relative_to(top).as_posix()
    try:
        f = pq.ParquetFile(path)
    except (OSError, pa.ArrowException):
        yield name, "", "any", "refused", "cannot be opened"
        return
    seen = set()
    for i in range(len(f.schema)):
        column = f.schema.column(i)
        top_level = column.path.split(".")[0]
        if top_level in seen:
            continue
        seen.add(top_level)
        found = {kind: tuple(guarded(lambda: outcome(path, f, column, kind))) for kind in KINDS}
        if len(set(found.values())) == 1:
            found = {"any": found["text"]}
        for kind, result in found.items():
            yield name, top_level, kind, *result


def main(top):
    files = sorted(p for folder in ("data", "bad_data", "shredded_variant") for p in (top / folder).rglob("*") if p.suffix in (".parquet", ".encrypted"))
    with open(HERE / "expected.tsv", "w", encoding="ascii", newline="\n") as out:
        for path in files:
            for line in lines(top, path):
                print(*line, sep="\t", file=out)


main(pathlib.Path(sys.argv[1]))
