package synth_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/encoding/charmap"

	"doorstroom/connectors/synth"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

var asOf = time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)

// generate writes a small population below a fresh folder.
func generate(t *testing.T, persons int, seed uint64) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "landing")
	if err := synth.Generate(context.Background(), synth.Options{Out: out, Persons: persons, Seed: seed, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	return out
}

type manifest struct {
	Supplier string   `json:"supplier"`
	Codes    []string `json:"municipality_codes"`
	ID       string   `json:"delivery_id"`
	DrawnOn  string   `json:"drawn_on"`
	Mode     string   `json:"mode"`
	CoversTo string   `json:"covers_to"`
	Files    []struct {
		Name    string `json:"name"`
		Record  string `json:"record"`
		Format  string `json:"format"`
		Bytes   int64  `json:"bytes"`
		SHA256  string `json:"sha256"`
		Rows    int    `json:"rows"`
		Control *struct {
			Column string `json:"column"`
			Sum    string `json:"sum"`
		} `json:"control_total"`
	} `json:"files"`
}

// TestDeliveriesKeepTheContract reads every delivery back with other means than those that wrote it and holds it against the contract's rules.
func TestDeliveriesKeepTheContract(t *testing.T) {
	out := generate(t, 4600, 7)
	seen := map[string]bool{}
	rules, broken := map[schemas.Rule]int{}, map[string]int{}
	for _, supplier := range synth.Suppliers() {
		dirs, err := os.ReadDir(filepath.Join(out, supplier))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dirs {
			c := &checker{t: t, dir: filepath.Join(out, supplier, d.Name()), rules: rules, rows: map[string]int{}, broken: map[string]int{}}
			c.delivery(supplier, d.Name())
			for r := range c.rows {
				seen[r] = true
			}
			for r, n := range c.broken {
				broken[supplier] += n
				if n > 10 && n*50 > c.rows[r] {
					t.Errorf("%s: %d of %d records of %s are broken: the delivery would be refused", d.Name(), n, c.rows[r], r)
				}
			}
		}
	}
	for _, r := range schemas.Records {
		if slices.Contains(synth.Suppliers(), r.Supplier) && !seen[r.Name] {
			t.Errorf("no delivery has records of %s", r.Name)
		}
	}
	for _, supplier := range []string{"coa", "municipality", "uwv", "duo"} { // few people have a valuation
		if broken[supplier] == 0 {
			t.Errorf("no record of %s is broken", supplier)
		}
	}
	if len(rules) < 4 {
		t.Errorf("broken records break the rules %v, want at least four kinds", rules)
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) != len(synth.Suppliers()) {
		t.Errorf("the folder holds %d entries, want one for each of %v (%v)", len(entries), synth.Suppliers(), err)
	}
}

// checker reads one delivery.
type checker struct {
	t         *testing.T
	dir       string
	m         manifest
	ctx       schemas.Context
	rules     map[schemas.Rule]int
	rows      map[string]int
	broken    map[string]int
	record    *schemas.Record
	row       schemas.Row
	sum       int64 // of the control column of the file at hand
	column    int
	totals    map[string]int
	pageTotal map[string]int
}

func (c *checker) delivery(supplier, id string) {
	text, err := os.ReadFile(filepath.Join(c.dir, "manifest.json"))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := json.Unmarshal(text, &c.m); err != nil {
		c.t.Fatal(err)
	}
	if c.m.Supplier != supplier || c.m.ID != id {
		c.t.Errorf("%s: manifest names %s/%s", id, c.m.Supplier, c.m.ID)
	}
	c.schema(text)
	c.ctx.Mutation = c.m.Mode == "mutation"
	c.ctx.DrawnYear, _ = strconv.Atoi(c.m.DrawnOn[:4])
	for _, code := range c.m.Codes {
		n, known := reference.Municipalities.Parse([]byte(code))
		if !known {
			c.t.Errorf("%s: municipality %s is not in the lists", id, code)
		}
		c.ctx.Municipalities = append(c.ctx.Municipalities, n)
	}
	c.totals, c.pageTotal = map[string]int{}, map[string]int{}
	for _, f := range c.m.Files {
		raw, err := os.ReadFile(filepath.Join(c.dir, f.Name))
		if err != nil {
			c.t.Fatal(err)
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(raw)) != f.Bytes {
			c.t.Errorf("%s/%s: hash or size is not the manifest's", id, f.Name)
		}
		c.record = schemas.RecordOf(f.Record)
		if c.record == nil || c.record.Supplier != supplier {
			c.t.Fatalf("%s/%s: record %s", id, f.Name, f.Record)
		}
		c.row, c.sum, c.column = c.record.New(), 0, -1
		if f.Control != nil {
			c.column = c.record.FieldOf(f.Control.Column)
		}
		n := c.file(f.Name, f.Format, raw)
		if n != f.Rows {
			c.t.Errorf("%s/%s: %d records, manifest says %d", id, f.Name, n, f.Rows)
		}
		if f.Control != nil && strconv.FormatInt(c.sum, 10) != f.Control.Sum {
			c.t.Errorf("%s/%s: control total %d, manifest says %s", id, f.Name, c.sum, f.Control.Sum)
		}
		c.totals[f.Record] += n
	}
	for record, total := range c.pageTotal {
		if c.totals[record] != total {
			c.t.Errorf("%s: pages of %s hold %d records, their total says %d", id, record, c.totals[record], total)
		}
	}
}

// schema holds the manifest against the contract's JSON schema.
func (c *checker) schema(text []byte) {
	schema, err := jsonschema.NewCompiler().Compile("../../schemas/contract/manifest.schema.json")
	if err != nil {
		c.t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		c.t.Errorf("%s: manifest: %v", filepath.Base(c.dir), err)
	}
}

// file reads one file and gives its number of records.
func (c *checker) file(name, format string, raw []byte) int {
	if packed, is := strings.CutSuffix(format, ".gz"); is {
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			c.t.Fatal(err)
		}
		if raw, err = io.ReadAll(z); err != nil {
			c.t.Fatal(err)
		}
		format = packed
	}
	switch format {
	case "csv":
		return c.csv(raw)
	case "jsonl":
		n := 0
		for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); n++ {
			c.object(lines.Bytes())
		}
		return n
	case "json":
		var page struct {
			Items []json.RawMessage `json:"items"`
			Total int               `json:"total"`
			Next  *string           `json:"next"`
		}
		if err := json.Unmarshal(raw, &page); err != nil {
			c.t.Fatal(err)
		}
		for _, item := range page.Items {
			c.object(item)
		}
		c.pageTotal[c.record.Name] = page.Total
		return len(page.Items)
	case "parquet":
		return c.parquet(raw)
	}
	c.t.Fatalf("%s: format %s", name, format)
	return 0
}

