SELECT l.load_id, concat(l.supplier, '/', l.delivery_id)
FROM {{template "decided"}}
WHERE d.status = 'refused' AND d.reason {{if not .Releasable}}NOT {{end}}IN ('implausible_shrink', 'implausible_empty', 'withdrawn')
    AND d.decided_at < ? AND l.load_id NOT IN ({{template "made_of"}})
ORDER BY 2, 1
