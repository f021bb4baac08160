package main

import (
	"context"
	"fmt"
	"path"
	"path/filepath"

	"doorstroom/connectors"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/run"
	"doorstroom/schemas"
)

// finish completes an erasure, tells what it came to and builds open editions anew.
func (j *eraseJob) finish(ctx context.Context, e *erase.Erasure) error {
	j.bar.start("erase", "", 0)
	var left []connectors.Holder
	searched := false
	o := erase.Options{Log: j.app.log, Files: func(ctx context.Context, wanted []schemas.Pseudonym) (removed int, err error) {
		searched = true
		removed, left, err = j.removeCopies(ctx, wanted)
		return removed, err
	}}
	if j.app.settings.ClickHouseAddr == "" {
		o.Sync = syncDisks
	}
	if err := erase.Finish(ctx, j.engines.db, j.engines.kafka, e, o); err != nil {
		return err
	}
	j.bar.end("done, and nothing found after it")
	j.tell(e)
	if searched {
		j.list(left)
	} else {
		fmt.Fprintln(j.app.out, "which files in the landing folder still hold the person is no longer known: erase the person again to have them listed")
	}
	return j.rebuild(ctx, e)
}

// removeCopies takes away copies of delivered files that hold a person and gives the files that stay.
func (j *eraseJob) removeCopies(ctx context.Context, wanted []schemas.Pseudonym) (removed int, left []connectors.Holder, err error) {
	found, err := connectors.Holders(ctx, j.options.landing, wanted)
	if err != nil {
		return 0, nil, err
	}
	for _, h := range found {
		if !h.Copy || h.Unclear {
			left = append(left, h)
			continue
		}
		if err := connectors.Remove(j.options.landing, h); err != nil {
			return removed, nil, err
		}
		removed++
	}
	return removed, left, nil
}

// show tells what an erasure would remove.
func (j *eraseJob) show(ctx context.Context, p *erase.Plan) error {
	found, err := connectors.Holders(ctx, j.options.landing, p.Wanted())
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
	fmt.Fprintln(j.app.out, "nothing was done; it would be:")
	j.tell(&p.Erasure)
	j.list(left)
	return nil
}

func (j *eraseJob) tell(e *erase.Erasure) {
	out := j.app.out
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
func (j *eraseJob) list(left []connectors.Holder) {
	if len(left) == 0 {
		fmt.Fprintln(j.app.out, "no file in the landing folder holds the person")
		return
	}
	fmt.Fprintln(j.app.out, "these files in the landing folder still hold the person: have the suppliers replace them, and leave the person out of later deliveries")
	for _, h := range left {
		what := ""
		if h.Unclear {
			what = " (could not be read as a whole: look for yourself)"
		}
		fmt.Fprintf(j.app.out, "  %s%s\n", shown(path.Join(h.Supplier, h.Folder, filepath.ToSlash(h.File))), what)
	}
}

// rebuild builds the open editions that changed, and their marts if they had any.
func (j *eraseJob) rebuild(ctx context.Context, e *erase.Erasure) error {
	current, err := edition.Current(ctx, j.engines.db)
	if err != nil {
		return err
	}
	changed := make(map[schemas.Date]bool)
	for _, day := range e.Editions {
		changed[day] = true
	}
	for _, one := range current {
		if !changed[one.CutOff] {
			continue
		}
		frozen, err := edition.Frozen(ctx, j.engines.db, one)
		if err != nil {
			return err
		}
		if frozen {
			fmt.Fprintf(j.app.out, "edition %s is closed, or what it is made of is no longer there: its marts stay as they are\n", one.CutOff)
			continue
		}
		steps := []run.Step{run.Facts}
		has, err := run.HasMarts(ctx, j.engines.db, one.CutOff)
		if err != nil {
			return err
		}
		if has {
			steps = append(steps, run.Marts)
		}
		m := &mainJob{app: j.app, engines: j.engines, asOf: one.CutOff.Time(), bar: j.bar}
		if err := m.run(ctx, steps); err != nil {
			return fmt.Errorf("the persons are erased, but edition %s has to be built again: 'doorstroom run --from facts --as-of %s': %w", one.CutOff, one.CutOff, err)
		}
	}
	return nil
}
