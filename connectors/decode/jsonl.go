package decode

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"sync"
	"unicode/utf8"

	"doorstroom/schemas"
)

// JSONL and JSONLGzip are what COA delivers: an object per line.
var (
	JSONL     = Format{Name: "jsonl", Dates: jsonDates, Parts: whole(readJSONL(false))}
	JSONLGzip = Format{Name: "jsonl.gz", Gzip: true, Dates: jsonDates, Parts: whole(readJSONL(true))}
)

// jsonDates are the forms of a date in JSON Lines and in pages.
const jsonDates = "jjjj-mm-dd"

// lineBuffers are shared by files, which are often far smaller than one.
var lineBuffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, objectLimit) }}

func readJSONL(compressed bool) func(*Input, Emit) (Result, error) {
	return func(in *Input, emit Emit) (Result, error) {
		content, err := in.content(compressed)
		if err != nil {
			return Result{}, err
		}
		lines := lineBuffers.Get().(*bufio.Reader)
		defer lineBuffers.Put(lines)
		lines.Reset(content)
		defer lines.Reset(nil)
		r := newJSONReader(in.Record)
		head, _ := lines.Peek(HeadLength) // what fails here fails again where it is read
		remarks := lineRemarks(head)
		err = readLines(lines, r, emit)
		result := r.result()
		result.Remarks = append(remarks, r.odd.remarks()...)
		return result, err
	}
}

func readLines(lines *bufio.Reader, r *jsonReader, emit Emit) error {
	if start, _ := lines.Peek(len(bom)); string(start) == bom {
		if _, err := lines.Discard(len(bom)); err != nil {
			return err
		}
	}
	for {
		line, blank, err := nextLine(lines)
		if err != nil && err != io.EOF {
			return err
		}
		if !blank {
			rule := schemas.BadJSON
			if line != nil {
				// Text that is not JSON has its rule too.
				var broken error
				if rule, broken = r.read(line); broken != nil && !utf8.Valid(line) {
					// No text at all comes before no JSON.
					rule = schemas.BadEncoding
				}
			}
			if r.no++; rule == schemas.BadJSON {
				r.odd.add(noObject, r.no)
			}
			if err := emit(r.row, rule); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// lineRemarks tell what the beginning of a file shows that has no object on each line.
func lineRemarks(head []byte) []string {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	kind := sniffed(head, "text in UTF-8 with a JSON object on each line")
	switch first, _, _ := bytes.Cut(text, []byte("\n")); {
	case kind != "":
		return []string{kind}
	case bytes.HasPrefix(text, []byte("[")):
		return []string{"the file begins with [ as a JSON array does; send one object on each line, without brackets and commas around it"}
	case string(bytes.TrimRight(first, " \t\r")) == "{":
		return []string{"an object goes over several lines; send each on one line"}
	}
	return nil
}

// nextLine gives the next line without its end; nil for one that is longer than
// a record can be. At the end of the text io.EOF comes with the last line.
func nextLine(lines *bufio.Reader) (line []byte, blank bool, err error) {
	line, err = lines.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, isBlank(line), err
	}
	blank = isBlank(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		line, err = lines.ReadSlice('\n')
		blank = blank && isBlank(line)
	}
	return nil, blank, err
}

func isBlank(line []byte) bool { return len(bytes.TrimLeft(line, " \t\r\n")) == 0 }
