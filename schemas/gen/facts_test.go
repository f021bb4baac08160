package main

import (
	"os"
	"testing"
)

// TestSourcesAreFresh fails when the contract's columns of facts changed and dbt's source was not generated again.
func TestSourcesAreFresh(t *testing.T) {
	contract, err := os.Open("../contract/facts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer contract.Close()
	want, err := factsSource(contract)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../dbt/models/staging/_facts__sources.yml")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("dbt's source of facts is stale: run go generate ./schemas")
	}
}
