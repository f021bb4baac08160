SELECT supplier, record, sum(records) AS all_records, sum(persons) AS all_persons, sum(linked_persons) AS linked,
    sum(v_only_persons) AS v_only, sum(b_only_persons) AS b_only, sum(conflict_persons) AS conflicts
FROM marts.linkage
WHERE edition = $1
GROUP BY supplier, record
ORDER BY supplier, record
