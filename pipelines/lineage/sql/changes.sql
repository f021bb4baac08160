{{- /* Which columns differ, of those who have other rows. */ -}}
INSERT INTO {{.Tables.After}}change
WITH
    sides AS
    (
        {{template "hashes_of_people" .Before}}
        UNION ALL {{template "hashes_of_people" .After}}
    ),
    of_person AS
    (
        SELECT u, sumForEachIf(hashes, e = 0) AS ha, sumForEachIf(hashes, e = 1) AS hb FROM sides GROUP BY u
    )
SELECT '{{.Table.Name}}', arrayJoin(arrayFilter((name, x, y) -> x != y, [{{list .Table.QuotedColumns}}], arrayResize(ha, {{len .Table.QuotedColumns}}), arrayResize(hb, {{len .Table.QuotedColumns}}))), u
FROM of_person
