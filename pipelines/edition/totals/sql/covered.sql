{{- /* Both ends are cut to the word, and to 0-255 where they lie outside: ClickHouse works out both branches of an if. */ -}}
{{define "bits" -}}
groupBitOr(if(high < {{.First}} OR low > {{.Last}}, toUInt256(0), bitAnd(
            bitShiftRight(bitNot(toUInt256(0)), toUInt8(255 - toUInt8(greatest(0, least(255, high - {{.First}}))))),
            bitShiftLeft(bitNot(toUInt256(0)), toUInt8(greatest(0, least(255, low - {{.First}})))))))
{{- end -}}
WITH
    intervals AS
    (
        {{.Intervals}}
    ),
    -- Months counted back from the end of the grid; an interval outside it has high < low.
    counted_back AS
    (
        SELECT person, toInt32({{.LastMonth}} - to_month) AS low, if(to_month < from_month, -1, toInt32({{.LastMonth}} - from_month)) AS high
        FROM intervals
    ),
    of_person AS
    (
        SELECT person{{range $i, $w := .Words}}, {{template "bits" $w}} AS word{{$i}}{{end}}
        FROM counted_back GROUP BY person
    )
SELECT toInt128(count()), sum({{range $i, $w := .Words}}{{if $i}} + {{end}}toInt128(bitCount(word{{$i}})){{end}})
FROM of_person
