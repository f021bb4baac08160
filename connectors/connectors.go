// Package connectors brings suppliers' extracts to Kafka: it finds deliveries
// in a landing folder, verifies and decodes their files, validates every record,
// puts the good ones on the topic of their record and the others, without
// their values, on the quarantine topic, and closes each delivery with what was
// counted and, if need be, the reason to refuse it.
//
// The contract's section 1 is the specification. Whether a delivery counts is
// not decided here alone: pipelines/load accepts it once the raw tables hold
// exactly what its Closed message counted.
//
//go:generate go test . -run ^TestPageListsSuppliers$ -update
package connectors

import "doorstroom/connectors/decode/memory"
import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"go.uber.org/zap"

	"doorstroom/connectors/coa"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/duo"
	"doorstroom/connectors/idw"
	"doorstroom/connectors/municipality"
	"doorstroom/connectors/publish"
	"doorstroom/connectors/source"
	"doorstroom/connectors/uwv"
	"doorstroom/schemas"
)

// Connector is what a supplier differs in from the others: its name, which is
// that of its landing folder, and the formats that its manifests may name. All
// else is alike and stands here once. A connector holds no state. Every
// connector must pass connectortest.
type Connector interface {
	// Supplier is the name as in the contract; it never changes.
	Supplier() string
	// Formats are all that the supplier may deliver, one at least, each name
	// once. A format reads in bounded memory, hands on every record of a file
	// exactly once, numbers them in file order, and gives a *decode.Fault for a
	// file that cannot be taken; any other error is ours, and refuses nothing.
	Formats() []decode.Format
}

// All lists the suppliers, in the order of the route.
func All() []Connector {
	return []Connector{
		coa.Connector{},
		municipality.Connector{},
		uwv.Connector{},
		duo.Connector{},
		idw.Connector{},
	}
}

// Served are the suppliers that serve their extracts through an interface: those who deliver pages.
func Served() (suppliers []string) {
	for _, c := range All() {
		if slices.ContainsFunc(c.Formats(), func(f decode.Format) bool { return f.Paged }) {
			suppliers = append(suppliers, c.Supplier())
		}
	}
	return suppliers
}

// Known tells what has been decided about deliveries in earlier runs.
type Known interface {
	// Decided tells whether this manifest was accepted or refused before, and
	// whether another one of the same supplier and id was accepted.
	Decided(supplier, deliveryID, manifestSHA256 string) (same, otherAccepted bool)
	// Refused tells whether this manifest was refused, and not taken back by an operator.
	Refused(supplier, deliveryID, manifestSHA256 string) bool
}

// Options are what a Reader works with.
type Options struct {
	// Publisher takes the messages; its topics must exist. A Reader that only checks needs none.
	Publisher *publish.Publisher
	// Known is nil when nothing is known of earlier runs.
	Known Known
	// DigestKey is that of the warehouse: under it the content of accepted rows is digested. A Reader that only checks needs none.
	DigestKey schemas.DigestKey
	// KeyVersions are those of DOORSTROOM_KEY_VERSIONS.
	KeyVersions []int
	// APIs are the interfaces that Pull reads; none for suppliers that deliver folders. Refused of each is filled in.
	APIs []source.API
	// Folders are where suppliers leave deliveries that Pull brings into the
	// landing folder; Formats and Decided of each are filled in.
	Folders []source.Folder
	// Workers read files side by side; 0 is one per processor.
	Workers int
	Log     *zap.Logger
	// Progress, if set, is told how many bytes of all files have been read. It
	// is called from several goroutines and must be quick.
	Progress func(done, total int64)
}

// Reader reads deliveries. One at a time per landing folder.
type Reader struct {
	o       Options
	formats map[string]map[string]decode.Format
	// memory is what all files share that are read at a time.
	memory *memory.Pool
}

// New makes a Reader.
func New(o Options) *Reader {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Known == nil {
		o.Known = undecided{}
	}
	r := &Reader{o: o, formats: map[string]map[string]decode.Format{}, memory: memory.NewPool()}
	for _, c := range All() {
		formats := map[string]decode.Format{}
		for _, f := range c.Formats() {
			formats[f.Name] = f
		}
		r.formats[c.Supplier()] = formats
	}
	return r
}

// formatNames are the formats of a supplier, sorted.
func (r *Reader) formatNames(supplier string) (names []string) {
	for name := range r.formats[supplier] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Pull fetches every extract of the configured interfaces, and every delivery of
// the configured folders, that is not in the landing folder yet. What broke off
// goes on where it broke off. A supplier that fails does not keep the others.
func (r *Reader) Pull(ctx context.Context, landing string) error {
	var failures []error
	for _, api := range r.o.APIs {
		api.Refused = func(id, digest string) bool { return r.o.Known.Refused(api.Supplier, id, digest) }
		if err := source.Pull(ctx, api, landing, r.o.Log); err != nil {
			failures = append(failures, fmt.Errorf("pull the extracts of %s: %w", api.Supplier, err))
		}
	}
	for _, f := range r.o.Folders {
		f.Formats = r.formatNames(f.Supplier)
		f.Decided = func(id, digest string) bool {
			same, _ := r.o.Known.Decided(f.Supplier, id, digest)
			return same
		}
		if err := source.Fetch(ctx, f, landing, r.o.Log); err != nil {
			failures = append(failures, fmt.Errorf("fetch the deliveries of %s: %w", f.Supplier, err))
		}
	}
	return errors.Join(failures...)
}

// Read reads the deliveries that are new and gives what was found of each, in
// their order; those decided before are left out without opening a file. What
// it gives has been put on the control topic, after every message of the
// delivery was acknowledged. An error of one delivery does not stop the others;
// one of Kafka stops all.
func (r *Reader) Read(ctx context.Context, deliveries []Delivery) ([]schemas.Closed, error) {
	run, err := r.newRun(ctx, deliveries)
	if err != nil {
		return nil, err
	}
	return run.read()
}
