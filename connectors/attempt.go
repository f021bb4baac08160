package connectors

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/connectors/publish"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// attempt is one delivery being read.
type attempt struct {
	*run
	delivery Delivery
	manifest *manifest.Manifest
	context  schemas.Context
	files    []*file
	closed   schemas.Closed
	// sightings of each record find those that come twice, in a full delivery.
	sightings map[string]*sightings
	finished  chan struct{}
	err       error

	mu   sync.Mutex
	used map[*worker]bool
}

func (a *attempt) isFinished() bool {
	select {
	case <-a.finished:
		return true
	default:
		return false
	}
}

// key is that of the delivery's control messages.
func (a *attempt) key() string { return a.delivery.folder() }

// bytes are those that are read of all files.
func (a *attempt) bytes() (n int64) {
	for _, f := range a.files {
		n += min(f.toRead(), math.MaxInt64-n)
	}
	return n
}

// prepare decides what the manifest alone decides and lists the files if it decides nothing.
func (a *attempt) prepare(data []byte, otherAccepted bool) {
	m, refusal := manifest.Parse(data, manifest.Rules{
		Supplier: a.delivery.Supplier, DeliveryID: a.delivery.ID,
		Formats: a.formatNames(a.delivery.Supplier), KeyVersions: a.o.KeyVersions,
	})
	if otherAccepted {
		refusal = &manifest.Refusal{Reason: schemas.DeliveryIDReused, Detail: "another manifest of this id was accepted; deliver under a new id"}
	}
	a.closed.DrawnOn, a.closed.CoversFrom, a.closed.CoversTo, a.closed.Mode = m.DrawnOn, m.CoversFrom, m.CoversTo, m.Mode
	a.closed.Synthetic = m.Synthetic
	a.closed.MunicipalityCodes = slices.Sorted(slices.Values(m.MunicipalityCodes))
	if refusal != nil {
		a.closed.Reason, a.closed.Detail = refusal.Reason, refusal.Detail
		return
	}
	a.manifest = m
	a.context = schemas.Context{Mutation: m.Mode == "mutation", DrawnYear: m.DrawnYear()}
	for _, c := range m.MunicipalityCodes {
		a.context.Municipalities = append(a.context.Municipalities, reference.Municipalities.Code(c))
	}
	a.listFiles()
}

// listFiles makes the files in the order of the manifest, each with its rank by name.
func (a *attempt) listFiles() {
	a.sightings = map[string]*sightings{}
	names := make([]string, 0, len(a.manifest.Files))
	for _, f := range a.manifest.Files {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	for i := range a.manifest.Files {
		m := &a.manifest.Files[i]
		rank, _ := slices.BinarySearch(names, m.Name)
		f := &file{File: m, attempt: a, no: int32(rank), record: schemas.RecordOf(m.Record), controlField: -1}
		f.format = a.formats[a.delivery.Supplier][m.Format]
		if m.ControlTotal != nil {
			f.controlField = f.record.FieldOf(m.ControlTotal.Column)
		}
		a.files = append(a.files, f)
		if a.sightings[m.Record] == nil && !a.context.Mutation {
			a.sightings[m.Record] = &sightings{limit: twiceRows}
		}
	}
	a.allowances()
}

// name gives the attempt its load id, which rests on the files as they are now.
// One that cannot be looked at counts as not there: verify says what is wrong with it.
func (a *attempt) name(root *os.Root) {
	changed := make([]time.Time, len(a.files))
	for i, f := range a.files {
		if info, err := root.Stat(path.Join(a.delivery.folder(), f.Name)); err == nil {
			f.named, changed[i] = info, changedAt(info)
		}
	}
	a.closed.LoadID = schemas.LoadID(a.delivery.Supplier, a.delivery.ID, a.closed.ManifestSHA256, changed...)
}

// read verifies the files, reads those before the first that is not what the
// manifest says, and sums up. Which files are read depends on the delivery
// only, so that its counts do too.
func (a *attempt) read(ctx context.Context) error {
	if a.closed.Reason != "" {
		return nil
	}
	root, err := a.openFolder()
	if err != nil {
		return err
	}
	defer root.Close()
	defer func() {
		for _, s := range a.sightings {
			s.close()
		}
	}()
	if err := a.each(ctx, a.files, func(ctx context.Context, f *file) error { return f.verify(ctx, root) }); err != nil {
		return err
	}
	sound := slices.IndexFunc(a.files, func(f *file) bool { return f.fault != nil })
	if sound < 0 {
		sound = len(a.files)
	}
	if err := a.each(ctx, a.files[:sound], func(ctx context.Context, f *file) error { return f.read(ctx, root) }); err != nil {
		return err
	}
	for _, f := range a.files {
		// What was not read, or read in fewer bytes than stated, is done with too.
		f.advance(max(0, f.toRead()-f.reported.Load()))
	}
	return a.sumUp()
}

func (a *attempt) openFolder() (*os.Root, error) {
	all, err := landing.OpenRoot(a.delivery.landing)
	if err != nil {
		return nil, fmt.Errorf("open the landing folder: %w", err)
	}
	defer all.Close()
	root, err := landing.Below(all, a.delivery.folder())
	if err != nil {
		return nil, fmt.Errorf("open the folder of the delivery: %w", err)
	}
	return root, nil
}

// each does something with files side by side, started in their order.
func (a *attempt) each(ctx context.Context, files []*file, do func(context.Context, *file) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, f := range files {
		select {
		case a.open <- struct{}{}:
		case <-ctx.Done():
			return errors.Join(ctx.Err(), group.Wait())
		}
		group.Go(func() error {
			defer func() { <-a.open }()
			if err := do(ctx, f); err != nil {
				return fmt.Errorf("file %s: %w", f.Name, err)
			}
			return nil
		})
	}
	return group.Wait()
}

// use remembers that a worker sent messages of this delivery.
func (a *attempt) use(w *worker) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.used[w] = true
}

