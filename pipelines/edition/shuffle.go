package edition

import (
	"context"
	"fmt"

	"doorstroom/pipelines/versions"
)

// shuffle writes the effective records of one kind to their work table, by person.
func (e *effectiveRecords) shuffle(ctx context.Context, salt string) error {
	if err := e.DB.Exec(ctx, sqlFiles.Render("create_work_table.sql", &e.sql)); err != nil {
		return fmt.Errorf("making the work table of %s: %w", e.record.Name, err)
	}
	for _, query := range e.selects() {
		if err := e.DB.Exec(ctx, sqlFiles.Render("shuffle.sql", joinText{&e.sql, query, salt})); err != nil {
			return fmt.Errorf("sorting %s by person: %w", e.record.Name, err)
		}
	}
	return nil
}

// joinText is what the files need that join effective records with their persons.
type joinText struct {
	*versions.Selection
	Select string // some of the effective records
	Salt   string
}
