package opendata

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"doorstroom/pipelines/publish"
	"doorstroom/pipelines/publish/catalogue"
)

func released(t *testing.T) (*catalogue.Catalogue, publish.Release, []publish.Table) {
	t.Helper()
	c, err := catalogue.Read("../testdata/catalogue")
	if err != nil {
		t.Fatal(err)
	}
	n := func(v int64) *int64 { return &v }
	table := publish.Table{Entry: c.Entries[0], Rows: []publish.Row{
		{Values: []string{"2024", "a, b", "working"}, Status: "published", Value: n(30), Denominator: n(120)},
		{Values: []string{"2024", "a, b", "none"}, Status: "suppressed", Denominator: n(120)},
		{Values: []string{"2024", "a, b", "total"}, Status: "published", Value: n(120), Denominator: n(120)},
		{Values: []string{"2025", "total", "total"}, Status: "not_yet"},
	}}
	return c, publish.Release{Release: "2026-06-30", ReleasedAt: time.Date(2026, 7, 9, 10, 0, 0, 0, time.UTC)}, []publish.Table{table}
}

const want = `release,year,region,work,value,denominator,share,status,unit
2026-06-30,2024,"a, b",working,30,120,0.25,published,personen
2026-06-30,2024,"a, b",none,,120,,suppressed,personen
2026-06-30,2024,"a, b",total,120,120,1,published,personen
2026-06-30,2025,total,total,,,,not_yet,personen
`

// TestFiles writes a release twice: the same files with the same bytes, and nothing else.
func TestFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "out")
	c, release, tables := released(t)
	var before map[string][]byte
	for range 2 {
		if err := Write(folder, c, release, tables); err != nil {
			t.Fatal(err)
		}
		files := read(t, folder)
		if names := keys(files); !slices.Equal(names, []string{"dcat.jsonld", "work_by_region.csv", "work_by_region.csv-metadata.json", "work_by_region.parquet"}) {
			t.Errorf("files are %q", names)
		}
		if got := string(files["work_by_region.csv"]); got != want {
			t.Errorf("CSV is\n%s\nwant\n%s", got, want)
		}
		for name, content := range before {
			if !bytes.Equal(files[name], content) {
				t.Errorf("%s has other bytes the second time", name)
			}
		}
		before = files
	}
}

// TestDescriptions: CSVW names the columns of the CSV in their order, and DCAT every file that is there.
func TestDescriptions(t *testing.T) {
	folder := t.TempDir()
	c, release, tables := released(t)
	if err := Write(folder, c, release, tables); err != nil {
		t.Fatal(err)
	}
	files := read(t, folder)
	var meta struct {
		URL    string `json:"url"`
		Schema struct {
			Columns []struct {
				Name   string            `json:"name"`
				Titles map[string]string `json:"titles"`
			} `json:"columns"`
		} `json:"tableSchema"`
	}
	if err := json.Unmarshal(files["work_by_region.csv-metadata.json"], &meta); err != nil {
		t.Fatal(err)
	}
	header := []string{"release", "year", "region", "work", "value", "denominator", "share", "status", "unit"}
	for i, column := range meta.Schema.Columns {
		if column.Name != header[i] || column.Titles["nl"] == "" || column.Titles["en"] == "" {
			t.Errorf("column %d is %+v", i, column)
		}
	}
	if meta.URL != "work_by_region.csv" || len(meta.Schema.Columns) != len(header) {
		t.Errorf("%+v", meta)
	}
	var dcat struct {
		Datasets []struct {
			Distributions []struct {
				Download reference `json:"dcat:downloadURL"`
			} `json:"dcat:distribution"`
		} `json:"dcat:dataset"`
	}
	if err := json.Unmarshal(files["dcat.jsonld"], &dcat); err != nil {
		t.Fatal(err)
	}
	if len(dcat.Datasets) != 1 || len(dcat.Datasets[0].Distributions) != 2 {
		t.Fatalf("%+v", dcat)
	}
	for _, d := range dcat.Datasets[0].Distributions {
		if files[d.Download.ID] == nil {
			t.Errorf("%s is described and not there", d.Download.ID)
		}
	}
}

// TestParquetIsCompared: a file with another value, or with fewer rows or more, is no copy.
func TestParquetIsCompared(t *testing.T) {
	_, release, tables := released(t)
	w := &files{release: release}
	rows := w.rows(tables[0])
	content, err := encode(names(tables[0]), rows)
	if err != nil {
		t.Fatal(err)
	}
	if err := compare(content, rows); err != nil {
		t.Error(err)
	}
	other := append([][]any{slices.Clone(rows[0])}, rows[1:]...)
	other[0][4] = int64(40)
	for what, wrong := range map[string][][]any{"a value": other, "fewer rows": append(slices.Clone(rows), rows[0]), "more rows": rows[1:]} {
		if err := compare(content, wrong); err == nil {
			t.Errorf("%s: not noticed", what)
		}
	}
}

func read(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range found {
		if files[f.Name()], err = os.ReadFile(filepath.Join(folder, f.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func keys(m map[string][]byte) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
