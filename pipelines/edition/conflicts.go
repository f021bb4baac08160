package edition

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/slice"
)

// writeConflicts inserts the rows of link_conflict.
func (b *building) writeConflicts(ctx context.Context, conflicts []link.Conflict) error {
	b.conflicts = uint64(len(conflicts))
	var (
		edition        proto.ColDate
		build          proto.ColUInt64
		set, pseudonym = slice.IDs{Size: len(link.ID{})}, slice.IDs{Size: len(link.ID{})}
		suppliers      = proto.NewArray[string](new(proto.ColStr).LowCardinality())
	)
	for i := range conflicts {
		c := &conflicts[i]
		edition = append(edition, slice.StoredDay(b.cutOff))
		build.Append(b.build)
		set.Add(c.Set[:])
		pseudonym.Add(c.Pseudonym[:])
		suppliers.Append(c.Suppliers)
	}
	err := b.insert(ctx, "facts_store.link_conflict", proto.Input{
		{Name: "edition", Data: &edition}, {Name: "build", Data: &build}, {Name: "conflict_id", Data: &set},
		{Name: "pseudonym", Data: &pseudonym}, {Name: "suppliers", Data: suppliers},
	})
	if err != nil {
		return fmt.Errorf("writing the conflicts: %w", err)
	}
	return nil
}
