package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"doorstroom/connectors/remote"
)

// formats maps --format to ClickHouse's own output formats, so that every list
// prints exactly as ClickHouse does.
var formats = map[string]string{
	"csv": "CSVWithNames", "json": "JSON", "parquet": "Parquet", "table": "PrettyCompactMonoBlock",
}

// formatFlag adds --format to a command that prints rows.
func formatFlag(cmd *cobra.Command) *string {
	f := cmd.Flags().String("format", "", "CSV, JSON, Parquet or table (default: table on a terminal, else CSV)")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"CSV", "JSON", "Parquet", "table"}, cobra.ShellCompDirectiveNoFileComp))
	return f
}

// clickHouseFormat resolves --format for an output stream.
func clickHouseFormat(name string, out io.Writer) (string, error) {
	if name == "" {
		name = "CSV"
		if isTerminal(out) {
			name = "table"
		}
	}
	f, ok := formats[strings.ToLower(name)]
	if !ok {
		return "", usage(fmt.Errorf("format %q: use CSV, JSON, Parquet or table", name))
	}
	return f, nil
}

func isTerminal(w io.Writer) bool {
	f, ok := raw(w).(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// asker is who asks ClickHouse, and how far its settings go.
type asker struct {
	user, password string
	// readonly is ClickHouse's setting: 2 lets a query set others; 1 does not, nor use functions that read elsewhere.
	readonly string
}

// query streams the rows of one of the program's own queries from ClickHouse's HTTP interface to out.
func (e *engines) query(ctx context.Context, sql, format string, out io.Writer) error {
	return e.ask(ctx, asker{e.clickHouse.User, e.clickHouse.Password, "2"}, sql, format, out)
}

// ask streams the rows of a query. The server formats them; it refuses anything but reading.
func (e *engines) ask(ctx context.Context, who asker, sql, format string, out io.Writer) error {
	values := url.Values{
		"default_format": {format}, "wait_end_of_query": {"0"},
		"output_format_pretty_color": {"0"}, "output_format_pretty_max_rows": {"10000"},
		"http_write_exception_in_output_format": {"0"}, "output_format_json_quote_64bit_integers": {"0"},
	}
	if who.readonly != "" {
		values.Set("readonly", who.readonly)
	}
	for _, s := range e.db.Settings() {
		if !values.Has(s.Name) {
			values.Set(s.Name, s.Value)
		}
	}
	scheme := "http"
	if e.clickHouse.TLS != nil {
		scheme = "https"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, scheme+"://"+e.httpAddr+"/?"+values.Encode(), strings.NewReader(sql))
	if err != nil {
		return fmt.Errorf("make the query's request: %w", err)
	}
	request.Header.Set("X-ClickHouse-User", who.user)
	request.Header.Set("X-ClickHouse-Key", who.password)
	// A query may take long to begin its answer, and an open connection would hold up the stop of the embedded server.
	response, err := remote.Client(remote.Options{TLS: e.clickHouse.TLS, Slow: true, Direct: true}).Do(request)
	if err != nil {
		return environment(fmt.Errorf("reach ClickHouse's HTTP interface at %s: %w; DOORSTROOM_CLICKHOUSE_HTTP sets its address", e.httpAddr, err))
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
		if who.readonly != "" && bytes.Contains(text, []byte("Cannot modify 'readonly' setting in readonly mode")) {
			who.readonly = "" // the user's own profile lets nothing but reading through
			return e.ask(ctx, who, sql, format, out)
		}
		return fmt.Errorf("ClickHouse: %s", strings.TrimSpace(string(text)))
	}
	if format != formats["table"] {
		out = raw(out)
	}
	if _, err := io.Copy(out, response.Body); err != nil {
		return fmt.Errorf("read the query's rows: %w", err)
	}
	return nil
}
