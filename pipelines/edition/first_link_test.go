package edition_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
)

// firstLinkCases show which day is the first on which V and B were linked. What
// is wanted are lines `word record day since`, since being the first delivery of the record.
var firstLinkCases = []effectiveCase{
	{"a late link: the day of the delivery that brought it, not of the record",
		[]string{"coa/a coa_participation t1 v=late", "coa/d coa_participation t1 v=late b=late"},
		[]string{"v:late coa_participation 2024-04-10 2024-01-10"}},
	{"a full delivery that says it again does not move the day",
		[]string{"municipality/a municipality_residence r1 in=0363 v=again b=again", "municipality/b municipality_residence r1 in=0363 v=again b=again"},
		[]string{"v:again municipality_residence 2024-01-05 2024-01-05"}},
	{"nor does a change of something else",
		[]string{"municipality/b municipality_residence r2 in=0363 v=changed b=changed", "municipality/c municipality_residence r2 in=0363 v=changed b=changed settled_on=2024-01-15"},
		[]string{"v:changed municipality_residence 2024-02-05 2024-01-05"}},
	{"each record has its own first day",
		[]string{"coa/c coa_stay s3 v=both b=both", "municipality/b municipality_residence r3 in=0363 v=both b=both", "uwv/c uwv_employment w3 b=both ikv_id=I3 month=2024-03"},
		[]string{"v:both coa_stay 2024-03-10 2024-01-10", "v:both municipality_residence 2024-02-05 2024-01-05"}},
	{"a municipality that delivers later than others has its own first delivery",
		[]string{"municipality/d municipality_residence r4 in=0034 v=newcomer b=newcomer"},
		[]string{"v:newcomer municipality_residence 2024-04-05 2024-04-05"}},
	{"a link that was withdrawn keeps its history, on both sides",
		[]string{"municipality/b municipality_residence r5 in=0363 v=apart b=apart", "municipality/c municipality_residence r5 in=0363 v=apart",
			"uwv/c uwv_employment w5 b=apart ikv_id=I5 month=2024-03"},
		[]string{"v:apart municipality_residence 2024-02-05 2024-01-05", "b:apart municipality_residence 2024-02-05 2024-01-05"}},
	{"so does one that the next full delivery no longer has",
		[]string{"coa/a coa_stay s6 v=dropped b=dropped", "coa/c coa_stay s6 v=dropped"},
		[]string{"v:dropped coa_stay 2024-01-10 2024-01-10"}},
	{"and one whose record was deleted",
		[]string{"municipality/b municipality_residence r7 in=0363 v=gone b=gone", "municipality/c V municipality_residence r7 in=0363", "coa/c coa_stay s7 v=gone"},
		[]string{"v:gone municipality_residence 2024-02-05 2024-01-05"}},
	{"two V and one B: the first day of any of the dossiers",
		[]string{"coa/d coa_stay s8 v=dossier-1 b=dossier", "coa/c coa_stay s9 v=dossier-2 b=dossier"},
		[]string{"v:dossier-1 coa_stay 2024-03-10 2024-01-10"}},
	{"a conflict keeps the history of each pseudonym",
		[]string{"municipality/b municipality_residence r10 in=0363 v=clash b=clash-1", "uwv/c uwv_employment w10 v=clash b=clash-2 ikv_id=I10 month=2024-03",
			"uwv/c uwv_employment w11 b=clash-1 ikv_id=I11 month=2024-03"},
		[]string{"v:clash municipality_residence 2024-02-05 2024-01-05", "v:clash uwv_employment 2024-04-15 2024-01-31",
			"b:clash-1 municipality_residence 2024-02-05 2024-01-05", "b:clash-2 uwv_employment 2024-04-15 2024-01-31"}},
	{"a wrong link that was put right is not the first of the linked person, but it is of the other",
		[]string{"municipality/b municipality_residence r12 in=0363 v=mended b=wrong", "municipality/c municipality_residence r12 in=0363 v=mended b=right",
			"uwv/c uwv_employment w12 b=wrong ikv_id=I12 month=2024-03"},
		[]string{"v:mended municipality_residence 2024-03-05 2024-01-05", "b:wrong municipality_residence 2024-02-05 2024-01-05"}},
	{"a row that deletes links nothing, whatever pseudonyms it has",
		[]string{"coa/c coa_stay s13 v=deleter", "coa/d V coa_stay other v=deleter b=deleter", "uwv/c uwv_employment w13 b=deleter ikv_id=I13 month=2024-03"}, nil},
	{"a refused delivery, a withdrawn one among them, links nothing",
		[]string{"coa/c coa_stay s14 v=refused", "coa/refused coa_stay s14 v=refused b=refused", "uwv/c uwv_employment w14 b=refused ikv_id=I14 month=2024-03"}, nil},
	{"nor does one that was not decided",
		[]string{"coa/c coa_stay s15 v=undecided", "coa/undecided coa_stay s15 v=undecided b=undecided"}, nil},
	{"a delivery after the cut-off is not known yet",
		[]string{"coa/c coa_stay s16 v=future", "coa/g coa_stay s16 v=future b=future"}, nil},
	{"a wage row that was corrected had linked",
		[]string{"uwv/b uwv_employment w17 v=loose b=loose ikv_id=I17 month=2024-03", "uwv/c uwv_employment w18 b=loose ikv_id=I17 month=2024-03"},
		[]string{"b:loose uwv_employment 2024-03-15 2024-01-31"}},
	{"a row that was written twice changes nothing",
		[]string{"idw/a idw_valuation i19 v=twice b=twice again"},
		[]string{"v:twice idw_valuation 2024-02-01 2024-02-01"}},
	{"who was never linked has no history",
		[]string{"coa/c coa_stay s20 v=never", "uwv/c uwv_employment w20 b=nor-this ikv_id=I20 month=2024-03"}, nil},
}

