package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
)

// TestPause: what the other side asks for counts, however long; without it the pause doubles up to two minutes.
func TestPause(t *testing.T) {
	p := newPatience(0, 0, zap.NewNop())
	plain := errors.New("500")
	for _, c := range []struct {
		n    int
		err  error
		want time.Duration
	}{
		{1, plain, 500 * time.Millisecond}, {2, plain, time.Second}, {3, plain, 2 * time.Second}, {8, plain, 64 * time.Second}, {9, plain, 2 * time.Minute}, {1000, plain, 2 * time.Minute},
		{1, &later{plain, 7 * time.Second}, 7 * time.Second}, {9, fmt.Errorf("page 3: %w", &later{plain, time.Hour}), time.Hour}, {3, &later{plain, 0}, 2 * time.Second},
	} {
		if got := p.pause(c.n, c.err); got != c.want {
			t.Errorf("after try %d the pause is %s, want %s", c.n, got, c.want)
		}
	}
}

// TestPatienceEnds: by a success, by what no further try helps, by the tries in a row, and by a wait that is too long.
func TestPatienceEnds(t *testing.T) {
	lost := errors.New("lost")
	for name, c := range map[string]struct {
		answers  []error // the last one again and again
		further  bool
		tries    int
		says     string
		canceled bool
	}{
		"it works":            {answers: []error{lost, lost, nil}, tries: 3},
		"it never works":      {answers: []error{lost}, tries: 4, says: "lost"},
		"it is hopeless":      {answers: []error{lost, &hopeless{lost}}, tries: 2, says: "lost"},
		"it is not there":     {answers: []error{fs.ErrNotExist}, tries: 1, says: "file does not exist"},
		"it is not settled":   {answers: []error{errUnsettled}, tries: 1, says: errUnsettled.Error()},
		"it asks for an hour": {answers: []error{lost, &later{lost, time.Hour}}, tries: 2, says: "it asks to wait 1h0m0s"},
		"somebody stops it":   {answers: []error{lost}, tries: 1, says: "lost", canceled: true},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		tries := 0
		err := newPatience(4, time.Microsecond, zap.NewNop()).do(ctx, func() (bool, error) {
			tries++
			if c.canceled {
				cancel()
			}
			return c.further, c.answers[min(tries, len(c.answers))-1]
		})
		cancel()
		if tries != c.tries || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: after %d tries it ended with %v, want %d and %q", name, tries, err, c.tries, c.says)
		}
	}
	// Whoever gets further has all tries again.
	tries := 0
	err := newPatience(2, time.Microsecond, zap.NewNop()).do(t.Context(), func() (bool, error) {
		tries++
		return tries < 5, lost
	})
	if tries != 5 || !errors.Is(err, lost) {
		t.Errorf("after %d tries it ended with %v, want 5: what got further is the first in a row of two", tries, err)
	}
	if p := newPatience(0, 0, zap.NewNop()); p.tries != 8 || p.wait != 500*time.Millisecond {
		t.Errorf("without settings there are %d tries, the first pause is %s", p.tries, p.wait)
	}
}
