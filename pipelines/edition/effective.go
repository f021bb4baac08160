package edition

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

const (
	// keysPerPass bounds the keys that one query counts, and so its memory.
	keysPerPass = 8 << 20
	// rowsPerPass bounds the contested rows that one query sorts.
	rowsPerPass = 4 << 20
	// contestedLimit is how many contested keys are looked up in memory; beyond it every row is resolved.
	contestedLimit = 16 << 20
)

// holding finds the rows of one record that hold in the edition and offers
// them as SELECTs. Most rows have no other version: they hold as they are. Only
// keys that come more than once are resolved, by the columns of the contract;
// hashes (record_key, period_key) tell which those are and decide nothing.
type holding struct {
	*attempt
	record  *schemas.Record
	columns []slice.Column
	// keys and periods are how many values of record_key and period_key come more than once.
	keys, periods uint64
	all           bool // every row is resolved
	rows          uint64
	// sums are what holds: rows, then the measures of the record that are among the columns. pairs fills them.
	sums []*big.Int
}

// employment tells whether step 4 of DOMAIN section 2 applies.
func (h *holding) employment() bool { return len(h.record.CorrectedBy) > 0 }

// find prepares the tables that select reads.
func (h *holding) find(ctx context.Context) error {
	if err := h.DB.QueryRow(ctx, "SELECT count() FROM "+h.scoped("")).Scan(&h.rows); err != nil {
		return fmt.Errorf("counting the rows of %s: %w", h.record.Name, err)
	}
	if h.rows == 0 {
		return nil
	}
	var err error
	if h.keys, err = h.findContested(ctx, "record_key", ""); err != nil {
		return err
	}
	if h.employment() {
		if h.periods, err = h.findContested(ctx, "period_key", " AND operation != 'V'"); err != nil {
			return err
		}
	}
	h.all = h.keys+h.periods > contestedLimit
	if h.keys+h.periods == 0 {
		return nil
	}
	if err := h.resolveVersions(ctx); err != nil {
		return err
	}
	if h.employment() {
		return h.resolvePeriods(ctx)
	}
	return nil
}

// scoped is the raw table within the scope of the edition, with a further condition.
func (h *holding) scoped(condition string) string {
	return fmt.Sprintf("raw.%s WHERE %s%s", h.record.Name, h.inScope(), condition)
}

// inScope is the condition that a row of the raw table is of a load that counts.
func (h *holding) inScope() string {
	where := fmt.Sprintf("load_id IN (SELECT load_id FROM %s WHERE record = '%s')", h.table("scope"), h.record.Name)
	if h.record.Municipal() {
		where += fmt.Sprintf(" AND (load_id, CAST(municipality_code, 'Int16')) IN (SELECT load_id, municipality FROM %s WHERE record = '%s')",
			h.table("scope"), h.record.Name)
	}
	return where
}

// findContested keeps the values of a key column that come more than once. A
// row that was written twice is among them, and resolving takes it once.
func (h *holding) findContested(ctx context.Context, key, condition string) (uint64, error) {
	name := h.table(h.record.Name + "_" + key)
	if err := h.exec(ctx, "CREATE TABLE %s (value UInt64) ENGINE = MergeTree ORDER BY tuple()", name); err != nil {
		return 0, err
	}
	passes := 1 + h.rows/keysPerPass
	for pass := range passes {
		err := h.exec(ctx, "INSERT INTO %s SELECT %s FROM %s GROUP BY %s HAVING count() > 1",
			name, key, h.scoped(fmt.Sprintf("%s AND %s %% %d = %d", condition, key, passes, pass)), key)
		if err != nil {
			return 0, fmt.Errorf("looking for versions in %s: %w", h.record.Name, err)
		}
	}
	var n uint64
	if err := h.DB.QueryRow(ctx, "SELECT count() FROM "+name).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting versions in %s: %w", h.record.Name, err)
	}
	return n, nil
}