// TestFirstLinks proves the days, in the edition of 2024-06-30 and in that of the day after.
func TestFirstLinks(t *testing.T) {
	w := newFilledWorld(t, firstLinkCases)
	w.build(t, "2024-06-30")
	found := w.firstLinks(t, "2024-06-30")
	for _, c := range firstLinkCases {
		t.Run(c.name, func(t *testing.T) { w.check(t, c, found) })
	}
	t.Run("once its day has come, the link is there, and no other day has moved", func(t *testing.T) {
		w.build(t, "2024-07-01")
		later := w.firstLinks(t, "2024-07-01")
		w.check(t, effectiveCase{rows: []string{"v=future b=future"}, want: []string{"v:future coa_stay 2024-07-01 2024-01-10"}}, later)
		delete(later, "v:future")
		for word, lines := range later {
			if !slices.Equal(lines, found[word]) {
				t.Errorf("%s has %v, had %v", word, lines, found[word])
			}
		}
	})
	t.Run("made again, it is the same", func(t *testing.T) {
		w.forget(t, day("2024-06-30"))
		result, _ := w.build(t, "2024-06-30")
		again := w.firstLinks(t, "2024-06-30")
		if result.Outcome != edition.Built || len(again) != len(found) {
			t.Fatalf("outcome %d, %d words, want %d", result.Outcome, len(again), len(found))
		}
		for word, lines := range found {
			if !slices.Equal(lines, again[word]) {
				t.Errorf("%s has %v, had %v", word, again[word], lines)
			}
		}
	})
}

// firstLinks gives the lines by word, sorted.
func (w *world) firstLinks(t *testing.T, edition string) map[string][]string {
	t.Helper()
	rows, err := w.db.Query(t.Context(), `SELECT toString(person_id), concat(record, ' ', toString(first_linked_on), ' ', toString(delivered_since)), supplier
		FROM ops.first_link WHERE edition = toDate(?) ORDER BY 1, 2`, edition)
	must(t, err)
	defer rows.Close()
	found := make(map[string][]string)
	for rows.Next() {
		var who, line, supplier string
		must(t, rows.Scan(&who, &line, &supplier))
		if !strings.HasPrefix(line, supplier+"_") {
			t.Errorf("%s is said to be of %s", line, supplier)
		}
		word := w.words[who]
		found[word] = append(found[word], word+" "+line)
	}
	must(t, rows.Err())
	return found
}
