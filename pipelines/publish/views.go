package publish

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/publish/catalogue"
)

// view is what the files view.sql and latest.sql need of an entry. Its texts are literals of SQL.
type view struct {
	Name          string
	Columns       []column
	Literal, Unit string
	Comment       string
}

// column is a dimension, and which of the values of a cell it is, from 1.
type column struct {
	Name, Comment string
	Place         int
}

// views makes the tables of publication for the entries of the catalogue. They show nothing of a release before it is visible.
func (w *writing) views(ctx context.Context) error {
	for _, e := range w.catalogue.Entries {
		v := viewOf(w.catalogue, e)
		for _, file := range []string{"view.sql", "latest.sql"} {
			if err := w.db.Exec(ctx, sqlFiles.Render(file, v)); err != nil {
				return fmt.Errorf("table %s: %w", e.Name, err)
			}
		}
	}
	return nil
}

func viewOf(c *catalogue.Catalogue, e *catalogue.Entry) view {
	v := view{
		Name: e.Name, Literal: literal(e.Name), Unit: literal(e.Unit.NL),
		Comment: literal(fmt.Sprintf("%s. %s Figures are rounded to multiples of %d, each by itself, so that totals need not add up; what is suppressed protects people.",
			e.Title.EN, e.Definition.EN, c.Base)),
	}
	for i, d := range e.Columns() {
		v.Columns = append(v.Columns, column{d, literal(c.Dimensions[d].EN), i + 1})
	}
	return v
}

// literal quotes a text for SQL.
func literal(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}
