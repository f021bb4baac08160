// Package schemas is the contract with the suppliers in the program's own form.
//
// One Avro file per record (avro/*.avsc) is the source: names, types, the
// column in the supplier's file, code lists, sensitivity and rules. `go
// generate ./schemas` makes from them the Go record types with their binding,
// validation and Avro encoding, the columnar ClickHouse writers, the DDL of
// the raw tables, the dbt source of facts and the data dictionary. A test holds the
// Avro files equal to contract/records.csv.
//
// The package imports nothing of the project and does no I/O.
package schemas

//go:generate go run ./gen
