{{define "theirs"}}WHERE edition = '{{.Edition}}' AND person_id IN (SELECT id FROM wanted){{end -}}
SELECT kind AS what, toString(date) AS date, record_id AS detail FROM facts.milestone {{template "theirs" .}}
UNION ALL SELECT 'month ' || stage, toString(month), toString(toInt64(toDecimal64(hours_week, 2) * 100)) FROM facts.month_status {{template "theirs" .}}
UNION ALL SELECT 'work_spell', toString(start), toString(end) FROM facts.work_spell {{template "theirs" .}}
UNION ALL SELECT 'job', toString(start), toString(end) FROM facts.job {{template "theirs" .}}
UNION ALL SELECT 'bijstand_spell', toString(start), ifNull(toString(end), '') FROM facts.bijstand_spell {{template "theirs" .}}
UNION ALL SELECT 'person', linkage, concatWithSeparator('|', {{list .Person}}) FROM facts.person {{template "theirs" .}}
