package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"go.uber.org/zap"

	"doorstroom/deploy/embedded"
)

// library is one that ClickHouse's library carries inside, as ClickHouse itself tells it: with the kind of its licence,
// the file of the licence in ClickHouse's sources, and no version.
type library struct{ Name, Licence, File string }

const askLibraries = "SELECT library_name, license_type, license_path FROM system.licenses ORDER BY lower(library_name), license_path FORMAT TabSeparated"

// insideEngine asks the embedded ClickHouse what it carries.
func insideEngine(ctx context.Context) ([]library, error) {
	tools, err := embedded.FindTools("", "")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "licences")
	if err != nil {
		return nil, fmt.Errorf("make a folder for ClickHouse: %w", err)
	}
	defer os.RemoveAll(dir)
	c, err := embedded.StartClickHouse(ctx, embedded.Options{Dir: filepath.Join(dir, "data"), Log: zap.NewNop(), LibPath: tools.LibCHDB, MaxMemory: 1 << 30})
	if err != nil {
		return nil, err
	}
	answer, err := ask(ctx, c, askLibraries)
	if stopped := c.Stop(context.WithoutCancel(ctx)); err == nil {
		err = stopped
	}
	if err != nil {
		return nil, fmt.Errorf("ask ClickHouse what it carries: %w", err)
	}
	return parseLibraries(answer)
}

// ask gives ClickHouse's answer to a statement.
func ask(ctx context.Context, c *embedded.ClickHouse, statement string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+c.HTTPAddr()+"/", strings.NewReader(statement))
	if err != nil {
		return "", err
	}
	r.SetBasicAuth(c.User(), c.Password())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("it answered %s: %s", answer.Status, text)
	}
	return string(text), err
}

func parseLibraries(text string) ([]library, error) {
	var list []library
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 3 || cells[0] == "" || cells[1] == "" {
			return nil, fmt.Errorf("a line of ClickHouse's list has another form: %q", line)
		}
		list = append(list, library{Name: cells[0], Licence: cells[1], File: cells[2]})
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("ClickHouse's list of what it carries is empty")
	}
	return list, nil
}

func (l library) row() string { return fmt.Sprintf("| %s | %s | %s |", l.Name, l.Licence, l.File) }
