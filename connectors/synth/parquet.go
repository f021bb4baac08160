package synth

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/apache/thrift/lib/go/thrift"
	"github.com/xitongsys/parquet-go/common"
	"github.com/xitongsys/parquet-go/layout"
	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/schema"
	"github.com/xitongsys/parquet-go/writer"

	"doorstroom/connectors/synth/calendar"
)

// Limits of the Parquet files: rows that are encoded at once, bytes of a row group and of a page.
const (
	batchRows     = 16384
	rowGroupBytes = 8 << 20
	pageBytes     = 128 << 10
)

// columnType is the physical and logical type of a Parquet column, in the notation of xitongsys/parquet-go.
//
// The library counts nulls wrongly in its statistics, and strict readers trust these: columns with nulls have neither statistics nor a dictionary.
type columnType string

const (
	plainText columnType = "type=BYTE_ARRAY, convertedtype=UTF8, repetitiontype=OPTIONAL, omitstats=true"
	fewTexts  columnType = "type=BYTE_ARRAY, convertedtype=UTF8, repetitiontype=OPTIONAL, encoding=PLAIN_DICTIONARY"
	dateInt   columnType = "type=INT32, convertedtype=DATE, repetitiontype=OPTIONAL, omitstats=true"
	fewDates  columnType = "type=INT32, convertedtype=DATE, repetitiontype=OPTIONAL, encoding=PLAIN_DICTIONARY"
	int32Col  columnType = "type=INT32, repetitiontype=OPTIONAL"
	int64Col  columnType = "type=INT64, repetitiontype=OPTIONAL"
	decimal52 columnType = "type=INT32, convertedtype=DECIMAL, precision=5, scale=2, repetitiontype=OPTIONAL, omitstats=true"
)

// wageTypes are the types of the wage columns, the four leading ones first.
var wageTypes = []columnType{
	plainText, plainText, plainText, plainText,
	plainText, fewTexts, fewDates, fewDates, fewDates, dateInt, plainText, fewTexts, plainText, plainText, plainText, plainText, int32Col, decimal52, int64Col, plainText,
}

// workPermitTypes are those of the work-permit columns.
var workPermitTypes = []columnType{
	plainText, plainText, plainText, plainText,
	dateInt, dateInt, plainText, plainText, plainText, dateInt, dateInt,
}

// columnar writes one Parquet file by columns. The library's own row marshalling reflects on every value; tables filled here do not.
type columnar struct {
	out    *hashedFile
	file   *writer.ParquetWriter
	tables map[string]*layout.Table
	cols   []*layout.Table
	rows   int
	blank  [batchRows]any
}

func newColumnar(dir, name string, record recordKind, types []columnType) (*columnar, error) {
	out, err := createHashed(dir, name)
	if err != nil {
		return nil, err
	}
	names := append(leadingNames[:len(leadingNames):len(leadingNames)], columns[record].names...)
	tags := make([]string, len(names))
	for i, n := range names {
		tags[i] = "name=" + n + ", " + string(types[i])
	}
	w, err := newTaggedWriter(out, tags)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the Parquet file %s: %w", name, err), out.out.Close())
	}
	c := &columnar{out: out, file: w, tables: map[string]*layout.Table{}}
	for i := range names {
		t := newTable(w.SchemaHandler, i+1)
		c.cols = append(c.cols, t)
		c.tables[common.PathToStr(t.Path)] = t
	}
	w.MarshalFunc = func([]any, *schema.SchemaHandler) (*map[string]*layout.Table, error) { return &c.tables, nil }
	return c, nil
}

// newTaggedWriter opens the library's writer on a list of column descriptions, one at a time encoded (its output then has one order).
func newTaggedWriter(out io.Writer, tags []string) (*writer.ParquetWriter, error) {
	csv, err := writer.NewCSVWriterFromWriter(tags, out, 1)
	if err != nil {
		return nil, err
	}
	w := &csv.ParquetWriter
	w.CompressionType = parquet.CompressionCodec_ZSTD
	w.RowGroupSize = rowGroupBytes
	w.PageSize = pageBytes
	return w, nil
}

func newTable(h *schema.SchemaHandler, at int) *layout.Table {
	t := layout.NewEmptyTable()
	t.Path = common.StrToPath(h.IndexMap[int32(at)])
	t.MaxDefinitionLevel = 1
	t.RepetitionType = parquet.FieldRepetitionType_OPTIONAL
	t.Schema = h.SchemaElements[at]
	t.Info = h.Infos[at]
	return t
}

// add appends one value of the row under way; nil is null.
func (c *columnar) add(col int, v any) {
	t := c.cols[col]
	level := int32(1)
	if v == nil {
		level = 0
	}
	t.Values = append(t.Values, v)
	t.DefinitionLevels = append(t.DefinitionLevels, level)
	t.RepetitionLevels = append(t.RepetitionLevels, 0)
}

// endRow counts a row; every batchRows rows are encoded.
func (c *columnar) endRow() error {
	c.rows++
	if c.rows%batchRows == 0 {
		return c.encode(false)
	}
	return nil
}

func (c *columnar) encode(last bool) error {
	n := len(c.cols[0].Values)
	c.file.Objs = c.blank[:n] // the library counts rows by it
	if err := c.file.Flush(last); err != nil {
		return fmt.Errorf("encode Parquet rows: %w", err)
	}
	c.file.Objs = nil
	for _, t := range c.cols {
		clear(t.Values)
		t.Values, t.DefinitionLevels, t.RepetitionLevels = t.Values[:0], t.DefinitionLevels[:0], t.RepetitionLevels[:0]
	}
	return nil
}

