package load

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// factsTables are the stored tables of facts, with the columns that name a person.
var factsTables = []struct {
	name    string
	persons []string
}{
	{"person", []string{"person_id"}}, {"milestone", []string{"person_id"}}, {"month_status", []string{"person_id"}},
	{"work_spell", []string{"person_id"}}, {"job", []string{"person_id"}}, {"bijstand_spell", []string{"person_id"}},
	{"link_conflict", []string{"conflict_id", "pseudonym"}},
}

// eraseFacts takes the person out of every build of every edition.
func (e *erasure) eraseFacts(ctx context.Context) error {
	if err := e.dropWork(ctx); err != nil {
		return err
	}
	// The ids are kept in memory while the mutations look them up, never on disk.
	if err := e.db.Exec(ctx, "CREATE TABLE IF NOT EXISTS work.erased_person (id FixedString(27)) ENGINE = Memory"); err != nil {
		return err
	}
	if err := e.sendIDs(ctx); err != nil {
		return err
	}
	for _, t := range factsTables {
		var where []string
		for _, column := range t.persons {
			where = append(where, column+" IN (SELECT id FROM work.erased_person)")
		}
		theirs := strings.Join(where, " OR ")
		var n uint64
		if err := e.db.QueryRow(ctx, fmt.Sprintf("SELECT count() FROM facts_store.%s WHERE %s", t.name, theirs)).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := e.db.Exec(ctx, fmt.Sprintf("ALTER TABLE facts_store.%s DELETE WHERE %s SETTINGS mutations_sync = 2", t.name, theirs)); err != nil {
			return err
		}
	}
	if err := e.db.Exec(ctx, "TRUNCATE TABLE work.erased_person"); err != nil {
		return err
	}
	return e.markEditions(ctx)
}

// dropWork drops what builds left: copies of records. No build may be under way.
func (e *erasure) dropWork(ctx context.Context) error {
	names, err := e.names(ctx, "SELECT name FROM system.tables WHERE database = 'work' AND match(name, '^b[0-9]+_')")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := e.db.Exec(ctx, "DROP TABLE IF EXISTS work."+name+" SYNC"); err != nil {
			return err
		}
	}
	return nil
}

func (e *erasure) names(ctx context.Context, query string) (names []string, err error) {
	rows, err := e.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func (e *erasure) sendIDs(ctx context.Context) error {
	batch, err := e.db.PrepareBatch(ctx, "INSERT INTO work.erased_person (id)")
	if err != nil {
		return err
	}
	defer batch.Abort()
	for _, k := range e.keys {
		if err := batch.Append(k.id()); err != nil {
			return err
		}
	}
	return batch.Send()
}

// markEditions has open editions built anew, and counts the rows that closed ones have left.
func (e *erasure) markEditions(ctx context.Context) error {
	err := e.db.Exec(ctx, "INSERT INTO ops.edition SELECT * REPLACE ('a person was erased' AS inputs, now64(6) AS written_at) FROM ops.edition FINAL WHERE NOT closed")
	if err != nil {
		return err
	}
	closed, err := e.names(ctx, "SELECT toString(edition) FROM ops.edition FINAL WHERE closed")
	if err != nil {
		return err
	}
	for _, edition := range closed {
		of := "(SELECT count() FROM facts.%s WHERE edition = '" + edition + "')"
		var counts []string
		for _, t := range factsTables {
			counts = append(counts, "'"+t.name+"', assumeNotNull("+fmt.Sprintf(of, t.name)+")")
		}
		err := e.db.Exec(ctx, "INSERT INTO ops.edition SELECT * REPLACE (assumeNotNull("+fmt.Sprintf(of, "person")+") AS persons, "+
			"mapFilter((k, v) -> mapContains(rows, k), map("+strings.Join(counts, ", ")+")) AS rows, now64(6) AS written_at) FROM ops.edition FINAL WHERE edition = '"+edition+"'")
		if err != nil {
			return err
		}
	}
	return nil
}

// filesPatience is how long the server may take to remove the files of parts that were rewritten.
const filesPatience = 2 * time.Minute

// eraseFiles waits until the parts from before the mutations are gone from the
// disk, which the server else keeps for some minutes, and empties the query
// logs, in which somebody may have asked about the person by name.
func (e *erasure) eraseFiles(ctx context.Context) error {
	logs, err := e.names(ctx, "SELECT name FROM system.tables WHERE database = 'system' AND engine LIKE '%MergeTree' AND match(name, '^(query|text|query_views|query_thread|opentelemetry_span|processors_profile|crash)_log(_[0-9]+)?$')")
	if err != nil {
		return err
	}
	for _, name := range logs {
		if err := e.db.Exec(ctx, "TRUNCATE TABLE IF EXISTS system."+name+" SYNC"); err != nil {
			return err
		}
	}
	tables, err := e.names(ctx, "SELECT DISTINCT database || '.' || table FROM system.parts WHERE database IN ('raw', 'facts_store') AND NOT active")
	if err != nil {
		return err
	}
	if len(tables) == 0 {
		return nil
	}
	defer func() { // also when it is broken off
		for _, t := range tables {
			_ = e.db.Exec(context.WithoutCancel(ctx), "ALTER TABLE "+t+" RESET SETTING old_parts_lifetime")
		}
	}()
	for _, t := range tables {
		if err := e.db.Exec(ctx, "ALTER TABLE "+t+" MODIFY SETTING old_parts_lifetime = 0"); err != nil {
			return err
		}
	}
	return e.untilGone(ctx, tables)
}

func (e *erasure) untilGone(ctx context.Context, tables []string) error {
	for began := time.Now(); time.Since(began) < filesPatience; {
		var left uint64
		if err := e.db.QueryRow(ctx, "SELECT count() FROM system.parts WHERE database || '.' || table IN (?) AND NOT active", tables).Scan(&left); err != nil {
			return err
		}
		if left == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return errors.New("the server still keeps parts from before; long queries may hold them")
}
