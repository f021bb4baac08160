package lineage

import "context"

// Links are compared as sets: that of a person has the pseudonyms of the
// person, that of a conflict all pseudonyms which contradictory links hold
// together, although each of them counts as a person of its own. Somebody whose
// set has others in it than before has a new link, somebody whose set lacks others has one withdrawn.

// ofConflict is a bit of the number of a set that is a conflict; any other has the u of its person.
const ofConflict = "9223372036854775808"

// conflictText is what the files about links need.
type conflictText struct {
	tables
	OfConflict string
}

// compareLinks adds to the table reason who has a new link, and who has one withdrawn.
func (c *Comparison) compareLinks(ctx context.Context) error {
	return c.all(ctx,
		sqlFiles.Render("create_member.sql", c.tables),
		sqlFiles.Render("create_moved.sql", c.tables),
		sqlFiles.Render("link_reasons.sql", conflictText{c.tables, ofConflict}))
}

// shareReasons makes the table shared: per u in a conflict, the reasons of all in it.
func (c *Comparison) shareReasons(ctx context.Context) error {
	return c.all(ctx, sqlFiles.Render("create_shared.sql", conflictText{c.tables, ofConflict}))
}
