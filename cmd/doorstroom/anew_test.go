package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// examPage is a page of DUO with exams from one number to another.
func examPage(from, to, total int, next string) string {
	var items []string
	for i := from; i < to; i++ {
		items = append(items, fmt.Sprintf(`{"recordnummer":"E-%d","pseudoniem_v":%q,"examendatum":"2024-03-01","onderdeel":"KNM","niveau":null,"resultaat":"geslaagd"}`, i, pseudonym('v', i+1)))
	}
	return fmt.Sprintf(`{"items":[%s],"total":%d,"next":%s}`, strings.Join(items, ","), total, next)
}

// TestExtractsAreBegunAnew: an extract that was refused, and one whose cursor expired, come under another id with the
// next run; a withdrawn one does not come again.
func TestExtractsAreBegunAnew(t *testing.T) {
	t.Parallel()
	var state atomic.Value // what the supplier does
	state.Store("expired")
	pages := atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.HasSuffix(r.URL.Path, "/token"):
			fmt.Fprint(w, `{"access_token":"t","token_type":"Bearer"}`)
			return
		case strings.HasSuffix(r.URL.Path, "/extracts"):
			fmt.Fprint(w, `[{"extract_id":"duo-1","drawn_on":"2024-04-01","covers_from":"2023-01-01","covers_to":"2024-03-31","mode":"full","contract_version":"1.0","key_version":1,"records":[{"record":"duo_exam","total":30}]}]`)
			return
		}
		pages.Add(1)
		switch cursor := r.URL.Query().Get("cursor"); {
		case cursor == "":
			fmt.Fprint(w, examPage(0, 20, 30, `"20"`))
		case state.Load() == "expired":
			w.WriteHeader(http.StatusGone)
		case state.Load() == "short":
			fmt.Fprint(w, examPage(20, 25, 30, "null"))
		default:
			fmt.Fprint(w, examPage(20, 30, 30, "null"))
		}
	}))
	t.Cleanup(server.Close)
	u := newUser(t).with("DOORSTROOM_DUO_URL="+server.URL, "DOORSTROOM_DUO_CLIENT_ID=c", "DOORSTROOM_DUO_CLIENT_SECRET=s")
	load := []string{"run", "--landing", t.TempDir(), "--only", "load"}
	is := func(want string) {
		t.Helper()
		var got []string
		for _, id := range []string{"duo-1", "duo-1-anew-2", "duo-1-anew-3", "duo-1-anew-4"} {
			for _, d := range u.deliveries()["duo/"+id] {
				got = append(got, strings.TrimSpace(id+" "+d.status+" "+d.reason))
			}
		}
		if all := strings.Join(got, ", "); all != want {
			t.Errorf("decided: %s; want %s", all, want)
		}
	}
	u.run(load...).exits(1).says("410", "no longer valid", "again, as duo-1-anew-2")
	state.Store("short")
	u.run(load...).exits(4)
	is("duo-1-anew-2 refused row_count_mismatch")
	state.Store("whole")
	before := pages.Load()
	u.run(load...).exits(0)
	is("duo-1-anew-2 refused row_count_mismatch, duo-1-anew-3 accepted")
	if got := pages.Load() - before; got != 2 {
		t.Errorf("%d pages were asked for, want the 2 of the extract", got)
	}
	u.run("withdraw", "duo-1-anew-3", "--why", "a test").exits(0)
	u.run(load...).exits(0)
	is("duo-1-anew-2 refused row_count_mismatch, duo-1-anew-3 refused withdrawn")
	if got := pages.Load() - before; got != 2 {
		t.Errorf("what was withdrawn was fetched again: %d pages", got)
	}
}
