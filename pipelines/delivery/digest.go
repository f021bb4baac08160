package delivery

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// theKey selects the key of digests where a query needs it: it stands in no query's text, and so in no log of queries.
const theKey = "(SELECT (k0, k1) FROM raw.digest_key ORDER BY made_at, k0, k1 LIMIT 1)"

// DigestKey gives the key under which the warehouse digests the content of rows, and makes one at its first use.
func DigestKey(ctx context.Context, db *warehouse.DB) (key schemas.DigestKey, err error) {
	var n uint64
	err = db.QueryRow(ctx, "SELECT count() FROM raw.digest_key").Scan(&n)
	if err == nil && n == 0 {
		err = newDigestKey(ctx, db)
	}
	if err == nil {
		err = db.QueryRow(ctx, "SELECT tupleElement("+theKey+", 1), tupleElement("+theKey+", 2)").Scan(&key.K0, &key.K1)
	}
	if err != nil {
		return key, fmt.Errorf("reading the key of digests: %w", err)
	}
	return key, nil
}

// newDigestKey sends the key as data: a query's text may be logged.
func newDigestKey(ctx context.Context, db *warehouse.DB) error {
	key := schemas.NewDigestKey()
	batch, err := db.PrepareBatch(ctx, "INSERT INTO raw.digest_key (k0, k1)")
	if err != nil {
		return err
	}
	defer batch.Abort()
	if err := batch.Append(key.K0, key.K1); err != nil {
		return err
	}
	return batch.Send()
}

// RowDigest is the expression that digests a row of raw.<record> as schemas.DigestKey does. Without a key it gives 0,
// which no sum of digests that were made with one equals.
func RowDigest(record string) string {
	later := laterColumns[record]
	var columns []string
	for _, name := range schemas.RecordOf(record).StoredColumns() {
		if !slices.ContainsFunc(later, func(l laterColumn) bool { return l.name == name }) {
			columns = append(columns, "`"+name+"`")
		}
	}
	row := "formatRow('RowBinary', " + strings.Join(columns, ", ") + ")"
	for _, l := range later {
		row = fmt.Sprintf("concat(%s, if(%s, formatRow('RowBinary', '%s', `%[3]s`), ''))", row, l.filled, l.name)
	}
	return "ifNull(reinterpretAsUInt128(sipHash128ReferenceKeyed(" + theKey + ", " + row + ")), toUInt128(0))"
}

// laterColumn is a column of which rows of its table may be older. It is digested under its name, and only where it is
// filled: rows of before keep the digest that was noted of them.
type laterColumn struct{ name, filled string }

// rowsOf is what the files need that add up rows of a record: those of the loads that a condition names.
type rowsOf struct{ Record, Where, Digest string }

// rowsOfAll are those of every record.
func rowsOfAll(where string) (all []rowsOf) {
	for _, r := range schemas.Records {
		all = append(all, rowsOf{r.Name, where, RowDigest(r.Name)})
	}
	return all
}

// rowsAsTheyLie selects, per file of the loads that a condition names, what raw.<record> holds: n rows, the sums s and q
// of their numbers and the squares of those, and d of their digests. A row that was written twice counts twice.
func rowsAsTheyLie(record, where string) string {
	return sqlFiles.Render("rows_as_they_lie.sql", rowsOf{record, where, RowDigest(record)})
}

// eachRowOnce selects the same with each place counted once, and in two how many places hold rows of different content:
// then it is not said which of them counts.
func eachRowOnce(record, where string) string {
	return sqlFiles.Render("each_row_once.sql", rowsOf{record, where, RowDigest(record)})
}
