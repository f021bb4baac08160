package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestSourcesAreFresh fails when the contract changed and the sources were not generated anew.
func TestSourcesAreFresh(t *testing.T) {
	contract, err := os.Open("../" + contractPath)
	if err != nil {
		t.Fatal(err)
	}
	defer contract.Close()
	want, err := Render(contract)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../" + sourcesPath)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run go generate ./dbt", sourcesPath)
	}
}

func TestRenderRefusesATableWithoutGrain(t *testing.T) {
	_, err := Render(strings.NewReader("table,column,type,definition\nnewcomer,edition,Date,\n"))
	if err == nil || !strings.Contains(err.Error(), "newcomer") {
		t.Fatalf("error = %v, want one that names the table", err)
	}
}
