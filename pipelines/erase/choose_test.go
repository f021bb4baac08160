package erase

import (
	"fmt"
	"strings"
	"testing"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// textOf pads a short word to the 26 characters of a pseudonym.
func textOf(word string) string { return word + strings.Repeat("a", schemas.PseudonymLen-len(word)) }

func pseudonym(t testing.TB, word string) schemas.Pseudonym {
	t.Helper()
	if word == "" {
		return schemas.Pseudonym{}
	}
	p, ok := schemas.ParsePseudonym([]byte(textOf(word)))
	if !ok {
		t.Fatalf("%q is no pseudonym", word)
	}
	return p
}

func idsOf(words ...string) ids {
	s := make(ids)
	for _, w := range words {
		s[link.ID([]byte(w[:1]+textOf(w[1:])))] = true
	}
	return s
}

// drawn is a delivery that counted or never did.
func drawn(id uint64, drawnOn, name string, counted bool) loadInfo {
	day, _ := schemas.ParseISO(drawnOn)
	return loadInfo{versions.Load{ID: id, DrawnOn: day, DeliveryID: name}, counted}
}

func loadsOf(list ...loadInfo) map[uint64]loadInfo {
	loads := make(map[uint64]loadInfo)
	for _, l := range list {
		loads[l.ID] = l
	}
	return loads
}

// TestWhichRowsGo: rows that name the person, and every version of a record
// whose newest one is theirs, so that what was corrected or deleted does not come back for somebody else.
func TestWhichRowsGo(t *testing.T) {
	rank := ranks(loadsOf(drawn(1, "2026-01-01", "a", true), drawn(2, "2026-02-01", "a", true), drawn(3, "2026-03-01", "a", true), drawn(9, "2026-09-01", "refused", false)))
	for name, test := range map[string]struct {
		rows string // load file row record id [v] [b] [V] [period], ; between rows
		want string
	}{
		"by V and by B":                          {"1 coa_stay s vx; 1 coa_stay t by; 1 coa_stay u vz", "1 1"},
		"both pseudonyms":                        {"1 coa_stay s vz by; 1 coa_stay t vz", "1"},
		"another kind is another person":         {"1 coa_stay s bx; 1 coa_stay t vy", ""},
		"a refused and an unknown delivery":      {"9 coa_stay s vx; 7 coa_stay s vx", "9 7"},
		"older versions and the deletion":        {"1 coa_stay s vx; 2 coa_stay s vx; 3 coa_stay s V", "1 2 3"},
		"corrected to the person":                {"1 coa_stay s vz; 2 coa_stay s vx", "1 2"},
		"corrected away from the person":         {"1 coa_stay s vx; 2 coa_stay s vz; 3 coa_stay s V", "1"},
		"a refused correction decides nothing":   {"1 coa_stay s vz; 9 coa_stay s vx", "9"},
		"the same id of another record":          {"1 coa_stay s vx; 2 coa_permit s vz", "1"},
		"a later row of the same file":           {"1 coa_stay s vx; 1 coa_stay s vz", "1"},
		"wages: another record of the period":    {"1 uwv_employment s vz p1; 2 uwv_employment t vx p1", "1 2"},
		"wages: corrected away from the person":  {"1 uwv_employment s vx p1; 2 uwv_employment t vz p1", "1"},
		"wages: another period is another wage":  {"1 uwv_employment s vz p1; 2 uwv_employment t vx p2", "2"},
		"wages: all versions of what was beaten": {"1 uwv_employment s vz p1; 2 uwv_employment s vz p2; 3 uwv_employment t vx p2", "1 2 3"},
	} {
		t.Run(name, func(t *testing.T) {
			var rows []row
			for i, text := range strings.Split(test.rows, "; ") {
				words := strings.Fields(text)
				r := row{Version: versions.Version{Record: schemas.RecordOf(words[1]), ID: words[2]}}
				r.Place.Row = uint64(i)
				_, _ = fmt.Sscan(words[0], &r.Place.Load)
				r.Rank = rank[r.Place.Load]
				for _, w := range words[3:] {
					switch {
					case w == "V":
						r.Deletes = true
					case w[0] == 'v':
						r.V = pseudonym(t, w[1:])
					case w[0] == 'b':
						r.B = pseudonym(t, w[1:])
					case w[0] == 'p':
						r.Period = w
					}
				}
				rows = append(rows, r)
			}
			var got []string
			for _, r := range choose(rows, idsOf("vx", "by")) {
				got = append(got, fmt.Sprint(r.Place.Load))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("rows of the loads %q go, want %q", got, test.want)
			}
		})
	}
}

func TestParsePseudonym(t *testing.T) {
	for _, good := range []string{"v" + textOf("x"), "b" + textOf("x")} {
		if id, err := ParsePseudonym(good); err != nil || string(id[:]) != good {
			t.Errorf("a pseudonym is refused: %v", err)
		}
	}
	for _, bad := range []string{"", "v", textOf("x"), "V" + textOf("x"), "e" + textOf("x"), "v" + textOf("x") + "a", "v" + textOf("x")[:25] + "z"} {
		if _, err := ParsePseudonym(bad); err == nil || strings.Contains(err.Error(), "x") {
			t.Errorf("%d characters: %v", len(bad), err)
		}
	}
}
