package edition_test

import (
	"testing"

	"doorstroom/pipelines/edition"
)

// linkCases show which links count: those of the records that hold.
var linkCases = []effectiveCase{
	{"a record with both pseudonyms links",
		[]string{"municipality/b municipality_residence r20 in=0363 v=linked b=linked", "uwv/c uwv_employment w40 b=linked ikv_id=I20 month=2024-03"},
		[]string{"v:linked linked", "v:linked settled r20 2024-01-01", "v:linked works 2024-03 7"}},
	{"two V and one B are the person of the smallest V",
		[]string{"municipality/b municipality_residence r21 in=0363 v=dossier-2 b=dossier", "municipality/b municipality_residence r22 in=0363 v=dossier-1 b=dossier settled_on=2024-02-01"},
		[]string{"v:dossier-1 linked", "v:dossier-1 settled r21 2024-01-01"}},
	{"two B are a conflict: each pseudonym for itself, a record with both to its V",
		[]string{"municipality/b municipality_residence r23 in=0363 v=clash b=clash-1", "uwv/c uwv_employment w41 v=clash b=clash-2 ikv_id=I21 month=2024-03",
			"uwv/c uwv_employment w42 b=clash-1 ikv_id=I22 month=2024-01"},
		[]string{"v:clash conflict", "v:clash settled r23 2024-01-01", "v:clash works 2024-03 7", "b:clash-1 conflict", "b:clash-1 works 2024-01 7", "b:clash-2 conflict",
			"v:clash conflict b:clash-1 municipality,uwv", "b:clash-1 conflict b:clash-1 municipality,uwv", "b:clash-2 conflict b:clash-1 uwv"}},
	{"a deleted record withdraws its link",
		[]string{"municipality/b municipality_residence r24 in=0363 v=apart b=apart", "municipality/c V municipality_residence r24 in=0363",
			"coa/c coa_stay s40 v=apart", "uwv/c uwv_employment w43 b=apart ikv_id=I23 month=2024-03"},
		[]string{"v:apart v_only", "v:apart azc_arrival s40 2024-01-01", "b:apart b_only", "b:apart works 2024-03 7"}},
	{"a changed record withdraws the link of its older version",
		[]string{"municipality/b municipality_residence r25 in=0363 v=unlinked b=unlinked", "municipality/c municipality_residence r25 in=0363 v=unlinked"},
		[]string{"v:unlinked v_only", "v:unlinked settled r25 2024-01-01"}},
	{"a corrected wage row links no more",
		[]string{"uwv/b uwv_employment w44 v=loose b=loose ikv_id=I24 month=2024-03", "uwv/c uwv_employment w45 b=loose ikv_id=I24 month=2024-03 hours_paid=62"},
		[]string{"b:loose b_only", "b:loose works 2024-03 14"}},
	{"without the wrong link the conflict is gone",
		[]string{"municipality/b municipality_residence r26 in=0363 v=healed b=healed-1", "municipality/b municipality_residence r27 in=0363 v=healed b=healed-2",
			"municipality/c V municipality_residence r27 in=0363"},
		[]string{"v:healed linked", "v:healed settled r26 2024-01-01"}},
	{"a link drawn after the cut-off is not known yet",
		[]string{"coa/c coa_stay s42 v=future", "coa/g coa_stay s41 v=future b=future", "uwv/c uwv_employment w46 b=future ikv_id=I25 month=2024-03"},
		[]string{"v:future v_only", "v:future azc_arrival s42 2024-01-01", "b:future b_only", "b:future works 2024-03 7"}},
	{"a refused delivery links nothing",
		[]string{"coa/refused coa_stay s43 v=no-link b=no-link", "coa/c coa_stay s44 v=no-link"},
		[]string{"v:no-link v_only", "v:no-link azc_arrival s44 2024-01-01"}},
	{"a replaced row links nothing",
		[]string{"municipality/a municipality_residence r28 in=0363 v=gone-link b=gone-link", "uwv/c uwv_employment w47 b=gone-link ikv_id=I26 month=2024-03"},
		[]string{"b:gone-link b_only", "b:gone-link works 2024-03 7"}},
	{"the same word as V and as B is two pseudonyms",
		[]string{"coa/c coa_stay s45 v=same", "uwv/c uwv_employment w48 b=same ikv_id=I27 month=2024-03"},
		[]string{"v:same v_only", "v:same azc_arrival s45 2024-01-01", "b:same b_only", "b:same works 2024-03 7"}},
}

// otherEditions are what cases come to on other cut-off days; of their rows only the words matter.
var otherEditions = []struct {
	cutOff, horizon string
	cases           []effectiveCase
}{
	{"2024-01-31", "2024-12-31", []effectiveCase{
		{"before the newer full delivery", []string{"v=replaced"}, []string{"v:replaced v_only", "v:replaced azc_arrival s1 2024-01-01"}},
		{"before the newer full delivery of the municipality", []string{"v=this-code"}, []string{"v:this-code v_only", "v:this-code settled r1 2024-01-01"}},
		{"before its record was emptied", []string{"v=emptied"}, []string{"v:emptied v_only", "v:emptied coupled c1 2024-01-01"}},
		{"wages drawn on the cut-off", []string{"b=old-wage"}, []string{"b:old-wage b_only", "b:old-wage works 2024-01 7"}},
		{"not there yet", []string{"v=full", "b=corrected"}, nil},
	}},
	{"2024-07-01", "2024-05-31", []effectiveCase{
		{"drawn on the day", []string{"v=after"}, []string{"v:after v_only", "v:after azc_arrival s19 2024-01-01"}},
		{"changed on the day", []string{"v=later-changed"}, []string{"v:later-changed v_only", "v:later-changed azc_arrival s20 2024-01-20"}},
		{"deleted on the day", []string{"v=later-deleted"}, nil},
		{"linked on the day: history is of one person", []string{"v=future", "b=future"},
			[]string{"v:future linked", "v:future azc_arrival s41 2024-01-01", "v:future works 2024-03 7"}},
		{"the horizon moved on", []string{"b=may"}, []string{"b:may b_only", "b:may works 2024-04 7", "b:may works 2024-05 7"}},
	}},
}

// checkLinkage counts, of some records, those that hold by how they link, and of all records how many hold.
func (w *world) checkLinkage(t *testing.T, result edition.Result) {
	t.Helper()
	for _, want := range []struct {
		record, linkage  string
		records, persons uint64
	}{
		{"municipality_residence", "linked", 4, 3},
		{"municipality_residence", "conflict", 1, 1},
		{"uwv_employment", "linked", 1, 1},
		{"uwv_employment", "conflict", 2, 2},
		{"uwv_employment", "v_only", 0, 0},
		{"duo_exam", "b_only", 1, 1},
		{"idw_valuation", "v_only", 1, 1},
		{"coa_placement", "v_only", 0, 0},
	} {
		var records, persons uint64
		err := w.db.QueryRow(t.Context(), "SELECT sum(records), sum(persons) FROM ops.source_linkage WHERE edition = '2024-06-30' AND record = ? AND linkage = ?",
			want.record, want.linkage).Scan(&records, &persons)
		must(t, err)
		if records != want.records || persons != want.persons {
			t.Errorf("%s %s: %d records of %d persons, want %d of %d", want.record, want.linkage, records, persons, want.records, want.persons)
		}
	}
	var all uint64
	must(t, w.db.QueryRow(t.Context(), "SELECT sum(records) FROM ops.source_linkage WHERE edition = '2024-06-30'").Scan(&all))
	if all != result.Records {
		t.Errorf("%d records are counted by linkage, %d in all", all, result.Records)
	}
}
