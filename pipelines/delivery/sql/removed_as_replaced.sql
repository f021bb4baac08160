SELECT count() FROM ops.retention
WHERE layer = 'replaced' AND toDate32(before) >= (SELECT any(drawn_on) FROM ops.load WHERE supplier = ? AND delivery_id = ? AND manifest_sha256 = ?)
