package remote_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstroom/connectors/remote"
)

// TestClientStays: no redirect is followed, to the same server or another, with any method and any status.
func TestClientStays(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s came elsewhere, with %q", r.Method, r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, target := range []string{elsewhere.URL, "/here"} {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/here" {
					t.Error("followed to the same server")
				}
				http.Redirect(w, r, target, status)
			}))
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				r, err := http.NewRequest(method, server.URL, strings.NewReader("a secret"))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Authorization", "Bearer token")
				res, err := remote.Client(remote.Options{}).Do(r)
				if err != nil || res.StatusCode != status || !strings.Contains(remote.Status(res).Error(), "redirect") {
					t.Errorf("%s, %d: %v, %v", method, status, res, err)
				}
				res.Body.Close()
			}
			server.Close()
		}
	}
}

// TestClientIsBounded: headers and bodies end, and nothing is unpacked.
func TestClientIsBounded(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(make([]byte, 8<<20))
	z.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/headers":
			for range 1024 {
				w.Header().Add("X-Long", strings.Repeat("x", 1024))
			}
		case "/endless":
			for r.Context().Err() == nil {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		case "/exact":
			_, _ = w.Write(make([]byte, 1<<20))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		}
	}))
	defer server.Close()
	c := remote.Client(remote.Options{BodyLimit: 1 << 20})
	defer c.CloseIdleConnections()
	if _, err := c.Get(server.URL + "/headers"); err == nil {
		t.Error("headers of a megabyte pass")
	}
	for path, want := range map[string]int{"/endless": 1 << 20, "/exact": 1 << 20, "/bomb": bomb.Len()} {
		res, err := c.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(res.Body)
		if len(data) != want || errors.Is(err, remote.ErrTooLong) != (path == "/endless") {
			t.Errorf("%s: %d bytes, want %d, %v", path, len(data), want, err)
		}
		res.Body.Close()
	}
}

// TestRetryAfter reads seconds and dates, and nothing else.
func TestRetryAfter(t *testing.T) {
	after := func(text string) time.Duration {
		return remote.RetryAfter(&http.Response{Header: http.Header{"Retry-After": {text}}})
	}
	if got := after("120"); got != 2*time.Minute {
		t.Errorf("120: %s", got)
	}
	date := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	if got := after(date); got < 59*time.Minute || got > time.Hour {
		t.Errorf("%s: %s", date, got)
	}
	for _, text := range []string{"", "soon", "-5", "1.5", "Mon, 02 Jan 2006 15:04:05 GMT"} {
		if got := after(text); got != 0 {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// TestPassing: 408 and 429 may pass, and what is the server's own failure.
func TestPassing(t *testing.T) {
	for status, want := range map[int]bool{408: true, 429: true, 500: true, 502: true, 503: true, 504: true, 400: false, 401: false, 403: false, 404: false, 410: false, 501: false, 302: false} {
		if remote.Passing(status) != want {
			t.Errorf("%d: %v", status, !want)
		}
	}
}

// TestStoppedRequest ends with its context.
func TestStoppedRequest(t *testing.T) {
	begun := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(begun); <-r.Context().Done() }))
	defer server.Close()
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-begun; cancel() }()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := remote.Client(remote.Options{Slow: true}).Do(r); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestNobodyMakesAClientOfTheirOwn looks through the program for other ways to speak HTTP.
func TestNobodyMakesAClientOfTheirOwn(t *testing.T) {
	own := map[string]bool{"Client": true, "Transport": true, "DefaultClient": true, "DefaultTransport": true, "Get": true, "Head": true, "Post": true, "PostForm": true}
	for _, top := range []string{"../../cmd", "../../connectors", "../../pipelines", "../../deploy/embedded"} {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "../../connectors/remote/") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok || !own[s.Sel.Name] {
					return true
				}
				if of, ok := s.X.(*ast.Ident); ok && of.Name == "http" && !named(file, s) {
					t.Errorf("%s: http.%s: connectors/remote makes the clients", set.Position(s.Pos()), s.Sel.Name)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// named tells that a selector is only the type of a pointer or an embedded field: *http.Client.
func named(file *ast.File, s *ast.SelectorExpr) (is bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		if star, ok := n.(*ast.StarExpr); ok && star.X == s {
			is = true
		}
		return !is
	})
	return is
}
