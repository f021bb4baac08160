package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// factTables are the tables of database facts, in the order of the contract.
var factTables = []string{"person", "milestone", "month_status", "work_spell", "job", "bijstand_spell", "link_conflict"}

func newEditions(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "editions",
		Short: "List the editions that stand, with rows and content hash per table",
		Long: `Lists what stands: per edition and table of facts the number of rows and a
content hash. The hash depends on the rows only, not on their order: two
warehouses with the same hash hold the same facts.`,
		Example: "  doorstroom editions\n  doorstroom editions --format JSON",
		Args:    cobra.NoArgs,
	}
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.printQuery(cmd, editionsQuery(), *format) }
	return cmd
}

// editionsQuery counts and hashes every table of every edition. The tuple makes
// a NULL count as a value; a sum over the rows does not depend on their order.
// An edition without a row in a table has 0 rows there.
func editionsQuery() string {
	var parts []string
	for i, table := range factTables {
		parts = append(parts, fmt.Sprintf(`SELECT %d AS position, '%s' AS name, e.edition AS edition, countIf(r.there) AS n,
    lower(hex(sumIf(r.hash, r.there))) AS hash
FROM ops.edition AS e FINAL
LEFT JOIN (SELECT edition, true AS there, sipHash64(tuple(*)) AS hash FROM facts.%[2]s) AS r USING (edition)
GROUP BY edition`, i, table))
	}
	return "SELECT edition, name AS table, n AS rows, hash AS content_hash FROM (\n" + strings.Join(parts, "\nUNION ALL\n") + "\n) ORDER BY edition, position"
}
