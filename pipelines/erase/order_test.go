package erase

import (
	"strings"
	"testing"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// TestOrderOfVersions: what never counted comes first; then day, delivery, file and row decide, in this order (contract, section 1).
func TestOrderOfVersions(t *testing.T) {
	rank := ranks(loadsOf(drawn(1, "2026-01-01", "b", true), drawn(2, "2026-01-01", "c", true), drawn(3, "2026-02-01", "a", true), drawn(4, "2026-09-01", "z", false)))
	at := func(load uint64, file uint32, row uint64) *versions.Version {
		return &versions.Version{Place: versions.Place{Load: load, File: file, Row: row}, Rank: rank[load]}
	}
	inOrder := []*versions.Version{at(9, 9, 9), at(4, 9, 9), at(1, 0, 7), at(1, 1, 1), at(1, 1, 2), at(1, 1, 10), at(2, 0, 1), at(3, 0, 0)}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if got := versions.CompareVersions(a, b); (got < 0) != (i < j) {
				t.Errorf("%+v before %+v: %d", a.Place, b.Place, got)
			}
		}
	}
}

// TestFirstDay is that of the rows that count, whatever their order.
func TestFirstDay(t *testing.T) {
	loads := loadsOf(drawn(1, "2026-03-01", "a", true), drawn(2, "2026-02-01", "b", true), drawn(3, "2026-01-01", "refused", false))
	for _, c := range []struct {
		loads []uint64
		want  string
	}{{nil, ""}, {[]uint64{3}, ""}, {[]uint64{1}, "2026-03-01"}, {[]uint64{1, 2, 3}, "2026-02-01"}, {[]uint64{2, 1}, "2026-02-01"}, {[]uint64{9, 1}, "2026-03-01"}} {
		var rows []row
		for _, l := range c.loads {
			rows = append(rows, row{Version: versions.Version{Place: versions.Place{Load: l}}})
		}
		got, found := firstDay(rows, loads)
		if found != (c.want != "") || got.String() != c.want {
			t.Errorf("loads %v: %s, want %q", c.loads, got, c.want)
		}
	}
}

// TestJoin: who is one person with an erased pseudonym goes too; a set with two B is a conflict, and goes no further.
func TestJoin(t *testing.T) {
	key := func(word string) schemas.Pseudonym { return pseudonym(t, word) }
	var graph link.Graph
	coa := link.SupplierBit("coa")
	graph.Add(key("x"), key("y"), coa)
	graph.Add(key("z"), key("y"), coa)
	graph.Add(key("p"), key("q"), coa)
	graph.Add(key("c"), key("d"), coa)
	graph.Add(key("c"), key("e"), coa)
	for given, want := range map[string][]string{
		"vx": {"vx", "by", "vz"}, "by": {"vx", "by", "vz"}, "vp": {"vp", "bq"}, "bq": {"vp", "bq"}, "bd": {"bd"}, "bx": {"bx"},
	} {
		p := &persons{erased: idsOf(given)}
		p.join(graph.Persons())
		expected := idsOf(want...)
		for id := range expected {
			if !p.erased[id] {
				t.Errorf("given %s, one of %v stays", given, want)
			}
		}
		if len(p.erased) != len(expected) {
			t.Errorf("given %s, %d pseudonyms go, want %d", given, len(p.erased), len(expected))
		}
	}
}

// TestConditionsOfASearch look for every pseudonym once, in every column where one may stand, in the form that it has there.
func TestConditionsOfASearch(t *testing.T) {
	table := searched{name: "raw.x", columns: []column{
		{"pseudonym_v", "Nullable(FixedString(16))"}, {"pseudonym_b", "Nullable(FixedString(16))"}, {"employer_pseudonym", "Nullable(FixedString(16))"}, {"person_id", "String"}, {"note", "Nullable(String)"},
	}}
	for pseudonyms, want := range map[int]int{0: 0, 1: 1, 200: 1, 201: 2, 400: 2, 401: 3} {
		if got := len(table.conditions(pseudonyms)); got != want {
			t.Errorf("%d pseudonyms are looked for by %d conditions, want %d", pseudonyms, got, want)
		}
	}
	list := table.conditions(201)
	if !strings.Contains(list[0].some, "n >= 0 AND n < 200") || !strings.Contains(list[1].some, "n >= 200 AND n < 400") {
		t.Errorf("they look for %q and %q", list[0].some, list[1].some)
	}
	parts := strings.Split(list[0].any("texts"), " OR ")
	for i, want := range []string{"AND kind = 0)", "AND kind = 1)", "0", "`person_id` IN (SELECT id ", "multiSearchAny(ifNull(toString(`note`), ''), texts)"} {
		if i >= len(parts) || !strings.Contains(parts[i], want) || want == "0" && parts[i] != "0" {
			t.Errorf("the condition of column %s is %q, want %q", table.columns[i].name, parts, want)
		}
	}
}
