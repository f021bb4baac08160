package erasure

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"syscall"

	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/connectors"
	"doorstroom/pipelines/erase"
	"doorstroom/schemas"
)

// finish completes an erasure, tells what it came to and builds open editions again.
func (j *Job) finish(ctx context.Context, e *erase.Erasure) error {
	j.Progress.Start("erase", "", 0)
	var left []connectors.Holder
	searched := false
	o := erase.Options{Log: j.Log, Files: func(ctx context.Context, wanted []schemas.Pseudonym) (removed int, err error) {
		searched = true
		removed, left, err = j.removeCopies(ctx, wanted)
		return removed, err
	}}
	if j.Settings.ClickHouseAddr == "" {
		o.Sync = syscall.Sync
	}
	if err := erase.Finish(ctx, j.Engines.Warehouse, j.Engines.Kafka, e, o); err != nil {
		return err
	}
	j.Progress.End("done, and nothing found after it")
	j.tell(e)
	if searched {
		j.list(left)
	} else {
		fmt.Fprintln(j.Out, "which files in the landing folder still hold the person is no longer known: erase the person again to have them listed")
	}
	return j.rebuild(ctx, e)
}

// removeCopies takes away copies of delivered files that hold a person and gives the files that stay.
func (j *Job) removeCopies(ctx context.Context, wanted []schemas.Pseudonym) (removed int, left []connectors.Holder, err error) {
	found, err := connectors.Holders(ctx, j.Landing, wanted)
	if err != nil {
		return 0, nil, err
	}
	for _, h := range found {
		if !h.Copy || h.Unclear {
			left = append(left, h)
			continue
		}
		if err := connectors.Remove(j.Landing, h); err != nil {
			return removed, nil, err
		}
		removed++
	}
	return removed, left, nil
}

// show tells what an erasure would remove.
func (j *Job) show(ctx context.Context, p *erase.Plan) error {
	found, err := connectors.Holders(ctx, j.Landing, p.Wanted())
	if err != nil {
		return err
	}
	var left []connectors.Holder
	for _, h := range found {
		if h.Copy && !h.Unclear {
			p.Files++
			continue
		}
		left = append(left, h)
	}
	fmt.Fprintln(j.Out, "nothing was done; it would be:")
	j.tell(&p.Erasure)
	j.list(left)
	return nil
}

func (j *Job) tell(e *erase.Erasure) {
	out := j.Out
	fmt.Fprintf(out, "pseudonyms: %d given, %d with those that are linked (%s links)\n", e.Given, e.Pseudonyms, e.Links)
	if e.LeftOut > 0 {
		fmt.Fprintf(out, "left out: %d that other links join to them; if they are the same person, give them as well\n", e.LeftOut)
	}
	fmt.Fprintf(out, "rows: %d of raw tables, %d of facts; messages of everybody in Kafka: %d; copies of files: %d\n", e.RawRows, e.FactRows, e.Messages, e.Files)
	for _, day := range e.Editions {
		fmt.Fprintf(out, "edition %s changes\n", day)
	}
}

// list names the files that stay.
func (j *Job) list(left []connectors.Holder) {
	if len(left) == 0 {
		fmt.Fprintln(j.Out, "no file in the landing folder holds the person")
		return
	}
	fmt.Fprintln(j.Out, "these files in the landing folder still hold the person: have the suppliers replace them, and leave the person out of later deliveries")
	for _, h := range left {
		what := ""
		if h.Unclear {
			what = " (could not be read as a whole: look for yourself)"
		}
		fmt.Fprintf(j.Out, "  %s%s\n", terminal.Shown(path.Join(h.Supplier, h.Folder, filepath.ToSlash(h.File))), what)
	}
}
