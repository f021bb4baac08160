package lineage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// stored are the facts of a person that the edition has, as texts that tell them apart.
type stored []string

// storedFacts selects them; the person_id comes as data, in a table wanted.
func storedFacts(cutOff schemas.Date) string {
	var person []string
	for _, c := range personColumns {
		person = append(person, textOf(c.name))
	}
	return sqlFiles.Render("stored_facts.sql", struct {
		Edition schemas.Date
		Person  []string
	}{cutOff, person})
}

// textOf is a column of facts.person as told writes it.
func textOf(column string) string {
	switch personTypes()[column] {
	case "Bool":
		return "if(" + column + ", 'true', '')"
	case "UInt8", "UInt16":
		return "ifNull(toString(nullIf(" + column + ", 0)), '')"
	case "Date", "Date32":
		return "ifNull(toString(" + column + "), '')"
	}
	return "toString(" + column + ")"
}

// told gives the same columns of a row that was made. Facts begin in 1970: earlier days are stored as its first.
func told(r *route.PersonRow) string {
	types := personTypes()
	parts := make([]string, len(personColumns))
	for i, c := range personColumns {
		parts[i] = c.of(r)
		if kind := types[c.name]; parts[i] != "" && (kind == "Date" || kind == "Date32") {
			parts[i] = max(parts[i], "1970-01-01")
		}
	}
	return strings.Join(parts, "|")
}

// personTypes are the types of the columns of facts.person, by name and without Nullable.
func personTypes() map[string]string {
	types := make(map[string]string)
	for _, t := range schemas.FactTables {
		for _, c := range t.Columns {
			if t.Name != "person" {
				continue
			}
			types[c.Name] = c.Type
			if inner, nullable := strings.CutPrefix(c.Type, "Nullable("); nullable {
				types[c.Name] = strings.TrimSuffix(inner, ")")
			}
		}
	}
	return types
}

// readStored fails with ErrNoPerson when the edition has no such person.
func readStored(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, personID string) (stored, error) {
	id := new(proto.ColStr)
	id.Append(personID)
	var out stored
	err := query(ctx, db, storedFacts(cutOff), proto.Input{{Name: "id", Data: id}}, 3, func(row []string) {
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
	made = append(made, moreStored(f)...)
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
func readFiles(ctx context.Context, db *warehouse.DB, rows []*versions.Version) (map[fileKey]file, error) {
	var loads proto.ColUInt64
	files := make(map[fileKey]file)
	for _, v := range rows {
		if _, known := files[fileOf(v)]; !known {
			files[fileOf(v)] = file{}
			loads.Append(v.Place.Load)
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

func fileOf(v *versions.Version) fileKey { return fileKey{v.Place.Load, v.Place.File} }
