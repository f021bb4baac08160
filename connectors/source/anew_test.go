package source_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/zap/zaptest"

	"doorstroom/connectors/manifest"
	"doorstroom/connectors/source"
)

// folders are those of a supplier that hold a manifest.
func whole(t *testing.T, landing string) (ids []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(landing, "duo", "*", manifest.Name))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		ids = append(ids, filepath.Base(filepath.Dir(p)))
	}
	return ids
}

// pages are the files of a folder that are not hidden marks.
func pagesIn(t *testing.T, landing, id string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(landing, "duo", id))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != ".ended" {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestRefusedExtractIsBegunAnew: under another id, once a run, until one of its deliveries is not refused.
func TestRefusedExtractIsBegunAnew(t *testing.T) {
	s := &supplier{records: 25}
	api, landing := start(t, s), t.TempDir()
	refused := map[string]bool{}
	api.Refused = func(id, digest string) bool {
		data, err := os.ReadFile(filepath.Join(landing, "duo", id, manifest.Name))
		if err != nil || manifest.SHA256(data) != digest {
			t.Errorf("asked about a manifest that %s does not have: %v", id, err)
		}
		return refused[id]
	}
	for _, want := range [][]string{{"duo-1"}, {"duo-1", "duo-1-anew-2"}, {"duo-1", "duo-1-anew-2", "duo-1-anew-3"}} {
		for range 2 { // what is not refused is not fetched again
			if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err != nil {
				t.Fatal(err)
			}
		}
		if got := whole(t, landing); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		newest := want[len(want)-1]
		data, err := os.ReadFile(filepath.Join(landing, "duo", newest, manifest.Name))
		if err != nil {
			t.Fatal(err)
		}
		if m, refusal := manifest.Parse(data, manifest.Rules{Supplier: "duo", DeliveryID: newest, Formats: []string{"json"}, KeyVersions: []int{1}}); refusal != nil || m.DrawnOn != "2024-03-01" {
			t.Errorf("%+v", refusal)
		}
		if _, err := os.Stat(filepath.Join(landing, "duo", ".copied", newest)); err != nil {
			t.Errorf("%s is not marked as a copy: %v", newest, err)
		}
		refused[newest] = true
	}
	if got := len(s.requests); got != 3*4 {
		t.Errorf("%d pages were asked for, want those of three extracts, 12", got)
	}
	// An earlier one that was released after all settles it.
	refused["duo-1"] = false
	if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err != nil || len(whole(t, landing)) != 3 {
		t.Errorf("%v, %v", err, whole(t, landing))
	}
}

// TestRefusedExtractWithALongID: the id of a delivery stays one, and is nobody else's.
func TestRefusedExtractWithALongID(t *testing.T) {
	s := &supplier{id: strings.Repeat("d", 63)}
	api, landing := start(t, s), t.TempDir()
	api.Refused = func(string, string) bool { return true }
	for range 2 {
		if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err != nil {
			t.Fatal(err)
		}
	}
	got := whole(t, landing)
	if len(got) != 2 || len(got[0]) > 63 || len(got[1]) > 63 || got[0] == got[1] {
		t.Errorf("%q", got)
	}
}

// TestSpentExtractIsBegunAnew: what cannot be gone on with ends with a clear error, leaves no record behind, and the
// next run begins it under another id.
func TestSpentExtractIsBegunAnew(t *testing.T) {
	page := func(items, total int, next string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			list := strings.TrimSuffix(strings.Repeat("{},", items), ",")
			fmt.Fprintf(w, `{"items":[%s],"total":%d,"next":%s}`, list, total, next)
		}
	}
	status := func(code int) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { w.WriteHeader(code) }
	}
	for name, c := range map[string]struct {
		second func(http.ResponseWriter)
		says   string
	}{
		"410":                             {status(410), "no longer valid"},
		"400":                             {status(400), "no longer valid"},
		"404":                             {status(404), "no longer valid"},
		"more than the total":             {page(16, 25, "null"), "more items than their total of 25"},
		"more than the total, going on":   {page(16, 25, `"30"`), "more items than their total of 25"},
		"no items, a next page":           {page(0, 25, `"20"`), "no items"},
		"the cursor again":                {page(1, 25, `"10"`), "itself or one before"},
		"a cursor of megabytes":           {page(1, 25, `"`+strings.Repeat("c", 4097)+`"`), "4096 bytes"},
		"more items than a page may have": {page(5001, 6000, "null"), "5001 items"},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := true
			s := &supplier{records: 25, fail: func(w http.ResponseWriter, from int) bool {
				if wrong && from == 10 {
					c.second(w)
				}
				return wrong && from == 10
			}}
			api, landing := start(t, s), t.TempDir()
			err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t))
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "again, as duo-1-anew-2") {
				t.Fatalf("%v", err)
			}
			if got := pagesIn(t, landing, "duo-1"); len(got) > 0 || len(whole(t, landing)) > 0 {
				t.Errorf("left behind: %v", got)
			}
			asked := len(s.requests)
			if asked != 2 {
				t.Errorf("%d pages were asked for in one run, want 2", asked)
			}
			wrong = false
			if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err != nil {
				t.Fatal(err)
			}
			if got := whole(t, landing); !slices.Equal(got, []string{"duo-1-anew-2"}) {
				t.Errorf("%v", got)
			}
			if got := strings.Join(s.requests[asked:], ", "); got != "duo_exam 0, duo_exam 10, duo_exam 20, duo_mbo 0" {
				t.Errorf("requests: %s", got)
			}
		})
	}
}

// TestCursorsWithoutEnd: new cursors for ever, each page with an item, end soon after what the total and the size of the
// first page promise.
func TestCursorsWithoutEnd(t *testing.T) {
	const total = 1000
	s := &supplier{records: 25}
	s.fail = func(w http.ResponseWriter, from int) bool {
		items := "{}"
		if from == 0 {
			items = strings.Repeat("{},", 99) + "{}"
		}
		fmt.Fprintf(w, `{"items":[%s],"total":%d,"next":"%d"}`, items, total, from+1)
		return true
	}
	err := source.Pull(context.Background(), start(t, s), t.TempDir(), zaptest.NewLogger(t))
	// Ten full pages; twice as many, and some, are let pass.
	if err == nil || !strings.Contains(err.Error(), "more pages than its total of 1000 needs") || len(s.requests) > 30 {
		t.Errorf("%d requests, %v", len(s.requests), err)
	}
}

// TestSupplierLists refuses lists of extracts that no sound supplier gives, and fetches the sound ones beside.
func TestSupplierLists(t *testing.T) {
	s := &supplier{records: 25, list: func(entry string) string {
		twice := strings.Replace(strings.Replace(entry, "duo-1", "duo-2", 1), "duo_mbo", "duo_exam", 1)
		return "[" + entry + "," + entry + "," + twice + "]"
	}}
	landing := t.TempDir()
	err := source.Pull(context.Background(), start(t, s), landing, zaptest.NewLogger(t))
	if err == nil || !strings.Contains(err.Error(), "extract duo-1: the list has it twice") || !strings.Contains(err.Error(), "a record twice") {
		t.Errorf("%v", err)
	}
	landed(t, landing)
	s.list = func(entry string) string {
		return "[" + strings.Replace(entry, "duo_mbo", strings.Repeat("m", 70_000), 1) + "]"
	}
	if err := source.Pull(context.Background(), start(t, s), t.TempDir(), zaptest.NewLogger(t)); err == nil || !strings.Contains(err.Error(), "65536 bytes") {
		t.Errorf("%v", err)
	}
}
