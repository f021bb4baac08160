package edition

import (
	"context"
	"doorstroom/pipelines/slice"
	"fmt"
)

// workTable is how the tables of a build are laid out: a worker reads a few
// hundredths of one, and nothing is gained by merging its parts.
const workTable = "ENGINE = MergeTree ORDER BY person SETTINGS index_granularity = 2048, max_bytes_to_merge_at_max_space_in_pool = 1"

// shuffleSettings make both threads sort and write, in parts of two million
// rows. Statistics of columns help no query of ours.
const shuffleSettings = "SETTINGS join_algorithm = 'hash', max_insert_threads = 2, " +
	"min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 300000000, " +
	"materialize_statistics_on_insert = 0"

// shuffle writes what holds of a record to its work table, by person.
func (h *holding) shuffle(ctx context.Context, salt string) error {
	name := h.table(h.record.Name)
	if err := h.exec(ctx, "CREATE TABLE %s (person UInt32%s) %s", name, slice.Definitions(h.columns), workTable); err != nil {
		return fmt.Errorf("making the work table of %s: %w", h.record.Name, err)
	}
	for _, query := range h.selects() {
		err := h.exec(ctx, "INSERT INTO %s SELECT person, %s FROM (SELECT %s AS key, * FROM (%s)) AS r INNER JOIN %s AS l USING key %s",
			name, slice.MadeNames(h.columns), linkKeySQL(salt), query, h.table("link"), shuffleSettings)
		if err != nil {
			return fmt.Errorf("sorting %s by person: %w", h.record.Name, err)
		}
	}
	return nil
}
