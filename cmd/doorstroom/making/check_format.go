package making

import (
	"fmt"
	"strings"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/feedback"
	"doorstroom/cmd/doorstroom/internal/terminal"
)

// checkFormat gives what prints the result.
func checkFormat(a *app.App, name string) (func(*feedback.Check) error, error) {
	if name == "" {
		name = "csv"
		if terminal.Is(a.Out) {
			name = "table"
		}
	}
	switch strings.ToLower(name) {
	case "csv":
		return func(r *feedback.Check) error {
			r.Say(a.Words())
			return r.CSV(a.Out)
		}, nil
	case "json":
		return func(r *feedback.Check) error { return r.JSON(a.Out) }, nil
	case "table":
		return func(r *feedback.Check) error { return r.Table(a.Out) }, nil
	}
	return nil, exit.Usage(fmt.Errorf("format %q: use CSV, JSON or table", name))
}
