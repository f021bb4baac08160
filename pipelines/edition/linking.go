package edition

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"github.com/cespare/xxhash/v2"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// linkRows is how many rows of a link table go in one block.
const linkRows = 1 << 18

// pairs adds the pseudonyms of what holds of a record to the graph and returns how many rows hold.
func (h *holding) pairs(ctx context.Context, g *link.Graph) (rows uint64, err error) {
	from := link.SupplierBit(h.record.Supplier)
	var summed []string
	for _, m := range h.measures() {
		if slices.ContainsFunc(h.columns, func(c slice.Column) bool { return c.Name == m }) {
			summed = append(summed, m)
		}
	}
	h.sums = zeros(1 + len(summed))
	for _, query := range h.selects() {
		var (
			v = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
			b = proto.NewColNullable[[16]byte](new(proto.ColFixedStr16))
			n proto.ColUInt64
			// sums are of the measures.
			sums   = make([]proto.ColInt128, len(summed))
			result = proto.Results{{Name: "pseudonym_v", Data: v}, {Name: "pseudonym_b", Data: b}, {Name: "n", Data: &n}}
			list   = "pseudonym_v, pseudonym_b, count() AS n"
		)
		for i, m := range summed {
			name := "sum_" + m
			list += fmt.Sprintf(", sum(toInt128(%s)) AS %s", slice.Made(m), name)
			result = append(result, proto.ResultColumn{Name: name, Data: &sums[i]})
		}
		err := h.bulk(ctx, ch.Query{
			Body:   "SELECT " + list + " FROM (" + query + ") GROUP BY pseudonym_v, pseudonym_b",
			Result: result,
			OnResult: func(context.Context, proto.Block) error {
				for i := range n {
					rows += n[i]
					g.Add(pseudonym(v, i), pseudonym(b, i), from)
				}
				for i := range sums {
					for _, sum := range sums[i] {
						h.sums[1+i].Add(h.sums[1+i], wideInt(sum))
					}
				}
				return nil
			},
		})
		if err != nil {
			return 0, fmt.Errorf("reading the pseudonyms of %s: %w", h.record.Name, err)
		}
	}
	h.sums[0] = number(rows)
	return rows, nil
}

// wideInt is an Int128 as a number of Go.
func wideInt(n proto.Int128) *big.Int {
	high := new(big.Int).Lsh(big.NewInt(int64(n.High)), 64)
	return high.Add(high, new(big.Int).SetUint64(n.Low))
}

func pseudonym(c *proto.ColNullable[[16]byte], row int) schemas.Pseudonym {
	value := c.Row(row)
	return schemas.Pseudonym{Key: value.Value, Valid: value.Set}
}

// A record is joined with its person by a hash of 64 bits, which is three times
// as fast as by the pseudonym itself. So that it decides as exactly, a salt is
// chosen under which no two pseudonyms of the edition have the same hash.

// salts are tried in turn; a second is needed once in millions of editions.
var salts = []string{"", "1", "2", "3"}

func linkKey(kind link.Kind, key [16]byte, salt string) uint64 {
	h := xxhash.Sum64(append(key[:], salt...))
	if kind == link.B {
		return ^h
	}
	return h
}

// linkKeySQL is linkKey for ClickHouse: a record goes to its V, without one to its B.
func linkKeySQL(salt string) string {
	return "if(isNotNull(pseudonym_v), " + pseudonymKeySQL("pseudonym_v", salt) + ", bitNot(" + pseudonymKeySQL("pseudonym_b", salt) + "))"
}

// pseudonymKeySQL is the hash of a V; that of a B has all its bits turned.
func pseudonymKeySQL(column, salt string) string {
	if salt == "" {
		return "xxHash64(assumeNotNull(" + column + "))"
	}
	return "xxHash64(concat(assumeNotNull(" + column + "), '" + salt + "'))"
}

// saltFor finds the first salt without two equal hashes.
func saltFor(p *link.Persons) (string, error) {
	var hashes []uint64
	for _, salt := range salts {
		hashes = hashes[:0]
		p.Each(func(kind link.Kind, key [16]byte, _ uint32) { hashes = append(hashes, linkKey(kind, key, salt)) })
		slices.Sort(hashes)
		if distinct := slices.Compact(slices.Clone(hashes)); len(distinct) == len(hashes) {
			return salt, nil
		}
	}
	return "", errors.New("no hash tells all pseudonyms apart; this is a fault of the program")
}

// writeLinks makes the link table (hash of a pseudonym, number of its person) and the table of persons.
func (a *attempt) writeLinks(ctx context.Context, p *link.Persons, salt string) error {
	for _, ddl := range []string{
		"CREATE TABLE " + a.table("link") + " (key UInt64, person UInt32) ENGINE = MergeTree ORDER BY tuple()",
		"CREATE TABLE " + a.table("person") + " (person UInt32, person_id String, linkage UInt8) ENGINE = MergeTree ORDER BY person",
	} {
		if err := a.DB.Exec(ctx, ddl); err != nil {
			return fmt.Errorf("making the link table: %w", err)
		}
	}
	if err := a.writeKeys(ctx, p, salt); err != nil {
		return err
	}
	return a.writePersons(ctx, p)
}

func (a *attempt) writeKeys(ctx context.Context, p *link.Persons, salt string) (err error) {
	var keys proto.ColUInt64
	var persons proto.ColUInt32
	flush := func() {
		if err == nil {
			err = a.insert(ctx, a.table("link"), proto.Input{{Name: "key", Data: &keys}, {Name: "person", Data: &persons}})
		}
		keys.Reset()
		persons.Reset()
	}
	p.Each(func(kind link.Kind, key [16]byte, person uint32) {
		keys.Append(linkKey(kind, key, salt))
		persons.Append(person)
		if len(keys) == linkRows {
			flush()
		}
	})
	flush()
	if err != nil {
		return fmt.Errorf("writing the link table: %w", err)
	}
	return nil
}

func (a *attempt) writePersons(ctx context.Context, p *link.Persons) error {
	for first := 0; first < p.Len(); first += linkRows {
		var numbers proto.ColUInt32
		var linkages proto.ColUInt8
		ids := slice.IDs{Size: len(link.ID{})}
		for i := first; i < min(first+linkRows, p.Len()); i++ {
			numbers.Append(uint32(i))
			ids.Add(p.IDs[i][:])
			linkages.Append(uint8(p.Linkages[i]))
		}
		err := a.insert(ctx, a.table("person"), proto.Input{
			{Name: "person", Data: &numbers}, {Name: "person_id", Data: &ids}, {Name: "linkage", Data: &linkages},
		})
		if err != nil {
			return fmt.Errorf("writing the persons: %w", err)
		}
	}
	return nil
}
