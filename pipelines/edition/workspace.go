package edition

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// attempt is one build under way: its number, its edition and its tables in database work.
type attempt struct {
	DB     *warehouse.DB
	build  uint64
	cutOff schemas.Date
	scope  *scope
}

// table names a table of the build in database work.
func (a *attempt) table(name string) string { return fmt.Sprintf("work.b%d_%s", a.build, name) }

// exec runs a statement whose text has no values of records in it.
func (a *attempt) exec(ctx context.Context, format string, args ...any) error {
	return a.DB.Exec(ctx, fmt.Sprintf(format, args...))
}

// writeScope makes the tables that the queries for the rows that hold refer to.
func (a *attempt) writeScope(ctx context.Context) error {
	for _, ddl := range []string{
		"CREATE TABLE " + a.table("load") + " (load_id UInt64, rank UInt32) ENGINE = MergeTree ORDER BY load_id",
		"CREATE TABLE " + a.table("scope") + " (record LowCardinality(String), load_id UInt64, municipality Int16) ENGINE = MergeTree ORDER BY record",
	} {
		if err := a.DB.Exec(ctx, ddl); err != nil {
			return fmt.Errorf("making the tables of the build: %w", err)
		}
	}
	var loads, loadIDs, municipalities = new(proto.ColUInt32), new(proto.ColUInt64), new(proto.ColInt16)
	ranked := new(proto.ColUInt64)
	for rank := range a.scope.loads {
		ranked.Append(a.scope.loads[rank].ID)
		loads.Append(uint32(rank))
	}
	records := new(proto.ColStr).LowCardinality()
	for _, r := range schemas.Records {
		for _, src := range a.scope.sources[r.Name] {
			records.Append(r.Name)
			loadIDs.Append(src.load)
			municipalities.Append(int16(src.municipality))
		}
	}
	err := a.insert(ctx, a.table("load"), proto.Input{{Name: "load_id", Data: ranked}, {Name: "rank", Data: loads}})
	if err != nil {
		return err
	}
	return a.insert(ctx, a.table("scope"), proto.Input{
		{Name: "record", Data: records}, {Name: "load_id", Data: loadIDs}, {Name: "municipality", Data: municipalities},
	})
}

// insert sends one block over a connection of its own; nothing for no rows.
func (a *attempt) insert(ctx context.Context, table string, input proto.Input) error {
	if input[0].Data.Rows() == 0 {
		return nil
	}
	return a.bulk(ctx, ch.Query{Body: slice.Into(table, input), Input: input})
}

// bulk runs one query over a connection of its own.
func (a *attempt) bulk(ctx context.Context, q ch.Query) error {
	client, err := a.DB.Bulk(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.Do(ctx, q); err != nil {
		return fmt.Errorf("asking ClickHouse: %w", err)
	}
	return nil
}
