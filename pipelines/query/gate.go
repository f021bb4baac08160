package query

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// questionLimit is more than ClickHouse parses unless it is told to.
const questionLimit = 1 << 20

// Gate is ClickHouse's HTTP interface for people's own tools, with every question looked at first as RefuseElsewhere does:
// who speaks with the server itself could call functions that no grant keeps anybody from. It takes one question at a
// time, reading only, and of the settings that a tool sends those about the form of the answer and of the session.
type Gate struct {
	Server *Server
	// User and Password are what a tool logs in with; the server is asked as Server.People.
	User, Password string
	// Shown makes a name fit to stand in a message.
	Shown func(string) string
}

// taken are the parameters of ClickHouse's HTTP interface that go on to the server, and beginnings of others.
var taken, takenBeginnings = []string{
	"client_protocol_version", "compress", "database", "date_time_output_format", "default_format", "query_id", "session_id",
	"session_timeout", "session_check", "wait_end_of_query", "send_progress_in_http_headers", "http_headers_progress_interval_ms",
	"cancel_http_readonly_queries_on_client_close", "session_timezone",
}, []string{"output_format_", "format_csv_", "format_tsv_"}

// passed are parameters that mean nothing here: the log-in, the question itself, and what is so anyway.
var passed = []string{"user", "password", "query", "readonly", "enable_http_compression"}

// refusal is an answer of the gate's own.
type refusal struct {
	status int
	why    string
}

// Error implements error.
func (r *refusal) Error() string { return r.why }

// ServeHTTP implements http.Handler.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := g.answer(w, r)
	var own *refusal
	var elsewhere *ElsewhereError
	switch {
	case err == nil:
	case errors.As(err, &own):
		if own.status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", `Basic realm="doorstroom"`)
		}
		http.Error(w, own.why, own.status)
	case errors.As(err, &elsewhere):
		http.Error(w, err.Error(), http.StatusForbidden)
	case errors.Is(err, http.ErrAbortHandler):
		panic(err) // the answer has begun: cutting it off is how a tool is told that it is not whole
	default:
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func (g *Gate) answer(w http.ResponseWriter, r *http.Request) error {
	switch {
	case !g.knows(r):
		return &refusal{http.StatusUnauthorized, "user or password is wrong: 'doorstroom warehouse' printed them"}
	case r.URL.Path != "/" || r.Method != http.MethodGet && r.Method != http.MethodPost:
		return &refusal{http.StatusNotFound, "questions are asked at / with GET or POST"}
	}
	question, err := questionOf(r)
	if err != nil {
		return err
	}
	if err := g.Server.RefuseElsewhere(r.Context(), question, g.Shown); err != nil {
		return err
	}
	request, err := g.request(r.Context(), r, question)
	if err != nil {
		return err
	}
	response, err := g.Server.Client.Do(request)
	if err != nil {
		return &refusal{http.StatusBadGateway, "ClickHouse does not answer"}
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		if strings.HasPrefix(name, "X-Clickhouse-") || name == "Content-Type" {
			w.Header()[name] = values
		}
	}
	w.WriteHeader(response.StatusCode)
	if _, err := io.Copy(w, response.Body); err != nil {
		return http.ErrAbortHandler
	}
	return nil
}

// knows tells whether a tool logs in as it should, in any of the ways that ClickHouse takes.
func (g *Gate) knows(r *http.Request) bool {
	user, password := r.Header.Get("X-ClickHouse-User"), r.Header.Get("X-ClickHouse-Key")
	if name, given, ok := r.BasicAuth(); ok {
		user, password = name, given
	}
	if user == "" {
		user, password = r.URL.Query().Get("user"), r.URL.Query().Get("password")
	}
	same := subtle.ConstantTimeCompare([]byte(user), []byte(g.User)) & subtle.ConstantTimeCompare([]byte(password), []byte(g.Password))
	return same == 1
}

// questionOf is the one question of a request, in its address or as its body.
func questionOf(r *http.Request) (string, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, questionLimit+1))
	if err != nil {
		return "", fmt.Errorf("reading the question: %w", err)
	}
	question := r.URL.Query().Get("query")
	switch {
	case len(body) > questionLimit || len(question) > questionLimit:
		return "", &refusal{http.StatusRequestEntityTooLarge, "the question is longer than a MiB"}
	case r.Header.Get("Content-Encoding") != "":
		return "", &refusal{http.StatusBadRequest, "a compressed question is not taken: have the tool send it as it is"}
	case question != "" && len(body) > 0:
		return "", &refusal{http.StatusBadRequest, "data beside a question are not taken: the warehouse is for reading"}
	case question == "":
		question = string(body)
	}
	if strings.TrimSpace(question) == "" {
		return "", &refusal{http.StatusBadRequest, "there is no question"}
	}
	return question, nil
}

// request asks the server in place of a tool.
func (g *Gate) request(ctx context.Context, r *http.Request, question string) (*http.Request, error) {
	request, err := g.Server.request(ctx, g.Server.People, question, "TabSeparated")
	if err != nil {
		return nil, err
	}
	values := request.URL.Query()
	for name, given := range r.URL.Query() {
		known := slices.Contains(taken, name) || slices.ContainsFunc(takenBeginnings, func(b string) bool { return strings.HasPrefix(name, b) })
		switch {
		case len(given) != 1:
			return nil, &refusal{http.StatusBadRequest, g.Shown(name) + " is given twice"}
		case known:
			values.Set(name, given[0])
		case !slices.Contains(passed, name):
			return nil, &refusal{http.StatusBadRequest, "setting " + g.Shown(name) + " is not taken from tools: leave it out"}
		}
	}
	request.URL.RawQuery = values.Encode()
	for _, name := range []string{"X-ClickHouse-Database", "X-ClickHouse-Format"} {
		if value := r.Header.Get(name); value != "" {
			request.Header.Set(name, value)
		}
	}
	return request, nil
}
