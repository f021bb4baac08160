package source_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap/zaptest"

	"doorstroom/connectors/manifest"
	"doorstroom/connectors/source"
)

// supplier is the interface of the contract with things that go wrong.
type supplier struct {
	mu       sync.Mutex
	records  int
	tokens   int
	expired  map[string]bool
	requests []string
	// fail, if set, may answer a page in the supplier's stead; true if it did.
	fail func(w http.ResponseWriter, from int) bool
	id   string
	// list, if set, makes the list of extracts from the one entry.
	list func(entry string) string
}

// ServeHTTP implements http.Handler.
func (s *supplier) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path == "/duo/oauth2/token" {
		if id, secret, _ := r.BasicAuth(); id != "client" || secret != "secret" || r.FormValue("scope") != "extracts.read" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		s.tokens++
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"access_token":"t%d","token_type":"Bearer","expires_in":3600}`, s.tokens)
		return
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !strings.HasPrefix(token, "t") || s.expired[token] {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.URL.Path == "/duo/v1/extracts" {
		entry := fmt.Sprintf(`{"extract_id":%q,"drawn_on":"2024-03-01","covers_from":"2023-01-01","covers_to":"2024-02-29","mode":"full","contract_version":"1.0","key_version":1,"records":[{"record":"duo_exam","total":%d},{"record":"duo_mbo","total":0}]}`, s.id, s.records)
		if s.list == nil {
			s.list = func(entry string) string { return "[" + entry + "]" }
		}
		fmt.Fprint(w, s.list(entry))
		return
	}
	s.page(w, r, token)
}

func (s *supplier) page(w http.ResponseWriter, r *http.Request, token string) {
	from, _ := strconv.Atoi(r.FormValue("cursor"))
	limit, _ := strconv.Atoi(r.FormValue("limit"))
	record := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	s.requests = append(s.requests, fmt.Sprintf("%s %d", record, from))
	if s.fail != nil && s.fail(w, from) {
		s.expired[token] = s.expired[token] || from == -1
		return
	}
	total := s.records
	if record == "duo_mbo" {
		total = 0
	}
	items, next := []map[string]int{}, any(nil)
	for i := from; i < min(from+limit, total); i++ {
		items = append(items, map[string]int{"n": i})
	}
	if from+limit < total {
		next = strconv.Itoa(from + limit)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"items": items, "total": total, "next": next})
}

func start(t *testing.T, s *supplier) source.API {
	t.Helper()
	s.expired = map[string]bool{}
	if s.id == "" {
		s.id = "duo-1"
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return source.API{Supplier: "duo", BaseURL: server.URL + "/duo", ClientID: "client", ClientSecret: "secret", PageSize: 10, Tries: 3, Wait: time.Millisecond}
}

// landed reads the manifest and holds it against the files.
func landed(t *testing.T, landing string) *manifest.Manifest {
	t.Helper()
	folder := filepath.Join(landing, "duo", "duo-1")
	data, err := os.ReadFile(filepath.Join(folder, manifest.Name))
	if err != nil {
		t.Fatal(err)
	}
	m, refusal := manifest.Parse(data, manifest.Rules{Supplier: "duo", DeliveryID: "duo-1", Formats: []string{"json"}, KeyVersions: []int{1}})
	if refusal != nil {
		t.Fatalf("%+v", refusal)
	}
	rows := 0
	for _, f := range m.Files {
		data, err := os.ReadFile(filepath.Join(folder, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		if manifest.SHA256(data) != f.SHA256 || len(data) != int(f.Bytes) {
			t.Errorf("%s is not what the manifest says", f.Name)
		}
		rows += int(f.Rows)
	}
	if rows != 25 || len(m.Files) != 4 {
		t.Errorf("%d records in %d pages, want 25 in 4", rows, len(m.Files))
	}
	names, err := os.ReadDir(folder)
	if err != nil || len(names) != 5 {
		t.Errorf("%d files in the folder, %v", len(names), err)
	}
	return m
}

// TestPull lays an extract down, and does nothing the second time.
func TestPull(t *testing.T) {
	s := &supplier{records: 25}
	api, landing, log := start(t, s), t.TempDir(), zaptest.NewLogger(t)
	for range 2 {
		if err := source.Pull(context.Background(), api, landing, log); err != nil {
			t.Fatal(err)
		}
	}
	m := landed(t, landing)
	if m.DrawnOn != "2024-03-01" || m.Mode != "full" {
		t.Errorf("%+v", m)
	}
	if got := strings.Join(s.requests, ", "); got != "duo_exam 0, duo_exam 10, duo_exam 20, duo_mbo 0" {
		t.Errorf("requests: %s", got)
	}
	if s.tokens != 2 {
		t.Errorf("%d tokens in two pulls", s.tokens)
	}
}

// TestPullGoesOn: what a supplier or the line may do for a while does not end a pull.
func TestPullGoesOn(t *testing.T) {
	for name, fail := range map[string]func(w http.ResponseWriter){
		"too many requests": func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"request timeout":    func(w http.ResponseWriter) { w.WriteHeader(http.StatusRequestTimeout) },
		"try again later":    func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) },
		"broken-off answer":  func(w http.ResponseWriter) { cut(w, `{"items":[{"n":1},`) },
		"no answer":          func(w http.ResponseWriter) { cut(w, "") },
		"expired by the way": func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) },
	} {
		t.Run(name, func(t *testing.T) {
			failed := false
			s := &supplier{records: 25, fail: func(w http.ResponseWriter, from int) bool {
				if from != 10 || failed {
					return false
				}
				failed = true
				fail(w)
				return true
			}}
			api, landing := start(t, s), t.TempDir()
			if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err != nil {
				t.Fatal(err)
			}
			landed(t, landing)
			if !failed {
				t.Error("nothing went wrong")
			}
			if name == "expired by the way" && s.tokens != 2 {
				t.Errorf("%d tokens", s.tokens)
			}
		})
	}
}

// cut begins an answer and closes the connection.
func cut(w http.ResponseWriter, text string) {
	if text != "" {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(text))
	}
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

// TestPullIsResumed: after a pull that gave up, the next one asks only for what
// has not landed, and no manifest stands before all has.
func TestPullIsResumed(t *testing.T) {
	s := &supplier{records: 25, fail: func(w http.ResponseWriter, from int) bool {
		if from == 20 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return from == 20
	}}
	api, landing, log := start(t, s), t.TempDir(), zaptest.NewLogger(t)
	err := source.Pull(context.Background(), api, landing, log)
	if err == nil || !strings.Contains(err.Error(), "503") || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "cursor") {
		t.Fatalf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(landing, "duo", "duo-1", manifest.Name)); err == nil {
		t.Fatal("a manifest before all pages have landed")
	}
	s.fail, s.requests = nil, nil
	if err := source.Pull(context.Background(), api, landing, log); err != nil {
		t.Fatal(err)
	}
	landed(t, landing)
	if got := strings.Join(s.requests, ", "); got != "duo_exam 20, duo_mbo 0" {
		t.Errorf("requests: %s", got)
	}
}

// TestPullRefuses what must not become a file or folder, and what is not a page.
func TestPullRefuses(t *testing.T) {
	for name, s := range map[string]*supplier{
		"a path for an id": {id: "../../duo-1"},
		"no page": {records: 25, fail: func(w http.ResponseWriter, _ int) bool {
			_, _ = w.Write([]byte(`{"message":"hello"}`))
			return true
		}},
		"the same page for ever": {records: 25, fail: func(w http.ResponseWriter, _ int) bool {
			_, _ = w.Write([]byte(`{"items":[],"total":0,"next":"7"}`))
			return true
		}},
		"two pages for ever": {records: 25, fail: func(w http.ResponseWriter, from int) bool {
			_, _ = fmt.Fprintf(w, `{"items":[],"total":0,"next":"%d"}`, 8-from)
			return true
		}},
	} {
		t.Run(name, func(t *testing.T) {
			api, landing := start(t, s), t.TempDir()
			if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err == nil {
				t.Error("no error")
			}
			if found, _ := filepath.Glob(filepath.Join(landing, "duo", "*", manifest.Name)); len(found) > 0 {
				t.Errorf("a manifest: %v", found)
			}
		})
	}
}

// TestPullOfNothing: a list of extracts that are none takes no memory to speak of.
func TestPullOfNothing(t *testing.T) {
	list := []byte("[" + strings.Repeat("{},", 8<<20) + "{}]")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "token") {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"access_token":"t","token_type":"Bearer"}`))
			return
		}
		_, _ = w.Write(list)
	}))
	t.Cleanup(server.Close)
	api := source.API{Supplier: "duo", BaseURL: server.URL, ClientID: "client", ClientSecret: "secret", Tries: 1}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := source.Pull(context.Background(), api, t.TempDir(), zaptest.NewLogger(t))
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "more than 100000 extracts") {
		t.Errorf("%v", err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 200<<20 {
		t.Errorf("%d MiB", took>>20)
	}
}

// TestPullSaysThatCredentialsAreWrong without telling them.
func TestPullSaysThatCredentialsAreWrong(t *testing.T) {
	api := start(t, &supplier{})
	api.ClientSecret, api.Wait = "another", time.Hour // waiting would be in vain
	err := source.Pull(context.Background(), api, t.TempDir(), zaptest.NewLogger(t))
	if err == nil || !strings.Contains(err.Error(), "client id and secret") || strings.Contains(err.Error(), "another") {
		t.Errorf("%v", err)
	}
}
