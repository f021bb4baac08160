package edition

import (
	"context"
	"errors"
	"slices"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrOtherInputs says that the rows of an edition can no longer be traced: no
// deliveries that are known give the hash of what it was made of, so another version of the program made it.
var ErrOtherInputs = errors.New("was made by another version of the program; build it again with 'doorstroom run --from facts --as-of' and that day")

// Standing is an edition that stands, with what it was made of.
type Standing struct {
	Edition
	scope *scope
}

// ReadStanding gives the edition of a cut-off day and the deliveries that it
// was made of: deliveries that were accepted after it was built are not among
// them, those that were withdrawn after it are. It fails with ErrNoEdition, ErrOtherInputs or ErrRemoved.
func ReadStanding(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) (*Standing, error) {
	e, ok, err := standing(ctx, db, cutOff)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, noEdition(ctx, db, cutOff)
	}
	if err := buildable(ctx, db, cutOff); err != nil {
		return nil, err
	}
	s, err := scopeOf(ctx, db, &e)
	if err != nil {
		return nil, err
	}
	return &Standing{Edition: e, scope: s}, nil
}

// Loads are the deliveries that count in the edition, per supplier in the
// order of versions: of two rows of one record, the one in the later load wins.
func (s *Standing) Loads() []Load { return s.scope.loads }

// Counts tells whether rows of a record in a load are looked at, or whether a
// later full delivery replaced them. The municipality is that of a municipal row, else empty.
func (s *Standing) Counts(record string, load uint64, municipality schemas.Code) bool {
	return slices.ContainsFunc(s.scope.sources[record], func(src source) bool {
		return src.load == load && src.municipality == municipality
	})
}
