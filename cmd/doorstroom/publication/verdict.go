package publication

import (
	"errors"
	"fmt"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure/cells"
)

// Exit codes of protect and audit beside those of every command, as the contract states them.
const (
	exitTooNarrow   = 1
	exitNotFinished = 3
)

// tooNarrow is the verdict about ranges that are.
func tooNarrow(view *cells.View, report *audit.Report) error {
	narrow := report.Narrow()
	if len(narrow) == 0 {
		return nil
	}
	return exit.Coded{Err: fmt.Errorf("%d ranges are narrower than %d, the first that of %s (%s); suppress more, or have 'doorstroom protect' do it",
		len(narrow), view.Range, view.Describe(narrow[0].Cell), narrow[0].Table), Code: exitTooNarrow}
}

// judged gives an error of protecting or auditing its exit code.
func judged(err error) error {
	var refusal *cells.Refusal
	switch {
	case errors.As(err, &refusal):
		return exit.Coded{Err: err, Code: exit.CodeUsage}
	case errors.Is(err, audit.ErrNotFinished):
		return exit.Coded{Err: fmt.Errorf("%w; a longer --limit may help, or fewer tables at a time", err), Code: exitNotFinished}
	}
	return err
}
