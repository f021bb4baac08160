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

// Question gives the query of the command line or, without one, of standard input.
func Question(in io.Reader, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return "", exit.Usage(errors.New("no query: give it as an argument or on standard input; see 'doorstroom sql --help'"))
	}
	text, err := io.ReadAll(io.LimitReader(in, maxQuery+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read the query from standard input: %w", err)
	case len(text) > maxQuery:
		return "", exit.Usage(errors.New("the query on standard input is longer than a MiB"))
	case strings.TrimSpace(string(text)) == "":
		return "", exit.Usage(errors.New("no query: give it as an argument or on standard input; see 'doorstroom sql --help'"))
	}
	return string(text), nil
}
