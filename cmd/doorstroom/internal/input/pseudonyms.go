package input

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/term"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/link"
	"doorstroom/schemas"
)

// Pseudonyms reads pseudonyms, one a line, from the file that args name or from in. On a terminal
// words asks for one, and it is not shown while it is typed.
func Pseudonyms(in io.Reader, words io.Writer, args []string) ([]link.ID, error) {
	if len(args) == 0 {
		return readLines(in, words, "standard input")
	}
	name := args[0]
	if _, err := erase.ParsePseudonym(name); err == nil || len(name) == schemas.PseudonymLen {
		return nil, exit.Usage(errors.New("a pseudonym on the command line is seen by others and stays in the shell's history: give it on standard input, and clear the history"))
	}
	file, err := os.Open(name)
	if err != nil {
		if named := new(fs.PathError); errors.As(err, &named) {
			err = named.Err // the name may be pseudonyms all the same
		}
		return nil, exit.Usage(fmt.Errorf("open the file with pseudonyms: %w", err))
	}
	defer file.Close()
	return readLines(file, words, "the file")
}

func readLines(in io.Reader, words io.Writer, where string) (list []link.ID, err error) {
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(words, "pseudonym, v or b and 26 characters (not shown): ")
		line, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(words)
		if err != nil {
			return nil, exit.Environment(fmt.Errorf("read a pseudonym from the terminal: %w", err))
		}
		in = strings.NewReader(string(line))
	}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		id, err := erase.ParsePseudonym(text)
		if err != nil {
			return nil, exit.Usage(fmt.Errorf("line %d of %s %w", n, where, err))
		}
		list = append(list, id)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read pseudonyms from %s: %w", where, err)
	}
	if len(list) == 0 {
		return nil, exit.Usage(fmt.Errorf("no pseudonym on %s", where))
	}
	return list, nil
}
