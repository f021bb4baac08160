{{define "decided"}}ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256){{end}}

{{- /* The loads that current editions were made of, withdrawn since or not: their rows stay, so that it can be told where the
numbers came from. */ -}}
{{define "made_of"}}SELECT load_id FROM ops.edition_input{{end}}
