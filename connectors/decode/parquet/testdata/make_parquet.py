"""Writes the Parquet files of this folder: python make_parquet.py, with pyarrow 26.0.1.

Each holds the same twelve rows of uwv_employment, written in another way. What
they are stands once more, by hand, in writers_test.go.
"""
import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
PSEUDONYM = "abcdefghijklmnopqrstuvwxya"
ROWS = range(12)


def day(text):
    return datetime.date.fromisoformat(text)


def table(*, required=False, text=pa.string(), dates=pa.date32(), hours=pa.decimal128(5, 2), integer=pa.int32(), wage=pa.int64()):
    """The rows; row 5 has no contract hours, only every third an end."""
    def dated(values):
        return values if dates == pa.date32() else [v and v.isoformat() for v in values]

    def number(i):
        value = decimal.Decimal(i) * decimal.Decimal("1.25")
        return float(value) if pa.types.is_floating(hours) else value

    columns = {
        "recordnummer": (text, [f"r-{i}" for i in ROWS], True),
        "pseudoniem_b": (text, [PSEUDONYM for _ in ROWS], True),
        "ikv_nummer": (text, [f"ikv-{i // 4}" for i in ROWS], True),
        "pseudoniem_werkgever": (text, [PSEUDONYM for _ in ROWS], True),
        "datum_begin_periode": (dates, dated([day("2023-01-01") for _ in ROWS]), True),
        "datum_eind_periode": (dates, dated([day("2023-01-31") for _ in ROWS]), True),
        "datum_begin_ikv": (dates, dated([day("2022-03-01") + datetime.timedelta(i) for i in ROWS]), True),
        "datum_eind_ikv": (dates, dated([day("2023-01-31") if i % 3 == 0 else None for i in ROWS]), False),
        "soort_inkomen": (text, ["15" for _ in ROWS], True),
        "aard_arbeidsverhouding": (text, ["01" for _ in ROWS], True),
        "verloonde_uren": (integer, [10 * i - 20 for i in ROWS], True),
        "contracturen_per_week": (hours, [None if i == 5 else number(i) for i in ROWS], False),
        "loon_sv": (wage, [100_000 * i - 1 for i in ROWS], True),
        "iets_anders": (pa.list_(pa.string()), [["x"] * (i % 3) for i in ROWS], False),
    }
    schema = pa.schema([pa.field(n, t, nullable=not (required and full)) for n, (t, _, full) in columns.items()])
    return pa.table([pa.array(v, t) for t, v, _ in columns.values()], schema=schema)


def write(name, rows, **options):
    options = {"compression": "snappy", "row_group_size": 5, "store_schema": False, **options}
    pq.write_table(rows, HERE / f"pyarrow_{name}.parquet", **options)


for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    # pyarrow writes what the format calls lz4_raw under the name lz4.
    write(f"{codec}_v1", table(), compression=codec, data_page_version="1.0")
    write(f"{codec}_v2", table(required=True), compression=codec, data_page_version="2.0", use_dictionary=False)
write("text_dates", table(text=pa.large_string(), dates=pa.string()), data_page_version="2.0")
write("binary_no_type", table(text=pa.binary(), dates=pa.binary(), integer=pa.int64(), wage=pa.int32()), use_dictionary=False)
write("small_integers", table(integer=pa.int16(), hours=pa.float64()), write_page_index=True)
write("decimal_integer", table(), store_decimal_as_integer=True, write_page_checksum=True)
write("decimal_int64", table(hours=pa.decimal128(12, 2)), store_decimal_as_integer=True)
write("decimal_38_18", table(hours=pa.decimal128(38, 18)), use_dictionary=False)
write("decimal_76_20", table(hours=pa.decimal256(76, 20)))
write("delta", table(), use_dictionary=False, data_page_size=64, write_batch_size=2, column_encoding={
    "recordnummer": "DELTA_BYTE_ARRAY", "ikv_nummer": "DELTA_LENGTH_BYTE_ARRAY", "verloonde_uren": "DELTA_BINARY_PACKED", "loon_sv": "DELTA_BINARY_PACKED", "datum_begin_ikv": "BYTE_STREAM_SPLIT"})
write("one_group_crc", table(required=True), row_group_size=100, write_page_checksum=True, data_page_version="2.0", version="1.0")
