package erase

import (
	"strings"
	"testing"

	"doorstroom/pipelines/link"
	"doorstroom/schemas"
)

// TestOrderOfVersions: what never counted comes first; then day, delivery, file and row decide, in this order (contract, section 1).
func TestOrderOfVersions(t *testing.T) {
	loads := map[uint64]loadInfo{
		1: {"2026-01-01", "b", true}, 2: {"2026-01-01", "c", true}, 3: {"2026-02-01", "a", true}, 4: {"2026-09-01", "z", false},
	}
	inOrder := []row{{load: 4, file: 9, no: 9}, {load: 1, file: 0, no: 7}, {load: 1, file: 1, no: 1}, {load: 1, file: 1, no: 2}, {load: 1, file: 1, no: 10}, {load: 2, file: 0, no: 1}, {load: 3, file: 0, no: 0}}
	for i := range inOrder {
		for j := range inOrder {
			if got := before(&inOrder[i], &inOrder[j], loads); got != (i < j) {
				t.Errorf("load %d file %d row %d before load %d file %d row %d: %v", inOrder[i].load, inOrder[i].file, inOrder[i].no, inOrder[j].load, inOrder[j].file, inOrder[j].no, got)
			}
		}
	}
}

// TestFirstDay is that of the rows that count, whatever their order.
func TestFirstDay(t *testing.T) {
	loads := map[uint64]loadInfo{1: {"2026-03-01", "a", true}, 2: {"2026-02-01", "b", true}, 3: {"2026-01-01", "refused", false}}
	for _, c := range []struct {
		loads []uint64
		want  string
	}{{nil, ""}, {[]uint64{3}, ""}, {[]uint64{1}, "2026-03-01"}, {[]uint64{1, 2, 3}, "2026-02-01"}, {[]uint64{2, 1}, "2026-02-01"}, {[]uint64{9, 1}, "2026-03-01"}} {
		var rows []row
		for _, l := range c.loads {
			rows = append(rows, row{load: l})
		}
		if got := firstDay(rows, loads); got != c.want {
			t.Errorf("loads %v: %q, want %q", c.loads, got, c.want)
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
