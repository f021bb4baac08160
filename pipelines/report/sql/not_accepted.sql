SELECT supplier, delivery_id, outcome, reason
FROM marts.deliveries
WHERE edition = $1 AND outcome != 'accepted'
ORDER BY supplier, delivery_id, manifest_sha256
