INSERT INTO ops.build (build, edition, started_at, status, written_at)
SELECT build, edition, started_at, 'closed', greatest(now64(6), written_at + INTERVAL 1 MICROSECOND)
FROM ops.build FINAL WHERE status = 'open'
