package facts

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrOtherInputs says that the rows of an edition can no longer be traced: they
// were made by another version of the program.
var ErrOtherInputs = errors.New("was made by another version of the program; build it anew with 'doorstroom run --from facts --as-of' and that day")

// Standing is an edition that stands, with what it was made of.
type Standing struct {
	Edition
	scope *scope
}

// ReadStanding gives the edition of a cut-off day and the deliveries that it
// was made of: deliveries that were accepted after it was built are not among
// them. It fails with ErrNoEdition, ErrOtherInputs or ErrRemoved.
func ReadStanding(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) (*Standing, error) {
	e, ok, err := standing(ctx, db, cutOff)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("edition %s: %w", cutOff, ErrNoEdition)
	}
	if err := buildable(ctx, db, cutOff); err != nil {
		return nil, err
	}
	loads, err := accepted(ctx, db)
	if err != nil {
		return nil, err
	}
	decided, err := decidedBefore(ctx, db, e.Build)
	if err != nil {
		return nil, err
	}
	loads = slices.DeleteFunc(loads, func(l Load) bool { return !decided[l.ID] })
	s := newScope(loads, cutOff)
	if s.inputs(e.DefinitionVersion) != e.Inputs {
		return nil, fmt.Errorf("edition %s %w", cutOff, ErrOtherInputs)
	}
	return &Standing{Edition: e, scope: s}, nil
}

// decidedBefore gives the loads that were accepted when a build began; its number is that moment.
func decidedBefore(ctx context.Context, db *warehouse.DB, build uint64) (map[uint64]bool, error) {
	rows, err := db.Query(ctx, `SELECT l.load_id FROM ops.load AS l FINAL
		INNER JOIN (SELECT supplier, delivery_id, manifest_sha256 FROM ops.delivery FINAL
			WHERE status = 'accepted' AND toUInt64(toUnixTimestamp64Micro(decided_at)) <= ?) AS d
			USING (supplier, delivery_id, manifest_sha256)`, build)
	if err != nil {
		return nil, fmt.Errorf("reading when deliveries were accepted: %w", err)
	}
	defer rows.Close()
	decided := make(map[uint64]bool)
	for rows.Next() {
		var id uint64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("reading when deliveries were accepted: %w", err)
		}
		decided[id] = true
	}
	return decided, rows.Err()
}

// Loads are the deliveries drawn on or before the cut-off, per supplier in the
// order of versions: of two rows of one record, the one in the later load wins.
func (s *Standing) Loads() []Load { return s.scope.loads }

// Counts tells whether rows of a record in a load are looked at, or whether a
// later full delivery replaced them. The municipality is that of a municipal row, else empty.
func (s *Standing) Counts(record string, load uint64, municipality schemas.Code) bool {
	return slices.ContainsFunc(s.scope.sources[record], func(src source) bool {
		return src.load == load && src.municipality == municipality
	})
}
