SELECT l.load_id, concat(l.supplier, '/', l.delivery_id)
FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
WHERE d.status = 'refused' AND d.reason NOT IN ('implausible_shrink', 'implausible_empty', 'withdrawn')
    AND d.decided_at < ? AND l.load_id NOT IN (SELECT load_id FROM ops.edition_input)
ORDER BY 2, 1
