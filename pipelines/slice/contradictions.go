package slice

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
)

// contradictionCounts tells how often valid records contradict each other in a slice.
type contradictionCounts [route.NumContradictions]struct{ persons, records uint64 }

// add takes one person with the records that are party to each contradiction.
func (c *contradictionCounts) add(records [route.NumContradictions]int) {
	for rule, n := range records {
		if n > 0 {
			c[rule].persons++
			c[rule].records += uint64(n)
		}
	}
}

// write puts the counts of a slice in ops, those of 0 too: they tell that it was looked for.
func (c *contradictionCounts) write(ctx context.Context, client *ch.Client, s *Slice) error {
	var (
		builds           proto.ColUInt64
		slices           proto.ColUInt32
		rule, record     words
		persons, records proto.ColUInt64
	)
	for i := range c {
		builds.Append(s.Build)
		slices.Append(s.Number)
		rule.add(route.Contradiction(i).String())
		record.add(route.Contradiction(i).Record())
		persons.Append(c[i].persons)
		records.Append(c[i].records)
	}
	input := proto.Input{
		{Name: "build", Data: &builds}, {Name: "slice", Data: &slices}, {Name: "rule", Data: &rule},
		{Name: "record", Data: &record}, {Name: "persons", Data: &persons}, {Name: "records", Data: &records},
	}
	if err := client.Do(ctx, ch.Query{Body: Into("ops.slice_contradiction", input), Input: input}); err != nil {
		return fmt.Errorf("writing how the records of a slice contradict: %w", err)
	}
	return nil
}
