package schemas

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

var (
	//go:embed contract/facts.csv
	factsCSV string
	//go:embed more_facts.csv
	moreFactsCSV string
)

// FactTable is a table of database facts as the contract has it, or as docs/decisions/more-facts.md does.
type FactTable struct {
	Name    string
	Columns []FactColumn
}

// FactColumn is a column of a fact table, with its type in ClickHouse's words.
type FactColumn struct {
	Name, Type, Definition string
}

// ContractTables are the tables that come out under every set of definitions, columns in their order, from
// contract/facts.csv. MoreTables come beside them from definitions 3 on, from more_facts.csv; FactTables are both.
var (
	ContractTables = mustFactTables("contract/facts.csv", factsCSV)
	MoreTables     = mustFactTables("more_facts.csv", moreFactsCSV)
	FactTables     = slices.Concat(ContractTables, MoreTables)
)

func mustFactTables(file, text string) []FactTable {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("%s: %v", file, err))
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
