package lineage

import (
	"context"
	"fmt"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// search gathers everything that was delivered about the people that some
// pseudonyms may stand for.
type search struct {
	db    *warehouse.DB
	scope *edition.Standing
	ranks map[uint64]int // of the loads in the order of versions
	known map[pseudonym]bool
}

// pseudonym tells the same 16 bytes as V and as B apart.
type pseudonym struct {
	kind link.Kind
	key  [16]byte
}

func newSearch(db *warehouse.DB, scope *edition.Standing) *search {
	s := &search{db: db, scope: scope, ranks: make(map[uint64]int), known: make(map[pseudonym]bool)}
	for rank, l := range scope.Loads() {
		s.ranks[l.ID] = rank
	}
	return s
}

// found is what a search came to.
type found struct {
	holding []*version // that carry one of the pseudonyms
	lost    []loss     // the same, and versions of records that others beat
	persons *link.Persons
	person  map[pseudonym]uint32
}

// from follows the links of records that hold, until no pseudonym is new.
func (s *search) from(ctx context.Context, starts ...pseudonym) (*found, error) {
	for _, p := range starts {
		s.known[p] = true
	}
	for {
		versions, err := s.versions(ctx)
		if err != nil {
			return nil, err
		}
		holding, lost := resolve(versions, s.counts)
		f := &found{}
		grown := false
		for _, v := range holding {
			if s.touches(v) {
				f.holding = append(f.holding, v)
				grown = s.learn(v) || grown
			}
		}
		if grown {
			continue
		}
		for _, l := range lost {
			if s.touches(l.version) {
				f.lost = append(f.lost, l)
			}
		}
		f.link()
		return f, nil
	}
}

func (s *search) counts(v *version) bool {
	return s.scope.Counts(v.record.Name, v.at.Load, v.municipality)
}

func (s *search) touches(v *version) bool {
	return v.v.Valid && s.known[pseudonym{link.V, v.v.Key}] || v.b.Valid && s.known[pseudonym{link.B, v.b.Key}]
}

// learn takes the pseudonyms of a record that holds, and tells whether one is new.
func (s *search) learn(v *version) bool {
	n := len(s.known)
	if v.v.Valid {
		s.known[pseudonym{link.V, v.v.Key}] = true
	}
	if v.b.Valid {
		s.known[pseudonym{link.B, v.b.Key}] = true
	}
	return len(s.known) > n
}

// link makes the persons out of what holds.
func (f *found) link() {
	var g link.Graph
	for _, v := range f.holding {
		g.Add(v.v, v.b, link.SupplierBit(v.record.Supplier))
	}
	f.persons, f.person = g.Persons(), make(map[pseudonym]uint32)
	f.persons.Each(func(kind link.Kind, key [16]byte, person uint32) { f.person[pseudonym{kind, key}] = person })
}

// of gives the person whose record this is: a record goes to its V, without one to its B.
func (f *found) of(v *version) (person uint32, known bool) {
	p := pseudonym{link.B, v.b.Key}
	if v.v.Valid {
		p = pseudonym{link.V, v.v.Key}
	}
	person, known = f.person[p]
	return person, known
}

// versions reads every version of every record that one version of carries a
// known pseudonym, and of records that others correct those of the same periods.
func (s *search) versions(ctx context.Context) ([]*version, error) {
	client, err := s.db.Bulk(ctx)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	var out []*version
	for _, r := range schemas.Records {
		if out, err = s.read(ctx, client, r, out); err != nil {
			return nil, fmt.Errorf("reading the versions of %s: %w", r.Name, err)
		}
	}
	return out, nil
}

// versionsQuery selects them; loads and wanted are tables that go with the query.
func versionsQuery(r *schemas.Record) string {
	within := "raw." + r.Name + " WHERE load_id IN (SELECT load FROM loads)"
	keys := "SELECT record_key FROM " + within + " AND (pseudonym_v IN (SELECT key FROM wanted WHERE v = 1) OR pseudonym_b IN (SELECT key FROM wanted WHERE v = 0))"
	municipality, period := "toInt16(0)", "'' AS period"
	if r.Municipal() {
		municipality = "CAST(municipality_code, 'Int16')"
	}
	if len(r.CorrectedBy) > 0 {
		period = "toString((" + strings.Join(r.CorrectedBy, ", ") + ")) AS period"
		periods := "SELECT period_key FROM " + within + " AND operation != 'V' AND record_key IN (" + keys + ")"
		keys += " UNION ALL SELECT record_key FROM " + within + " AND operation != 'V' AND period_key IN (" + periods + ")"
	}
	return "SELECT load_id, file_no, row_no, record_id, " + municipality + " AS municipality, pseudonym_v, pseudonym_b, toUInt8(operation = 'V') AS deletes, " +
		period + " FROM " + within + " AND record_key IN (" + keys + ") ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no"
}

func (s *search) read(ctx context.Context, client *ch.Client, r *schemas.Record, out []*version) ([]*version, error) {
	var (
		loads, rows  proto.ColUInt64
		files        proto.ColUInt32
		ids, periods proto.ColStr
		municipality proto.ColInt16
		deletes      proto.ColUInt8
		v            = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
		b            = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
	)
	err := client.Do(ctx, ch.Query{
		Body: versionsQuery(r), ExternalTables: []ch.ExternalTable{{Name: "loads", Data: s.loadColumns()}, {Name: "wanted", Data: s.wantedColumns()}},
		Result: proto.Results{
			{Name: "load_id", Data: &loads}, {Name: "file_no", Data: &files}, {Name: "row_no", Data: &rows}, {Name: "record_id", Data: &ids},
			{Name: "municipality", Data: &municipality}, {Name: "pseudonym_v", Data: v}, {Name: "pseudonym_b", Data: b},
			{Name: "deletes", Data: &deletes}, {Name: "period", Data: &periods},
		},
		OnResult: func(context.Context, proto.Block) error {
			for i := range loads {
				out = append(out, &version{
					record: r, at: slice.RawRow{Load: loads[i], File: files[i], Row: rows[i]}, id: ids.Row(i),
					municipality: schemas.Code(municipality[i]), v: optional(v.Row(i)), b: optional(b.Row(i)),
					deletes: deletes[i] == 1, period: periods.Row(i), rank: s.ranks[loads[i]],
				})
			}
			return nil
		},
	})
	return out, err
}

func optional(n proto.Nullable[[16]byte]) schemas.Pseudonym {
	return schemas.Pseudonym{Key: n.Value, Valid: n.Set}
}

func (s *search) loadColumns() proto.Input {
	var ids proto.ColUInt64
	for id := range s.ranks {
		ids.Append(id)
	}
	return proto.Input{{Name: "load", Data: &ids}}
}

func (s *search) wantedColumns() proto.Input {
	var keys proto.ColFixedStr16
	var kinds proto.ColUInt8
	for p := range s.known {
		keys.Append(p.key)
		if p.kind == link.V {
			kinds.Append(1)
		} else {
			kinds.Append(0)
		}
	}
	return proto.Input{{Name: "key", Data: &keys}, {Name: "v", Data: &kinds}}
}
