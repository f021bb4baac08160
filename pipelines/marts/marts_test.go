package marts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/schemas"
)

// program is a dbt that makes nothing and ends as it is told: what is tested here is the book that is kept of it.
func program(t *testing.T, code string) *DBT {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dbt")
	clickhousetest.Must(t, os.WriteFile(path, []byte("#!/bin/sh\nexit "+code+"\n"), 0o700))
	return &DBT{Program: path, Dir: t.TempDir(), HTTPAddr: "127.0.0.1:1"}
}

// TestMake makes marts when they are not there, when the facts were built again and when another project would make them
// otherwise, and leaves them else; those of a closed edition it leaves whenever there are some.
func TestMake(t *testing.T) {
	db := enginetest.Warehouse(t)
	works, fails := program(t, "0"), program(t, "1")
	day := schemas.DateOf(2026, 6, 30)
	other := func() {
		clickhousetest.Must(t, note(t.Context(), db, day, noted{build: 2, project: "of another program"}))
	}
	for _, c := range []struct {
		name   string
		before func()
		of     Edition
		dbt    *DBT
		want   Outcome
		fails  bool
		// holds is what Hold says after it: nothing when they do.
		holds string
	}{
		{name: "dbt fails", of: Edition{CutOff: day, Build: 1}, dbt: fails, fails: true, holds: "not complete"},
		{name: "there are none", of: Edition{CutOff: day, Build: 1}, dbt: works, want: Made},
		{name: "they are there", of: Edition{CutOff: day, Build: 1}, dbt: fails, want: Unchanged},
		{name: "the facts were built again", of: Edition{CutOff: day, Build: 2}, dbt: works, want: Made},
		{name: "another project made them", before: other, of: Edition{CutOff: day, Build: 2}, dbt: works, want: Made},
		{name: "another project made them, and it is closed", before: other, of: Edition{CutOff: day, Build: 2, Closed: true}, dbt: fails, want: Left},
		{name: "the facts were built again, and dbt fails", of: Edition{CutOff: day, Build: 3}, dbt: fails, fails: true, holds: "not complete"},
		{name: "after that", of: Edition{CutOff: day, Build: 3}, dbt: works, want: Made},
	} {
		if c.before != nil {
			c.before()
		}
		made, err := Make(t.Context(), db, c.dbt, c.of)
		if (err != nil) != c.fails || err == nil && made != c.want {
			t.Errorf("%s: %s, %v; want %s, or an error %t", c.name, made, err, c.want, c.fails)
		}
		says := ""
		if err := Hold(t.Context(), db, c.of); err != nil {
			says = err.Error()
		}
		if (says == "") != (c.holds == "") || !strings.Contains(says, c.holds) {
			t.Errorf("%s: of the marts it says %q, want %q", c.name, says, c.holds)
		}
	}
	if err := Hold(t.Context(), db, Edition{CutOff: day, Build: 4}); err == nil || !strings.Contains(err.Error(), "were made again since") {
		t.Errorf("of marts of older facts it says %v", err)
	}
	if err := Hold(t.Context(), db, Edition{CutOff: day, Build: 4, Closed: true}); err != nil {
		t.Errorf("of marts of a closed edition it says %v", err)
	}
}

// TestDrop leaves nothing that holds.
func TestDrop(t *testing.T) {
	db := enginetest.Warehouse(t)
	day := schemas.DateOf(2026, 6, 30)
	begun, err := Begun(t.Context(), db, day)
	clickhousetest.Must(t, err)
	if begun {
		t.Error("marts were begun of which nobody knows")
	}
	clickhousetest.Must(t, Drop(t.Context(), db, day)) // there are none
	_, err = Make(t.Context(), db, program(t, "0"), Edition{CutOff: day, Build: 1})
	clickhousetest.Must(t, err)
	clickhousetest.Must(t, Drop(t.Context(), db, day))
	if err := Hold(t.Context(), db, Edition{CutOff: day, Build: 1}); err == nil {
		t.Error("marts that were dropped hold")
	}
	begun, err = Begun(t.Context(), db, day)
	clickhousetest.Must(t, err)
	if !begun {
		t.Error("nobody knows that there were marts")
	}
}
