package edition

import (
	"context"
	"errors"

	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrOtherInputs says that the rows of an edition can no longer be traced: no
// deliveries that are known give the hash of what it was made of, so another version of the program made it.
var ErrOtherInputs = errors.New("was made by another version of the program; build it again with 'doorstroom run --from facts --as-of' and that day")

// Sourced is an edition with what it is made of: which loads, and which of their rows are looked at.
type Sourced struct {
	Edition
	Scope *versions.Scope
}

// ReadSourced gives the current edition of a cut-off day and the deliveries that it
// was made of: deliveries that were accepted after it was built are not among
// them, those that were withdrawn after it are. It fails with ErrNoEdition, ErrOtherInputs or ErrRemoved.
func ReadSourced(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) (*Sourced, error) {
	e, err := ReadEdition(ctx, db, cutOff)
	if err != nil {
		return nil, err
	}
	if err := buildable(ctx, db, cutOff); err != nil {
		return nil, err
	}
	s, err := scopeOf(ctx, db, &e)
	if err != nil {
		return nil, err
	}
	return &Sourced{Edition: e, Scope: s}, nil
}

// Latest is what an edition would be made of whose cut-off lies after every delivery: the newest state of everything.
func Latest(ctx context.Context, db *warehouse.DB) (*Sourced, error) {
	loads, err := accepted(ctx, db)
	if err != nil {
		return nil, err
	}
	var last schemas.Date
	for i := range loads {
		last = max(last, loads[i].DrawnOn)
	}
	return &Sourced{Edition: Edition{CutOff: last}, Scope: versions.NewScope(loads, last)}, nil
}
