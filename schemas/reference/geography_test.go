package reference

import (
	"testing"
	"time"
)

// TestGeographyOfAnEdition: before 2022-01-01 the list of 2021 as it is; from that day on the list of 2023, with old codes
// carried over to their successors.
func TestGeographyOfAnEdition(t *testing.T) {
	last, first := GeographyOn(day(t, "2021-12-31")), GeographyOn(day(t, "2022-01-01"))
	for code, regions := range map[string][2]string{
		"0014": {"AM01", "AM01"}, // Groningen is in both lists
		"0457": {"AM12", "AM18"}, // Weesp: Gooi en Vechtstreek, then with Amsterdam
		"0756": {"AM27", "AM27"}, // Boxmeer
		"0370": {"AM17", "AM17"}, // Beemster
		"1982": {"", "AM27"},     // Land van Cuijk is of 2022
		"1992": {"", "AM22"},     // Voorne aan Zee is of 2023
		"0501": {"AM22", "AM22"}, // Brielle, merged in 2023
		"9999": {"", ""},         // no municipality
	} {
		if got := [2]string{last.Region(code), first.Region(code)}; got != regions {
			t.Errorf("municipality %s is in %q up to 2021 and from 2022 on, want %q", code, got, regions)
		}
	}
	if before, after := len(last.regions), len(first.regions); before != 352 || after != 342+14 {
		t.Errorf("%d municipalities have a region up to 2021 and %d after it, want 352 and 356", before, after)
	}
}

// TestMunicipalityCodes are those of either list: 352 of 2021 and four new ones; the mergers' old codes are among the first.
func TestMunicipalityCodes(t *testing.T) {
	n := 0
	Municipalities.Each(func(c Code, text string) {
		n++
		if again, ok := Municipalities.Parse([]byte(text)); !ok || again != c || Municipalities.Text(c) != text {
			t.Errorf("code %s is number %d and then %d", text, c, again)
		}
	})
	if n != 356 {
		t.Errorf("%d municipalities, want 356", n)
	}
	for text, want := range map[string]Code{"0014": 15, "1992": 1993, "0457": 458, "14": 0, "GM0014": 0, "0015": 0, "": 0, "00145": 0} {
		if got, ok := Municipalities.Parse([]byte(text)); got != want || ok != (want > 0) {
			t.Errorf("%q is municipality number %d, want %d", text, got, want)
		}
	}
}

// TestCodeLists: a code is its own text; flags and operations have the numbers that the tables have.
func TestCodeLists(t *testing.T) {
	for _, c := range []struct {
		list *CodeList
		text string
		want Code
	}{
		{Flags, "J", 1}, {Flags, "N", 2}, {Operations, "T", 1}, {Operations, "W", 2}, {Operations, "V", 3},
		{LocalReasons, "01", 2}, {LocalReasons, "99", 100}, {LocalReasons, "00", 0}, {LocalReasons, "1", 0}, {IncomeKinds, "15", 16}, {Sectors, "52", 53},
	} {
		if got, ok := c.list.Parse([]byte(c.text)); got != c.want || ok != (c.want > 0) {
			t.Errorf("%s: %q is number %d, want %d", c.list.Name, c.text, got, c.want)
		}
	}
	if Flags.Wide() || !Municipalities.Wide() {
		t.Error("municipalities alone need 16 bits")
	}
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
