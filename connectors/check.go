package connectors

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/connectors/publish"
	"doorstroom/schemas"
)

// ErrNoDelivery says that a folder holds nothing to check.
var ErrNoDelivery = errors.New("no delivery")

// At lists the deliveries of a folder: of a landing folder, of one supplier's
// folder in it, or one delivery, whose supplier is that of the manifest when
// the folder above it does not bear a supplier's name. Errors wrap
// ErrNoDelivery when there is none.
func (r *Reader) At(ctx context.Context, dir string) ([]Delivery, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the folder: %w", err)
	}
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder to check: %w", err)
	}
	defer root.Close()
	data, err := readManifest(root, ".")
	switch {
	case err == nil:
		return []Delivery{single(dir, data)}, nil
	case !errors.Is(err, errNotReady):
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	top, supplier := dir, ""
	if name := filepath.Base(dir); slices.Contains(schemas.Suppliers, name) {
		top, supplier = filepath.Dir(dir), name
	}
	found, err := r.Discover(ctx, top)
	if err != nil {
		return nil, err
	}
	if supplier != "" {
		found = slices.DeleteFunc(found, func(d Delivery) bool { return d.Supplier != supplier })
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w in %s: a delivery is a folder with a manifest.json, a landing folder holds SUPPLIER/DELIVERY_ID folders (%v)",
			ErrNoDelivery, dir, schemas.Suppliers)
	}
	return found, nil
}

// single is a delivery on its own.
func single(dir string, data []byte) Delivery {
	d := Delivery{ID: filepath.Base(dir), ManifestSHA256: manifest.SHA256(data), DrawnOn: manifest.Glance(data).DrawnOn}
	above := filepath.Dir(dir)
	if name := filepath.Base(above); slices.Contains(schemas.Suppliers, name) {
		d.Supplier, d.landing = name, filepath.Dir(above)
		return d
	}
	d.Supplier, d.landing, d.below = manifest.Supplier(data), above, d.ID
	return d
}

// Check reads deliveries as Read does and gives what was found of each, but
// puts nothing anywhere. What would be put aside goes to aside, from several
// goroutines at once. It cannot tell what only the warehouse knows: that an id
// was used before, or that a full delivery shrank.
func (r *Reader) Check(ctx context.Context, deliveries []Delivery, aside func(schemas.Quarantined)) ([]schemas.Closed, error) {
	run, err := r.newRun(ctx, deliveries)
	if err != nil {
		return nil, err
	}
	run.out = nowhere{aside}
	return run.read()
}

// nowhere is the output of a check.
type nowhere struct{ aside func(schemas.Quarantined) }

func (n nowhere) writer(context.Context) writer { return n }

// Control drops the messages.
func (nowhere) Control(context.Context, ...publish.ControlMessage) error { return nil }

func (n nowhere) record(*schemas.Record) (stream, error) { return n, nil }

func (n nowhere) putAside(q schemas.Quarantined) error {
	n.aside(q)
	return nil
}

func (nowhere) flush() error { return nil }

// Frame appends nothing.
func (nowhere) Frame(dst []byte) []byte { return dst }

// Send drops the message.
func (nowhere) Send(_, _ []byte) error { return nil }

// undecided is what is known without a warehouse: nothing.
type undecided struct{}

// Decided tells that nothing was.
func (undecided) Decided(_, _, _ string) (same, otherAccepted bool) { return false, false }

// Refused tells that nothing was.
func (undecided) Refused(_, _, _ string) bool { return false }
