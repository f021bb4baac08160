package embedded

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/sr"
	"github.com/twmb/franz-go/pkg/sr/srfake"
	"go.uber.org/zap"
)

// Registry is a running embedded schema registry with Confluent's interface. It lives in this process and is reached with
// Client from within only.
//
// Its ids count from 1 in the order of registration, and a schema that it knows keeps its id. Registrations are kept in
// Dir/registry, because messages in the kept topics name their schema by id only. It deletes nothing.
type Registry struct {
	inside
	fake    *srfake.Registry
	server  *http.Server
	address string
	mu      sync.Mutex // one registration at a time, so that ids follow the order of the journal
	journal *os.File
	known   map[registration]bool
}

// What the registry takes at most; the records of the contract, each with some versions, need far less.
const maxSchemaBytes, maxRegistrations = 1 << 20, 1000

// registration is one line of the journal.
type registration struct {
	Subject string `json:"subject"`
	Schema  string `json:"schema"` // the request as it came: the schema with its type and references
}

// StartRegistry opens the registry on what was registered before.
func StartRegistry(o Options) (*Registry, error) {
	dir := filepath.Join(o.Dir, "registry")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the schema registry's folder; make the data folder writable or choose another with --data: %w", err)
	}
	r := &Registry{fake: srfake.NewRegistry(), known: map[registration]bool{}}
	path := filepath.Join(dir, "registrations.jsonl")
	if err := r.replay(path); err != nil {
		return nil, fmt.Errorf("reading the registered schemas from %s: %w", path, err)
	}
	var err error
	if r.journal, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return nil, fmt.Errorf("opening the schema registry: %w", err)
	}
	listener, err := r.network.Listen("tcp", fmt.Sprintf("localhost:%d", insidePort))
	if err != nil {
		_ = r.journal.Close()
		return nil, fmt.Errorf("starting the schema registry: %w", err)
	}
	r.address = listener.Addr().String()
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: 10 * time.Second}
	go r.serve(listener, o.Log)
	return r, nil
}

func (r *Registry) serve(listener net.Listener, log *zap.Logger) {
	if err := r.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		log.Error("the embedded schema registry stopped", zap.Error(err))
	}
}

// URL is the base address of the registry, for Client.
func (r *Registry) URL() string { return "http://" + r.address }

// Client reaches the registry.
func (r *Registry) Client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: r.Dial}}
}

// Stop ends the registry. It is fine to stop twice.
func (r *Registry) Stop() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := r.server.Shutdown(ctx); err != nil {
		_ = r.server.Close() // a client that does not let go
	}
	_ = r.journal.Close() // every line was synced when it was written
}

// ServeHTTP answers as Confluent's registry does, and keeps a registration before it confirms it.
func (r *Registry) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	request.Body = http.MaxBytesReader(w, request.Body, maxSchemaBytes)
	subject, registers := registeredSubject(request)
	switch {
	case request.Method == http.MethodDelete:
		http.Error(w, `{"error_code":405,"message":"the embedded registry deletes nothing"}`, http.StatusMethodNotAllowed)
	case registers:
		r.register(w, request, subject)
	default:
		r.fake.Handler().ServeHTTP(w, request)
	}
}

// registeredSubject is the subject under which a request registers a schema.
func registeredSubject(request *http.Request) (string, bool) {
	rest, found := strings.CutPrefix(request.URL.Path, "/subjects/")
	subject, isVersions := strings.CutSuffix(rest, "/versions")
	return subject, request.Method == http.MethodPost && found && isVersions
}

func (r *Registry) register(w http.ResponseWriter, request *http.Request, subject string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var body bytes.Buffer
	if _, err := body.ReadFrom(request.Body); err != nil {
		http.Error(w, `{"error_code":42201,"message":"the schema could not be read, or is larger than a MiB"}`, http.StatusUnprocessableEntity)
		return
	}
	entry := registration{Subject: subject, Schema: body.String()}
	if !r.known[entry] && len(r.known) == maxRegistrations {
		http.Error(w, `{"error_code":42201,"message":"the embedded registry holds as many schemas as it may"}`, http.StatusUnprocessableEntity)
		return
	}
	answer := r.ask(request, body.Bytes())
	if answer.Code == http.StatusOK {
		if err := r.keep(entry); err != nil {
			http.Error(w, `{"error_code":50001,"message":"the schema could not be written to the data folder"}`, http.StatusInternalServerError)
			return
		}
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // the client is gone if this fails
}

// ask hands a registration to the registry proper and returns its answer.
func (r *Registry) ask(request *http.Request, body []byte) *httptest.ResponseRecorder {
	inner := request.Clone(request.Context())
	inner.Body = io.NopCloser(bytes.NewReader(body))
	answer := httptest.NewRecorder()
	r.fake.Handler().ServeHTTP(answer, inner)
	return answer
}

// keep adds a registration to the journal unless it is there already.
func (r *Registry) keep(entry registration) error {
	if r.known[entry] {
		return nil
	}
	line, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	if _, err := r.journal.Write(append(line, '\n')); err != nil {
		return err
	}
	if err := r.journal.Sync(); err != nil {
		return err
	}
	r.known[entry] = true
	return nil
}

// replay registers again, in the same order, what the journal holds. A last line that a crash cut off was never confirmed.
func (r *Registry) replay(path string) error {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	whole := bytes.LastIndexByte(content, '\n') + 1
	if err := os.Truncate(path, int64(whole)); err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(content[:whole]))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var entry registration
		var schema sr.Schema
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(entry.Schema), &schema); err != nil {
			return err
		}
		if _, _, err := r.fake.RegisterSchema(entry.Subject, schema); err != nil {
			return err
		}
		r.known[entry] = true
	}
	return lines.Err()
}