func (c *checker) object(text []byte) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var item map[string]any
	if err := d.Decode(&item); err != nil {
		c.t.Fatal(err)
	}
	c.row.Reset(schemas.SyntaxISO)
	for key, v := range item {
		field := c.record.FieldOf(key)
		if field < 0 {
			c.t.Fatalf("%s has no column %s", c.record.Name, key)
		}
		c.row.SetText(field, []byte(fmt.Sprint(v)))
	}
	c.check()
}

func (c *checker) csv(raw []byte) int {
	if !utf8.Valid(raw) {
		text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil {
			c.t.Fatal(err)
		}
		raw = text
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	r.Comma = ';'
	header, err := r.Read()
	if err != nil {
		c.t.Fatal(err)
	}
	for n := 0; ; n++ {
		line, err := r.Read()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			c.t.Fatal(err)
		}
		c.row.Reset(schemas.SyntaxCSV)
		for i, text := range line {
			if field := c.record.FieldOf(strings.ToLower(header[i])); field >= 0 {
				c.row.SetText(field, []byte(strings.Trim(text, " ")))
			}
		}
		c.check()
	}
}

func (c *checker) parquet(raw []byte) int {
	f, err := parquet.OpenFile(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		c.t.Fatal(err)
	}
	columns := f.Schema().Columns()
	n := 0
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		buf := make([]parquet.Row, 100)
		for {
			got, err := rows.ReadRows(buf)
			for _, row := range buf[:got] {
				c.row.Reset(schemas.SyntaxISO)
				for _, v := range row {
					c.set(columns[v.Column()][0], v)
				}
				c.check()
				n++
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				c.t.Fatal(err)
			}
		}
		rows.Close()
	}
	return n
}

