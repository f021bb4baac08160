package delivery

// Queries of the commands that list what came in. They have the columns of the contract, in its order, and what is ours behind them.

// DeliveriesQuery lists the decided deliveries, the newest last.
func DeliveriesQuery() string { return sqlFiles.Render("deliveries.sql", nil) }

// QuarantineQuery lists the broken fields of the decided deliveries.
func QuarantineQuery() string { return sqlFiles.Render("quarantine.sql", nil) }

// QuarantineByRuleQuery groups the broken fields that a supplier still has to
// see to: how many, and the first rows, file by file, as FILE:ROW.
func QuarantineByRuleQuery() string { return sqlFiles.Render("quarantine_by_rule.sql", nil) }
