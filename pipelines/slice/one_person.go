package slice

import (
	"context"
	"fmt"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
)

// ReadPerson reads rows of the raw tables as the records of one person, in the
// form that route takes: the n-th of a record in the person is the n-th of its
// rows, which must come by load, file and row. Where the rows are goes to the server as data, not in the query.
func ReadPerson(ctx context.Context, db *warehouse.DB, rows map[string][]versions.Place) (*route.Person, error) {
	client, err := db.Bulk(ctx)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	p := new(route.Person)
	for _, t := range NewTables() {
		if len(rows[t.Record()]) == 0 {
			continue
		}
		if err := readRows(ctx, client, t, rows[t.Record()]); err != nil {
			return nil, fmt.Errorf("reading rows of %s: %w", t.Record(), err)
		}
		t.index(0, 1)
		if n := t.fill(0, p); n != len(rows[t.Record()]) {
			return nil, fmt.Errorf("reading rows of %s: %d are there of %d; run the same command again", t.Record(), n, len(rows[t.Record()]))
		}
	}
	return p, nil
}

func readRows(ctx context.Context, client *ch.Client, t table, rows []versions.Place) error {
	columns, person := t.Columns(), t.personColumn()
	results := proto.Results{{Name: "person", Data: &person.block}}
	for _, c := range columns {
		results = append(results, proto.ResultColumn{Name: "work_" + c.Name, Data: c.data})
	}
	return client.Do(ctx, ch.Query{
		Body:          rowsOfPerson(t.Record(), columns),
		ExternalTable: "wanted", ExternalData: placeColumns(rows),
		Result: results,
		OnResult: func(context.Context, proto.Block) error {
			person.take()
			for _, c := range columns {
				c.take()
			}
			return nil
		},
	})
}

// rowsOfPerson selects the rows at the places in a table wanted, in the columns of the work table.
func rowsOfPerson(record string, columns []Column) string {
	return sqlFiles.Render("rows_of_person.sql", struct {
		Record  string
		Columns []Column
	}{record, columns})
}

func placeColumns(rows []versions.Place) proto.Input {
	var loads, numbers proto.ColUInt64
	var files proto.ColUInt32
	for _, r := range rows {
		loads.Append(r.Load)
		files.Append(r.File)
		numbers.Append(r.Row)
	}
	return proto.Input{{Name: "load", Data: &loads}, {Name: "file", Data: &files}, {Name: "row", Data: &numbers}}
}
