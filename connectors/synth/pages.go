package synth

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"doorstroom/connectors/synth/calendar"
)

// pageItems is the number of records of one stored page of DUO and IDW, the most that their interface gives at once.
const pageItems = 5000

// jsonPages cuts the spooled records of one DUO or IDW record into pages. The total is known by now and stands on every page.
func (f *file) jsonPages(dir string) error {
	var in io.Reader = eof{}
	if f.bytes > 0 {
		spool, err := os.Open(f.path)
		if err != nil {
			return fmt.Errorf("read back %s: %w", f.name, err)
		}
		defer spool.Close()
		in = spool
	}
	lines := bufio.NewReaderSize(in, 256<<10)
	for page, left := 1, f.rows; page == 1 || left > 0; page++ {
		n := min(left, pageItems)
		left -= n
		done, err := f.jsonPage(dir, page, n, left > 0, lines)
		if err != nil {
			return err
		}
		f.pages = append(f.pages, done)
	}
	if f.bytes == 0 {
		return nil
	}
	return os.Remove(f.path)
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

func (f *file) jsonPage(dir string, page int, rows int64, more bool, lines *bufio.Reader) (finished, error) {
	name := fmt.Sprintf("%s-%06d.json", f.name, page)
	out, err := createHashed(dir, name)
	if err != nil {
		return finished{}, err
	}
	total, err := f.writePage(bufio.NewWriterSize(out, 64<<10), page, rows, more, lines)
	if closeErr := out.out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return finished{}, fmt.Errorf("write %s of delivery %s: %w", name, f.delivery.id, err)
	}
	done := finished{name: name, record: columns[f.record].record, format: "json", sha256: out.hex(), bytes: out.bytes, rows: rows}
	if at := columns[f.record].control; at >= 0 {
		done.column, done.total = columns[f.record].names[at], total
	}
	return done, nil
}

// writePage copies the items of one page and gives the sum of its control column.
func (f *file) writePage(w *bufio.Writer, page int, rows int64, more bool, lines *bufio.Reader) (int64, error) {
	total := int64(0)
	w.WriteString(`{"items":[`)
	for i := range rows {
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		sum, err := controlOf(f.record, line)
		if err != nil {
			return 0, err
		}
		total += sum
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteByte('\n')
		w.Write(line[:len(line)-1])
	}
	next := "null"
	if more {
		next = strconv.Quote(fmt.Sprintf("p%d", page+1))
	}
	fmt.Fprintf(w, "\n],\"total\":%d,\"next\":%s}\n", f.rows, next)
	return total, w.Flush()
}

// controlOf reads the control column of one spooled item.
func controlOf(kind recordKind, line []byte) (int64, error) {
	at := columns[kind].control
	if at < 0 {
		return 0, nil
	}
	var item map[string]json.RawMessage
	if err := json.Unmarshal(line, &item); err != nil {
		return 0, err
	}
	raw, there := item[columns[kind].names[at]]
	if !there {
		return 0, nil
	}
	return strconv.ParseInt(string(raw), 10, 64)
}

// workPermitFile turns the spooled work permits of a delivery into a Parquet file.
func (f *file) workPermitFile(dir string) error {
	c, err := newColumnar(dir, f.name, uwvWorkPermit, workPermitTypes)
	if err != nil {
		return err
	}
	if err := f.copyWorkPermits(c); err != nil {
		return errors.Join(err, c.out.out.Close())
	}
	done, err := c.close(f)
	if err != nil {
		return err
	}
	f.pages = []finished{done}
	return nil
}

func (f *file) copyWorkPermits(c *columnar) error {
	if f.bytes == 0 {
		return nil
	}
	in, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("read back %s: %w", f.name, err)
	}
	defer in.Close()
	names := append(leadingNames[:len(leadingNames):len(leadingNames)], columns[uwvWorkPermit].names...)
	lines := json.NewDecoder(bufio.NewReader(in))
	for {
		var item map[string]string
		if err := lines.Decode(&item); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("read back %s: %w", f.name, err)
		}
		for i, name := range names {
			c.add(i, permitValue(item[name], workPermitTypes[i]))
		}
		if err := c.endRow(); err != nil {
			return err
		}
	}
	return os.Remove(f.path)
}

// permitValue turns a spooled value into that of its column; a date that does not exist (a broken copy) has no place in a DATE column and becomes null.
func permitValue(s string, t columnType) any {
	if s == "" {
		return nil
	}
	if t != dateInt {
		return s
	}
	var y, m, d int
	if _, err := fmt.Sscanf(s, "%d-%d-%d", &y, &m, &d); err != nil || calendar.DayOf(y, m, d).ISO() != s {
		return nil
	}
	return int32(calendar.DayOf(y, m, d))
}
