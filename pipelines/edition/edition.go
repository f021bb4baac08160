package edition

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Edition is everything as it was known on one cut-off day, in the build that is current: a row of ops.edition.
type Edition struct {
	CutOff  schemas.Date
	Build   uint64
	BuiltAt time.Time
	// Inputs is a hash in hex over the loads in scope, the definitions and the version of the program's facts.
	Inputs            string
	DefinitionVersion string
	// Horizon and GridEnd are zero without a delivery of uwv_employment: then all grids are empty.
	Horizon, GridEnd schemas.Date
	// Closed tells that it was released: it is never built again.
	Closed bool
	// Synthetic tells that made-up persons count in it.
	Synthetic                    bool
	Deliveries, Records, Persons uint64
	// Rows are the rows per table of facts.
	Rows map[string]uint64
}

const editionColumns = "edition, build, built_at, inputs, definition_version, horizon, grid_end, closed, deliveries, records, persons, rows, synthetic"

// currentEdition gives the edition of a cut-off day; false when there is none.
func currentEdition(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) (Edition, bool, error) {
	row := db.QueryRow(ctx, "SELECT "+editionColumns+" FROM ops.edition FINAL WHERE edition = toDate(?)", cutOff.String())
	e, err := scanEdition(row)
	if errors.Is(err, sql.ErrNoRows) {
		return Edition{}, false, nil
	}
	return e, err == nil, err
}

func scanEdition(row interface{ Scan(...any) error }) (Edition, error) {
	var (
		e                Edition
		edition          time.Time
		horizon, gridEnd *time.Time
	)
	err := row.Scan(&edition, &e.Build, &e.BuiltAt, &e.Inputs, &e.DefinitionVersion, &horizon, &gridEnd, &e.Closed,
		&e.Deliveries, &e.Records, &e.Persons, &e.Rows, &e.Synthetic)
	if err != nil {
		return e, fmt.Errorf("reading ops.edition: %w", err)
	}
	e.CutOff, e.Horizon, e.GridEnd = schemas.DateFromTime(edition), optional(horizon), optional(gridEnd)
	return e, nil
}

func optional(t *time.Time) schemas.Date {
	if t == nil {
		return 0
	}
	return schemas.DateFromTime(*t)
}

// makeCurrent makes a build the current one of its edition with one row: from then on all tables of facts show it.
func (e *Edition) makeCurrent(ctx context.Context, db *warehouse.DB) error {
	err := db.Exec(ctx, "INSERT INTO ops.edition ("+editionColumns+", written_at) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "+
		warehouse.After("ops.edition", "written_at", "edition = toDate(?)"),
		e.CutOff.Time(), e.Build, e.BuiltAt, e.Inputs, e.DefinitionVersion, nullDate(e.Horizon), nullDate(e.GridEnd), e.Closed,
		e.Deliveries, e.Records, e.Persons, e.Rows, e.Synthetic, e.CutOff.String())
	if err != nil {
		return fmt.Errorf("making the build current: %w", err)
	}
	return nil
}

func nullDate(d schemas.Date) *time.Time {
	if d == 0 {
		return nil
	}
	t := d.Time()
	return &t
}

// ErrNoEdition says that there is no edition of a cut-off day.
var ErrNoEdition = errors.New("no such edition")

// ReadEdition gives the current edition of a cut-off day, or ErrNoEdition.
func ReadEdition(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) (Edition, error) {
	e, ok, err := currentEdition(ctx, db, cutOff)
	if err == nil && !ok {
		err = noEdition(ctx, db, cutOff)
	}
	return e, err
}

// editionsNamed is how many editions are named in place of one that there is not: the newest.
const editionsNamed = 12

// noEdition is ErrNoEdition with the editions that there are.
func noEdition(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) error {
	var names []string
	var all uint64
	err := db.QueryRow(ctx, sqlFiles.Render("newest_editions.sql", map[string]int{"Named": editionsNamed})).
		Scan(&names, &all)
	if err != nil {
		return fmt.Errorf("reading which editions there are: %w", err)
	}
	switch older := all - uint64(len(names)); {
	case all == 0:
		return fmt.Errorf("edition %s: %w, and none has been built yet", cutOff, ErrNoEdition)
	case older > 0:
		return fmt.Errorf("edition %s: %w; the current ones are %s and %d older ones ('doorstroom editions' lists them)", cutOff, ErrNoEdition, strings.Join(names, ", "), older)
	}
	return fmt.Errorf("edition %s: %w; the current ones are %s", cutOff, ErrNoEdition, strings.Join(names, ", "))
}

// RouteEdition is what route has to know of an edition. It fails when the
// edition was made under definitions that this program does not have.
func (e *Edition) RouteEdition() (*route.Edition, error) {
	definitions, err := definition.Published().Version(e.DefinitionVersion)
	if err != nil {
		return nil, fmt.Errorf("edition %s: %w", e.CutOff, err)
	}
	return &route.Edition{Definitions: definitions, CutOff: e.CutOff, GridEnd: e.GridEnd, Region: slice.GeographyOn(e.CutOff).Region}, nil
}
