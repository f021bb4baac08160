{{define "theirs"}}WHERE edition = '{{.Edition}}' AND person_id IN (SELECT id FROM wanted){{end -}}
SELECT kind AS what, toString(date) AS date, record_id AS detail FROM facts.milestone {{template "theirs" .}}
UNION ALL SELECT 'month ' || stage, toString(month), toString(toInt64(toDecimal64(hours_week, 2) * 100)) FROM facts.month_status {{template "theirs" .}}
UNION ALL SELECT 'work_spell', toString(start), toString(end) FROM facts.work_spell {{template "theirs" .}}
UNION ALL SELECT 'job', toString(start), toString(end) FROM facts.job {{template "theirs" .}}
UNION ALL SELECT 'bijstand_spell', toString(start), ifNull(toString(end), '') FROM facts.bijstand_spell {{template "theirs" .}}
UNION ALL SELECT 'participation', toString(start), record_id FROM facts.participation {{template "theirs" .}}
UNION ALL SELECT 'work_permit ' || decision, toString(requested_on), record_id FROM facts.work_permit {{template "theirs" .}}
UNION ALL SELECT 'mbo ' || result, toString(start), record_id FROM facts.mbo {{template "theirs" .}}
UNION ALL SELECT 'valuation ' || kind, toString(requested_on), record_id FROM facts.valuation {{template "theirs" .}}
UNION ALL SELECT 'contract_conversion', toString(start), arrayStringConcat(arrayMap(known -> multiIf(known IS NULL, 'not known', known, 'yes', 'no'), [same_12, same_24, any_12, any_24]), ' ') FROM facts.contract_conversion {{template "theirs" .}}
UNION ALL SELECT 'person', linkage, concatWithSeparator('|', {{list .Person}}) FROM facts.person {{template "theirs" .}}
