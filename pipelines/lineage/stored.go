package lineage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// stored are the facts of a person that the edition has, as texts that tell them apart.
type stored []string

// storedQuery reads them; the person_id comes as data.
const storedQuery = `SELECT kind AS what, toString(date) AS date, record_id AS detail FROM facts.milestone WHERE edition = '%[1]s' AND person_id IN (SELECT id FROM wanted)
	UNION ALL SELECT 'month ' || stage, toString(month), toString(toInt64(toDecimal64(hours_week, 2) * 100)) FROM facts.month_status WHERE edition = '%[1]s' AND person_id IN (SELECT id FROM wanted)
	UNION ALL SELECT 'work_spell', toString(start), toString(end) FROM facts.work_spell WHERE edition = '%[1]s' AND person_id IN (SELECT id FROM wanted)
	UNION ALL SELECT 'job', toString(start), toString(end) FROM facts.job WHERE edition = '%[1]s' AND person_id IN (SELECT id FROM wanted)
	UNION ALL SELECT 'bijstand_spell', toString(start), ifNull(toString(end), '') FROM facts.bijstand_spell WHERE edition = '%[1]s' AND person_id IN (SELECT id FROM wanted)
	UNION ALL SELECT 'person', linkage, %[2]s FROM facts.person WHERE edition = '%[1]s' AND person_id IN (SELECT id FROM wanted)`

// personText is the text of the columns of facts.person that are told, as told makes it.
func personText() string {
	var parts []string
	for _, c := range personColumns {
		text := "toString(" + c.name + ")"
		switch kind := typeOf("person", c.name); {
		case kind == "Bool":
			text = "if(" + c.name + ", 'true', '')"
		case strings.Contains(kind, "Int"):
			text = "ifNull(toString(nullIf(" + c.name + ", 0)), '')"
		case strings.Contains(kind, "Date"):
			text = "ifNull(toString(" + c.name + "), '')"
		}
		parts = append(parts, text)
	}
	return "concatWithSeparator('|', " + strings.Join(parts, ", ") + ")"
}

// told gives the same columns of a row that was made. Facts begin in 1970: earlier days are stored as its first.
func told(r *route.PersonRow) string {
	parts := make([]string, len(personColumns))
	for i, c := range personColumns {
		parts[i] = c.of(r)
		if parts[i] != "" && strings.Contains(typeOf("person", c.name), "Date") {
			parts[i] = max(parts[i], "1970-01-01")
		}
	}
	return strings.Join(parts, "|")
}

// typeOf is that of a column of facts.
func typeOf(table, column string) string {
	for _, t := range schemas.FactTables {
		for _, c := range t.Columns {
			if t.Name == table && c.Name == column {
				return c.Type
			}
		}
	}
	return ""
}

// readStored fails with ErrNoPerson when the edition has no such person.
func readStored(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, personID string) (stored, error) {
	id := new(proto.ColStr)
	id.Append(personID)
	var out stored
	err := query(ctx, db, fmt.Sprintf(storedQuery, cutOff, personText()), proto.Input{{Name: "id", Data: id}}, 3, func(row []string) {
		out = append(out, row[0]+" "+row[1]+" "+row[2])
	})
	if err != nil {
		return nil, fmt.Errorf("reading the facts of a person: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w in edition %s", ErrNoPerson, cutOff)
	}
	slices.Sort(out)
	return out, nil
}

// same tells whether the facts that were made are the stored ones.
func (s stored) same(f *route.Facts) bool {
	made := stored{fmt.Sprintf("person %s %s", f.Person.Linkage, told(&f.Person))}
	for _, m := range f.Milestones {
		made = append(made, fmt.Sprintf("%s %s %s", m.Kind, m.Date, m.RecordID))
	}
	for i := range f.Months {
		made = append(made, fmt.Sprintf("month %s %s %d", f.Months[i].Stage, f.Months[i].Month, f.Months[i].HoursWeek))
	}
	for _, w := range f.WorkSpells {
		made = append(made, fmt.Sprintf("work_spell %s %s", w.Start, w.End))
	}
	for _, j := range f.Jobs {
		made = append(made, fmt.Sprintf("job %s %s", j.Start, j.End))
	}
	for _, b := range f.BijstandSpells {
		made = append(made, fmt.Sprintf("bijstand_spell %s %s", b.Start, b.End))
	}
	slices.Sort(made)
	return slices.Equal(s, made)
}

// query reads texts; the table wanted goes with it.
func query(ctx context.Context, db *warehouse.DB, sql string, wanted proto.Input, columns int, each func([]string)) error {
	client, err := db.Bulk(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	data := make([]proto.ColStr, columns)
	results := make(proto.Results, columns)
	for i := range data {
		results[i] = proto.ResultColumn{Name: fmt.Sprintf("c%d", i), Data: &data[i]}
	}
	names := ""
	for i := range data {
		if i > 0 {
			names += ", "
		}
		names += fmt.Sprintf("toString(tupleElement(t, %d)) AS c%d", i+1, i)
	}
	return client.Do(ctx, ch.Query{
		Body: "SELECT " + names + " FROM (SELECT tuple(*) AS t FROM (" + sql + "))", ExternalTable: "wanted", ExternalData: wanted, Result: results,
		OnResult: func(context.Context, proto.Block) error {
			row := make([]string, columns)
			for n := range data[0].Rows() {
				for i := range data {
					row[i] = data[i].Row(n)
				}
				each(row)
			}
			return nil
		},
	})
}

// fileKey is a file of a delivery.
type fileKey struct {
	load uint64
	no   uint32
}

// file is what the manifest says of it.
type file struct{ name, sha256 string }

// readFiles gives the files that rows came from.
func readFiles(ctx context.Context, db *warehouse.DB, rows []*version) (map[fileKey]file, error) {
	var loads proto.ColUInt64
	files := make(map[fileKey]file)
	for _, v := range rows {
		if _, known := files[v.file()]; !known {
			files[v.file()] = file{}
			loads.Append(v.at.Load)
		}
	}
	err := query(ctx, db, "SELECT toString(load_id), toString(file_no), name, sha256 FROM ops.delivery_file FINAL WHERE load_id IN (SELECT load FROM wanted)",
		proto.Input{{Name: "load", Data: &loads}}, 4, func(row []string) {
			var k fileKey
			if _, err := fmt.Sscan(row[0]+" "+row[1], &k.load, &k.no); err == nil {
				files[k] = file{name: row[2], sha256: row[3]}
			}
		})
	if err != nil {
		return nil, fmt.Errorf("reading which files rows came from: %w", err)
	}
	return files, nil
}

func (v *version) file() fileKey { return fileKey{v.at.Load, v.at.File} }
