package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/feedback"
	"doorstroom/schemas"
)

// checked runs check with JSON and gives the result and the exit code.
func checked(t *testing.T, args ...string) (feedback.Check, int) {
	t.Helper()
	var out, errs bytes.Buffer
	root := newRoot(&out, &errs)
	root.SetArgs(append([]string{"check", "--format", "JSON"}, args...))
	err := root.Execute()
	var r feedback.Check
	if jsonErr := json.Unmarshal(out.Bytes(), &r); jsonErr != nil {
		t.Fatalf("%v; %v; stderr %s", err, jsonErr, errs.String())
	}
	if strings.Contains(out.String()+errs.String(), sentinel) {
		t.Error("a value is printed")
	}
	return r, exit.Code(err)
}

// TestCheckGivesTheSameVerdict on every delivery of which the contract tells
// the reason, but for what only the warehouse knows.
func TestCheckGivesTheSameVerdict(t *testing.T) {
	landing := filepath.Join(t.TempDir(), "landing")
	offers := refusals(t)
	for _, o := range offers {
		o.write(t, landing)
		if o.prepare != nil {
			o.prepare(t, filepath.Join(landing, o.supplier, o.id))
		}
	}
	r, code := checked(t, landing)
	if code != exit.CodeRefused {
		t.Errorf("exit code %d, want 4", code)
	}
	got := map[string]feedback.Checked{}
	for _, d := range r.Deliveries {
		got[d.Supplier+"/"+d.DeliveryID] = d
	}
	for _, o := range offers {
		want := o.want
		if want == "implausible_shrink" || want == "delivery_id_reused" {
			want = ""
		}
		d, ok := got[o.supplier+"/"+o.id]
		if !ok || string(d.Reason) != want || (d.Verdict == "refused") != (want != "") {
			t.Errorf("%s/%s would be %s %q, want %q", o.supplier, o.id, d.Verdict, d.Reason, want)
		}
		if counts := fmt.Sprint(d.RowsInFiles, d.RowsAccepted, d.RowsQuarantined); o.counts != "" && want == o.want && counts != o.counts {
			t.Errorf("%s/%s counts %s, want %s", o.supplier, o.id, counts, o.counts)
		}
	}
}

// TestCheckListsWhatWouldBePutAside for every rule of the contract.
func TestCheckListsWhatWouldBePutAside(t *testing.T) {
	landing := filepath.Join(t.TempDir(), "landing")
	var want []string
	for _, set := range ruleSets() {
		for i, chunk := range set.chunks() {
			set.deliver(t, landing, i, chunk, func(_ string, _, _ int, entries []string, _ map[string]string) { want = append(want, entries...) })
		}
	}
	r, code := checked(t, landing)
	if code != exit.CodeDone {
		t.Errorf("exit code %d, want 0", code)
	}
	var got []string
	for _, e := range r.Quarantine {
		if e.Expected == "" {
			t.Errorf("rule %s does not tell what is expected", e.Rule)
		}
		got = append(got, fmt.Sprint(e.Supplier, " ", e.DeliveryID, " ", e.Record, " ", e.File, " ", e.Row, " ", fieldIn(e), " ", e.Rule))
	}
	for _, line := range differences(got, want) {
		t.Error(line)
	}
}

// fieldIn is what ops.quarantine has in place of the column that a check names.
func fieldIn(e feedback.Entry) string {
	if e.Column == "" {
		return ""
	}
	r := schemas.RecordOf(e.Record)
	return r.Fields[r.FieldOf(e.Column)].Name
}

