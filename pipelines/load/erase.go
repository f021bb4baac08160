package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Key is a pseudonym of a person with its kind: the same 16 bytes as V and as B are two.
type Key struct {
	// B tells that it is of a BSN, not of a V-nummer.
	B         bool
	Pseudonym schemas.Pseudonym
}

// id is the pseudonym as facts name it.
func (k Key) id() string {
	if k.B {
		return "b" + k.Pseudonym.Text()
	}
	return "v" + k.Pseudonym.Text()
}

// erasure is one person being erased.
type erasure struct {
	db   *warehouse.DB
	keys []Key
}

// Erased is what an erasure came to.
type Erased struct {
	// Rows are those taken from the raw tables, Pseudonyms those of the person.
	Rows       uint64
	Pseudonyms int
}

// Erase removes everything about a person: rows of the raw tables, rows of
// every edition (closed ones too), what builds left in work, and the messages
// in Kafka, all of them, since the warehouse has them and Kafka cannot delete
// one. Pseudonyms that records link to the given ones go too, unless the set
// has two or more B: then only the given ones. Editions that are not closed
// are marked, so that the next run builds them anew. Who and why are noted,
// the person is not.
//
// No pseudonym stands in any query: they travel as data. Doing it again
// finishes what a broken-off erasure began.
func Erase(ctx context.Context, db *warehouse.DB, k Kafka, keys []Key, who, why string) (Erased, error) {
	if err := loadedAll(ctx, k); err != nil {
		return Erased{}, err
	}
	if err := Note(ctx, db, Action{Who: who, What: "erase", Subject: "a person", Why: why}); err != nil {
		return Erased{}, err
	}
	e := &erasure{db: db, keys: keys}
	if err := e.follow(ctx); err != nil {
		return Erased{}, fmt.Errorf("following the links of a person: %w", err)
	}
	// The raw tables come last: after a failure the links are still there to follow again.
	if err := e.notePlaces(ctx); err != nil {
		return Erased{}, fmt.Errorf("looking for rows of a person: %w", err)
	}
	if err := e.eraseFacts(ctx); err != nil {
		return Erased{}, fmt.Errorf("erasing rows of editions; erase again to go on: %w", err)
	}
	if err := emptyLog(ctx, k); err != nil {
		return Erased{}, err
	}
	rows, err := e.eraseRaw(ctx)
	if err != nil {
		return Erased{}, fmt.Errorf("erasing rows of the raw tables; erase again to go on: %w", err)
	}
	if err := e.eraseFiles(ctx); err != nil {
		return Erased{}, fmt.Errorf("removing the files of what was erased; erase again to go on: %w", err)
	}
	return Erased{Rows: rows, Pseudonyms: len(e.keys)}, nil
}

// withKeys sends the pseudonyms along with a query, as the table wanted.
func (e *erasure) withKeys(ctx context.Context) (context.Context, error) {
	table, err := ext.NewTable("wanted", ext.Column("b", "UInt8"), ext.Column("key", "FixedString(16)"))
	if err != nil {
		return nil, err
	}
	for _, k := range e.keys {
		var b uint8
		if k.B {
			b = 1
		}
		if err := table.Append(b, string(k.Pseudonym.Key[:])); err != nil {
			return nil, err
		}
	}
	return clickhouse.Context(ctx, clickhouse.WithExternalTable(table)), nil
}

// ofPerson picks the rows of a raw table that hold a wanted pseudonym.
const ofPerson = "(pseudonym_v IN (SELECT key FROM wanted WHERE b = 0) OR pseudonym_b IN (SELECT key FROM wanted WHERE b = 1))"

// follow adds the pseudonyms that records link to the wanted ones, until there are no more.
func (e *erasure) follow(ctx context.Context) error {
	given := slices.Clone(e.keys)
	var tables []string
	for _, r := range schemas.Records {
		tables = append(tables, fmt.Sprintf("SELECT pseudonym_v AS v, pseudonym_b AS b FROM raw.%s WHERE isNotNull(pseudonym_v) AND isNotNull(pseudonym_b) AND %s",
			r.Name, ofPerson))
	}
	for {
		linked, err := e.linked(ctx, "SELECT DISTINCT v, b FROM ("+strings.Join(tables, " UNION ALL ")+")")
		if err != nil {
			return err
		}
		before := len(e.keys)
		for _, k := range linked {
			if !slices.Contains(e.keys, k) {
				e.keys = append(e.keys, k)
			}
		}
		if e.conflict() {
			e.keys = given
			return nil
		}
		if len(e.keys) == before {
			return nil
		}
	}
}

// conflict tells that there are two or more B, which no one person has.
func (e *erasure) conflict() bool {
	n := 0
	for _, k := range e.keys {
		if k.B {
			n++
		}
	}
	return n > 1
}

func (e *erasure) linked(ctx context.Context, query string) (keys []Key, err error) {
	ctx, err = e.withKeys(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := e.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v, b *string
		if err := rows.Scan(&v, &b); err != nil {
			return nil, err
		}
		for i, text := range []*string{v, b} {
			k := Key{B: i == 1, Pseudonym: schemas.Pseudonym{Valid: true}}
			copy(k.Pseudonym.Key[:], *text)
			keys = append(keys, k)
		}
	}
	return keys, rows.Err()
}

// notePlaces notes where the rows of the person stand. A V record names no
// pseudonym: it goes with the record that it deletes.
func (e *erasure) notePlaces(ctx context.Context) error {
	for _, r := range schemas.Records {
		with, err := e.withKeys(ctx)
		if err != nil {
			return err
		}
		same := "record_id IN (SELECT record_id FROM raw.%[1]s WHERE %[2]s)"
		if r.Municipal() {
			same = "((record_id, toString(municipality_code)) IN (SELECT record_id, toString(municipality_code) FROM raw.%[1]s WHERE %[2]s)" +
				" OR toString(municipality_code) = '' AND " + same + ")"
		}
		err = e.db.Exec(with, fmt.Sprintf("INSERT INTO ops.erased_row (record, load_id, file_no, row_no) SELECT '%[1]s', load_id, file_no, row_no FROM raw.%[1]s "+
			"WHERE %[2]s OR operation = 'V' AND "+same, r.Name, ofPerson))
		if err != nil {
			return err
		}
	}
	return nil
}

// eraseRaw deletes the rows at the noted places.
func (e *erasure) eraseRaw(ctx context.Context) (uint64, error) {
	var erased uint64
	for _, r := range schemas.Records {
		places := fmt.Sprintf("(load_id, file_no, row_no) IN (SELECT load_id, file_no, row_no FROM ops.erased_row WHERE record = '%s')", r.Name)
		var n uint64
		if err := e.db.QueryRow(ctx, fmt.Sprintf("SELECT count() FROM raw.%s FINAL WHERE %s", r.Name, places)).Scan(&n); err != nil {
			return 0, err
		}
		if erased += n; n == 0 {
			continue
		}
		if err := e.db.Exec(ctx, fmt.Sprintf("ALTER TABLE raw.%s DELETE WHERE %s SETTINGS mutations_sync = 2", r.Name, places)); err != nil {
			return 0, err
		}
	}
	return erased, nil
}
