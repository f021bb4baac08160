package main

import (
	"fmt"
	"strings"

	"doorstroom/schemas"
)

// ignored tells what of a delivery's files was passed over: columns or keys that
// the contract does not know, and optional columns that no row fills. Files of
// one record of which the same is to be said share a line.
func ignored(files []schemas.FileTotals) (lines []string) {
	type about struct{ record, what string }
	var order []about
	names := make(map[about][]string)
	for i := range files {
		a := about{files[i].Record, ignoredOf(&files[i])}
		if a.what == "" {
			continue
		}
		if names[a] == nil {
			order = append(order, a)
		}
		names[a] = append(names[a], files[i].Name)
	}
	for _, a := range order {
		lines = append(lines, fmt.Sprintf("%s, %s: %s", a.record, firstOf(names[a], 3), a.what))
	}
	return lines
}

func ignoredOf(f *schemas.FileTotals) string {
	var said []string
	switch {
	case len(f.UnknownNames) > 0:
		said = append(said, "ignored, as the contract does not know them: "+firstOf(f.UnknownNames, f.UnknownColumns)+more(f.UnknownColumns-len(f.UnknownNames)))
	case f.UnknownColumns > 0: // what is no header for sure may be a record, which is not shown
		said = append(said, fmt.Sprintf("ignored, as the contract does not know them: %d of the names in the first line", f.UnknownColumns))
	}
	if len(f.UnfilledColumns) > 0 {
		said = append(said, "filled in no row: "+strings.Join(f.UnfilledColumns, ", "))
	}
	return strings.Join(said, "; ")
}

// firstOf names the first n.
func firstOf(names []string, n int) string {
	shown := names[:min(n, len(names))]
	return strings.Join(shown, ", ") + more(len(names)-len(shown))
}

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}