// TestCheckOfFolders names one delivery, one supplier, or none.
func TestCheckOfFolders(t *testing.T) {
	landing := filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "one", files: []dataFile{stayFile(kindGood, 1, 3)}}.write(t, landing)
	landed{supplier: "coa", id: "two", files: []dataFile{stayFile(kindGood, 1, 2)}}.write(t, landing)
	landed{supplier: "uwv", id: "bad", raw: []byte("{}")}.write(t, landing)
	apart := filepath.Join(t.TempDir(), "one")
	if err := os.CopyFS(apart, os.DirFS(filepath.Join(landing, "coa", "one"))); err != nil {
		t.Fatal(err)
	}
	empty := t.TempDir()
	for _, c := range []struct {
		dir  string
		want []string
		code int
	}{
		{landing, []string{"coa/one accepted 3", "coa/two accepted 2", "uwv/bad refused 0"}, exit.CodeRefused},
		{filepath.Join(landing, "coa"), []string{"coa/one accepted 3", "coa/two accepted 2"}, exit.CodeDone},
		{filepath.Join(landing, "coa", "two"), []string{"coa/two accepted 2"}, exit.CodeDone},
		{filepath.Join(landing, "uwv", "bad"), []string{"uwv/bad refused 0"}, exit.CodeRefused},
		{apart, []string{"coa/one accepted 3"}, exit.CodeDone},
	} {
		r, code := checked(t, c.dir)
		var got []string
		for _, d := range r.Deliveries {
			got = append(got, fmt.Sprintf("%s/%s %s %d", d.Supplier, d.DeliveryID, d.Verdict, d.RowsAccepted))
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) || code != c.code {
			t.Errorf("%q with exit code %d, want %q with %d", got, code, c.want, c.code)
		}
	}
	for dir, want := range map[string]int{empty: exit.CodeUsage, filepath.Join(empty, "none"): exit.CodeEnvironment} {
		root := newRoot(&bytes.Buffer{}, &bytes.Buffer{})
		root.SetArgs([]string{"check", dir})
		if got := exit.Code(root.Execute()); got != want {
			t.Errorf("exit code %d, want %d", got, want)
		}
	}
}

// TestCheckFormats prints entries as CSV and a table, and the verdict in words.
func TestCheckFormats(t *testing.T) {
	landing := filepath.Join(t.TempDir(), "landing")
	records := stays(kindGood, 1, 2)
	records[1]["begindatum"] = `"sentinel"`
	landed{supplier: "coa", id: "one", files: []dataFile{{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(records), rows: 2}}}.write(t, landing)
	for format, want := range map[string][2]string{
		"CSV":   {"supplier,delivery_id,record,file,row,column,rule,expected\ncoa,one,coa_stay,stay.jsonl,2,begindatum,not_a_date,", "coa/one: would be accepted\n  coa_stay: 2 rows, 1 accepted, 1 put aside"},
		"table": {"coa/one: would be accepted", ""},
		"csv":   {"", "a header and blank lines are not counted"},
		"Table": {"a header and blank lines are not counted", ""},
	} {
		var out, errs bytes.Buffer
		root := newRoot(&out, &errs)
		root.SetArgs([]string{"check", "--format", format, landing})
		if err := root.Execute(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want[0]) || !strings.Contains(errs.String(), want[1]) {
			t.Errorf("%s prints %q and says %q", format, out.String(), errs.String())
		}
	}
}

// TestExampleOfThePage delivers what the page shows, and it would be accepted.
func TestExampleOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/for_suppliers.md")
	if err != nil {
		t.Fatal(err)
	}
	landing := t.TempDir()
	folder := filepath.Join(landing, "municipality", "amsterdam-2026-06")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, fence := range map[string]string{"residence.csv": "csv", "manifest.json": "json"} {
		block := regexp.MustCompile("(?s)```" + fence + "\n(.*?)```").FindSubmatch(page)
		if block == nil {
			t.Fatalf("the page shows no %s", name)
		}
		if err := os.WriteFile(filepath.Join(folder, name), block[1], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, code := checked(t, landing)
	if code != exit.CodeDone || r.Deliveries[0].RowsAccepted != 2 {
		t.Errorf("exit code %d, %+v", code, r.Deliveries[0])
	}
}