func (c *checker) set(column string, v parquet.Value) {
	if v.IsNull() {
		return
	}
	field := c.record.FieldOf(column)
	if field < 0 {
		c.t.Fatalf("%s has no column %s", c.record.Name, column)
	}
	switch kind := c.record.Fields[field].Kind; {
	case kind == schemas.KindDate:
		c.row.SetDate(field, v.Int32())
	case kind == schemas.KindHours:
		c.row.SetHundredths(field, int64(v.Int32()))
	case v.Kind() == parquet.Int32:
		c.row.SetInt(field, int64(v.Int32()))
	case v.Kind() == parquet.Int64:
		c.row.SetInt(field, v.Int64())
	default:
		c.row.SetText(field, bytes.Clone(v.ByteArray()))
	}
}

// check validates the row and keeps what it breaks.
func (c *checker) check() {
	c.rows[c.record.Name]++
	broken := c.row.Validate(&c.ctx)
	if c.column >= 0 {
		c.sum += c.row.Number(c.column)
	}
	spoilt := bytes.HasSuffix(c.row.ID(), []byte("x")) || len(broken) > 0 && c.brokenID(broken)
	if len(broken) == 0 {
		return
	}
	c.broken[c.record.Name]++
	for _, v := range broken {
		c.rules[v.Rule]++
		if !spoilt {
			c.t.Errorf("%s: a record of %s that is not meant to be broken breaks %s in field %d", filepath.Base(c.dir), c.record.Name, v.Rule, v.Field)
		}
	}
}

func (c *checker) brokenID(broken []schemas.Violation) bool {
	for _, v := range broken {
		if v.Rule == schemas.BadID {
			return true
		}
	}
	return false
}

// TestSameArgumentsSameBytes compares two trees, made with another number of workers.
func TestSameArgumentsSameBytes(t *testing.T) {
	first := treeSum(t, generate(t, 900, 3))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if second := treeSum(t, generate(t, 900, 3)); first != second {
		t.Error("two runs with the same arguments differ")
	}
	if other := treeSum(t, generate(t, 900, 4)); first == other {
		t.Error("another seed gives the same deliveries")
	}
}

// treeSum hashes names and bytes of all files below a folder.
func treeSum(t *testing.T, dir string) string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(paths)
	h := sha256.New()
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(raw)
		fmt.Fprintf(h, "%s %x\n", strings.TrimPrefix(p, dir), sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestBrokenOffLeavesNoManifest(t *testing.T) {
	out := filepath.Join(t.TempDir(), "landing")
	ctx, cancel := context.WithCancel(context.Background())
	err := synth.Generate(ctx, synth.Options{Out: out, Persons: 4000, Seed: 1, AsOf: asOf, Progress: func(done, _ int) {
		if done >= 1000 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want that of the context", err)
	}
	found, err := filepath.Glob(filepath.Join(out, "*", "*", "manifest.json*"))
	if err != nil || len(found) > 0 {
		t.Errorf("%d manifests after breaking off (%v)", len(found), err)
	}
	if _, err := os.Stat(filepath.Join(out, ".spool")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the spool folder is still there")
	}
}

func TestWrongOptions(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]synth.Options{
		"no persons":       {Out: filepath.Join(full, "new"), AsOf: asOf},
		"folder not empty": {Out: full, Persons: 10, AsOf: asOf},
		"too early":        {Out: filepath.Join(full, "new"), Persons: 10, AsOf: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)},
		"no folder":        {Persons: 10, AsOf: asOf},
	} {
		if err := synth.Generate(context.Background(), o); !errors.Is(err, synth.ErrOptions) {
			t.Errorf("%s: %v, want ErrOptions", name, err)
		}
	}
}
