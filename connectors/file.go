package connectors

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strings"
	"sync/atomic"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/landing"
	"doorstroom/connectors/manifest"
	"doorstroom/schemas"
)

// file is one file of a delivery.
type file struct {
	*manifest.File
	attempt *attempt
	// no is the rank of its name among those of the delivery, by bytes.
	no           int32
	record       *schemas.Record
	format       decode.Format
	controlField int
	// aside is shared by the files of a record.
	aside *allowance

	windows1252 bool
	// named is what the file was when its attempt got its load id; nil when it was not there.
	named os.FileInfo
	fault *decode.Fault
	// reported are the bytes that progress has been told of.
	reported atomic.Int64
	counts
}

// passes is how often the bytes of a file are read: for its digest, then for its records.
const passes = 2

// toRead is how many bytes of the file are read in all, going by the size that the manifest states.
func (f *file) toRead() int64 { return passes * min(int64(f.Bytes), math.MaxInt64/passes) }

// advance reports progress, never beyond what is to be read.
func (f *file) advance(n int64) {
	after := f.reported.Add(n)
	if over := after - f.toRead(); over > 0 {
		n -= min(n, over)
	}
	f.attempt.advance(n)
}

// refuse keeps a *decode.Fault as the file's fault; any other error is handed back.
func (f *file) refuse(err error) error {
	var fault *decode.Fault
	if errors.As(err, &fault) {
		f.fault = fault
		return nil
	}
	return err
}

func (f *file) fail(reason schemas.Reason, format string, args ...any) {
	f.fault = &decode.Fault{Reason: reason, Detail: fmt.Sprintf(format, args...)}
}

// verify holds the file against the manifest: that it is there, its size and
// its digest. The same pass tells whether a text is UTF-8.
func (f *file) verify(ctx context.Context, root *os.Root) error {
	data, err := landing.Open(root, f.Name)
	if errors.Is(err, fs.ErrNotExist) {
		f.fail(schemas.FileMissing, "it is not there, or is not a plain file of the folder")
		return nil
	}
	if err != nil {
		return err
	}
	defer data.Close()
	if err := f.unchanged(data); err != nil {
		return err
	}
	if size := f.named.Size(); size != int64(f.Bytes) {
		f.fail(schemas.SizeMismatch, "%d bytes, the manifest says %d", size, f.Bytes)
		return nil
	}
	// A byte more than the size tells that there are more: some files say that they are empty and never end.
	most := min(int64(f.Bytes), math.MaxInt64-1) + 1
	return f.attempt.with(ctx, func(*worker) error {
		err := f.digest(io.LimitReader(&noted{ctx, data, f.advance}, most))
		// What was written to meanwhile has another digest, and that says nothing against the delivery.
		return errors.Join(err, f.unchanged(data))
	})
}

func (f *file) digest(r io.Reader) error {
	hash := sha256.New()
	r = io.TeeReader(r, hash)
	var broken error
	if f.format.Text {
		isUTF8, err := decode.Check(r, f.format.Gzip)
		var fault *decode.Fault
		if err != nil && !errors.As(err, &fault) {
			return err
		}
		broken, f.windows1252 = err, !isUTF8
	}
	if _, err := io.CopyBuffer(io.Discard, onlyReader{r}, make([]byte, 256<<10)); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != f.SHA256 {
		f.fail(schemas.HashMismatch, "its SHA-256 is not that of the manifest")
		return nil
	}
	if broken == nil && f.format.Paged && f.windows1252 {
		f.fail(schemas.UnreadableFile, "a page that is not UTF-8")
		return nil
	}
	return f.refuse(broken)
}

// onlyReader hides WriteTo, which would read in pieces of its own choice.
type onlyReader struct{ io.Reader }

// noted is a reader that stops with its context and tells what was read.
type noted struct {
	ctx     context.Context
	r       io.Reader
	advance func(int64)
}

func (n *noted) Read(p []byte) (int, error) {
	if err := n.ctx.Err(); err != nil {
		return 0, err
	}
	read, err := n.r.Read(p)
	n.advance(int64(read))
	return read, err
}

// read decodes the file, its parts side by side, and holds the counts against the manifest.
func (f *file) read(ctx context.Context, root *os.Root) error {
	data, err := landing.Open(root, f.Name)
	if err != nil {
		return err
	}
	defer data.Close()
	if err := f.unchanged(data); err != nil {
		return err
	}
	share := f.attempt.memory.Share(ctx)
	defer share.Close()
	in := &decode.Input{
		Record: f.record, Mutation: f.attempt.context.Mutation, ColumnsAbsent: f.ColumnsAbsent, File: data, Size: int64(f.Bytes),
		Windows1252: f.windows1252, Memory: share, Advance: f.advance,
	}
	// Without a worker: it may wait for another file, whose parts need the workers.
	parts, err := f.format.Parts(in)
	if err := f.refuse(err); err != nil {
		return err
	}
	if err := f.readParts(ctx, parts); err != nil {
		return err
	}
	if err := f.unchanged(data); err != nil {
		return err
	}
	if f.unknownColumns > 0 {
		f.attempt.o.Log.Info("columns that the contract does not know are ignored",
			zap.String("delivery", f.attempt.delivery.folder()), zap.String("file", f.Name), zap.Int("columns", f.unknownColumns))
	}
	if f.fault == nil {
		f.compare()
	}
	return nil
}

