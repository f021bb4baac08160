package slice

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
)

// linkageKey is a group of which records and persons are counted.
type linkageKey struct {
	table   int // index of newTables
	cohort  uint16
	linkage string
}

type linkageCount struct{ records, persons uint64 }

// linkageCounts tells how the records of a slice link to persons.
type linkageCounts map[linkageKey]linkageCount

// add takes one person with its rows per record.
func (l linkageCounts) add(row *route.PersonRow, counts []int) {
	for table, n := range counts {
		if n == 0 {
			continue
		}
		key := linkageKey{table: table, cohort: row.Cohort, linkage: row.Linkage}
		c := l[key]
		c.records += uint64(n)
		c.persons++
		l[key] = c
	}
}

// write puts the counts of a slice in ops.
func (l linkageCounts) write(ctx context.Context, client *ch.Client, s *Slice, tables []table) error {
	if len(l) == 0 {
		return nil
	}
	var (
		builds           proto.ColUInt64
		slices           proto.ColUInt32
		record, linkage  words
		cohort           optUInt16s
		records, persons proto.ColUInt64
	)
	for key, count := range l {
		builds.Append(s.Build)
		slices.Append(s.Number)
		record.add(tables[key.table].Record())
		linkage.add(key.linkage)
		cohort.add(key.cohort)
		records.Append(count.records)
		persons.Append(count.persons)
	}
	input := proto.Input{
		{Name: "build", Data: &builds}, {Name: "slice", Data: &slices}, {Name: "record", Data: &record},
		{Name: "cohort", Data: &cohort}, {Name: "linkage", Data: &linkage},
		{Name: "records", Data: &records}, {Name: "persons", Data: &persons},
	}
	if err := client.Do(ctx, ch.Query{Body: Into("ops.slice_linkage", input), Input: input}); err != nil {
		return fmt.Errorf("writing how a slice links: %w", err)
	}
	return nil
}
