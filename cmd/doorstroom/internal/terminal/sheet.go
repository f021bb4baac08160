package terminal

import (
	"encoding/csv"
	"io"
	"regexp"
)

// Sheet writes CSV for spreadsheets: a cell is text as it is shown, and none begins a formula.
type Sheet struct{ *csv.Writer }

// NewSheet begins one.
func NewSheet(w io.Writer) Sheet { return Sheet{csv.NewWriter(w)} }

// Write writes a row.
func (s Sheet) Write(cells []string) error {
	safe := ShownAll(cells)
	for i, cell := range safe {
		safe[i] = formula.ReplaceAllString(cell, "$1'$2") // the mark of text
	}
	return s.Writer.Write(safe)
}

// formula is the sign of one where a cell begins. Dutch spreadsheets separate cells by ; and begin one behind it, also
// within what is one cell here, quoted or not.
var formula = regexp.MustCompile(`(^|;)([=+\-@])`)
