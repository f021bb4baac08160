package delivery

import (
	"testing"

	"doorstroom/pipelines/sqlfile/golden"
)

func TestSQL(t *testing.T) {
	one := []rowsOf{{"coa_stay", inForce, "sipHash64(1)"}}
	for name, text := range map[string]string{
		"detail":                sqlFiles.Render("detail.sql", one),
		"reconciled":            sqlFiles.Render("reconciled.sql", one),
		"row_digest":            RowDigest("coa_placement"),
		"last_deliveries":       sqlFiles.Render("last_deliveries.sql", map[string]any{"Named": 10, "That": "status = 'accepted'"}),
		"control_sums":          sqlFiles.Render("control_sums.sql", map[string]any{"Field": "wage_sv", "Record": "uwv_employment", "Final": false}),
		"control_sums_once":     sqlFiles.Render("control_sums.sql", map[string]any{"Field": "wage_sv", "Record": "uwv_employment", "Final": true}),
		"quarantine_by_rule":    QuarantineByRuleQuery(),
		"quarantine_still_open": sqlFiles.Render("quarantine_still_open.sql", nil),
		"refusals":              sqlFiles.Render("refusals.sql", nil),
	} {
		golden.Check(t, name, text)
	}
}
