SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(ifNull(digest, toUInt128(0))) AS d, toUInt64(0) AS two
FROM
(
    {{template "erased_places.sql" .}}
)
WHERE {{.Where}}
GROUP BY load_id, file_no
