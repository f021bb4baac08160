package schemas_test

import (
	"strings"

	"doorstroom/schemas"
)

// soundWords are a record that breaks no rule, as "column=value" words. Of one that the lists have not, every field has the
// plainest value of its kind.
func soundWords(record string) string {
	if words, listed := sound[record]; listed {
		return words
	}
	var words []string
	for i, f := range schemas.RecordOf(record).Fields {
		if i != schemas.FieldOperation && i != schemas.FieldPseudonymB {
			words = append(words, f.Column+"="+plainest(f))
		}
	}
	return strings.Join(words, " ")
}

// fullWords are the fields that soundWords leave out.
func fullWords(record string) string {
	if words, listed := full[record]; listed {
		return words
	}
	return "pseudoniem_b=B"
}

func plainest(f schemas.Field) (value string) {
	if f.List != nil {
		f.List.Each(func(_ schemas.Code, text string) {
			if value == "" || text == "0014" {
				value = text // that which the manifest of these tests names
			}
		})
		return value
	}
	return map[schemas.Kind]string{
		schemas.KindID: "r1", schemas.KindPseudonym: "A", schemas.KindText: "x", schemas.KindYear: "1990", schemas.KindInt32: "1", schemas.KindInt64: "1",
		schemas.KindHours: "1", schemas.KindDate: "2023-01-01", schemas.KindInexactDate: "2023-01-01",
	}[f.Kind]
}
