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

// rowsAsTheyLie selects, per file of the loads that a condition names, what raw.<record> holds: n rows, the sums s and q
// of their numbers and the squares of those, and d of their digests. A row that was written twice counts twice.
func rowsAsTheyLie(record, where string) string {
	return fmt.Sprintf("SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(%s) AS d, toUInt64(0) AS two FROM raw.%s WHERE %s GROUP BY load_id, file_no",
		RowDigest(record), record, where)
}

// eachRowOnce selects the same with each place counted once, and in two how many places hold rows of different content:
// then it is not said which of them counts. It goes in the order of the table, so it takes no memory to speak of.
func eachRowOnce(record, where string) string {
	return fmt.Sprintf(`SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(one) AS d, sum(differ) AS two
FROM (SELECT load_id, file_no, row_no, any(content) AS one, toUInt64(min(content) != max(content)) AS differ
    FROM (SELECT load_id, file_no, row_no, %s AS content FROM raw.%s WHERE %s)
    GROUP BY load_id, file_no, row_no SETTINGS optimize_aggregation_in_order = 1)
GROUP BY load_id, file_no`, RowDigest(record), record, where)
}
