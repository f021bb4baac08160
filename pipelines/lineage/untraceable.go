package lineage

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrUntraceable says that there is an edition, but what it was made of cannot
// be told any more. The error around it says why, and what to do if anything can be done.
var ErrUntraceable = errors.New("its facts cannot be traced to what was delivered")

// errOtherFacts says that the stored facts are not those that the records give now.
var errOtherFacts = errors.New("the stored facts are not what the records give")

// readSourced gives an edition with what it was made of, or ErrUntraceable.
func readSourced(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) (*edition.Sourced, error) {
	s, err := edition.ReadSourced(ctx, db, cutOff)
	if !errors.Is(err, edition.ErrOtherInputs) {
		return s, err
	}
	return nil, untraceable(ctx, db, cutOff, "another version of the program made it")
}

// untraceable adds what to do: a closed edition is never built again.
func untraceable(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, why string) error {
	var closed bool
	if err := db.QueryRow(ctx, "SELECT closed FROM ops.edition FINAL WHERE edition = toDate(?)", cutOff.String()).Scan(&closed); err != nil {
		return fmt.Errorf("asking whether edition %s is closed: %w", cutOff, err)
	}
	remedy := fmt.Sprintf("build it again with 'doorstroom run --from facts --as-of %s'", cutOff)
	if closed {
		remedy = "it was released, so its numbers stay and it is not built again; take an edition that is not closed"
	}
	return fmt.Errorf("edition %s: %w: %s; %s", cutOff, ErrUntraceable, why, remedy)
}
