package edition_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
)

// rekeyDeliveries: all is known in April but for what COA delivers in May, which
// is about links only. UWV covers the same months in both editions.
var rekeyDeliveries = []delivery{
	{id: 1, supplier: "coa", name: "april", drawn: "2024-04-10", mode: "full", records: []string{"coa_permit"}},
	{id: 2, supplier: "uwv", name: "april", drawn: "2024-04-15", mode: "full", covers: "2024-03-31", records: []string{"uwv_employment"}},
	{id: 3, supplier: "municipality", name: "april", drawn: "2024-04-05", mode: "full", codes: []string{"0363"}, records: []string{"municipality_bijstand"}},
	{id: 4, supplier: "coa", name: "may", drawn: "2024-05-10", mode: "mutation", records: []string{"coa_permit"}},
}

// A history has two halves: COA knows of a permit by V, the municipality and UWV
// of bijstand and work by B. These are what a person is who has one half, or both:
// the stages of January to March with k, then the milestones.
const (
	coaHalf  = "2024: 0 unknown, 1 unknown, 2 unknown: permit 2024-01-15"
	bsnHalf  = "none: - bijstand, - unknown, - work: bijstand_start 2024-01-20, bijstand_exit_to_work 2024-02-10, first_job 2024-03-01"
	whole    = "2024: 0 bijstand, 1 unknown, 2 work: permit 2024-01-15, bijstand_start 2024-01-20, bijstand_exit_to_work 2024-02-10, first_job 2024-03-01"
	nothing  = "none::"
	fromFeb5 = "2024: 0 unknown, 1 work: bijstand_start 2024-01-20, permit 2024-02-05, bijstand_exit_to_work 2024-02-10, first_job 2024-03-01"
)

// rekeyCase is a change of links and the histories before and after it; a pseudonym
// without a line is no person of its own then.
type rekeyCase struct {
	name          string
	bsn           []string // B with the half of the municipality and UWV
	rows          []string
	before, after []string
}

var rekeyCases = []rekeyCase{
	{"a late link: the months of before are of the same person",
		[]string{"late"}, []string{"coa/april coa_permit 1 v=late", "coa/may coa_permit 1 v=late b=late"},
		[]string{"v:late v_only " + coaHalf, "b:late b_only " + bsnHalf},
		[]string{"v:late linked " + whole}},
	{"a link that is withdrawn by a change: the months go back to the B",
		[]string{"apart"}, []string{"coa/april coa_permit 2 v=apart b=apart", "coa/may coa_permit 2 v=apart"},
		[]string{"v:apart linked " + whole},
		[]string{"v:apart v_only " + coaHalf, "b:apart b_only " + bsnHalf}},
	{"a link whose record is deleted",
		[]string{"gone"}, []string{"coa/april coa_permit 3 v=gone", "coa/april coa_permit 4 v=gone b=gone title_code=98 start=2024-03-01", "coa/may V coa_permit 4"},
		[]string{"v:gone linked " + whole},
		[]string{"v:gone v_only " + coaHalf, "b:gone b_only " + bsnHalf}},
	{"a link that is moved: the months of the one B make place for those of the other",
		[]string{"moved-1"}, []string{"coa/april coa_permit 5 v=moved b=moved-1", "coa/may coa_permit 5 v=moved b=moved-2",
			"municipality/april municipality_bijstand 9 in=0363 b=moved-2 start=2024-03-10"},
		[]string{"v:moved linked " + whole, "b:moved-2 b_only none: - bijstand: bijstand_start 2024-03-10"},
		[]string{"v:moved linked 2024: 0 unknown, 1 unknown, 2 bijstand: permit 2024-01-15, bijstand_start 2024-03-10", "b:moved-1 b_only " + bsnHalf}},
	{"two dossiers are merged: the months go to the smallest V, and count from the earliest permit",
		[]string{"merged"}, []string{"coa/april coa_permit 6 v=dossier-1", "coa/april coa_permit 7 v=dossier-2 b=merged start=2024-02-05", "coa/may coa_permit 6 v=dossier-1 b=merged"},
		[]string{"v:dossier-1 v_only " + coaHalf, "v:dossier-2 linked " + fromFeb5},
		[]string{"v:dossier-1 linked " + whole}},
	{"merged dossiers are parted again",
		[]string{"parted"}, []string{"coa/april coa_permit 8 v=file-1 b=parted", "coa/april coa_permit 9 v=file-2 b=parted start=2024-02-05", "coa/may coa_permit 8 v=file-1"},
		[]string{"v:file-1 linked " + whole},
		[]string{"v:file-1 v_only " + coaHalf, "v:file-2 linked " + fromFeb5}},
	{"a link comes into conflict: each half is for itself",
		[]string{"clash-1"}, []string{"coa/april coa_permit 10 v=clash b=clash-1", "coa/may coa_permit 11 v=clash b=clash-2 title_code=98 start=2024-05-01"},
		[]string{"v:clash linked " + whole},
		[]string{"v:clash conflict " + coaHalf, "b:clash-1 conflict " + bsnHalf, "b:clash-2 conflict " + nothing}},
	{"a conflict is mended: the halves are one again",
		[]string{"healed-1"}, []string{"coa/april coa_permit 12 v=healed b=healed-1", "coa/april coa_permit 13 v=healed b=healed-2 title_code=98 start=2024-03-01", "coa/may V coa_permit 13"},
		[]string{"v:healed conflict " + coaHalf, "b:healed-1 conflict " + bsnHalf, "b:healed-2 conflict " + nothing},
		[]string{"v:healed linked " + whole}},
}

