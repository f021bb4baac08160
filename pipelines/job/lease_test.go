package job

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doorstroom/deploy/testservers/enginetest"
)

// impatient asks once more and no longer; steady never lapses within a test.
var (
	impatient = pace{lease: time.Hour, renew: 20 * time.Millisecond, patience: time.Nanosecond}
	steady    = pace{lease: time.Hour, renew: 20 * time.Millisecond, patience: time.Hour}
)

// TestLease is held by one at a time, given back, outlives a holder that died only for a while, and is lost by one that
// could not renew it when another came.
func TestLease(t *testing.T) {
	db := enginetest.Warehouse(t)
	t.Run("held and given back", func(t *testing.T) {
		first, held, err := takeAt(t.Context(), db, "first on a", steady)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := takeAt(t.Context(), db, "second on b", impatient); !errors.Is(err, ErrHeld) || !strings.Contains(err.Error(), "first on a, since 20") {
			t.Errorf("the second gets %v", err)
		}
		if held.Err() != nil {
			t.Error("the first lost it to one that was turned away")
		}
		first.Release()
		second, _, err := takeAt(t.Context(), db, "second on b", impatient)
		if err != nil {
			t.Fatal(err)
		}
		second.Release()
	})
	t.Run("a holder that died", func(t *testing.T) {
		died, _, err := takeAt(t.Context(), db, "died", pace{lease: 300 * time.Millisecond, renew: 20 * time.Millisecond, patience: time.Nanosecond})
		if err != nil {
			t.Fatal(err)
		}
		died.stop()
		<-died.ended // and gives nothing back
		next, _, err := takeAt(t.Context(), db, "next", steady)
		if err != nil {
			t.Fatal(err)
		}
		next.Release()
	})
	t.Run("lost to another", func(t *testing.T) {
		late, held, err := takeAt(t.Context(), db, "late", pace{lease: 300 * time.Millisecond, renew: time.Hour, patience: time.Nanosecond})
		if err != nil {
			t.Fatal(err)
		}
		next, _, err := takeAt(t.Context(), db, "next", steady)
		if err != nil {
			t.Fatal(err)
		}
		if err := late.renew(t.Context()); !errors.Is(err, ErrLost) {
			t.Errorf("renewed what another has: %v", err)
		}
		late.failed(ErrLost)
		if !errors.Is(context.Cause(held), ErrLost) {
			t.Error("the work is not told")
		}
		late.Release()
		if _, other, err := next.look(t.Context()); err != nil || other != "" {
			t.Errorf("beside the holder there is %q, %v", other, err)
		}
		next.Release()
	})
	t.Run("given back while it is renewed", func(t *testing.T) {
		for range 100 {
			first, _, err := takeAt(t.Context(), db, "first", pace{lease: time.Hour, renew: time.Millisecond, patience: time.Nanosecond})
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * time.Millisecond) // so that a renewal is under way, most times
			first.Release()
		}
	})
	t.Run("lapsed with nobody there", func(t *testing.T) {
		late, held, err := takeAt(t.Context(), db, "late", pace{lease: time.Millisecond, renew: time.Hour, patience: time.Nanosecond})
		if err != nil {
			t.Fatal(err)
		}
		late.pace.lease = time.Hour
		if err := late.renew(t.Context()); err != nil || held.Err() != nil {
			t.Errorf("%v, %v", err, held.Err())
		}
		late.Release()
	})
}

// TestLeaseIsForOne lets many ask side by side.
func TestLeaseIsForOne(t *testing.T) {
	db := enginetest.Warehouse(t)
	var inside, most, turns atomic.Int32
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for range 3 {
				l, _, err := takeAt(t.Context(), db, "one of many", steady)
				if err != nil {
					t.Error(err)
					return
				}
				most.Store(max(most.Load(), inside.Add(1)))
				turns.Add(1)
				time.Sleep(5 * time.Millisecond) // so that others would be met inside
				inside.Add(-1)
				l.Release()
			}
		})
	}
	all.Wait()
	if most.Load() != 1 || turns.Load() != 9 {
		t.Errorf("%d at a time, %d turns of 9", most.Load(), turns.Load())
	}
}
