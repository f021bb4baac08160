package lineage

import (
	"testing"

	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/warehouse"
)

// TestWhatChangedBetweenEditions runs the queries of links and records on hand-made tables: those of an edition before and after.
func TestWhatChangedBetweenEditions(t *testing.T) {
	db := enginetest.Warehouse(t)
	t.Run("links", func(t *testing.T) { changedLinks(t, db) })
	t.Run("records", func(t *testing.T) { changedRecords(t, db) })
}

// table makes an empty one in database work and fills it.
func table(t *testing.T, db *warehouse.DB, name, columns, rows string) string {
	t.Helper()
	exec(t, db, "CREATE OR REPLACE TABLE work.%s (%s) ENGINE = MergeTree ORDER BY tuple()", name, columns)
	if rows != "" {
		exec(t, db, "INSERT INTO work.%s VALUES %s", name, rows)
	}
	return "work." + name
}

// handMade are the tables that the tests make.
var handMade = tables{Before: "work.before_", After: "work.after_"}

const reasonColumns = "u UInt32, fresh UInt64, corrected UInt64, gone UInt64, linked UInt64, unlinked UInt64"

// reasons are the rows of a table reason, as "u: fresh corrected gone linked unlinked".
func reasons(t *testing.T, db *warehouse.DB, name string) string {
	t.Helper()
	return value(t, db, "SELECT arrayStringConcat(groupArray(text), '; ') FROM (SELECT concat(toString(u), ': ', arrayStringConcat(arrayMap(x -> toString(x), [sum(fresh), sum(corrected), sum(gone), sum(linked), sum(unlinked)]), ' ')) AS text FROM "+
		name+" GROUP BY u HAVING sum(fresh) + sum(corrected) + sum(gone) + sum(linked) + sum(unlinked) > 0 ORDER BY u)")
}

// changedLinks: each case is the pseudonyms of persons before and after; u and the set of a person are equal, unless a
// conflict holds several persons together.
func changedLinks(t *testing.T, db *warehouse.DB) {
	const conflict = ofConflict
	for _, c := range []struct{ name, before, after, mapBefore, mapAfter, want string }{
		{"nothing", "(0, 'v1', 1), (1, 'b1', 1)", "(0, 'v1', 1), (1, 'b1', 1)", "(1, 1, 1)", "(1, 1, 1)", ""},
		// V and B were two persons and are one: that is a new link for the one that stays, and for the one that went up in it.
		{"a new link", "(0, 'v1', 1), (1, 'b1', 2)", "(0, 'v1', 1), (1, 'b1', 1)", "(1, 1, 1), (2, 102, 102)", "(1, 1, 1)", "1: 0 0 0 1 0; 102: 0 0 0 1 0"},
		{"a withdrawn link", "(0, 'v1', 1), (1, 'b1', 1)", "(0, 'v1', 1), (1, 'b1', 2)", "(1, 1, 1)", "(1, 1, 1), (2, 2, 2)", "1: 0 0 0 0 1; 2: 0 0 0 0 1"},
		// Who has a pseudonym more than before has a new link, also when nobody had it.
		{"a new pseudonym", "(0, 'v1', 1)", "(0, 'v1', 1), (1, 'b1', 1)", "(1, 1, 1)", "(1, 1, 1)", "1: 0 0 0 1 0"},
		// A second B for one V: each pseudonym is a person by itself, held together as a conflict.
		{"a conflict begins", "(0, 'v1', 1), (1, 'b1', 1)", "(0, 'v1', 1), (1, 'b1', 2), (1, 'b2', 3)", "(1, 1, 1)",
			"(1, 1, " + conflict + "), (2, 2, " + conflict + "), (3, 3, " + conflict + ")", "1: 0 0 0 1 0; 2: 0 0 0 1 0; 3: 0 0 0 1 0"},
	} {
		pseudonyms, persons := "kind UInt8, key String, person UInt32", "person UInt32, u UInt32, s UInt64"
		table(t, db, "before_pseudonym", pseudonyms, c.before)
		table(t, db, "after_pseudonym", pseudonyms, c.after)
		table(t, db, "after_map_a", persons, c.mapBefore)
		table(t, db, "after_map_b", persons, c.mapAfter)
		reason := table(t, db, "after_reason", reasonColumns, "")
		exec(t, db, "DROP TABLE IF EXISTS work.after_member")
		exec(t, db, "DROP TABLE IF EXISTS work.after_moved")
		exec(t, db, "%s", sqlFiles.Render("create_member.sql", handMade))
		exec(t, db, "%s", sqlFiles.Render("create_moved.sql", handMade))
		exec(t, db, "%s", sqlFiles.Render("link_reasons.sql", conflictText{handMade, ofConflict}))
		if got := reasons(t, db, reason); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// changedRecords: each case is records before and after as (person, record, id, digest, whose); person n before is u n.
func changedRecords(t *testing.T, db *warehouse.DB) {
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", "(1, 'stay', 10, 5, 7)", "(1, 'stay', 10, 5, 7)", ""},
		{"new", "(1, 'stay', 10, 5, 7)", "(1, 'stay', 10, 5, 7), (1, 'stay', 11, 5, 7)", "1: 1 0 0 0 0"},
		{"gone", "(1, 'stay', 10, 5, 7), (2, 'stay', 11, 5, 8)", "(1, 'stay', 10, 5, 7)", "2: 0 0 1 0 0"},
		{"says something else", "(1, 'stay', 10, 5, 7)", "(1, 'stay', 10, 6, 7)", "1: 0 1 0 0 0"},
		{"went to another person by itself", "(1, 'stay', 10, 5, 7)", "(2, 'stay', 10, 5, 8)", "1: 0 1 0 0 0; 2: 0 1 0 0 0"},
		{"was taken along by a link", "(1, 'stay', 10, 5, 7)", "(2, 'stay', 10, 5, 7)", ""},
		{"the same id of another record", "(1, 'stay', 10, 5, 7)", "(1, 'permit', 10, 5, 7)", "1: 1 0 1 0 0"},
	} {
		columns := "person UInt32, record LowCardinality(String), id UInt64, digest UInt64, whose UInt64"
		table(t, db, "before_effective", columns, c.before)
		table(t, db, "after_effective", columns, c.after)
		table(t, db, "after_map_a", "person UInt32, u UInt32", "(1, 1), (2, 2)")
		for _, passes := range []uint64{1, 3} { // the number of passes changes nothing
			reason := table(t, db, "after_reason", reasonColumns, "")
			table(t, db, "after_differing", "k UInt64", "")
			for pass := range passes {
				exec(t, db, "%s", sqlFiles.Render("differing_records.sql", recordText{handMade, part{pass, passes}}))
			}
			for pass := range passes {
				exec(t, db, "%s", sqlFiles.Render("record_reasons.sql", recordText{handMade, part{pass, passes}}))
			}
			if got := reasons(t, db, reason); got != c.want {
				t.Errorf("%s, %d passes: %s, want %s", c.name, passes, got, c.want)
			}
		}
	}
}
