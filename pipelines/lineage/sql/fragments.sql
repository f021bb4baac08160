{{- /* Before and After are what the names of the tables of two traces begin with; those of the comparison are beside those of After. */ -}}

{{define "sums"}}sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked{{end}}

{{- /* A record, told from others but for chance; two that it mixes up are both looked at closely. */ -}}
{{define "record_hash"}}bitXor(id, sipHash64(record)){{end}}