// close ends the file and describes it.
func (c *columnar) close(f *file) (finished, error) {
	err := c.encode(true)
	if err == nil {
		err = c.writeFooter()
	}
	if closeErr := c.out.out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return finished{}, fmt.Errorf("finish %s of delivery %s: %w", f.name, f.delivery.id, err)
	}
	return finished{name: f.name, record: columns[f.record].record, format: "parquet", sha256: c.out.hex(), bytes: c.out.bytes, rows: int64(c.rows)}, nil
}

// writeFooter ends the file as the library's WriteStop does, but without page indexes: the library leaves the page header out of their sizes and does not
// mark pages of nulls, and strict readers refuse that.
func (c *columnar) writeFooter() error {
	c.file.RenameSchema()
	s := thrift.NewTSerializer()
	s.Protocol = thrift.NewTCompactProtocolFactoryConf(nil).GetProtocol(s.Transport)
	footer, err := s.Write(context.Background(), c.file.Footer)
	if err != nil {
		return err
	}
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	_, err = c.out.Write(append(footer, "PAR1"...))
	return err
}

// wageFile turns the spooled wages of one period into a Parquet file. No spool means no rows, which is a file too.
func (w *world) wageFile(f *file, dir string) error {
	c, err := newColumnar(dir, f.name, uwvEmployment, wageTypes)
	if err != nil {
		return err
	}
	if err := w.copyWages(f, c); err != nil {
		return errors.Join(err, c.out.out.Close())
	}
	done, err := c.close(f)
	if err != nil {
		return err
	}
	done.column, done.total = "loon_sv", f.control
	f.pages = []finished{done}
	return nil
}

func (w *world) copyWages(f *file, c *columnar) error {
	if f.bytes == 0 {
		return nil
	}
	in, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("read back the wages of %s: %w", f.name, err)
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 256<<10)
	buf := make([]byte, wageBytes)
	enc := &wageEncoder{world: w, c: c, employers: map[uint64]any{}}
	var row wage
	for {
		if _, err := io.ReadFull(r, buf); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("read back the wages of %s: %w", f.name, err)
		}
		row.read(buf)
		enc.row(&row)
		if err := c.endRow(); err != nil {
			return err
		}
	}
	return os.Remove(f.path)
}

// wageEncoder writes wage rows into the columns, keeping boxed values that return.
type wageEncoder struct {
	world     *world
	c         *columnar
	employers map[uint64]any
	text      []byte
}

// codes are the two-digit codes as boxed values.
var codes = func() (list [100]any) {
	for i := range list {
		list[i] = string(calendar.AppendPadded(nil, i, 2))
	}
	return list
}()

var yesNo = [2]any{"N", "J"}

func code(n uint8) any {
	if n == 0 {
		return nil
	}
	return codes[n]
}

func dateOrNil(d calendar.Day) any {
	if d == 0 {
		return nil
	}
	return int32(d)
}

func (e *wageEncoder) row(w *wage) {
	c := e.c
	e.text = append(e.text[:0], 'w')
	e.text = strconv.AppendInt(e.text, int64(w.person), 36)
	e.text = append(e.text, '-')
	e.text = appendInt(e.text, int64(w.row))
	if w.flags&corrected != 0 {
		e.text = append(e.text, 'c')
	}
	if w.broken != 0 {
		e.text = append(e.text, 'x')
	}
	c.add(0, string(e.text))
	op := any(nil)
	if w.op != 0 {
		op = string(rune(w.op))
	}
	c.add(1, op)
	c.add(2, nil)
	e.text = e.world.names.appendTo(e.text[:0], kindB, bNumber(int(w.person)))
	if w.broken == 1 {
		e.text[0] = '1' // bad_pseudonym
	}
	c.add(3, string(e.text))
	e.text = strconv.AppendInt(append(e.text[:0], 'i'), int64(w.person), 36)
	e.text = appendInt(append(e.text, '-'), int64(w.ikv))
	c.add(4, string(e.text))
	e.rest(w)
}

func (e *wageEncoder) rest(w *wage) {
	c, t := e.c, &e.world.plan.periods.list[w.period]
	name, known := e.employers[w.employer]
	if !known {
		e.text = e.world.names.appendTo(e.text[:0], kindEmployer, w.employer)
		name = string(e.text)
		e.employers[w.employer] = name
	}
	c.add(5, name)
	c.add(6, int32(t.from))
	end := t.to
	if w.broken == 2 {
		end = t.from - 1 // end_before_start
	}
	c.add(7, int32(end))
	c.add(8, int32(w.from))
	c.add(9, dateOrNil(w.to))
	c.add(10, code(w.reason))
	income := code(w.income)
	if w.broken == 3 {
		income = codes[99] // code_not_in_list
	}
	c.add(11, income)
	c.add(12, code(w.nature))
	for i, bit := range []uint8{permanent, written, called} {
		switch {
		case w.flags&noFlags != 0:
			c.add(13+i, nil)
		case w.flags&bit != 0:
			c.add(13+i, yesNo[1])
		default:
			c.add(13+i, yesNo[0])
		}
	}
	worked := int32(w.hours)
	if w.broken == 4 {
		worked = 12000 // out_of_range
	}
	c.add(16, worked)
	if w.contract == 0 {
		c.add(17, nil)
	} else {
		c.add(17, int32(w.contract))
	}
	c.add(18, int64(w.cents))
	c.add(19, code(w.sector))
}

func joinPath(dir string, f *file) string { return filepath.Join(dir, strconv.Itoa(f.index)) }
