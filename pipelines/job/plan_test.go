package job

import (
	"slices"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		only, from string
		want       []Step
		wrong      bool
	}{
		{want: []Step{Load, Facts, Marts}},
		{only: "load", want: []Step{Load}},
		{from: "facts", want: []Step{Facts, Marts}},
		{only: "load", from: "facts", wrong: true},
		{only: "report", wrong: true},
	} {
		got, err := Choose(c.only, c.from)
		if (err != nil) != c.wrong || !slices.Equal(got, c.want) {
			t.Errorf("only %q from %q: got %v, %v; want %v", c.only, c.from, got, err, c.want)
		}
	}
}
