package warehouse

import "fmt"

// After is an SQL expression for the version of a row of a ReplacingMergeTree
// that is to replace those of the condition: now, in microseconds, unless the
// clock went back since they were written. version is the column that has it.
func After(table, version, condition string) string {
	return fmt.Sprintf("(SELECT greatest(now64(6), max(%s) + INTERVAL 1 MICROSECOND) FROM %s WHERE %s)", version, table, condition)
}
