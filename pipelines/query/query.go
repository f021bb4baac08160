// Package query asks the warehouse as people do: over ClickHouse's HTTP interface, reading only, in the formats that
// ClickHouse itself writes. The program's own reading and writing goes through pipelines/warehouse.
package query

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"doorstroom/pipelines/warehouse"
)

// Server is ClickHouse's HTTP interface.
type Server struct {
	// Addr is host:port, TLS whether TLS is spoken there.
	Addr string
	TLS  bool
	// Client makes the requests. A query may take long to begin its answer.
	Client *http.Client
	// Settings are those that every query carries.
	Settings []warehouse.Setting
	// Parameters are values of {name:Type} in a query, by name.
	Parameters map[string]string
	// Program asks the program's own queries, People asks for people.
	Program, People User
}

// User is who asks.
type User struct {
	Name, Password string
	// Readonly is ClickHouse's setting: 2 lets a query set others; 1 does not, nor use functions that read elsewhere.
	Readonly string
}

// UnreachableError says that the HTTP interface could not be reached.
type UnreachableError struct{ Err error }

// Error implements error.
func (e *UnreachableError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *UnreachableError) Unwrap() error { return e.Err }

// Answers asks a user's smallest question.
func (s *Server) Answers(ctx context.Context, who User) error {
	return s.Ask(ctx, who, "SELECT 1", "Null", io.Discard)
}

// Ask streams the rows of a query to out, as the server formats them; it refuses anything but reading. An
// UnreachableError tells that the server was not reached.
func (s *Server) Ask(ctx context.Context, who User, sql, format string, out io.Writer) error {
	request, err := s.request(ctx, who, sql, format)
	if err != nil {
		return err
	}
	response, err := s.Client.Do(request)
	if err != nil {
		return &UnreachableError{fmt.Errorf("reach ClickHouse's HTTP interface at %s: %w; DOORSTROOM_CLICKHOUSE_HTTP sets its address", s.Addr, err)}
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
		if who.Readonly != "" && bytes.Contains(text, []byte("Cannot modify 'readonly' setting in readonly mode")) {
			who.Readonly = "" // the user's own profile lets nothing but reading through
			return s.Ask(ctx, who, sql, format, out)
		}
		return fmt.Errorf("ClickHouse: %s", strings.TrimSpace(string(text)))
	}
	if _, err := io.Copy(out, response.Body); err != nil {
		return fmt.Errorf("read the query's rows: %w", err)
	}
	return nil
}

func (s *Server) request(ctx context.Context, who User, sql, format string) (*http.Request, error) {
	values := url.Values{
		"default_format": {format}, "wait_end_of_query": {"0"},
		"output_format_pretty_color": {"0"}, "output_format_pretty_max_rows": {"10000"},
		"http_write_exception_in_output_format": {"0"}, "output_format_json_quote_64bit_integers": {"0"},
	}
	if who.Readonly != "" {
		values.Set("readonly", who.Readonly)
	}
	for _, setting := range s.Settings {
		if !values.Has(setting.Name) {
			values.Set(setting.Name, setting.Value)
		}
	}
	for name, value := range s.Parameters {
		values.Set("param_"+name, value)
	}
	scheme := "http"
	if s.TLS {
		scheme = "https"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, scheme+"://"+s.Addr+"/?"+values.Encode(), strings.NewReader(sql))
	if err != nil {
		return nil, fmt.Errorf("make the query's request: %w", err)
	}
	request.Header.Set("X-ClickHouse-User", who.Name)
	request.Header.Set("X-ClickHouse-Key", who.Password)
	return request, nil
}
