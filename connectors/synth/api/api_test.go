package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2/clientcredentials"

	"doorstroom/connectors/synth/api"
)

// landing writes a DUO extract of seven exams over three stored pages and one mbo record, one of IDW without records, and one that is not ready.
func landing(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(path, text string) {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	head := `"covers_from":"2014-01-01","covers_to":"2025-06-06","mode":"full","contract_version":"1.0","key_version":1`
	write("duo/b/exam-1.json", `{"items":[{"n":1}, {"n":2,"items":["x"]},`+"\n"+`{"n":3}],"total":7,"next":"p2"}`)
	write("duo/b/exam-2.json", `{"total":7,"next":"p3","items":[{"n":4},{"n":5},{"n":6}]}`)
	write("duo/b/exam-3.json", `{"items":[{"n":7}],"total":7,"next":null}`)
	write("duo/b/mbo-1.json", `{"items":[{"m":"é"}],"total":1,"next":null}`)
	write("duo/b/manifest.json", `{"supplier":"duo","delivery_id":"b","drawn_on":"2025-06-06",`+head+`,"files":[
		{"name":"exam-1.json","record":"duo_exam","rows":3},{"name":"exam-2.json","record":"duo_exam","rows":3},
		{"name":"exam-3.json","record":"duo_exam","rows":1},{"name":"mbo-1.json","record":"duo_mbo","rows":1}]}`)
	write("duo/c/manifest.json", `{"supplier":"duo","delivery_id":"c","drawn_on":"2024-06-06",`+head+`,"files":[]}`)
	write("duo/unready/exam-1.json", `{"items":[],"total":0,"next":null}`)
	write("idw/a/v-1.json", `{"items":[],"total":0,"next":null}`)
	write("idw/a/manifest.json", `{"supplier":"idw","delivery_id":"a","drawn_on":"2025-06-09",`+head+`,"files":[{"name":"v-1.json","record":"idw_valuation","rows":0}]}`)
	return dir
}

// clock is a clock that only the test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// serve starts the interface; the options get the landing folder and credentials.
func serve(t *testing.T, o api.Options) string {
	t.Helper()
	o.Dir, o.ClientID, o.ClientSecret = landing(t), "doorstroom", "geheim"
	s := httptest.NewServer(api.New(o))
	t.Cleanup(s.Close)
	return s.URL
}

// token asks for a token the way clients do.
func token(t *testing.T, base string) string {
	t.Helper()
	c := clientcredentials.Config{ClientID: "doorstroom", ClientSecret: "geheim", TokenURL: base + "/duo/oauth2/token", Scopes: []string{"extracts.read"}}
	got, err := c.Token(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return got.AccessToken
}

func get(t *testing.T, address, token string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(body)
}

type page struct {
	Items []map[string]any `json:"items"`
	Total int              `json:"total"`
	Next  *string          `json:"next"`
}

func TestPagesAreCutByLimit(t *testing.T) {
	base := serve(t, api.Options{})
	tok := token(t, base)
	for _, limit := range []int{1, 2, 3, 4, 7, 5000} {
		var seen []string
		cursor, pages := "", 0
		for {
			r, body := get(t, fmt.Sprintf("%s/duo/v1/extracts/b/duo_exam?limit=%d&cursor=%s", base, limit, url.QueryEscape(cursor)), tok)
			if r.StatusCode != http.StatusOK {
				t.Fatalf("limit %d: status %d", limit, r.StatusCode)
			}
			var p page
			if err := json.Unmarshal([]byte(body), &p); err != nil {
				t.Fatalf("limit %d: %v in %s", limit, err, body)
			}
			if p.Total != 7 || len(p.Items) > limit {
				t.Fatalf("limit %d: total %d, %d items", limit, p.Total, len(p.Items))
			}
			for _, item := range p.Items {
				seen = append(seen, fmt.Sprint(item["n"]))
			}
			pages++
			if p.Next == nil {
				break
			}
			cursor = *p.Next
		}
		if got := strings.Join(seen, ""); got != "1234567" {
			t.Errorf("limit %d: items %s", limit, got)
		}
		if want := (7 + limit - 1) / limit; pages != want {
			t.Errorf("limit %d: %d pages, want %d", limit, pages, want)
		}
	}
}

func TestSameCursorSamePage(t *testing.T) {
	base := serve(t, api.Options{})
	tok := token(t, base)
	_, first := get(t, base+"/duo/v1/extracts/b/duo_exam?limit=2", tok)
	var p page
	if err := json.Unmarshal([]byte(first), &p); err != nil {
		t.Fatal(err)
	}
	_, second := get(t, base+"/duo/v1/extracts/b/duo_exam?limit=2&cursor="+*p.Next, tok)
	_, again := get(t, base+"/duo/v1/extracts/b/duo_exam?limit=2&cursor="+*p.Next, tok)
	if second != again || second == first {
		t.Errorf("pages differ for one cursor, or do not move on")
	}
}

func TestExtractsOldestFirst(t *testing.T) {
	base := serve(t, api.Options{})
	_, body := get(t, base+"/duo/v1/extracts", token(t, base))
	var list []struct {
		ID      string `json:"extract_id"`
		Drawn   string `json:"drawn_on"`
		Records []struct {
			Record string `json:"record"`
			Total  int    `json:"total"`
		} `json:"records"`
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].ID != "c" || list[1].ID != "b" {
		t.Fatalf("extracts %+v, want c of 2024, then b; the one without a manifest is not ready", list)
	}
	if r := list[1].Records; len(r) != 2 || r[0].Record != "duo_exam" || r[0].Total != 7 || r[1].Total != 1 {
		t.Errorf("records %+v", r)
	}
}

func TestNoSuchThing(t *testing.T) {
	base := serve(t, api.Options{})
	tok := token(t, base)
	for path, want := range map[string]int{
		"/duo/v1/extracts/zz/duo_exam":                http.StatusNotFound,
		"/duo/v1/extracts/unready/duo_exam":           http.StatusNotFound,
		"/duo/v1/extracts/b/idw_valuation":            http.StatusNotFound,
		"/idw/v1/extracts/b/duo_exam":                 http.StatusNotFound,
		"/duo/v1/extracts/..%2Fb/duo_exam":            http.StatusNotFound,
		"/idw/v1/extracts/a/idw_valuation":            http.StatusOK,
		"/duo/v1/extracts/b/duo_exam?limit=0":         http.StatusBadRequest,
		"/duo/v1/extracts/b/duo_exam?limit=5001":      http.StatusBadRequest,
		"/duo/v1/extracts/b/duo_exam?cursor=nonsense": http.StatusBadRequest,
	} {
		if r, _ := get(t, base+path, tok); r.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, r.StatusCode, want)
		}
	}
}

