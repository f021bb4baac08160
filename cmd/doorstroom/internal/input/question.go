package input

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// maxQuery is more than ClickHouse parses unless it is told to.
const maxQuery = 1 << 20

// Question gives the query of the command line, of a file or, without either, of standard input.
func Question(in io.Reader, args []string, path string) (string, error) {
	switch {
	case len(args) > 0 && path != "":
		return "", exit.Usage(errors.New("a query and --file: give one of them"))
	case len(args) > 0:
		return args[0], nil
	case path != "":
		file, err := os.Open(path)
		if err != nil {
			return "", exit.Usage(fmt.Errorf("--file: %w", err))
		}
		defer file.Close()
		return read(file, path)
	}
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return "", exit.Usage(errors.New("no query: give it as an argument or on standard input; see 'doorstroom sql --help'"))
	}
	return read(in, "standard input")
}

// read reads the query of a place that messages name so.
func read(in io.Reader, place string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxQuery+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read the query from %s: %w", place, err)
	case len(text) > maxQuery:
		return "", exit.Usage(fmt.Errorf("the query in %s is longer than a MiB", place))
	case strings.TrimSpace(string(text)) == "":
		return "", exit.Usage(fmt.Errorf("no query in %s: give it as an argument, on standard input or with --file; see 'doorstroom sql --help'", place))
	}
	return string(text), nil
}
