package edition

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/sqlfile"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Trace is who is who in a current edition and which records are effective, in
// tables of database work that Drop takes away again. They are made by the same
// queries as the edition itself:
//
//	person    (person UInt32, person_id String, linkage UInt8), numbered by person_id
//	pseudonym (kind UInt8, key FixedString(16), person UInt32)
//	effective (person UInt32, record, id UInt64, digest UInt64, whose UInt64), one row per effective record
//
// id is a hash of what tells records apart: of wages the income relation and
// period, else the record_id. digest is one of what the record says, whose one of its pseudonyms.
type Trace struct {
	*workspace
	// Persons and Records are how many rows of person and effective there are.
	Persons, Records uint64
}

// Trace makes the tables.
func (s *Sourced) Trace(ctx context.Context, db *warehouse.DB) (*Trace, error) {
	t := &Trace{workspace: &workspace{DB: db, build: uint64(time.Now().UnixMicro()), cutOff: s.CutOff, scope: s.Scope}}
	if err := t.fill(ctx); err != nil {
		return nil, fmt.Errorf("tracing edition %s: %w", s.CutOff, err)
	}
	return t, nil
}

func (t *Trace) fill(ctx context.Context) error {
	if err := t.writeScope(ctx); err != nil {
		return err
	}
	var graph link.Graph
	var effective []*effectiveRecords
	for _, r := range schemas.Records {
		e := t.effectiveOf(r, traceColumns(r))
		if err := e.find(ctx); err != nil {
			return err
		}
		if _, err := e.pairs(ctx, &graph); err != nil {
			return err
		}
		effective = append(effective, e)
	}
	persons := graph.Persons()
	t.Persons = uint64(persons.Len())
	salt, err := saltFor(persons)
	if err != nil {
		return err
	}
	if err := t.writeLinks(ctx, persons, salt); err != nil {
		return err
	}
	if err := t.writePseudonyms(ctx, persons); err != nil {
		return err
	}
	return t.writeEffective(ctx, effective, salt)
}

// traceColumns are those of the trace and those that resolving needs.
func traceColumns(r *schemas.Record) []versions.Column {
	id := "record_key"
	says := make([]string, 0, len(r.Fields))
	for _, f := range r.Fields {
		if name := f.Name; name != "operation" && name != "pseudonym_v" && name != "pseudonym_b" {
			says = append(says, sqlfile.Ident(name))
		}
	}
	columns := []versions.Column{{Name: "record_id", Type: "String", Expr: "`record_id`"}}
	if len(r.CorrectedBy) > 0 {
		id = "period_key"
		for _, name := range r.CorrectedBy {
			columns = append(columns, versions.Column{Name: name, Type: "String", Expr: "toString(" + sqlfile.Ident(name) + ")"})
		}
		says = slices.DeleteFunc(says, func(name string) bool { return name == "`record_id`" })
	}
	return append(columns,
		versions.Column{Name: "id", Type: "UInt64", Expr: id},
		// The tuple makes a NULL count as a value.
		versions.Column{Name: "digest", Type: "UInt64", Expr: "sipHash64(tuple(" + strings.Join(says, ", ") + "))"},
		versions.Column{Name: "whose", Type: "UInt64", Expr: "sipHash64(tuple(pseudonym_v, pseudonym_b))"})
}

func (t *Trace) writePseudonyms(ctx context.Context, p *link.Persons) (err error) {
	if err := t.exec(ctx, "CREATE TABLE %s (kind UInt8, key FixedString(16), person UInt32) ENGINE = MergeTree ORDER BY tuple()", t.Table("pseudonym")); err != nil {
		return fmt.Errorf("making the table of pseudonyms: %w", err)
	}
	var kinds proto.ColUInt8
	var keys proto.ColFixedStr16
	var persons proto.ColUInt32
	flush := func() {
		if err == nil {
			err = t.insert(ctx, t.Table("pseudonym"), proto.Input{{Name: "kind", Data: &kinds}, {Name: "key", Data: &keys}, {Name: "person", Data: &persons}})
		}
		kinds.Reset()
		keys.Reset()
		persons.Reset()
	}
	p.Each(func(kind link.Kind, key [16]byte, person uint32) {
		kinds.Append(uint8(kind))
		keys.Append(key)
		persons.Append(person)
		if len(kinds) == linkRows {
			flush()
		}
	})
	flush()
	if err != nil {
		return fmt.Errorf("writing the pseudonyms: %w", err)
	}
	return nil
}

func (t *Trace) writeEffective(ctx context.Context, effective []*effectiveRecords, salt string) (err error) {
	if err := t.exec(ctx, "CREATE TABLE %s (person UInt32, record LowCardinality(String), id UInt64, digest UInt64, whose UInt64) ENGINE = MergeTree ORDER BY tuple()", t.Table("effective")); err != nil {
		return fmt.Errorf("making the table of effective records: %w", err)
	}
	for _, e := range effective {
		for _, query := range e.selects() {
			if err := t.DB.Exec(ctx, sqlFiles.Render("trace_effective.sql", joinText{&e.sql, query, salt})); err != nil {
				return fmt.Errorf("writing the effective records of %s: %w", e.record.Name, err)
			}
		}
	}
	if t.Records, err = t.count(ctx, "SELECT count() FROM "+t.Table("effective")); err != nil {
		return fmt.Errorf("counting the effective records: %w", err)
	}
	return nil
}

// Table names a table of the trace; the caller may make more of them.
func (t *Trace) Table(name string) string { return t.table(name) }

// Drop takes the tables away.
func (t *Trace) Drop(ctx context.Context) error {
	return dropWork(ctx, t.DB, fmt.Sprintf("startsWith(name, 'b%d_')", t.build))
}
