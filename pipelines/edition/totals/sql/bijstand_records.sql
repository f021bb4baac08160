{{- /* The months whose last day a record covers, within the grid. */ -}}
SELECT person, greatest({{template "month_of" "start"}}, first_month) AS from_month,
    if(`end` = 0, {{.LastMonth}}, least({{template "month_of" "`end` + 1"}} - 1, {{.LastMonth}})) AS to_month
FROM {{.Tables}}municipality_bijstand AS e INNER JOIN {{.Tables}}grid AS g USING person
WHERE regulation IN ({{.Bijstand}})