func TestTokenEnds(t *testing.T) {
	c := &clock{now: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)}
	base := serve(t, api.Options{TokenLife: time.Minute, Now: c.Now})
	tok := token(t, base)
	if r, _ := get(t, base+"/duo/v1/extracts", tok); r.StatusCode != http.StatusOK {
		t.Fatalf("fresh token: status %d", r.StatusCode)
	}
	c.now = c.now.Add(time.Minute)
	if r, _ := get(t, base+"/duo/v1/extracts", tok); r.StatusCode != http.StatusUnauthorized {
		t.Errorf("token at the end of its life: status %d, want 401", r.StatusCode)
	}
	if r, _ := get(t, base+"/duo/v1/extracts", ""); r.StatusCode != http.StatusUnauthorized {
		t.Errorf("no token: status %d, want 401", r.StatusCode)
	}
}

func TestWrongSecret(t *testing.T) {
	base := serve(t, api.Options{})
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"doorstroom"}, "client_secret": {"anders"}}
	r, err := http.PostForm(base+"/duo/oauth2/token", form)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusUnauthorized {
		t.Errorf("status %d, want 401", r.StatusCode)
	}
}

func TestRateLimit(t *testing.T) {
	c := &clock{now: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)}
	base := serve(t, api.Options{RateLimit: 2, Now: c.Now})
	tok := token(t, base)
	for i, want := range []int{200, 200, 429, 429} {
		r, _ := get(t, base+"/duo/v1/extracts", tok)
		if r.StatusCode != want {
			t.Errorf("request %d: status %d, want %d", i+1, r.StatusCode, want)
		}
		if want == 429 && r.Header.Get("Retry-After") != "1" {
			t.Errorf("request %d: Retry-After %q, want 1", i+1, r.Header.Get("Retry-After"))
		}
	}
	c.now = c.now.Add(time.Second)
	if r, _ := get(t, base+"/duo/v1/extracts", tok); r.StatusCode != http.StatusOK {
		t.Errorf("a second later: status %d", r.StatusCode)
	}
}

func TestFailuresOnRequest(t *testing.T) {
	base := serve(t, api.Options{FailEvery: 2})
	tok := token(t, base)
	for i, want := range []int{200, 503, 200, 503} {
		if r, _ := get(t, base+"/duo/v1/extracts/b/duo_mbo", tok); r.StatusCode != want {
			t.Errorf("page request %d: status %d, want %d", i+1, r.StatusCode, want)
		}
	}
}
