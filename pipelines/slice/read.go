package slice

import (
	"context"
	"errors"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/route"
)

// reader reads slices from the work tables and hands out their persons.
type reader struct {
	tables   []table
	columns  [][]Column
	ids      []byte // person_id of each person, one after the other
	linkages []uint8
}

func newReader() *reader {
	r := &reader{tables: NewTables()}
	for _, t := range r.tables {
		r.columns = append(r.columns, t.Columns())
	}
	return r
}

// read takes a whole slice into memory.
func (r *reader) read(ctx context.Context, client *ch.Client, s *Slice) error {
	if err := r.readPersons(ctx, client, s); err != nil {
		return err
	}
	for i, t := range r.tables {
		if err := readTable(ctx, client, s, t, r.columns[i]); err != nil {
			return fmt.Errorf("reading %s of a slice: %w", t.Record(), err)
		}
		t.index(s.First, s.persons())
	}
	return nil
}

func (r *reader) readPersons(ctx context.Context, client *ch.Client, s *Slice) error {
	ids := proto.ColFixedStr{Size: len(link.ID{})}
	var linkages proto.ColUInt8
	r.ids, r.linkages = r.ids[:0], r.linkages[:0]
	err := client.Do(ctx, ch.Query{
		Body:   fmt.Sprintf("SELECT toFixedString(person_id, %d) AS person_id, linkage FROM %s WHERE person >= %d AND person < %d ORDER BY person", ids.Size, s.table("person"), s.First, s.Last),
		Result: proto.Results{{Name: "person_id", Data: &ids}, {Name: "linkage", Data: &linkages}},
		OnResult: func(context.Context, proto.Block) error {
			r.ids = append(r.ids, ids.Buf...)
			r.linkages = append(r.linkages, linkages...)
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("reading the persons of a slice: %w", err)
	}
	if len(r.linkages) != s.persons() {
		return errors.New("the persons of a slice are not all there; run the same command again")
	}
	return nil
}

func readTable(ctx context.Context, client *ch.Client, s *Slice, t table, columns []Column) error {
	person := t.personColumn()
	person.reset()
	results := proto.Results{{Name: "person", Data: &person.block}}
	for _, c := range columns {
		c.reset()
		results = append(results, proto.ResultColumn{Name: c.Name, Data: c.data})
	}
	return client.Do(ctx, ch.Query{
		Body:   fmt.Sprintf("SELECT person, %s FROM %s WHERE person >= %d AND person < %d", names(columns), s.table(t.Record()), s.First, s.Last),
		Result: results,
		OnResult: func(context.Context, proto.Block) error {
			person.take()
			for _, c := range columns {
				c.take()
			}
			return nil
		},
	})
}

// id is the person_id of the n-th person of the slice.
func (r *reader) id(n int) []byte {
	size := len(link.ID{})
	return r.ids[n*size : (n+1)*size]
}

// person fills p with the n-th person of the slice; counts gets the rows per record.
func (r *reader) person(n int, p *route.Person, counts []int) {
	p.Reset()
	p.Linkage = link.Linkage(r.linkages[n]).String()
	for i, t := range r.tables {
		counts[i] = t.fill(n, p)
	}
}
