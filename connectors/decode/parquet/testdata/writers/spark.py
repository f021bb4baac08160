"""Apache Spark from its jars, without the 400 MB that PyPI's pyspark takes: py4j alone talks to it."""
import pathlib
import shutil

from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway

# What Spark's own starter passes to Java 17 and newer.
PACKAGES = "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar"
OPTIONS = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=error"]
CONFIG = {
    "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
    # A few rows: compiling code for them takes longer than reading them.
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true", "parquet.page.size": "2000", "parquet.page.size.row.check.min": "50",
}


class Session:
    def __init__(self, jars, folder):
        opens = [o for p in PACKAGES.split() for o in ("--add-opens", f"java.base/{p}=ALL-UNNAMED")]
        (py4j,) = pathlib.Path(jars).glob("py4j-*.jar")
        port = launch_gateway(classpath=f"{jars}/*", jarpath=str(py4j), javaopts=OPTIONS + opens + [f"-Djava.io.tmpdir={folder}"], die_on_exit=True)
        self.gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port))
        builder = self.gateway.jvm.org.apache.spark.sql.SparkSession.builder().master("local[1]")
        for key, value in {**CONFIG, "spark.local.dir": folder, "spark.sql.warehouse.dir": folder}.items():
            builder = builder.config(key, value)
        self.spark = builder.getOrCreate()
        self.folder = folder

    def write(self, base, record, dates):
        rows = self.spark.read().parquet(base).coalesce(1)
        for codec in ("none", "snappy", "gzip", "zstd", "lz4_raw"):
            self.file(rows, codec, record, compression=codec)
        self.file(rows, "v2", record, **{"parquet.writer.version": "PARQUET_2_0"})
        self.file(rows, "v2_plain", record, **{"parquet.writer.version": "PARQUET_2_0", "parquet.enable.dictionary": "false", "compression": "zstd"})
        for name in dates:
            rows = rows.withColumn(name, rows.col(name).cast("timestamp_ntz"))
        self.file(rows, "timestamps", record)

    def file(self, rows, way, record, **options):
        writer = rows.write()
        for key, value in options.items():
            writer = writer.option(key, value)
        made = pathlib.Path(self.folder, f"spark-{way}")
        writer.parquet(str(made))
        (part,) = made.glob("part-*.parquet")
        part.rename(pathlib.Path(self.folder, f"spark_{way}.{record}.parquet"))
        shutil.rmtree(made)

    def close(self):
        self.spark.stop()
        self.gateway.shutdown()
