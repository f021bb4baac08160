// Package api serves the deliveries of DUO and IDW in a landing folder as the two suppliers' own interface (contract/suppliers.openapi.yaml): OAuth2 client
// credentials, a list of extracts, and records page by page under a cursor. The demo and the tests read from it what production reads from the suppliers.
//
// DUO lies at /duo and IDW at /idw. Records are read from the delivery's stored pages; an index of where each record lies is made when an extract is first
// asked for, so memory holds eight bytes per record and not the records.
package api

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"doorstroom/connectors"
)

// Defaults of Options.
const (
	defaultTokenLife = 5 * time.Minute
	defaultLimit     = 1000
	largestLimit     = 5000
	scope            = "extracts.read"
)

// suppliers are those that offer this interface; each has its base path.
var suppliers = connectors.Served()

// Options say what New serves and to whom.
type Options struct {
	Dir          string // landing folder with duo/ and idw/
	ClientID     string // what a client names itself with; both suppliers accept the same
	ClientSecret string
	TokenLife    time.Duration // how long a token holds; 0 stands for five minutes

	// RateLimit is the number of requests for extracts that a second allows, in bursts of as many; 0 for no limit. More get 429 with Retry-After.
	RateLimit float64
	// FailEvery lets every n-th request for a page fail with 503; 0 for never. For tests of clients.
	FailEvery int

	Now func() time.Time // nil for the clock
}

// service is the interface over one landing folder.
type service struct {
	options Options
	mux     http.ServeMux

	mu       sync.Mutex
	tokens   map[string]time.Time // token -> end of its life
	budget   float64              // requests left in this burst
	refilled time.Time
	pages    int // page requests so far, for FailEvery
	indexes  map[string]*index
}

// New makes the interface. Paths: POST /<supplier>/oauth2/token, GET /<supplier>/v1/extracts, GET /<supplier>/v1/extracts/{extract_id}/{record}.
func New(o Options) http.Handler {
	if o.TokenLife == 0 {
		o.TokenLife = defaultTokenLife
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &service{options: o, tokens: map[string]time.Time{}, indexes: map[string]*index{}, budget: max(o.RateLimit, 1), refilled: o.Now()}
	for _, supplier := range suppliers {
		s.mux.HandleFunc("POST /"+supplier+"/oauth2/token", s.token)
		s.mux.HandleFunc("GET /"+supplier+"/v1/extracts", s.guard(func(w http.ResponseWriter, r *http.Request) { s.list(w, supplier) }))
		s.mux.HandleFunc("GET /"+supplier+"/v1/extracts/{extract}/{record}", s.guard(func(w http.ResponseWriter, r *http.Request) { s.page(w, r, supplier) }))
	}
	return &s.mux
}

// token answers the client credentials grant (RFC 6749 section 4.4), credentials in the header or in the form.
func (s *service) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		oauthError(w, http.StatusBadRequest, "invalid_request")
		return
	}
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	if !same(id, s.options.ClientID) || !same(secret, s.options.ClientSecret) {
		w.Header().Set("WWW-Authenticate", "Basic")
		oauthError(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	if r.PostForm.Get("grant_type") != "client_credentials" {
		oauthError(w, http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	if asked := r.PostForm.Get("scope"); asked != "" && asked != scope {
		oauthError(w, http.StatusBadRequest, "invalid_scope")
		return
	}
	var random [24]byte
	rand.Read(random[:]) // never fails
	token := base64.RawURLEncoding.EncodeToString(random[:])
	s.remember(token)
	w.Header().Set("Cache-Control", "no-store")
	answer(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": int(s.options.TokenLife.Seconds()), "scope": scope})
}

// remember keeps a token and forgets those that have ended.
func (s *service) remember(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	for t, end := range s.tokens {
		if !now.Before(end) {
			delete(s.tokens, t)
		}
	}
	s.tokens[token] = now.Add(s.options.TokenLife)
}

// list gives the extracts that are ready, oldest first.
func (s *service) list(w http.ResponseWriter, supplier string) {
	extracts, err := readExtracts(filepath.Join(s.options.Dir, supplier))
	if err != nil {
		http.Error(w, "the extracts cannot be read", http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, extracts)
}

// page gives one page of a record of an extract.
func (s *service) page(w http.ResponseWriter, r *http.Request, supplier string) {
	if s.fails() {
		w.Header().Set("Retry-After", "0")
		http.Error(w, "try again later", http.StatusServiceUnavailable)
		return
	}
	from, limit, err := window(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	ix, err := s.indexOf(supplier, r.PathValue("extract"), r.PathValue("record"))
	if err != nil {
		http.Error(w, "the extract cannot be read", http.StatusInternalServerError)
		return
	}
	if ix == nil {
		http.Error(w, "no such extract or record", http.StatusNotFound)
		return
	}
	if from > ix.total() {
		http.Error(w, "the cursor is not one of this record", http.StatusBadRequest)
		return
	}
	if err := ix.write(w, from, limit); err != nil {
		// Part of the page may be on its way; breaking off the connection keeps it from looking whole.
		panic(http.ErrAbortHandler)
	}
}

// window reads cursor and limit.
func window(r *http.Request) (from, limit int, err error) {
	limit = defaultLimit
	if text := r.URL.Query().Get("limit"); text != "" {
		limit, err = strconv.Atoi(text)
		if err != nil || limit < 1 || limit > largestLimit {
			return 0, 0, fmt.Errorf("limit must lie between 1 and %d", largestLimit)
		}
	}
	if text := r.URL.Query().Get("cursor"); text != "" {
		if from, err = readCursor(text); err != nil {
			return 0, 0, err
		}
	}
	return from, limit, nil
}

// indexOf finds or makes the index of a record; nil when there is no such extract or record.
func (s *service) indexOf(supplier, extract, record string) (*index, error) {
	key := supplier + "/" + extract + "/" + record
	s.mu.Lock()
	ix := s.indexes[key]
	if ix == nil {
		ix = &index{}
		s.indexes[key] = ix
	}
	s.mu.Unlock()
	known, err := ix.load(filepath.Join(s.options.Dir, supplier), extract, record)
	if err != nil || !known {
		s.mu.Lock()
		delete(s.indexes, key)
		s.mu.Unlock()
		return nil, err
	}
	return ix, nil
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a client that has gone needs no answer
}

func oauthError(w http.ResponseWriter, status int, kind string) {
	answer(w, status, map[string]string{"error": kind})
}

// Check tells whether a folder has extracts to serve.
func Check(dir string) error {
	for _, supplier := range suppliers {
		if _, err := os.Stat(filepath.Join(dir, supplier)); err == nil {
			return nil
		}
	}
	return fmt.Errorf("there is no duo or idw folder to serve; make one with synth first")
}
