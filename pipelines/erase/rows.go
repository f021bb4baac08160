package erase

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// row is a row of a raw table.
type row struct {
	versions.Version
	digest big.Int // of its content
}

func (r *row) pseudonyms() (list []link.ID) {
	if r.V.Valid {
		list = append(list, idOf('v', r.V))
	}
	if r.B.Valid {
		list = append(list, idOf('b', r.B))
	}
	return list
}

// names tells whether the row carries one of some pseudonyms; no row carries none.
func (r *row) names(any ids) bool {
	if r == nil {
		return false
	}
	for _, id := range r.pseudonyms() {
		if any[id] {
			return true
		}
	}
	return false
}

// loadInfo is what is known of the delivery of a row.
type loadInfo struct {
	versions.Load
	// counted tells that it is accepted, or was before it was withdrawn: an edition may have been made of it.
	counted bool
}

func readLoads(ctx context.Context, db *warehouse.DB) (map[uint64]loadInfo, error) {
	rows, err := db.Query(ctx, sqlFiles.Render("loads.sql", nil))
	if err != nil {
		return nil, fmt.Errorf("reading the deliveries: %w", err)
	}
	defer rows.Close()
	loads := make(map[uint64]loadInfo)
	for rows.Next() {
		var l loadInfo
		var drawnOn *time.Time
		if err := rows.Scan(&l.ID, &l.Supplier, &drawnOn, &l.DeliveryID, &l.counted); err != nil {
			return nil, fmt.Errorf("reading the deliveries: %w", err)
		}
		if drawnOn != nil {
			l.DrawnOn = schemas.DateFromTime(*drawnOn)
		}
		loads[l.ID] = l
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the deliveries: %w", err)
	}
	return loads, nil
}

// ranks gives each load its place in the order of deliveries, from 1; one that never counted comes before those that did,
// and one that is not known before all.
func ranks(loads map[uint64]loadInfo) map[uint64]int {
	inOrder := slices.SortedFunc(maps.Values(loads), func(a, b loadInfo) int {
		switch {
		case a.counted == b.counted:
			return versions.CompareLoads(a.Load, b.Load)
		case a.counted:
			return 1
		}
		return -1
	})
	ranks := make(map[uint64]int)
	for i, l := range inOrder {
		ranks[l.ID] = i + 1
	}
	return ranks
}

// readRows reads every version of every record that one version of names one of
// the pseudonyms, of every delivery, and of records that others correct those of
// the same periods.
func readRows(ctx context.Context, db *warehouse.DB, loads map[uint64]loadInfo, of ids) (all []row, err error) {
	rank := ranks(loads)
	for _, r := range schemas.Records {
		if all, err = readRecord(ctx, db, r, of, all); err != nil {
			return nil, fmt.Errorf("looking for rows of a person in raw.%s: %w", r.Name, err)
		}
	}
	for i := range all {
		all[i].Rank = rank[all[i].Place.Load]
	}
	return all, nil
}

func readRecord(ctx context.Context, db *warehouse.DB, r *schemas.Record, of ids, all []row) ([]row, error) {
	table, err := wantedTable(of)
	if err != nil {
		return nil, err
	}
	about := versions.RowsAbout{Record: r, Also: delivery.RowDigest(r.Name)}
	rows, err := db.Query(clickhouse.Context(ctx, clickhouse.WithExternalTable(table)), about.Query())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		found := row{Version: versions.Version{Record: r}}
		var municipality int16
		var deletes uint8
		var v, b *string
		err := rows.Scan(&found.Place.Load, &found.Place.File, &found.Place.Row, &found.ID, &municipality, &v, &b, &deletes, &found.Period, &found.digest)
		if err != nil {
			return nil, err
		}
		found.Municipality, found.Deletes = schemas.Code(municipality), deletes == 1
		found.V, found.B = stored(v), stored(b)
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
