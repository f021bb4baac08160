package edition

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// When was a V first linked to a B? Not the effective records tell, but all that was ever
// delivered: a full delivery that says the same again, a correction, or a link
// that is taken back does not change the day on which it was first there. Rows
// of all accepted deliveries up to the cut-off count, replaced ones too; those
// of operation V do not, for their pseudonyms are not read. The day is the
// drawn_on of the delivery: what the supplier knew then.
//
// Of a linked person only links between the person's own pseudonyms count, so
// that a wrong link that was put right is not the person's first. A person who
// is not linked keeps the history of the links that were taken back, or that
// are in conflict.

// writeFirstLinks makes the rows of ops.first_link.
func (b *building) writeFirstLinks(ctx context.Context, salt string) error {
	if err := b.writeDelivered(ctx); err != nil {
		return err
	}
	for _, r := range schemas.Records {
		if err := b.DB.Exec(ctx, b.firstLinks(r, salt)); err != nil {
			return fmt.Errorf("looking for the first links in %s: %w", r.Name, err)
		}
	}
	b.lap("first links")
	return nil
}

// writeDelivered makes the table of the loads that name a record, of municipal
// records per municipality, with their day and the first of those days.
func (w *workspace) writeDelivered(ctx context.Context) error {
	name := w.table("delivered")
	err := w.exec(ctx, "CREATE TABLE %s (record LowCardinality(String), load_id UInt64, municipality Int16, day Int32, since Int32) ENGINE = MergeTree ORDER BY record", name)
	if err != nil {
		return fmt.Errorf("making the table of deliveries: %w", err)
	}
	type group struct {
		record       string
		municipality schemas.Code
	}
	var (
		records        = new(proto.ColStr).LowCardinality()
		loads          proto.ColUInt64
		municipalities proto.ColInt16
		days, sinces   proto.ColInt32
		since          = make(map[group]schemas.Date)
		add            = func(g group, l *versions.Load) {
			if _, known := since[g]; !known {
				since[g] = l.DrawnOn // loads of a supplier come by day
			}
			records.Append(g.record)
			loads.Append(l.ID)
			municipalities.Append(int16(g.municipality))
			days.Append(int32(l.DrawnOn))
			sinces.Append(int32(since[g]))
		}
	)
	for i := range w.scope.Loads {
		l := &w.scope.Loads[i]
		for _, record := range l.Records {
			for _, code := range l.Codes(record) {
				add(group{record, code}, l)
			}
		}
	}
	return w.insert(ctx, name, proto.Input{
		{Name: "record", Data: records}, {Name: "load_id", Data: &loads}, {Name: "municipality", Data: &municipalities},
		{Name: "day", Data: &days}, {Name: "since", Data: &sinces},
	})
}

// firstLinks is the statement for one record.
func (b *building) firstLinks(r *schemas.Record, salt string) string {
	return sqlFiles.Render("first_links.sql", struct {
		Record       *schemas.Record
		Tables, Salt string
		Build        uint64
		CutOff       schemas.Date
		Linked       uint8
	}{r, b.tables(), salt, b.build, b.cutOff, uint8(link.Linked)})
}
