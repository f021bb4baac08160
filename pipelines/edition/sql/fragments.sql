{{- /* The keys that join records with persons: linkKey in SQL. A record goes to its V, without one to its B. */ -}}

{{define "key_of_v"}}xxHash64({{if .Salt}}concat(assumeNotNull(pseudonym_v), '{{.Salt}}'){{else}}assumeNotNull(pseudonym_v){{end}}){{end}}

{{define "key_of_b"}}bitNot(xxHash64({{if .Salt}}concat(assumeNotNull(pseudonym_b), '{{.Salt}}'){{else}}assumeNotNull(pseudonym_b){{end}})){{end}}

{{define "key_of_record"}}if(isNotNull(pseudonym_v), {{template "key_of_v" .}}, {{template "key_of_b" .}}){{end}}
