SELECT r.supplier, r.record, r.municipality_codes, toString(r.drawn_on), r.delivery_id, r.rows_accepted, r.filled
FROM ops.delivery_record AS r FINAL
INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
WHERE r.load_id IN (SELECT load_id FROM ops.load FINAL) AND d.status = 'accepted' AND d.mode = 'full'
