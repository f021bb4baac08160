package retain

import (
	"testing"

	"doorstroom/pipelines/sqlfile/golden"
)

func TestSQL(t *testing.T) {
	golden.Check(t, "refused_loads", sqlFiles.Render("refused_loads.sql", map[string]bool{"Releasable": false}))
	golden.Check(t, "releasable_loads", sqlFiles.Render("refused_loads.sql", map[string]bool{"Releasable": true}))
	golden.Check(t, "undecided_loads", undecidedLoads(false))
	golden.Check(t, "undecided_loads_seen_before", undecidedLoads(true))
	golden.Check(t, "of_old_builds", sqlFiles.Render("of_old_builds.sql", map[string]any{"Build": 8, "Moment": "now()"}))
}
