{{- /* The months whose last day paid work covers, within the grid; what is paid for them, and the days over which its hours are weekly hours. */ -}}
SELECT person, greatest({{template "month_of" "day"}}, first_month) AS from_month, least({{template "month_of" "last_day + 1"}} - 1, {{.LastMonth}}) AS to_month,
    {{if .WholePeriod}}period_days{{else}}last_day - day{{end}} + 1 AS days, hours_paid, wage_sv
FROM
(
    SELECT person, greatest(period_start, ikv_start) AS day,
        if(ikv_end = 0, period_start + period_days, least(ikv_end, period_start + period_days)) AS last_day,
        period_days, hours_paid, wage_sv
    FROM {{.Tables}}uwv_employment WHERE srt_iv IN ({{.PaidWork}}) AND hours_paid > 0 AND day <= last_day
) AS e INNER JOIN {{.Tables}}grid AS g USING person
