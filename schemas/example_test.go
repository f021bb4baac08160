package schemas_test

import (
	"fmt"

	"doorstroom/schemas"
)

// A row is reset, filled field by field, and validated. A broken rule names the field, never the value.
func ExampleRow() {
	stay := schemas.RecordOf("coa_stay")
	row := stay.New()
	row.Reset(schemas.SyntaxISO)
	for column, text := range map[string]string{
		"recordnummer": "S1", "pseudoniem_v": "aaaaaaaaaaaaaaaaaaaaaaaaaa", "locatie": "azc-14",
		"gemeentecode": "0014", "begindatum": "2023-02-30",
	} {
		row.SetText(stay.FieldOf(column), []byte(text))
	}
	context := &schemas.Context{DrawnYear: 2024, Municipalities: []schemas.Code{}}
	for _, v := range row.Validate(context) {
		fmt.Println(stay.Fields[v.Field].Column, "breaks", v.Rule)
	}
	// Output: begindatum breaks not_a_date
}

// A sound row becomes a message, and the message the same row again.
func ExampleRow_message() {
	stay := schemas.RecordOf("coa_stay")
	row := stay.New()
	row.Reset(schemas.SyntaxISO)
	row.SetText(stay.FieldOf("recordnummer"), []byte("S1"))
	row.SetText(stay.FieldOf("pseudoniem_v"), []byte("aaaaaaaaaaaaaaaaaaaaaaaaaa"))
	message := row.AppendAvro(nil, schemas.Position{LoadID: 1, FileNo: 0, RowNo: 7})

	read := stay.New()
	at, err := read.DecodeAvro(message)
	fmt.Println(string(read.ID()), "is row", at.RowNo, err)
	// Output: S1 is row 7 <nil>
}
