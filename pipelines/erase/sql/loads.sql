SELECT l.load_id, l.supplier, l.drawn_on, l.delivery_id, d.status = 'accepted' OR d.reason = 'withdrawn'
FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