// contested is the condition that a row has to be resolved.
func (h *holding) contested() string {
	if h.all {
		return "1"
	}
	var any []string
	if h.keys > 0 {
		any = append(any, fmt.Sprintf("record_key IN (SELECT value FROM %s)", h.table(h.record.Name+"_record_key")))
	}
	if h.periods > 0 {
		any = append(any, fmt.Sprintf("period_key IN (SELECT value FROM %s)", h.table(h.record.Name+"_period_key")))
	}
	return "(" + strings.Join(any, " OR ") + ")"
}

// passes is in how many parts the contested rows are resolved.
func (h *holding) passes() uint64 {
	if h.all {
		return 1 + h.rows/rowsPerPass
	}
	return 1 + (h.keys+h.periods)/rowsPerPass
}

// newest is the order of versions of contract section 1, the newest first.
const newest = "ORDER BY rank DESC, file_no DESC, row_no DESC"

// resolveVersions keeps the newest version of every contested record unless it is a V.
func (h *holding) resolveVersions(ctx context.Context) error {
	key := "record_id"
	if h.record.Municipal() {
		key = "municipality_code, record_id"
	}
	period := "0"
	if h.employment() {
		period = "period_key"
	}
	name := h.table(h.versions())
	err := h.exec(ctx, "CREATE TABLE %s (pseudonym_v Nullable(FixedString(16)), pseudonym_b Nullable(FixedString(16)), "+
		"rank UInt32, file_no UInt32, row_no UInt64, period UInt64%s) ENGINE = MergeTree ORDER BY tuple()", name, slice.Definitions(h.columns))
	if err != nil {
		return err
	}
	for pass := range h.passes() {
		err := h.exec(ctx, "INSERT INTO %s SELECT * EXCEPT operation FROM ("+
			"SELECT pseudonym_v, pseudonym_b, rank, file_no, row_no, %s AS period, %s, operation FROM ("+
			"SELECT * FROM %s) AS r ANY LEFT JOIN %s AS l USING load_id %s LIMIT 1 BY %s) WHERE operation != 'V'",
			name, period, slice.Expressions(h.columns),
			h.scoped(fmt.Sprintf(" AND record_key %% %d = %d AND %s", h.passes(), pass, h.contested())), h.table("load"), newest, key)
		if err != nil {
			return fmt.Errorf("resolving the versions of %s: %w", h.record.Name, err)
		}
	}
	return nil
}

// resolvePeriods keeps of several records of one period the newest.
func (h *holding) resolvePeriods(ctx context.Context) error {
	name := h.table(h.periodsTable())
	if err := h.exec(ctx, "CREATE TABLE %s AS %s", name, h.table(h.versions())); err != nil {
		return err
	}
	for pass := range h.passes() {
		err := h.exec(ctx, "INSERT INTO %s SELECT * FROM %s WHERE period %% %d = %d %s LIMIT 1 BY %s",
			name, h.table(h.versions()), h.passes(), pass, newest, strings.Join(h.record.CorrectedBy, ", "))
		if err != nil {
			return fmt.Errorf("resolving the corrections of %s: %w", h.record.Name, err)
		}
	}
	return nil
}

func (h *holding) versions() string     { return h.record.Name + "_versions" }
func (h *holding) periodsTable() string { return h.record.Name + "_periods" }

// selects gives the SELECTs whose rows together are those that hold: the two
// pseudonyms, and the columns under the names that made gives.
func (h *holding) selects() []string {
	if h.rows == 0 {
		return nil
	}
	var out []string
	if !h.all {
		condition := " AND operation != 'V'"
		if h.keys+h.periods > 0 {
			condition += " AND NOT " + h.contested()
		}
		out = append(out, fmt.Sprintf("SELECT pseudonym_v, pseudonym_b, %s FROM %s", slice.Expressions(h.columns), h.scoped(condition)))
	}
	if h.keys+h.periods > 0 {
		resolved := h.versions()
		if h.employment() {
			resolved = h.periodsTable()
		}
		out = append(out, fmt.Sprintf("SELECT pseudonym_v, pseudonym_b, %s FROM %s", renamed(h.columns), h.table(resolved)))
	}
	return out
}

// renamed lists columns of a table of work under the names that made gives.
func renamed(columns []slice.Column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = slice.Quote(c.Name) + " AS " + slice.Made(c.Name)
	}
	return strings.Join(list, ", ")
}
