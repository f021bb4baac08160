WITH effective AS
(
    {{.Select}}
)
SELECT pseudonym_v, pseudonym_b, count() AS n{{range .Summed}}, sum(toInt128({{.Made}})) AS {{.Sum}}{{end}}
FROM effective
GROUP BY pseudonym_v, pseudonym_b
