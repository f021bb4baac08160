package versions

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"doorstroom/schemas"
)

func day(text string) schemas.Date {
	d, ok := schemas.ParseISO(text)
	if !ok {
		panic("no day: " + text)
	}
	return d
}

func uwv(id uint64, drawn, name string, full bool, covers string) Load {
	l := Load{ID: id, Supplier: "uwv", DeliveryID: name, Manifest: fmt.Sprint(id), DrawnOn: day(drawn), Full: full, Records: []string{"uwv_employment"}}
	if covers != "" {
		l.CoversTo = day(covers)
	}
	return l
}

func town(id uint64, drawn, name string, full bool, records string, codes ...string) Load {
	return Load{ID: id, Supplier: "municipality", DeliveryID: name, DrawnOn: day(drawn), Full: full,
		Municipalities: codes, Records: strings.Fields(records)}
}

// renderScope writes the sources of the records that have any, and the horizon.
func renderScope(s *Scope) string {
	var out []string
	for _, r := range schemas.Records {
		for _, src := range s.Sources[r.Name] {
			text := fmt.Sprintf("%s:%d", r.Name, src.Load)
			if src.Municipality != 0 {
				text += fmt.Sprintf("/%04d", src.Municipality-1)
			}
			out = append(out, text)
		}
	}
	return strings.Join(append(out, "horizon:"+s.Horizon.String()), " ")
}

func TestScope(t *testing.T) {
	for name, test := range map[string]struct {
		cutOff string
		loads  []Load
		want   string
	}{
		"nothing": {"2026-06-30", nil, "horizon:"},
		"drawn on the cut-off counts, a day later does not": {"2026-06-30", []Load{
			uwv(1, "2026-06-30", "a", true, "2026-05-31"), uwv(2, "2026-07-01", "b", false, "2026-06-30"),
		}, "uwv_employment:1 horizon:2026-05-31"},
		"the newest full replaces what came before": {"2026-06-30", []Load{
			uwv(1, "2026-01-10", "a", true, "2025-12-31"), uwv(2, "2026-02-10", "b", false, "2026-06-30"),
			uwv(3, "2026-03-10", "c", true, "2026-02-28"), uwv(4, "2026-04-10", "d", false, "2026-03-31"),
		}, "uwv_employment:3 uwv_employment:4 horizon:2026-03-31"},
		"the day comes before the id": {"2026-06-30", []Load{
			uwv(1, "2026-01-10", "b", true, ""), uwv(2, "2026-02-10", "a", true, ""),
		}, "uwv_employment:2 horizon:"},
		"deliveries of one day go by their id, by bytes": {"2026-06-30", []Load{
			uwv(1, "2026-01-10", "b", false, ""), uwv(2, "2026-01-10", "a", true, ""), uwv(3, "2026-01-10", "B", false, ""),
		}, "uwv_employment:2 uwv_employment:1 horizon:"},
		"a record that the full delivery does not name stays": {"2026-06-30", []Load{
			{ID: 1, Supplier: "duo", DeliveryID: "a", DrawnOn: day("2026-01-01"), Full: true, Records: []string{"duo_exam", "duo_mbo"}},
			{ID: 2, Supplier: "duo", DeliveryID: "b", DrawnOn: day("2026-02-01"), Full: true, Records: []string{"duo_mbo"}},
		}, "duo_exam:1 duo_mbo:2 horizon:"},
		"the horizon is the greatest, not the newest": {"2026-06-30", []Load{
			uwv(1, "2026-01-10", "a", true, "2026-03-31"), uwv(2, "2026-02-10", "b", false, "2026-01-31"),
		}, "uwv_employment:1 uwv_employment:2 horizon:2026-03-31"},
		"a delivery of work permits alone sets no horizon": {"2026-06-30", []Load{
			{ID: 1, Supplier: "uwv", DeliveryID: "a", DrawnOn: day("2026-01-01"), Full: true, CoversTo: day("2026-05-31"), Records: []string{"uwv_work_permit"}},
		}, "uwv_work_permit:1 horizon:"},
		"without a full delivery mutations count": {"2026-06-30", []Load{uwv(7, "2026-01-10", "a", false, "2026-01-31")},
			"uwv_employment:7 horizon:2026-01-31"},
		"a municipality replaces its own rows only": {"2026-06-30", []Load{
			town(1, "2026-01-01", "a", true, "municipality_bijstand", "0363"),
			town(2, "2026-01-01", "b", true, "municipality_bijstand", "0344"),
			town(3, "2026-02-01", "a2", true, "municipality_bijstand", "0363"),
			town(4, "2026-03-01", "b2", false, "municipality_bijstand", "0344"),
		}, "municipality_bijstand:2/0344 municipality_bijstand:3/0363 municipality_bijstand:4/0344 horizon:"},
		"a merged municipality ends its old codes": {"2026-06-30", []Load{
			town(1, "2026-01-01", "a", true, "municipality_residence", "0370"),
			town(2, "2026-01-01", "b", true, "municipality_residence", "0439"),
			town(3, "2026-02-01", "c", true, "municipality_residence", "0370", "0439"),
		}, "municipality_residence:3/0370 municipality_residence:3/0439 horizon:"},
		"a full delivery of another record of the municipality replaces nothing": {"2026-06-30", []Load{
			town(1, "2026-01-01", "a", true, "municipality_residence", "0363"),
			town(2, "2026-02-01", "b", true, "municipality_bijstand", "0363"),
		}, "municipality_residence:1/0363 municipality_bijstand:2/0363 horizon:"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := renderScope(NewScope(test.loads, day(test.cutOff))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			shuffled := slices.Clone(test.loads)
			rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if got := renderScope(NewScope(shuffled, day(test.cutOff))); got != test.want {
				t.Errorf("in another order of arrival\ngot  %s\nwant %s", got, test.want)
			}
		})
	}
}
