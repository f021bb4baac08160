package edition

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/cespare/xxhash/v2"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/slice"
)

// linkRows is how many rows of a link table go in one block.
const linkRows = 1 << 18

// A record is joined with its person by a hash of 64 bits, which is three times
// as fast as by the pseudonym itself. So that it decides as exactly, a salt is
// chosen under which no two pseudonyms of the edition have the same hash.

// salts are tried in turn; a second is needed once in millions of editions.
var salts = []string{"", "1", "2", "3"}

// linkKey is the key of a pseudonym; fragments.sql has it for ClickHouse.
func linkKey(kind link.Kind, key [16]byte, salt string) uint64 {
	h := xxhash.Sum64(append(key[:], salt...))
	if kind == link.B {
		return ^h
	}
	return h
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
func (w *workspace) writeLinks(ctx context.Context, p *link.Persons, salt string) error {
	for _, ddl := range []string{
		"CREATE TABLE " + w.table("link") + " (key UInt64, person UInt32) ENGINE = MergeTree ORDER BY tuple()",
		"CREATE TABLE " + w.table("person") + " (person UInt32, person_id String, linkage UInt8) ENGINE = MergeTree ORDER BY person",
	} {
		if err := w.DB.Exec(ctx, ddl); err != nil {
			return fmt.Errorf("making the link table: %w", err)
		}
	}
	if err := w.writeKeys(ctx, p, salt); err != nil {
		return err
	}
	return w.writePersons(ctx, p)
}

func (w *workspace) writeKeys(ctx context.Context, p *link.Persons, salt string) (err error) {
	var keys proto.ColUInt64
	var persons proto.ColUInt32
	flush := func() {
		if err == nil {
			err = w.insert(ctx, w.table("link"), proto.Input{{Name: "key", Data: &keys}, {Name: "person", Data: &persons}})
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

func (w *workspace) writePersons(ctx context.Context, p *link.Persons) error {
	for first := 0; first < p.Len(); first += linkRows {
		var numbers proto.ColUInt32
		var linkages proto.ColUInt8
		ids := slice.IDs{Size: len(link.ID{})}
		for i := first; i < min(first+linkRows, p.Len()); i++ {
			numbers.Append(uint32(i))
			ids.Add(p.IDs[i][:])
			linkages.Append(uint8(p.Linkages[i]))
		}
		err := w.insert(ctx, w.table("person"), proto.Input{
			{Name: "person", Data: &numbers}, {Name: "person_id", Data: &ids}, {Name: "linkage", Data: &linkages},
		})
		if err != nil {
			return fmt.Errorf("writing the persons: %w", err)
		}
	}
	return nil
}
