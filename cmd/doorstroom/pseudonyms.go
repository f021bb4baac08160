package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"golang.org/x/term"

	"doorstroom/pipelines/erase"
	"doorstroom/pipelines/link"
	"doorstroom/schemas"
)

// readPseudonyms reads pseudonyms, one a line, from the file that args name or from in.
func (a *app) readPseudonyms(in io.Reader, args []string) ([]link.ID, error) {
	if len(args) == 0 {
		return a.readLines(in, "standard input")
	}
	name := args[0]
	if _, err := erase.ParsePseudonym(name); err == nil || len(name) == schemas.PseudonymLen {
		return nil, usage(errors.New("a pseudonym on the command line is seen by others and stays in the shell's history: give it on standard input, and clear the history"))
	}
	file, err := os.Open(name)
	if err != nil {
		if named := new(fs.PathError); errors.As(err, &named) {
			err = named.Err // the name may be pseudonyms all the same
		}
		return nil, usage(fmt.Errorf("open the file with pseudonyms: %w", err))
	}
	defer file.Close()
	return a.readLines(file, "the file")
}

func (a *app) readLines(in io.Reader, where string) (list []link.ID, err error) {
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(a.words(), "pseudonym, v or b and 26 characters (not shown): ")
		line, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(a.words())
		if err != nil {
			return nil, environment(fmt.Errorf("read a pseudonym from the terminal: %w", err))
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
			return nil, usage(fmt.Errorf("line %d of %s %w", n, where, err))
		}
		list = append(list, id)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read pseudonyms from %s: %w", where, err)
	}
	if len(list) == 0 {
		return nil, usage(fmt.Errorf("no pseudonym on %s", where))
	}
	return list, nil
}

// syncDisks returns when the operating system has written everything that programs wrote.
func syncDisks() { syscall.Sync() }
