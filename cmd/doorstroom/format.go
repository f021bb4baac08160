package main

import (
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
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// query streams the rows of a SELECT from ClickHouse's HTTP interface to out.
// The server formats them; it refuses anything but reading.
func (e *engines) query(ctx context.Context, sql, format string, out io.Writer) error {
	values := url.Values{
		"default_format": {format}, "readonly": {"2"}, "wait_end_of_query": {"0"},
		"output_format_pretty_color": {"0"}, "output_format_pretty_max_rows": {"10000"},
		"http_write_exception_in_output_format": {"0"}, "output_format_json_quote_64bit_integers": {"0"},
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
	request.Header.Set("X-ClickHouse-User", e.clickHouse.User)
	request.Header.Set("X-ClickHouse-Key", e.clickHouse.Password)
	// A query may take long to begin its answer, and an open connection would hold up the stop of the embedded server.
	response, err := remote.Client(remote.Options{TLS: e.clickHouse.TLS, Slow: true, Direct: true}).Do(request)
	if err != nil {
		return environment(fmt.Errorf("reach ClickHouse's HTTP interface at %s: %w; DOORSTROOM_CLICKHOUSE_HTTP sets its address", e.httpAddr, err))
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
		return fmt.Errorf("ClickHouse: %s", strings.TrimSpace(string(text)))
	}
	if _, err := io.Copy(out, response.Body); err != nil {
		return fmt.Errorf("read the query's rows: %w", err)
	}
	return nil
}
