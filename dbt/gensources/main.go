// Command gensources writes the dbt source file of database facts from the contract's table of columns, so that the
// two cannot drift apart. It runs from the folder dbt, by go generate.
package main

import (
	"fmt"
	"os"
)

const (
	contractPath = "../schemas/contract/facts.csv"
	sourcesPath  = "models/staging/_facts__sources.yml"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gensources:", err)
		os.Exit(1)
	}
}

func run() error {
	contract, err := os.Open(contractPath)
	if err != nil {
		return fmt.Errorf("open the contract's columns: %w", err)
	}
	defer contract.Close()
	text, err := Render(contract)
	if err != nil {
		return fmt.Errorf("render %s: %w", sourcesPath, err)
	}
	if err := os.WriteFile(sourcesPath, text, 0o644); err != nil {
		return fmt.Errorf("write the sources: %w", err)
	}
	return nil
}
