package source_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap/zaptest"
	"golang.org/x/crypto/ssh"

	"doorstroom/connectors/source"
)

// TestCredentialsStay: neither the token nor the secret follows a redirect, and no page of another server is loaded.
func TestCredentialsStay(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s came elsewhere", r.Method, r.URL.Path)
		_, _ = w.Write([]byte(`{"items":[],"total":0,"next":null}`))
	}))
	t.Cleanup(elsewhere.Close)
	for _, where := range []string{"token", "extracts", "duo_exam"} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(fmt.Sprint(where, " ", status), func(t *testing.T) {
				s := &supplier{records: 25}
				api := start(t, s)
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if strings.HasSuffix(r.URL.Path, where) {
						http.Redirect(w, r, elsewhere.URL+r.URL.Path, status)
						return
					}
					s.ServeHTTP(w, r)
				}))
				t.Cleanup(server.Close)
				api.BaseURL, api.Wait = server.URL+"/duo", time.Hour // waiting would be in vain
				err := source.Pull(context.Background(), api, t.TempDir(), zaptest.NewLogger(t))
				if err == nil || !strings.Contains(err.Error(), fmt.Sprint(status)) || !strings.Contains(err.Error(), "redirect") {
					t.Errorf("%v", err)
				}
			})
		}
	}
}

// TestRetryAfterIsHonoured: who is asked to wait does not ask sooner, in seconds or until a date, for pages, for a token
// and for files.
func TestRetryAfterIsHonoured(t *testing.T) {
	for form, ask := range map[string]func() (string, time.Time){
		"seconds": func() (string, time.Time) { return "1", time.Now().Add(time.Second) },
		"date": func() (string, time.Time) {
			at := time.Now().Add(2 * time.Second).Truncate(time.Second)
			return at.UTC().Format(http.TimeFormat), at
		},
	} {
		for _, where := range []string{"/oauth2/token", "/duo_exam", "/index.json"} {
			t.Run(form+where, func(t *testing.T) {
				t.Parallel()
				s := &supplier{records: 25}
				api := start(t, s)
				var until atomic.Pointer[time.Time]
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if !strings.HasSuffix(r.URL.Path, where) {
						s.ServeHTTP(w, r)
						return
					}
					at := until.Load()
					switch {
					case at == nil:
						text, at := ask()
						until.Store(&at)
						w.Header().Set("Retry-After", text)
						w.WriteHeader(http.StatusTooManyRequests)
					case time.Now().Before(*at):
						t.Error("asked sooner than it was told to")
						w.WriteHeader(http.StatusTooManyRequests)
					case where == "/index.json":
						_, _ = w.Write([]byte(`{"deliveries":[]}`))
					default:
						s.ServeHTTP(w, r)
					}
				}))
				t.Cleanup(server.Close)
				var err error
				if where == "/index.json" {
					f := base()
					f.URL, f.Wait = server.URL, time.Millisecond
					err = source.Fetch(context.Background(), f, t.TempDir(), zaptest.NewLogger(t))
				} else {
					api.BaseURL = server.URL + "/duo"
					err = source.Pull(context.Background(), api, t.TempDir(), zaptest.NewLogger(t))
				}
				if err != nil || until.Load() == nil {
					t.Errorf("%v", err)
				}
			})
		}
	}
}

// TestLongRetryAfter: who is asked to wait for a day says so, and does not ask again.
func TestLongRetryAfter(t *testing.T) {
	asked := 0
	s := &supplier{records: 25, fail: func(w http.ResponseWriter, _ int) bool {
		asked++
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	}}
	err := source.Pull(context.Background(), start(t, s), t.TempDir(), zaptest.NewLogger(t))
	if err == nil || !strings.Contains(err.Error(), "24h0m0s") || asked != 1 {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

// TestDrippingServers: bytes that come one by one are not waited for, whatever is asked for.
func TestDrippingServers(t *testing.T) {
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte(" "))
			w.(http.Flusher).Flush()
			time.Sleep(time.Millisecond)
		}
	}
	s := &supplier{records: 25}
	api := start(t, s)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/duo_exam") || strings.HasSuffix(r.URL.Path, "/index.json") {
			drip(w, r)
			return
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	api.BaseURL, api.Stall, api.Tries = server.URL+"/duo", 100*time.Millisecond, 1
	if err := source.Pull(context.Background(), api, t.TempDir(), zaptest.NewLogger(t)); err == nil || !strings.Contains(err.Error(), "next to nothing") {
		t.Errorf("pages: %v", err)
	}
}

