package edition

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// workspace is the tables in database work of one build under way, or of one trace.
type workspace struct {
	DB     *warehouse.DB
	build  uint64
	cutOff schemas.Date
	scope  *versions.Scope
}

// tables is what the names of the tables begin with.
func (w *workspace) tables() string { return fmt.Sprintf("work.b%d_", w.build) }

// table names one of them.
func (w *workspace) table(name string) string { return w.tables() + name }

// exec runs a statement whose text has no values of records in it.
func (w *workspace) exec(ctx context.Context, format string, args ...any) error {
	return w.DB.Exec(ctx, fmt.Sprintf(format, args...))
}

// count reads the one number of a query.
func (w *workspace) count(ctx context.Context, query string) (n uint64, err error) {
	return n, w.DB.QueryRow(ctx, query).Scan(&n)
}

// writeScope makes the tables that the queries for effective records refer to.
func (w *workspace) writeScope(ctx context.Context) error {
	for _, ddl := range versions.ScopeTables(w.tables()) {
		if err := w.DB.Exec(ctx, ddl); err != nil {
			return fmt.Errorf("making the tables of the build: %w", err)
		}
	}
	var ranks, loads, sources, municipalities = new(proto.ColUInt32), new(proto.ColUInt64), new(proto.ColUInt64), new(proto.ColInt16)
	for rank := range w.scope.Loads {
		loads.Append(w.scope.Loads[rank].ID)
		ranks.Append(uint32(rank))
	}
	records := new(proto.ColStr).LowCardinality()
	for _, r := range schemas.Records {
		for _, src := range w.scope.Sources[r.Name] {
			records.Append(r.Name)
			sources.Append(src.Load)
			municipalities.Append(int16(src.Municipality))
		}
	}
	err := w.insert(ctx, w.table("load"), proto.Input{{Name: "load_id", Data: loads}, {Name: "rank", Data: ranks}})
	if err != nil {
		return err
	}
	return w.insert(ctx, w.table("scope"), proto.Input{
		{Name: "record", Data: records}, {Name: "load_id", Data: sources}, {Name: "municipality", Data: municipalities},
	})
}

// insert sends one block over a connection of its own; nothing for no rows.
func (w *workspace) insert(ctx context.Context, table string, input proto.Input) error {
	if input[0].Data.Rows() == 0 {
		return nil
	}
	return w.bulk(ctx, ch.Query{Body: slice.Into(table, input), Input: input})
}

// bulk runs one query over a connection of its own.
func (w *workspace) bulk(ctx context.Context, q ch.Query) error {
	client, err := w.DB.Bulk(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.Do(ctx, q); err != nil {
		return fmt.Errorf("asking ClickHouse: %w", err)
	}
	return nil
}
