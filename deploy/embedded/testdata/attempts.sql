-- What the reader must not be able to do, a statement a line. {secret} is a file of somebody else, {out} one that is not there,
-- {http} and {native} are the server's own addresses.
SELECT * FROM file('/etc/passwd', LineAsString, 'x String')
SELECT * FROM file('{secret}')
SELECT * FROM file('f.csv', LineAsString, 'x String')
SELECT file('/etc/passwd')
SELECT file('f.csv')
SELECT * FROM fileCluster('default','f.csv')
SELECT * FROM url('http://127.0.0.1:1/x', LineAsString, 'x String')
SELECT * FROM urlCluster('default','http://127.0.0.1:1/x', LineAsString, 'x String')
SELECT * FROM s3('http://127.0.0.1:1/b/x', NOSIGN, LineAsString)
SELECT * FROM s3Cluster('default','http://127.0.0.1:1/b/x', NOSIGN, LineAsString)
SELECT * FROM gcs('http://127.0.0.1:1/b/x')
SELECT * FROM azureBlobStorage('DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aaaa;BlobEndpoint=http://127.0.0.1:1/a','c','b')
SELECT * FROM hdfs('hdfs://127.0.0.1:1/x', 'CSV', 'x String')
SELECT * FROM remote('127.0.0.1:9000', system.one)
SELECT * FROM remoteSecure('127.0.0.1:9000', system.one)
SELECT * FROM cluster('default', raw.t)
SELECT * FROM clusterAllReplicas('default', raw.t)
SELECT * FROM mysql('127.0.0.1:1','d','t','u','p')
SELECT * FROM postgresql('127.0.0.1:1','d','t','u','p')
SELECT * FROM mongodb('127.0.0.1:1','d','t','u','p','x String')
SELECT * FROM redis('127.0.0.1:1','k','k String')
SELECT * FROM sqlite('/nowhere/x.db','t')
SELECT * FROM odbc('DSN=x','t')
SELECT * FROM jdbc('x','t')
SELECT * FROM executable('id.sh', TSV, 'x String')
SELECT * FROM input('x String')
SELECT * FROM iceberg('http://127.0.0.1:1/b/x')
SELECT * FROM icebergLocal('/nowhere')
SELECT * FROM icebergS3('http://127.0.0.1:1/b/x')
SELECT * FROM deltaLake('http://127.0.0.1:1/b/x')
SELECT * FROM deltaLakeLocal('/nowhere')
SELECT * FROM hudi('http://127.0.0.1:1/b/x')
SELECT * FROM paimonLocal('/nowhere')
SELECT * FROM arrowFlight('127.0.0.1:1','x')
SELECT * FROM ytsaurus('http://127.0.0.1:1','x','x','x String')
SELECT * FROM loop('system','users') LIMIT 1
SELECT * FROM loop(system.users) LIMIT 1
SELECT * FROM merge('system','^errors$')
SELECT * FROM merge('system','users')
SELECT * FROM mergeTreeParts('raw','t')
SELECT * FROM mergeTreeProjection('raw','t','p')
SELECT * FROM dictionary('x')
SELECT * FROM zeros(1)
SELECT * FROM fuzzJSON('x')
SELECT * FROM filesystem('/etc')
SELECT * FROM filesystem()
SELECT * FROM python('x')
SELECT * FROM Python(x)
SELECT * FROM dataframe('x')
SELECT * FROM ai('x')
SELECT 1 INTO OUTFILE '{out}'
INSERT INTO FUNCTION file('{out}') SELECT 1
INSERT INTO FUNCTION url('http://127.0.0.1:1/', CSV, 'x UInt8') SELECT 1
INSERT INTO raw.t VALUES ('x',3)
CREATE TABLE raw.n (x UInt8) ENGINE=Memory
CREATE TEMPORARY TABLE n (x UInt8)
CREATE TEMPORARY TABLE n (x String) ENGINE=File(CSV,'/etc/passwd')
CREATE VIEW raw.vv AS SELECT 1
CREATE FUNCTION f AS (x)->x
CREATE DATABASE x
CREATE DATABASE x ENGINE=Filesystem('/etc')
CREATE DICTIONARY raw.d (k UInt64) PRIMARY KEY k SOURCE(FILE(path '/etc/passwd' format 'CSV')) LAYOUT(FLAT()) LIFETIME(0)
CREATE NAMED COLLECTION c AS a=1
CREATE USER x
CREATE ROLE x
CREATE WORKLOAD x
CREATE RESOURCE x (READ DISK default)
ALTER USER doorstroom_reader IDENTIFIED BY 'x'
GRANT ALL ON *.* TO doorstroom_reader
ALTER TABLE raw.t DELETE WHERE 1
ALTER TABLE raw.t UPDATE n=1 WHERE 1
DELETE FROM raw.t WHERE 1
UPDATE raw.t SET n=1 WHERE 1
TRUNCATE TABLE raw.t
DROP TABLE raw.t
RENAME TABLE raw.t TO raw.t2
OPTIMIZE TABLE raw.t
ATTACH TABLE raw.z FROM '/tmp' (x UInt8) ENGINE=File(CSV)
DETACH TABLE raw.t
EXCHANGE TABLES raw.t AND raw.t
BACKUP TABLE raw.t TO Disk('backups','x')
RESTORE TABLE raw.t FROM Disk('backups','x')
SYSTEM SHUTDOWN
SYSTEM KILL
SYSTEM FLUSH LOGS
SYSTEM RELOAD CONFIG
SYSTEM STOP LISTEN TCP
SYSTEM START LISTEN MYSQL
SYSTEM DROP MARK CACHE
KILL QUERY WHERE 1
SET readonly=0
SELECT 1 SETTINGS readonly=0
SELECT 1 SETTINGS log_queries=1
SELECT addressToLine(1) SETTINGS allow_introspection_functions=1
SELECT demangle('x') SETTINGS allow_introspection_functions=1
SELECT * FROM system.users
SELECT * FROM system.grants
SELECT * FROM system.errors
SELECT * FROM system.error_log
SELECT * FROM system.processes
SELECT * FROM system.query_log
SELECT * FROM system.text_log
SELECT * FROM system.stack_trace
SELECT * FROM system.server_settings
SELECT * FROM system.settings_changes
SELECT * FROM system.disks
SELECT * FROM system.macros
SELECT * FROM system.named_collections
SELECT * FROM system.environment
SELECT * FROM system.clusters
SELECT * FROM system.query_cache
SELECT * FROM system.query_condition_cache
SELECT * FROM system.dictionaries
SELECT * FROM system.mutations
SELECT * FROM system.parts_columns
SELECT * FROM system.detached_parts
SELECT * FROM system.remote_data_paths
SELECT * FROM system.certificates
SELECT * FROM system.crash_log
SELECT * FROM system.user_directories
SELECT * FROM system.merges
SELECT * FROM system.backups
SELECT * FROM system.asynchronous_inserts
SELECT * FROM system.user_processes
SELECT * FROM system.session_log
SELECT * FROM system.part_log
SELECT * FROM system.trace_log
SELECT * FROM system.query_thread_log
SELECT * FROM system.query_views_log
SELECT * FROM system.latency_log
SELECT * FROM system.metrics
SELECT * FROM system.warnings
SELECT * FROM system.build_options
SELECT * FROM system.graphite_retentions
SELECT * FROM system.zookeeper WHERE path='/'
SELECT * FROM default.x
SHOW PROCESSLIST
SHOW USERS
SHOW GRANTS FOR doorstroom
SHOW CREATE USER doorstroom
SHOW ACCESS
SHOW CLUSTERS
SHOW MERGES
DESCRIBE TABLE file('/etc/passwd')
DESCRIBE TABLE url('http://127.0.0.1:1/x')
EXPLAIN SELECT * FROM file('/etc/passwd')
EXPLAIN ESTIMATE SELECT * FROM system.users
SELECT getenv('PATH')
SELECT getMacro('x')
SELECT getServerSetting('users_config')
SELECT catboostEvaluate('/etc/passwd',1)
SELECT naiveBayesClassifier('x','y')
SELECT dictGet('x','y',1)
SELECT joinGet('raw.t','n','x')
SELECT x FROM raw.t FORMAT Template SETTINGS format_template_row='/etc/passwd'
SELECT x FROM raw.t FORMAT Template SETTINGS format_template_row='../users.xml'
SELECT x FROM raw.t FORMAT Protobuf SETTINGS format_schema='/etc/passwd:M'
SELECT x FROM raw.t FORMAT CapnProto SETTINGS format_schema='../password:M'
SELECT * FROM raw.t SETTINGS additional_table_filters={'raw.t':'x in (select name from system.users)'}
SELECT * FROM raw.t SETTINGS additional_result_filter='n in (select 1 from file(''/etc/passwd''))'
SELECT * FROM raw.t WHERE x IN (SELECT * FROM file('/etc/passwd', LineAsString, 'x String'))
WITH t AS (SELECT * FROM url('http://127.0.0.1:1/')) SELECT * FROM t
SELECT * FROM view(SELECT * FROM file('/etc/passwd'))
SELECT * FROM viewExplain('EXPLAIN','',(SELECT * FROM file('/etc/passwd')))
(SELECT 1) UNION ALL (SELECT x FROM file('/etc/passwd'))
EXECUTE AS doorstroom SELECT 1
BEGIN TRANSACTION
CHECK TABLE raw.t
COPY raw.t TO '/tmp/x'
PARALLEL WITH SELECT 1
SELECT 1; SELECT 2
SELECT * FROM prometheusQuery('x','y',1)
SELECT * FROM timeSeriesData('x')
SELECT * FROM generateSerialID('x')
SELECT generateSerialID('x')
SELECT runningDifference(1)
SELECT aiGenerateContent('x')
SELECT * FROM other.t
SELECT * FROM merge('other', '.*')
SELECT * FROM loop(other.t) LIMIT 1
SELECT arrayMap(file, ['{secret}'])
SELECT * APPLY file FROM (SELECT '{secret}' AS x)
SELECT * FROM (SELECT file('{secret}') AS y)
SELECT `file`('{secret}')
SELECT file('/proc/1/environ')
SELECT file('../../../../../../../../../../..{secret}')
SELECT file('/dev/mem')
SELECT file('/etc/shadow')
SELECT file('/etc/ssh/ssh_host_rsa_key')
SELECT * FROM url('http://{http}/?query=SELECT+1', LineAsString, 'x String')
SELECT * FROM remote('{native}', 'system', 'one', 'doorstroom', '')
INSERT INTO FUNCTION remote('{native}', 'raw', 't') VALUES ('x', 1)
INSERT INTO FUNCTION file('{out}', CSV, 'x String') SELECT x FROM raw.t
INSERT INTO FUNCTION url('http://{http}/', CSV, 'x String') SELECT x FROM raw.t
INSERT INTO FUNCTION s3('http://{http}/bucket/key', NOSIGN, CSV, 'x String') SELECT x FROM raw.t
SELECT x FROM raw.t INTO OUTFILE '{out}'
SELECT x FROM raw.t INTO OUTFILE '{out}' AND STDOUT
SELECT x FROM raw.t INTO OUTFILE '{out}' APPEND FORMAT CSV
SELECT * FROM raw.digest_key
SELECT k0 FROM raw.digest_key LIMIT 1
SELECT * FROM loop(raw.digest_key) LIMIT 1
SELECT * FROM mergeTreeIndex('raw', 'digest_key')
