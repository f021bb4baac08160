package edition

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// slices cuts the persons of a build into slices.
func (b *building) slices(persons, size int, gridEnd schemas.Date, definitions string) []slice.Slice {
	var out []slice.Slice
	for first := 0; first < persons; first += size {
		out = append(out, slice.Slice{
			Build: b.build, Number: uint32(len(out)), First: uint32(first), Last: uint32(min(first+size, persons)),
			CutOff: b.cutOff.String(), GridEnd: gridEnd.String(), Definitions: definitions,
		})
	}
	return out
}

// await waits until every slice is reported done.
func (b *building) await(ctx context.Context, slices int) error {
	done, since := 0, time.Now()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for done < slices {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		n, err := b.slicesDone(ctx)
		if err != nil {
			return err
		}
		if int(n) > done {
			done, since = int(n), time.Now()
			if b.options.Progress != nil {
				b.options.Progress(done, slices)
			}
		}
		if time.Since(since) > b.options.Stall {
			return fmt.Errorf("no slice was finished for %s: see the logs of the workers, then run the same command again", b.options.Stall)
		}
	}
	return nil
}

func (b *building) slicesDone(ctx context.Context) (n uint64, err error) {
	// The workers wait for the server too: nothing of their work is lost by waiting with them.
	err = b.builder.patience().Do(ctx, func(ctx context.Context) error {
		return b.DB.QueryRow(ctx, "SELECT uniqExact(slice) FROM ops.slice WHERE build = ?", b.build).Scan(&n)
	})
	if err != nil {
		return 0, fmt.Errorf("asking which slices are done: %w", err)
	}
	return n, nil
}