// TestLinksRekeyHistory makes an edition before and one after links came, went,
// merged and clashed. Nobody's records changed otherwise, and the same months
// are counted: only whose they are is different, and none is lost.
func TestLinksRekeyHistory(t *testing.T) {
	w := newWorld(t, rekeyDeliveries)
	var rows []effectiveCase
	for _, c := range rekeyCases {
		rows = append(rows, effectiveCase{rows: append(c.rows, c.bsnRows()...)})
	}
	w.fill(t, rows)
	before, stages := w.histories(t, "2024-04-30")
	after, stagesAfter := w.histories(t, "2024-05-31")
	for i, c := range rekeyCases {
		t.Run(c.name, func(t *testing.T) {
			w.check(t, effectiveCase{rows: rows[i].rows, want: c.before}, before)
			w.check(t, effectiveCase{rows: rows[i].rows, want: c.after}, after)
		})
	}
	if stages["work"] != len(rekeyCases) || stagesAfter["work"] != len(rekeyCases) {
		t.Errorf("%d months of work before and %d after, want the one of each of %d cases", stages["work"], stagesAfter["work"], len(rekeyCases))
	}
	t.Run("the edition before is still what it was", func(t *testing.T) {
		w.forget(t, day("2024-04-30"))
		again, _ := w.histories(t, "2024-04-30")
		for word, lines := range before {
			if !slices.Equal(again[word], lines) {
				t.Errorf("%s is now %v, was %v", word, again[word], lines)
			}
		}
	})
}

// bsnRows are the half of the municipality and of UWV.
func (c *rekeyCase) bsnRows() (rows []string) {
	for _, b := range c.bsn {
		rows = append(rows, "municipality/april municipality_bijstand "+b+" in=0363 b="+b+" start=2024-01-20 end=2024-02-10",
			"uwv/april uwv_employment "+b+" b="+b+" ikv_id="+b+" month=2024-03")
	}
	return rows
}

// histories builds an edition and gives a line per person: word, linkage,
// cohort, the stages with their k, and the milestones; and how often each stage occurs.
func (w *world) histories(t *testing.T, cutOff string) (lines map[string][]string, stages map[string]int) {
	t.Helper()
	_, err := w.facts.Build(t.Context(), day(cutOff), edition.Options{})
	must(t, err)
	rows, err := w.db.Query(t.Context(), `SELECT who, part, text FROM (
			SELECT toString(person_id) AS who, 0 AS part, edition AS at, concat(toString(linkage), ' ', ifNull(toString(cohort), 'none')) AS text FROM facts.person WHERE edition = toDate(?)
			UNION ALL SELECT toString(person_id), 1, month, concat(ifNull(toString(k), '-'), ' ', toString(stage)) FROM facts.month_status WHERE edition = toDate(?)
			UNION ALL SELECT toString(person_id), 2, date, concat(toString(kind), ' ', toString(date)) FROM facts.milestone WHERE edition = toDate(?))
		ORDER BY who, part, at, text`, cutOff, cutOff, cutOff)
	must(t, err)
	defer rows.Close()
	parts, stages := make(map[string]*[3][]string), make(map[string]int)
	for rows.Next() {
		var who, text string
		var part uint8
		must(t, rows.Scan(&who, &part, &text))
		if parts[who] == nil {
			parts[who] = new([3][]string)
		}
		parts[who][part] = append(parts[who][part], text)
		if _, stage, _ := strings.Cut(text, " "); part == 1 {
			stages[stage]++
		}
	}
	must(t, rows.Err())
	lines = make(map[string][]string)
	for who, p := range parts {
		word := w.words[who]
		lines[word] = []string{word + " " + strings.Join(p[0], "") + ":" + listed(p[1]) + ":" + listed(p[2])}
	}
	return lines, stages
}

// listed joins with commas, after a blank if there is anything.
func listed(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return " " + strings.Join(texts, ", ")
}
