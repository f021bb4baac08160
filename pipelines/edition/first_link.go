package edition

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// When was a V first linked to a B? Not what holds tells, but all that was ever
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
		if err := b.exec(ctx, "%s", b.firstLinks(r, salt)); err != nil {
			return fmt.Errorf("looking for the first links in %s: %w", r.Name, err)
		}
	}
	b.lap("first links")
	return nil
}

// writeDelivered makes the table of the loads that name a record, of municipal
// records per municipality, with their day and the first of those days.
func (a *attempt) writeDelivered(ctx context.Context) error {
	name := a.table("delivered")
	err := a.exec(ctx, "CREATE TABLE %s (record LowCardinality(String), load_id UInt64, municipality Int16, day Int32, since Int32) ENGINE = MergeTree ORDER BY record", name)
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
		add            = func(g group, l *Load) {
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
	for i := range a.scope.loads {
		l := &a.scope.loads[i]
		for _, record := range l.Records {
			if !schemas.RecordOf(record).Municipal() {
				add(group{record: record}, l)
				continue
			}
			for _, text := range l.Municipalities {
				add(group{record, reference.Municipalities.Code(text)}, l)
			}
		}
	}
	return a.insert(ctx, name, proto.Input{
		{Name: "record", Data: records}, {Name: "load_id", Data: &loads}, {Name: "municipality", Data: &municipalities},
		{Name: "day", Data: &days}, {Name: "since", Data: &sinces},
	})
}

// firstLinks is the statement for one record. Pairs of pseudonyms come first,
// each with its first day; then the persons that the two belong to, 0 for a
// pseudonym that is in no record that holds.
func (b *building) firstLinks(r *schemas.Record, salt string) string {
	by, municipality := "load_id", ""
	if r.Municipal() {
		by, municipality = "load_id, municipality", ", CAST(municipality_code, 'Int16') AS municipality"
	}
	pairs := fmt.Sprintf(`SELECT pseudonym_v, pseudonym_b, min((day, since)) AS first
		FROM (SELECT pseudonym_v, pseudonym_b, load_id%s FROM raw.%s WHERE isNotNull(pseudonym_v) AND isNotNull(pseudonym_b) AND operation != 'V') AS delivered
		INNER JOIN (SELECT load_id, municipality, day, since FROM %s WHERE record = '%s') AS loads USING (%s)
		GROUP BY pseudonym_v, pseudonym_b`, municipality, r.Name, b.table("delivered"), r.Name, by)
	numbers := "(SELECT key, person + 1 AS n FROM " + b.table("link") + ")"
	return fmt.Sprintf(`INSERT INTO facts_store.first_link (build, edition, person_id, record, first_linked_on, delivered_since)
		SELECT %d, toDate('%s'), p.person_id, '%s', toDate32(min(first).1 - 25568), toDate32(min(first).2 - 25568)
		FROM (
			SELECT arrayJoin(if(v.n = b.n, [(v.n, true)], [(v.n, false), (b.n, false)])) AS end, toUInt32(end.1 - 1) AS person, end.2 AS within, first
			FROM (SELECT %s AS v_key, %s AS b_key, first FROM (%s)) AS pairs
			ANY LEFT JOIN %s AS v ON pairs.v_key = v.key
			ANY LEFT JOIN %s AS b ON pairs.b_key = b.key
		) AS links
		INNER JOIN %s AS p USING person
		WHERE links.within OR p.linkage != %d
		GROUP BY p.person_id`,
		b.build, b.cutOff, r.Name,
		pseudonymKeySQL("pseudonym_v", salt), "bitNot("+pseudonymKeySQL("pseudonym_b", salt)+")", pairs, numbers, numbers,
		b.table("person"), link.Linked)
}
