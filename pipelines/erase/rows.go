package erase

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// row is a row of a raw table.
type row struct {
	record  *schemas.Record
	load    uint64
	file    uint32
	no      uint64
	key     string // what tells records apart within the table
	period  string // what records that correct each other have the same, of a row that deletes nothing; else empty
	v, b    schemas.Pseudonym
	deletes bool
	digest  big.Int // of its content
}

func (r *row) pseudonyms() (list []link.ID) {
	if r.v.Valid {
		list = append(list, idOf('v', r.v))
	}
	if r.b.Valid {
		list = append(list, idOf('b', r.b))
	}
	return list
}

func (r *row) names(any ids) bool {
	for _, id := range r.pseudonyms() {
		if any[id] {
			return true
		}
	}
	return false
}

// loadInfo is what is known of the delivery of a row.
type loadInfo struct {
	drawnOn, deliveryID string
	// counted tells that it is accepted, or was before it was withdrawn: an edition may have been made of it.
	counted bool
}

func readLoads(ctx context.Context, db *warehouse.DB) (map[uint64]loadInfo, error) {
	rows, err := db.Query(ctx, `SELECT l.load_id, ifNull(toString(l.drawn_on), ''), l.delivery_id, d.status = 'accepted' OR d.reason = 'withdrawn'
FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)`)
	if err != nil {
		return nil, fmt.Errorf("reading the deliveries: %w", err)
	}
	defer rows.Close()
	loads := make(map[uint64]loadInfo)
	for rows.Next() {
		var id uint64
		var l loadInfo
		if err := rows.Scan(&id, &l.drawnOn, &l.deliveryID, &l.counted); err != nil {
			return nil, fmt.Errorf("reading the deliveries: %w", err)
		}
		loads[id] = l
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the deliveries: %w", err)
	}
	return loads, nil
}

// readRows reads every version of every record that one version of names one of
// the pseudonyms, of every delivery, and of records that others correct those of
// the same periods.
func readRows(ctx context.Context, db *warehouse.DB, of ids) (all []row, err error) {
	for _, r := range schemas.Records {
		if all, err = readRecord(ctx, db, r, of, all); err != nil {
			return nil, fmt.Errorf("looking for rows of a person in raw.%s: %w", r.Name, err)
		}
	}
	return all, nil
}

// rowsQuery selects them; wanted is a table that goes with the query.
func rowsQuery(r *schemas.Record) string {
	from := "raw." + r.Name
	keys := "SELECT record_key FROM " + from + " WHERE pseudonym_v IN (SELECT key FROM wanted WHERE v = 1) OR pseudonym_b IN (SELECT key FROM wanted WHERE v = 0)"
	key, period := "record_id", "''"
	if r.Municipal() {
		key = "concat(toString(municipality_code), ' ', record_id)"
	}
	if len(r.CorrectedBy) > 0 {
		period = "if(operation = 'V', '', toString((" + strings.Join(r.CorrectedBy, ", ") + ")))"
		periods := "SELECT period_key FROM " + from + " WHERE operation != 'V' AND record_key IN (" + keys + ")"
		keys += " UNION ALL SELECT record_key FROM " + from + " WHERE operation != 'V' AND period_key IN (" + periods + ")"
	}
	return "SELECT load_id, file_no, row_no, " + key + ", " + period + ", pseudonym_v, pseudonym_b, operation = 'V', " + delivery.RowDigest(r.Name) + " FROM " + from +
		" WHERE record_key IN (" + keys + ") ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no"
}

func readRecord(ctx context.Context, db *warehouse.DB, r *schemas.Record, of ids, all []row) ([]row, error) {
	table, err := wantedTable(of)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query(clickhouse.Context(ctx, clickhouse.WithExternalTable(table)), rowsQuery(r))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		found := row{record: r}
		var v, b *string
		if err := rows.Scan(&found.load, &found.file, &found.no, &found.key, &found.period, &v, &b, &found.deletes, &found.digest); err != nil {
			return nil, err
		}
		found.v, found.b = stored(v), stored(b)
		all = append(all, found)
	}
	return all, rows.Err()
}

func wantedTable(of ids) (*ext.Table, error) {
	table, err := ext.NewTable("wanted", ext.Column("v", "UInt8"), ext.Column("key", "FixedString(16)"))
	if err != nil {
		return nil, err
	}
	for id := range of {
		key, isV := pseudonymOf(id).Key, uint8(0)
		if id[0] == 'v' {
			isV = 1
		}
		if err := table.Append(isV, string(key[:])); err != nil {
			return nil, err
		}
	}
	return table, nil
}

func stored(key *string) (p schemas.Pseudonym) {
	if key != nil {
		p.Valid = true
		copy(p.Key[:], *key)
	}
	return p
}

// choose gives the rows that go: those that name an erased pseudonym, and every
// other version of the records that are theirs by their newest version, so that
// nothing that was corrected away from somebody, or deleted, comes back. Of
// records that correct each other the same goes for the newest of a period.
func choose(rows []row, loads map[uint64]loadInfo, erased ids) (gone []row) {
	newest, newestOfPeriod := make(map[string]*row), make(map[string]*row)
	later := func(of map[string]*row, key string, r *row) {
		if old := of[key]; old == nil || before(old, r, loads) {
			of[key] = r
		}
	}
	for i := range rows {
		if r := &rows[i]; !r.deletes {
			later(newest, r.record.Name+" "+r.key, r)
			if r.period != "" {
				later(newestOfPeriod, r.record.Name+" "+r.period, r)
			}
		}
	}
	theirs := func(r *row) bool {
		n := newest[r.record.Name+" "+r.key]
		if n == nil {
			return false
		}
		if n.period != "" {
			n = newestOfPeriod[n.record.Name+" "+n.period]
		}
		return n.names(erased)
	}
	for i := range rows {
		if r := &rows[i]; r.names(erased) || theirs(r) {
			gone = append(gone, *r)
		}
	}
	return gone
}

// before is the order of versions of contract section 1; what never counted comes first.
func before(a, b *row, loads map[uint64]loadInfo) bool {
	x, y := loads[a.load], loads[b.load]
	if x.counted != y.counted {
		return y.counted
	}
	return cmp.Or(strings.Compare(x.drawnOn, y.drawnOn), strings.Compare(x.deliveryID, y.deliveryID), cmp.Compare(a.file, b.file), cmp.Compare(a.no, b.no)) < 0
}
