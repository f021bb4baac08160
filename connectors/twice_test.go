package connectors

import (
	"math/rand/v2"
	"testing"

	"doorstroom/schemas"
)

// TestRecordsThatComeTwice: in memory and on disk, whatever the order in which rows come, the pair is found whose second
// row comes first in the delivery, and of three rows the first two.
func TestRecordsThatComeTwice(t *testing.T) {
	key := schemas.NewDigestKey()
	at := func(id string, file uint32, row uint64) sighting { return sighting{key.Of([]byte(id)), file, row} }
	for name, c := range map[string]struct {
		rows  []sighting
		want  twice
		found bool
	}{
		"none":            {[]sighting{at("a", 0, 1), at("b", 0, 2), at("c", 1, 1)}, twice{}, false},
		"no row":          {nil, twice{}, false},
		"one pair":        {[]sighting{at("a", 0, 1), at("b", 0, 2), at("a", 1, 1)}, twice{at("a", 0, 1), at("a", 1, 1)}, true},
		"three times":     {[]sighting{at("a", 0, 9), at("a", 0, 7), at("a", 0, 8)}, twice{at("a", 0, 7), at("a", 0, 8)}, true},
		"the first pair":  {[]sighting{at("a", 0, 1), at("b", 0, 2), at("b", 0, 3), at("a", 0, 4)}, twice{at("b", 0, 2), at("b", 0, 3)}, true},
		"across files":    {[]sighting{at("a", 0, 5), at("b", 1, 1), at("a", 1, 3), at("b", 1, 2)}, twice{at("b", 1, 1), at("b", 1, 2)}, true},
		"the same number": {[]sighting{at("a", 0, 5), at("b", 1, 5)}, twice{}, false},
	} {
		for _, limit := range []int{1, 2, 3, 1000} {
			s := &sightings{limit: limit}
			defer s.close()
			rand.Shuffle(len(c.rows), func(i, j int) { c.rows[i], c.rows[j] = c.rows[j], c.rows[i] })
			for _, row := range c.rows {
				if err := s.add([]sighting{row}); err != nil {
					t.Fatal(err)
				}
			}
			if got, found, err := s.find(); err != nil || found != c.found || got != c.want {
				t.Errorf("%s, %d rows in memory: found %v, pair %+v, want %+v, error %v", name, limit, found, got, c.want, err)
			}
		}
	}
}

// TestManySightingsStayInBounds: what does not fit in memory is merged from disk without a row too many or too few.
func TestManySightingsStayInBounds(t *testing.T) {
	const rows = 50_000
	key := schemas.NewDigestKey()
	s := &sightings{limit: 1000}
	defer s.close()
	for i := range uint64(rows) {
		if err := s.add([]sighting{{key.Of([]byte{byte(i), byte(i >> 8), byte(i >> 16)}), 3, i}}); err != nil {
			t.Fatal(err)
		}
	}
	if cap(s.rows) > 2000 {
		t.Errorf("%d rows are kept in memory", cap(s.rows))
	}
	n, sum, last := 0, uint64(0), sighting{}
	if err := s.each(func(now sighting) {
		if n > 0 && last.compare(now) >= 0 {
			t.Fatal("not in order")
		}
		n, sum, last = n+1, sum+now.row, now
	}); err != nil {
		t.Fatal(err)
	}
	if n != rows || sum != rows*(rows-1)/2 {
		t.Errorf("%d rows with the sum %d came back", n, sum)
	}
}
