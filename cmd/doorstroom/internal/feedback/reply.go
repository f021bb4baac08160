package feedback

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/cmd/doorstroom/internal/wording"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// replyColumns head a reply. The column is the supplier's own name of the field.
var replyColumns = []string{"delivery_id", "file", "row (from 1; a header and blank lines are not counted)", "record", "column", "rule", "expected"}

// replies writes what was put aside, a file per supplier.
type replies struct {
	dir       string
	supplier  string
	file      *os.File
	out       terminal.Sheet
	entriesOf map[string]int // by supplier
	refused   map[string][]delivery.Refusal
	written   []string
	expects   wording.Expectations
}

// WriteReplies writes a reply per supplier into a folder, and tells out which.
func WriteReplies(ctx context.Context, db *warehouse.DB, dir string, out io.Writer) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return exit.Environment(fmt.Errorf("make the folder of the replies: %w", err))
	}
	r := &replies{dir: dir, entriesOf: make(map[string]int), refused: make(map[string][]delivery.Refusal), expects: wording.Expectations{}}
	refused, err := delivery.Refusals(ctx, db)
	if err != nil {
		return fmt.Errorf("write the replies: %w", err)
	}
	for _, refusal := range refused {
		r.refused[refusal.Supplier] = append(r.refused[refusal.Supplier], refusal)
	}
	err = delivery.EachQuarantined(ctx, db, r.take)
	if err := errors.Join(err, r.finish(), r.settle()); err != nil {
		return fmt.Errorf("write the replies: %w", err)
	}
	if len(r.written) == 0 {
		fmt.Fprintln(out, "nothing was put aside or refused: no reply is written")
	}
	for _, line := range r.written {
		fmt.Fprintln(out, line)
	}
	return nil
}

// take writes one entry; those of a supplier come together.
func (r *replies) take(q delivery.QuarantineEntry) error {
	if q.Supplier != r.supplier {
		if err := r.start(q.Supplier); err != nil {
			return err
		}
	}
	r.entriesOf[q.Supplier]++
	return r.out.Write([]string{q.DeliveryID, q.File, strconv.FormatUint(q.Row, 10), q.Record, wording.Column(q.Record, q.Field), q.Rule,
		r.expects.Of(q.Record, q.Field, schemas.Rule(q.Rule))})
}

func (r *replies) start(supplier string) error {
	if err := r.finish(); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(r.dir, supplier+".csv"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	r.supplier, r.file, r.out = supplier, file, terminal.NewSheet(file)
	if err := r.out.Write(replyColumns); err != nil {
		return err
	}
	return r.takeRefused()
}

// takeRefused writes the deliveries that were refused whole, before the entries.
func (r *replies) takeRefused() error {
	for _, refusal := range r.refused[r.supplier] {
		r.entriesOf[r.supplier]++
		if err := r.out.Write([]string{refusal.DeliveryID, "", "", "", "", "delivery refused: " + refusal.Reason,
			wording.Sentence(refusal.Detail, wording.Reasons[schemas.Reason(refusal.Reason)])}); err != nil {
			return err
		}
	}
	return nil
}

// finish closes the reply that is being written.
func (r *replies) finish() error {
	if r.file == nil {
		return nil
	}
	r.out.Flush()
	err := errors.Join(r.out.Error(), r.file.Close())
	r.written = append(r.written, fmt.Sprintf("%s: %d entries", r.file.Name(), r.entriesOf[r.supplier]))
	r.file = nil
	return err
}

// settle writes the replies to suppliers of whom only whole deliveries were refused, and empties
// those in the folder to suppliers who have nothing to see to any more.
func (r *replies) settle() error {
	for _, supplier := range schemas.Suppliers {
		if r.entriesOf[supplier] > 0 {
			continue
		}
		if _, err := os.Stat(filepath.Join(r.dir, supplier+".csv")); err != nil && len(r.refused[supplier]) == 0 {
			continue // none was written before
		}
		if err := errors.Join(r.start(supplier), r.finish()); err != nil {
			return err
		}
	}
	return nil
}
