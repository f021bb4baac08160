package schemas

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed contract/facts.csv
var factsCSV string

// FactTable is a table of database facts as the contract has it.
type FactTable struct {
	Name    string
	Columns []FactColumn
}

// FactColumn is a column of a fact table, with its type in ClickHouse's words.
type FactColumn struct {
	Name, Type, Definition string
}

// FactTables are the tables that come out, columns in their order, from contract/facts.csv.
var FactTables = mustFactTables(factsCSV)

func mustFactTables(text string) []FactTable {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("contract/facts.csv: %v", err))
	}
	var tables []FactTable
	for _, row := range rows[1:] {
		if len(tables) == 0 || tables[len(tables)-1].Name != row[0] {
			tables = append(tables, FactTable{Name: row[0]})
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, FactColumn{Name: row[1], Type: row[2], Definition: row[3]})
	}
	return tables
}
