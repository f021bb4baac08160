SELECT count() FROM ops.retention
WHERE unit = 'rows' AND load_id IN (SELECT load_id FROM ops.load FINAL WHERE supplier = ? AND delivery_id = ? AND manifest_sha256 = ?)