// TestBrokenTokenServer: what it writes is not told, however long it is.
func TestBrokenTokenServer(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter){
		"an error with a secret": func(w http.ResponseWriter) { w.WriteHeader(400); fmt.Fprint(w, `{"error":"secret-word"}`) },
		"no JSON":                func(w http.ResponseWriter) { fmt.Fprint(w, "secret-word") },
		"no token": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"a":"secret-word"}`)
		},
		"without end": func(w http.ResponseWriter) {
			for range 64 {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
			t.Cleanup(server.Close)
			api := start(t, &supplier{})
			api.BaseURL, api.Tries = server.URL, 1
			if err := source.Pull(context.Background(), api, t.TempDir(), zaptest.NewLogger(t)); err == nil || strings.Contains(err.Error(), "secret-word") {
				t.Errorf("%v", err)
			}
		})
	}
}

// within fails when f takes more memory at a time than a list may; f has to fail, with a text.
func within(t *testing.T, most uint64, f func() error, says string) {
	t.Helper()
	var peak atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	runtime.GC()
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), m.HeapAlloc))
			}
		}
	}()
	err := f()
	close(stop)
	<-done
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("%v", err)
	}
	if peak.Load() > most {
		t.Errorf("%d MiB at a time", peak.Load()>>20)
	}
	t.Logf("%d MiB at a time", peak.Load()>>20)
}

const listMemory = 200 << 20

// TestEndlessS3List: pages of names without end, empty pages without end, and one page without end.
func TestEndlessS3List(t *testing.T) {
	var n atomic.Int64
	for name, page := range map[string]func(w io.Writer){
		"names": func(w io.Writer) {
			for range 1000 {
				fmt.Fprintf(w, "<CommonPrefixes><Prefix>coa-%d/</Prefix></CommonPrefixes>", n.Add(1))
			}
		},
		"files": func(w io.Writer) {
			for range 1000 {
				fmt.Fprintf(w, "<Contents><Key>%d%s</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>", n.Add(1), strings.Repeat("k", 200))
			}
		},
		"nothing": func(io.Writer) {},
		"one page": func(w io.Writer) {
			for {
				if _, err := fmt.Fprintf(w, "<CommonPrefixes><Prefix>coa-%d/</Prefix></CommonPrefixes>", n.Add(1)); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/xml")
				fmt.Fprint(w, `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><IsTruncated>true</IsTruncated>`)
				fmt.Fprintf(w, "<NextContinuationToken>%d</NextContinuationToken>", n.Add(1))
				page(w)
				fmt.Fprint(w, "</ListBucketResult>")
			}))
			t.Cleanup(server.Close)
			f := base()
			f.URL, f.User, f.Secret, f.Wait = "s3://b/coa?endpoint="+server.URL, "u", "s", time.Hour
			within(t, listMemory, func() error { return source.Fetch(context.Background(), f, t.TempDir(), zaptest.NewLogger(t)) }, "100000 names, or no end")
		})
	}
}

// TestEndlessIndex: an index.json without end, in names or in anything else.
func TestEndlessIndex(t *testing.T) {
	for name, c := range map[string]struct{ begin, rest, says string }{
		"names":       {`{"deliveries":["a"`, strings.Repeat(`,"a"`, 1<<10), "100000 names"},
		"one name":    {`{"deliveries":["`, strings.Repeat("a", 1<<10), "100000 names"},
		"another key": {`{"x":[1`, strings.Repeat(",1", 1<<10), "100000 names"},
		"blanks":      {"", strings.Repeat(" ", 1<<10), "100000 names"},
		"no index":    {`["a"`, strings.Repeat(`,"a"`, 1<<10), "index.json is not"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, c.begin)
				for r.Context().Err() == nil {
					if _, err := io.WriteString(w, c.rest); err != nil {
						return
					}
				}
			}))
			t.Cleanup(server.Close)
			f := base()
			f.URL, f.Wait = server.URL, time.Hour
			within(t, listMemory, func() error { return source.Fetch(context.Background(), f, t.TempDir(), zaptest.NewLogger(t)) }, c.says)
		})
	}
}

// endlessSFTP is a server whose folder has no end.
func endlessSFTP(names uint32) func(ssh.Channel) {
	return func(c ssh.Channel) {
		send := func(kind byte, body []byte) error {
			packet := binary.BigEndian.AppendUint32(nil, uint32(len(body)+1))
			_, err := c.Write(append(append(packet, kind), body...))
			return err
		}
		text := func(b []byte, s string) []byte { return append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) }
		for {
			var head [5]byte
			if _, err := io.ReadFull(c, head[:]); err != nil {
				return
			}
			body := make([]byte, binary.BigEndian.Uint32(head[:4])-1)
			if _, err := io.ReadFull(c, body); err != nil {
				return
			}
			switch head[4] {
			case 1: // INIT: version 3
				_ = send(2, []byte{0, 0, 0, 3})
			case 11: // OPENDIR: a handle
				_ = send(102, text(body[:4:4], "h"))
			case 12: // READDIR: names
				answer := binary.BigEndian.AppendUint32(body[:4:4], names)
				for range names {
					answer = binary.BigEndian.AppendUint32(text(text(answer, "a"), ""), 0)
				}
				_ = send(104, answer)
			default: // all is well
				_ = send(101, text(text(append(body[:4:4], 0, 0, 0, 0), ""), ""))
			}
		}
	}
}

// TestEndlessSFTPList: a folder whose names never end, in large answers and small ones.
func TestEndlessSFTPList(t *testing.T) {
	for _, names := range []uint32{15_000, 7} {
		t.Run(fmt.Sprint(names), func(t *testing.T) {
			p := newSSHPlace(t, endlessSFTP(names))
			p.folder.Wait = time.Hour
			within(t, listMemory, func() error { return p.fetch(t, t.TempDir()) }, "100000 names, or no end")
		})
	}
}

// TestSecretInTheForm: a token server that takes no header gets the secret in the form.
func TestSecretInTheForm(t *testing.T) {
	s := &supplier{records: 25}
	api, landing := start(t, s), t.TempDir()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/token") {
			s.ServeHTTP(w, r)
			return
		}
		if _, _, header := r.BasicAuth(); header || r.FormValue("client_secret") != "secret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"access_token":"t","token_type":"Bearer"}`)
	}))
	t.Cleanup(server.Close)
	api.BaseURL = server.URL + "/duo"
	if err := source.Pull(context.Background(), api, landing, zaptest.NewLogger(t)); err != nil {
		t.Fatal(err)
	}
	landed(t, landing)
}
