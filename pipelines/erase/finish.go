package erase

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/marts"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Options of Finish.
type Options struct {
	// Sync makes sure that the disk has what the server wrote. It is nil for a
	// server elsewhere: what was replaced there is then removed a minute later,
	// when its operating system has written what replaced it.
	Sync func()
	// Files removes copies of delivered files in which a pseudonym stands and says how many; nil when there are none.
	Files func(context.Context, []schemas.Pseudonym) (removed int, err error)
	Log   *zap.Logger
}

// ErrStillThere says that something about the persons was found after the erasure.
var ErrStillThere = errors.New("data of the persons is there again, because somebody wrote meanwhile: stop every run, then 'doorstroom erase --finish'")

// Finish removes everything of an erasure that was begun, and notes that it is
// done. Doing it again goes on where it broke off. Then a look in all tables and
// topics must find nothing, else it fails with ErrStillThere.
func Finish(ctx context.Context, db *warehouse.DB, k kafka.Cluster, e *Erasure, o Options) error {
	pseudonyms, err := planned(ctx, db)
	if err != nil {
		return err
	}
	if len(pseudonyms) > 0 { // else only its end was missing
		for _, step := range []struct {
			what string
			do   func() error
		}{
			{"dropping what builds left", func() error { return edition.DropLeftovers(ctx, db) }},
			{"erasing facts", func() error { return eraseFacts(ctx, db) }},
			{"marking editions", func() error { return e.markEditions(ctx, db) }},
			{"emptying Kafka", func() error { return e.emptyKafka(ctx, db, k) }},
			{"erasing rows", func() error { return e.eraseRaw(ctx, db) }},
			{"erasing from the server's logs", func() error { return eraseLogs(ctx, db) }},
			{"removing what the server had written before", func() error { return eraseOldParts(ctx, db, o.Sync) }},
			{"searching what is left", func() error { return search(ctx, db, k, pseudonyms) }},
			{"removing copies of files", func() error { return e.eraseFiles(ctx, pseudonyms, o.Files) }},
		} {
			began := time.Now()
			if err := step.do(); err != nil {
				return fmt.Errorf("%s; 'doorstroom erase --finish' goes on: %w", step.what, err)
			}
			o.Log.Debug("step of an erasure done", zap.String("step", step.what), zap.Duration("took", time.Since(began)))
		}
	}
	if err := dropPlan(ctx, db); err != nil {
		return err
	}
	return e.note(ctx, db, done)
}

// planned reads the pseudonyms of the erasure that was begun; none when only the note that it is done is missing.
func planned(ctx context.Context, db *warehouse.DB) (list []schemas.Pseudonym, err error) {
	var there uint64
	if err := db.QueryRow(ctx, "SELECT count() FROM system.tables WHERE database || '.' || name = ?", tablePseudonyms).Scan(&there); err != nil {
		return nil, fmt.Errorf("reading the plan of an erasure: %w", err)
	}
	if there == 0 {
		return nil, nil
	}
	rows, err := db.Query(ctx, "SELECT key FROM "+tablePseudonyms+" ORDER BY n")
	if err != nil {
		return nil, fmt.Errorf("reading the plan of an erasure: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("reading the plan of an erasure: %w", err)
		}
		list = append(list, stored(&key))
	}
	return list, rows.Err()
}

// eraseFacts takes the persons out of the facts of every edition, and out of what is kept beside them.
func eraseFacts(ctx context.Context, db *warehouse.DB) error {
	for i := range schemas.FactTables {
		t := &schemas.FactTables[i]
		if err := mutate(ctx, db, "facts_store."+t.Name, theirFacts(t, tablePersons)); err != nil {
			return err
		}
	}
	return mutate(ctx, db, "facts_store.first_link", "(edition, person_id) IN (SELECT edition, id FROM "+tablePersons+")")
}

// markEditions has open editions made again by their next build, and their
// marts with them: until then they have none. A closed edition tells how many
// rows it has left, and its marts stay as they were released: made again, the
// difference would show the person.
func (e *Erasure) markEditions(ctx context.Context, db *warehouse.DB) error {
	changed := make(map[schemas.Date]bool)
	for _, day := range e.Editions {
		changed[day] = true
	}
	editions, err := edition.Current(ctx, db)
	if err != nil {
		return err
	}
	for _, one := range editions {
		if !changed[one.CutOff] {
			continue
		}
		if err := edition.Changed(ctx, db, one); err != nil {
			return err
		}
		frozen, err := edition.Frozen(ctx, db, one)
		if err != nil {
			return err
		}
		if !frozen {
			if err := marts.Drop(ctx, db, one.CutOff); err != nil {
				return err
			}
		}
	}
	return nil
}

// emptyKafka lets go of all messages, and notes how many: done again, it would find only the marks that it left.
func (e *Erasure) emptyKafka(ctx context.Context, db *warehouse.DB, k kafka.Cluster) error {
	n, err := kafka.Forget(ctx, k, load.DefaultGroup)
	if err != nil {
		return err
	}
	e.Messages += n
	return e.note(ctx, db, begun)
}

// eraseRaw deletes the rows at the places that were noted.
func (e *Erasure) eraseRaw(ctx context.Context, db *warehouse.DB) error {
	for _, r := range schemas.Records {
		places := fmt.Sprintf("(load_id, file_no, row_no) IN (SELECT load_id, file_no, row_no FROM ops.erased_row WHERE record = '%s' AND erasure = '%s')", r.Name, e.ID)
		if err := mutate(ctx, db, "raw."+r.Name, places); err != nil {
			return err
		}
	}
	return nil
}

// mutate rewrites the parts of a table without some rows. A lightweight DELETE would hide the rows and leave their bytes.
func mutate(ctx context.Context, db *warehouse.DB, table, where string) error {
	var n uint64
	if err := db.QueryRow(ctx, "SELECT count() FROM "+table+" WHERE "+where).Scan(&n); err != nil {
		return fmt.Errorf("counting rows of %s: %w", table, err)
	}
	if n == 0 {
		return nil
	}
	if err := db.Exec(ctx, "ALTER TABLE "+table+" DELETE WHERE "+where+" SETTINGS mutations_sync = 2"); err != nil {
		return fmt.Errorf("deleting rows of %s: %w", table, err)
	}
	return nil
}

func (e *Erasure) eraseFiles(ctx context.Context, pseudonyms []schemas.Pseudonym, remove func(context.Context, []schemas.Pseudonym) (int, error)) error {
	if remove == nil {
		return nil
	}
	n, err := remove(ctx, pseudonyms)
	e.Files += uint32(n)
	return err
}