// sumUp gives the counts and the first reason to refuse, in the contract's order.
func (a *attempt) sumUp() error {
	totals := map[string]*schemas.RecordTotals{}
	for _, f := range a.files {
		t := totals[f.Record]
		if t == nil {
			t = &schemas.RecordTotals{Record: f.Record, Filled: map[string]uint64{}}
			totals[f.Record] = t
		}
		t.RowsInFiles += f.rows
		t.RowsAccepted += f.accepted
		t.RowsQuarantined += f.quarantined
		for i, n := range f.filled {
			if n > 0 {
				t.Filled[f.record.Fields[i].Name] += n
			}
		}
		a.closed.Files = append(a.closed.Files, f.totals())
	}
	for _, name := range slices.Sorted(maps.Keys(totals)) {
		a.closed.Records = append(a.closed.Records, *totals[name])
	}
	fault, err := a.verdict()
	if err != nil {
		return err
	}
	if fault != nil {
		a.closed.Reason, a.closed.Detail = fault.Reason, fault.Detail
		for i := range a.closed.Records {
			a.closed.Records[i].RowsAccepted = 0
		}
	}
	return nil
}

func (a *attempt) verdict() (*decode.Fault, error) {
	for _, f := range a.files {
		if f.fault != nil {
			return &decode.Fault{Reason: f.fault.Reason, Detail: "file " + f.Name + ": " + f.fault.Detail}, nil
		}
	}
	if fault := a.pageTotals(); fault != nil {
		return fault, nil
	}
	for _, t := range a.closed.Records {
		if overThreshold(t) {
			return a.tooManyAside(t), nil
		}
	}
	return a.recordTwice()
}

// recordTwice tells of a record of a full delivery that two accepted rows give.
func (a *attempt) recordTwice() (*decode.Fault, error) {
	for _, t := range a.closed.Records {
		if a.sightings[t.Record] == nil {
			continue
		}
		pair, found, err := a.sightings[t.Record].find()
		if err != nil {
			return nil, err
		}
		if found {
			return &decode.Fault{Reason: schemas.RecordTwice, Detail: fmt.Sprintf("%s: %s and %s have the same %s; "+
				"in a full delivery every record comes once: was a spreadsheet at work that rounds numbers, or did the extract shift while it was paged",
				t.Record, a.place(pair.first), a.place(pair.second), keyColumns(schemas.RecordOf(t.Record)))}, nil
		}
	}
	return nil, nil
}

// place names the file and the row.
func (a *attempt) place(s sighting) string {
	i := slices.IndexFunc(a.files, func(f *file) bool { return f.no == int32(s.fileNo) })
	return fmt.Sprintf("row %d of %s", s.row, a.files[i].Name)
}

// keyColumns are the columns that name a record.
func keyColumns(r *schemas.Record) string {
	columns := r.Fields[schemas.FieldRecordID].Column
	if !r.Municipal() {
		return columns
	}
	i := slices.IndexFunc(r.Fields, func(f schemas.Field) bool { return f.Name == "municipality_code" })
	return columns + " and " + r.Fields[i].Column
}

// tooManyAside tells which rules the records break, and what of their files may be why.
func (a *attempt) tooManyAside(t schemas.RecordTotals) *decode.Fault {
	broken, dates, withheld := brokenRules{}, "", uint64(0)
	var remarks []string
	for _, f := range a.files {
		if f.Record != t.Record {
			continue
		}
		broken.merge(f.broken)
		withheld += f.withheld
		dates = f.format.Dates
		for _, remark := range f.remarks[:min(len(f.remarks), mostBroken-min(mostBroken, len(remarks)))] {
			remarks = append(remarks, "file "+f.Name+": "+remark)
		}
	}
	said := fmt.Sprintf("%s: %d of %d records are quarantined: %s", t.Record, t.RowsQuarantined, t.RowsInFiles, broken.words(schemas.RecordOf(t.Record), dates))
	if withheld > 0 {
		said += fmt.Sprintf("; %d of them are counted without entries", withheld)
	}
	return &decode.Fault{Reason: schemas.QuarantineOverLimit, Detail: strings.Join(append([]string{said}, remarks...), "; ")}
}

// pageTotals holds the items of a record's pages against the total that each page states.
func (a *attempt) pageTotals() *decode.Fault {
	items := map[string]uint64{}
	for _, f := range a.files {
		items[f.Record] += f.rows
	}
	for _, f := range a.files {
		if f.format.Paged && uint64(f.pageTotal) != items[f.Record] {
			return &decode.Fault{Reason: schemas.RowCountMismatch, Detail: fmt.Sprintf("file %s states %d records of %s in the extract, its pages hold %d", f.Name, f.pageTotal, f.Record, items[f.Record])}
		}
	}
	return nil
}

// fit sees to it that Kafka takes the delivery's Closed: it lists every file.
// A delivery of more files than a message holds is refused, without its files.
func (a *attempt) fit() error {
	message, err := json.Marshal(a.closed)
	if err != nil {
		return fmt.Errorf("encode a control message: %w", err)
	}
	fits, err := publish.Fits([]byte(a.key()), message)
	if err != nil || fits {
		return err
	}
	if a.closed.Reason == "" {
		a.closed.Reason = schemas.ManifestInvalid
		a.closed.Detail = fmt.Sprintf("%d files are more than one delivery can have; deliver fewer, larger files", len(a.closed.Files))
		for i := range a.closed.Records {
			a.closed.Records[i].RowsAccepted = 0
		}
	}
	a.closed.Files = nil
	return nil
}