// unchanged gives an error when the file is not what its load id rests on: it
// has been written to or replaced in between.
func (f *file) unchanged(data *os.File) error {
	now, err := data.Stat()
	if err != nil {
		return err
	}
	if f.named == nil || !os.SameFile(now, f.named) || now.Size() != f.named.Size() || !changedAt(now).Equal(changedAt(f.named)) {
		return errors.New("the file changed while it was read; nothing of it counts, run again when it is no longer written to")
	}
	return nil
}

// readParts reads parts side by side. All are read, also after a fault: what is
// counted does not depend on which was quicker. The first fault counts.
func (f *file) readParts(ctx context.Context, parts []decode.Part) error {
	done := make([]counts, len(parts))
	faults := make([]*decode.Fault, len(parts))
	group, ctx := errgroup.WithContext(ctx)
	// More would only wait, and there may be many.
	group.SetLimit(f.attempt.o.Workers)
	for i, part := range parts {
		group.Go(func() error {
			return f.attempt.with(ctx, func(w *worker) error {
				err := f.readPart(ctx, w, part, &done[i])
				if errors.As(err, &faults[i]) {
					return nil
				}
				return err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i := range parts {
		f.merge(done[i])
		if f.fault == nil {
			f.fault = faults[i]
		}
	}
	return nil
}

func (f *file) readPart(ctx context.Context, w *worker, part decode.Part, done *counts) error {
	stream, err := w.out.record(f.record)
	if err != nil {
		return kafkaError(err)
	}
	f.attempt.use(w)
	s := &sink{
		stream: stream, out: w.out, record: f.record, context: &f.attempt.context, file: f.Name, controlField: f.controlField,
		digestKey: f.attempt.o.DigestKey, counted: countedFields(f.record), sightingKey: f.attempt.sightingKey, sightings: f.attempt.sightings[f.Record],
		counts:  counts{broken: brokenRules{}},
		lastRow: f.lastRow(), aside: f.aside,
		at: schemas.Position{LoadID: f.attempt.closed.LoadID, FileNo: f.no, RowNo: part.FirstRow},
	}
	result, err := part.Read(func(row schemas.Row, whole schemas.Rule) error {
		if s.rows%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return s.take(row, whole)
	})
	s.unknownColumns, s.unknownNames, s.remarks, s.pageTotal = result.UnknownColumns, result.UnknownNames, result.Remarks, result.PageTotal
	*done = s.counts
	if err != nil {
		return err
	}
	return s.done()
}

// compare holds what was counted against what the manifest says.
func (f *file) compare() {
	if f.rows != uint64(f.Rows) {
		said := fmt.Sprintf("%d records, the manifest says %d", f.rows, f.Rows)
		if f.rows > uint64(f.lastRow()) {
			said += fmt.Sprintf("; those behind record %d were only counted", f.lastRow())
		}
		f.fail(schemas.RowCountMismatch, "%s", strings.Join(append([]string{said}, f.remarks...), "; "))
		return
	}
	if c := f.ControlTotal; c != nil && f.control.big().Cmp(c.Want()) != 0 {
		f.fail(schemas.ControlTotalMismatch, "the sum of column %s over all records, quarantined ones too, is not that of the manifest", c.Column)
	}
}

// countedFields are the optional fields and the two pseudonyms.
func countedFields(r *schemas.Record) (mask uint32) {
	for i := range r.Fields {
		if r.Optional(i) || i == schemas.FieldPseudonymV || i == schemas.FieldPseudonymB {
			mask |= 1 << i
		}
	}
	return mask
}

// unfilled lists the optional columns that no row of the file fills.
func (f *file) unfilled() (columns []string) {
	for i, field := range f.record.Fields {
		if f.rows > 0 && f.record.Optional(i) && f.delivered&(1<<i) == 0 {
			columns = append(columns, field.Column)
		}
	}
	return columns
}

func (f *file) totals() schemas.FileTotals {
	t := schemas.FileTotals{
		Name: f.Name, Record: f.Record, FileNo: f.no, SHA256: f.SHA256, Bytes: int64(f.Bytes),
		RowsInFile: f.rows, RowsAccepted: f.accepted, RowsQuarantined: f.quarantined,
		RowSum: f.rowSum, RowSquares: f.rowSquares, Digest: f.content, UnfilledColumns: f.unfilled(),
		UnknownColumns: f.unknownColumns, UnknownNames: f.unknownNames,
	}
	if f.controlField >= 0 {
		t.ControlField, t.ControlAccepted = f.record.Fields[f.controlField].Name, f.controlAccepted.big().String()
	}
	return t
}
