package lineage

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// search gathers everything that was delivered about the people that some
// pseudonyms may stand for.
type search struct {
	db    *warehouse.DB
	scope *versions.Scope
	ranks map[uint64]int // of the loads in the order of versions
	known map[pseudonym]bool
}

// pseudonym tells the same 16 bytes as V and as B apart.
type pseudonym struct {
	kind link.Kind
	key  [16]byte
}

func newSearch(db *warehouse.DB, scope *versions.Scope) *search {
	s := &search{db: db, scope: scope, ranks: make(map[uint64]int), known: make(map[pseudonym]bool)}
	for rank, l := range scope.Loads {
		s.ranks[l.ID] = rank
	}
	return s
}

// found is what a search came to.
type found struct {
	effective []*versions.Version // that carry one of the pseudonyms
	lost      []versions.Loss     // the same, and versions of records that others beat
	persons   *link.Persons
	person    map[pseudonym]uint32
}

// from follows the links of effective records, until no pseudonym is new.
func (s *search) from(ctx context.Context, starts ...pseudonym) (*found, error) {
	for _, p := range starts {
		s.known[p] = true
	}
	for {
		rows, err := s.versions(ctx)
		if err != nil {
			return nil, err
		}
		effective, lost := versions.Resolve(rows, s.scope)
		f := &found{}
		grown := false
		for _, v := range effective {
			if s.touches(v) {
				f.effective = append(f.effective, v)
				grown = s.learn(v) || grown
			}
		}
		if grown {
			continue
		}
		for _, l := range lost {
			if s.touches(l.Version) {
				f.lost = append(f.lost, l)
			}
		}
		f.link()
		return f, nil
	}
}

func (s *search) touches(v *versions.Version) bool {
	return v.V.Valid && s.known[pseudonym{link.V, v.V.Key}] || v.B.Valid && s.known[pseudonym{link.B, v.B.Key}]
}

// learn takes the pseudonyms of an effective record, and tells whether one is new.
func (s *search) learn(v *versions.Version) bool {
	n := len(s.known)
	if v.V.Valid {
		s.known[pseudonym{link.V, v.V.Key}] = true
	}
	if v.B.Valid {
		s.known[pseudonym{link.B, v.B.Key}] = true
	}
	return len(s.known) > n
}

// link makes the persons out of the effective records.
func (f *found) link() {
	var g link.Graph
	for _, v := range f.effective {
		g.Add(v.V, v.B, link.SupplierBit(v.Record.Supplier))
	}
	f.persons, f.person = g.Persons(), make(map[pseudonym]uint32)
	f.persons.Each(func(kind link.Kind, key [16]byte, person uint32) { f.person[pseudonym{kind, key}] = person })
}

// of gives the person whose record this is: a record goes to its V, without one to its B.
func (f *found) of(v *versions.Version) (person uint32, known bool) {
	p := pseudonym{link.B, v.B.Key}
	if v.V.Valid {
		p = pseudonym{link.V, v.V.Key}
	}
	person, known = f.person[p]
	return person, known
}

// versions reads every version of every record that one version of carries a
// known pseudonym, and of records that others correct those of the same periods.
func (s *search) versions(ctx context.Context) ([]*versions.Version, error) {
	client, err := s.db.Bulk(ctx)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	var out []*versions.Version
	for _, r := range schemas.Records {
		if out, err = s.read(ctx, client, r, out); err != nil {
			return nil, fmt.Errorf("reading the versions of %s: %w", r.Name, err)
		}
	}
	return out, nil
}

func (s *search) read(ctx context.Context, client *ch.Client, r *schemas.Record, out []*versions.Version) ([]*versions.Version, error) {
	var (
		loads, rows  proto.ColUInt64
		files        proto.ColUInt32
		ids, periods proto.ColStr
		municipality proto.ColInt16
		deletes      proto.ColUInt8
		v            = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
		b            = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
	)
	about := versions.RowsAbout{Record: r, OfLoads: true}
	err := client.Do(ctx, ch.Query{
		Body: about.Query(), ExternalTables: []ch.ExternalTable{{Name: "loads", Data: s.loadColumns()}, {Name: "wanted", Data: s.wantedColumns()}},
		Result: proto.Results{
			{Name: "load_id", Data: &loads}, {Name: "file_no", Data: &files}, {Name: "row_no", Data: &rows}, {Name: "record_id", Data: &ids},
			{Name: "municipality", Data: &municipality}, {Name: "pseudonym_v", Data: v}, {Name: "pseudonym_b", Data: b},
			{Name: "deletes", Data: &deletes}, {Name: "period", Data: &periods},
		},
		OnResult: func(context.Context, proto.Block) error {
			for i := range loads {
				out = append(out, &versions.Version{
					Record: r, Place: versions.Place{Load: loads[i], File: files[i], Row: rows[i]}, ID: ids.Row(i),
					Municipality: schemas.Code(municipality[i]), V: optional(v.Row(i)), B: optional(b.Row(i)),
					Deletes: deletes[i] == 1, Period: periods.Row(i), Rank: s.ranks[loads[i]],
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
