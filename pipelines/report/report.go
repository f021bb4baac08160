// Package report writes the report of an edition: one self-contained HTML file, read from the marts only.
//
// The numbers have not been through disclosure control yet, so the report carries a mark that it is for internal use.
// It never reads a table of persons. The same marts give the same bytes.
package report

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"doorstroom/schemas"
)

// Selecter is what the report needs of a connection to the warehouse; a driver.Conn of clickhouse-go is one.
type Selecter interface {
	// Select reads all rows of a query into dest, a pointer to a slice of structs with `ch` tags.
	Select(ctx context.Context, dest any, query string, args ...any) error
}

// Options say which report to write, and where.
type Options struct {
	Edition schemas.Date
	OutDir  string // made when it is not there
	Lang    string // "nl" (when empty) or "en"
}

// ErrNoEdition says that the marts do not hold an edition.
type ErrNoEdition struct {
	Edition  schemas.Date
	Standing []schemas.Date // editions that the marts hold, oldest first
}

func (e *ErrNoEdition) Error() string {
	if len(e.Standing) == 0 {
		return fmt.Sprintf("there is no edition %s, and none has been built yet: make it with 'doorstroom run --as-of %s'", e.Edition, e.Edition)
	}
	standing := make([]string, len(e.Standing))
	for i, edition := range e.Standing {
		standing[i] = edition.String()
	}
	return fmt.Sprintf("there is no edition %s: choose one of %s, or make it with 'doorstroom run --as-of %s'",
		e.Edition, strings.Join(standing, ", "), e.Edition)
}

// Write makes the report of an edition and returns the paths of its files.
// Without such an edition the error is an *ErrNoEdition. A file that is there already is replaced as a whole.
func Write(ctx context.Context, conn Selecter, o Options) ([]string, error) {
	if o.Lang == "" {
		o.Lang = "nl"
	}
	words, err := wordsOf(o.Lang)
	if err != nil {
		return nil, err
	}
	data, err := load(ctx, conn, o.Edition)
	if err != nil {
		return nil, err
	}
	page, err := render(compose(data, words))
	if err != nil {
		return nil, fmt.Errorf("make the report of edition %s: %w", o.Edition, err)
	}
	if err := os.MkdirAll(o.OutDir, 0o750); err != nil {
		return nil, fmt.Errorf("make the folder for the report; choose another one with --out: %w", err)
	}
	path := filepath.Join(o.OutDir, fileName(o))
	if err := replace(path, page); err != nil {
		return nil, fmt.Errorf("write the report; choose another folder with --out, or make room: %w", err)
	}
	return []string{path}, nil
}

func fileName(o Options) string {
	if o.Lang == "nl" {
		return "doorstroom-" + o.Edition.String() + ".html"
	}
	return "doorstroom-" + o.Edition.String() + "." + o.Lang + ".html"
}

// replace writes a file beside its place and then moves it there, so nobody ever reads half a report.
// Only its owner may read it, while its numbers are unprotected.
func replace(path string, content []byte) error {
	beside, err := os.CreateTemp(filepath.Dir(path), ".report-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(beside.Name()) }() // gone already when all went well
	if _, err := beside.Write(content); err != nil {
		return errors.Join(err, beside.Close())
	}
	if err := beside.Close(); err != nil {
		return err
	}
	return os.Rename(beside.Name(), path)
}

// Numbers of ClickHouse's errors for marts that were never built.
const (
	unknownTable    = 60
	unknownDatabase = 81
)

// neverBuilt tells whether a query failed because there are no marts yet.
func neverBuilt(err error) bool {
	var exception *clickhouse.Exception
	return errors.As(err, &exception) && (exception.Code == unknownTable || exception.Code == unknownDatabase)
}
