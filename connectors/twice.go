package connectors

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"doorstroom/schemas"
)

// twiceRows is how many rows of a record are kept in memory to find those that come twice; more go to a file.
const twiceRows = 1 << 17

// sighting is where a record stands and a keyed digest of what names it. Of 128 bits, no two records have the same.
type sighting struct {
	key    schemas.Digest
	fileNo uint32
	row    uint64
}

func (s sighting) compare(o sighting) int {
	return cmp.Or(cmp.Compare(s.key.Hi, o.key.Hi), cmp.Compare(s.key.Lo, o.key.Lo), s.comparePlace(o))
}

func (s sighting) comparePlace(o sighting) int {
	return cmp.Or(cmp.Compare(s.fileNo, o.fileNo), cmp.Compare(s.row, o.row))
}

// sightings are those of the accepted rows of one record in one full delivery.
// What does not fit in memory goes, sorted, to a file without a name: it holds
// digests under a key that only this process has, and places.
type sightings struct {
	limit int // rows kept in memory

	mu   sync.Mutex
	rows []sighting
	file *os.File
	runs []int64 // where in the file each sorted run ends
}

// add takes some rows in, from any goroutine.
func (s *sightings) add(some []sighting) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows = append(s.rows, some...)
	if len(s.rows) < s.limit {
		return nil
	}
	return s.spill()
}

// spill writes what is in memory to the file as one sorted run.
func (s *sightings) spill() error {
	if s.file == nil {
		file, err := os.CreateTemp("", "doorstroom-*")
		if err != nil {
			return fmt.Errorf("make a temporary file for rows that may come twice; TMPDIR names its folder: %w", err)
		}
		s.file = file
		if err := os.Remove(file.Name()); err != nil {
			return fmt.Errorf("take the name of a temporary file away: %w", err)
		}
	}
	slices.SortFunc(s.rows, sighting.compare)
	out := bufio.NewWriterSize(s.file, 64<<10)
	for i := range s.rows {
		if _, err := out.Write(s.rows[i].encode()); err != nil {
			return fmt.Errorf("write a temporary file; TMPDIR names a folder with more room: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write a temporary file; TMPDIR names a folder with more room: %w", err)
	}
	end := int64(0)
	if len(s.runs) > 0 {
		end = s.runs[len(s.runs)-1]
	}
	s.runs = append(s.runs, end+int64(len(s.rows))*sightingBytes)
	s.rows = s.rows[:0]
	return nil
}

const sightingBytes = 28

func (s sighting) encode() []byte {
	b := binary.LittleEndian.AppendUint64(make([]byte, 0, sightingBytes), s.key.Hi)
	b = binary.LittleEndian.AppendUint64(b, s.key.Lo)
	b = binary.LittleEndian.AppendUint32(b, s.fileNo)
	return binary.LittleEndian.AppendUint64(b, s.row)
}

func decodeSighting(b []byte) (s sighting) {
	s.key.Hi, s.key.Lo = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	s.fileNo, s.row = binary.LittleEndian.Uint32(b[16:]), binary.LittleEndian.Uint64(b[20:])
	return s
}

// twice is a record that stands in two places.
type twice struct{ first, second sighting }

// find gives the pair whose second place comes first in the delivery; false when no record comes twice.
func (s *sightings) find() (pair twice, found bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var last sighting
	some := false
	err = s.each(func(now sighting) {
		if some && now.key == last.key && (!found || now.comparePlace(pair.second) < 0) {
			pair, found = twice{last, now}, true
		}
		// Of a record that comes three times the first two count.
		if !some || now.key != last.key {
			last, some = now, true
		}
	})
	return pair, found, err
}

// each hands on all rows, sorted.
func (s *sightings) each(take func(sighting)) error {
	slices.SortFunc(s.rows, sighting.compare)
	if s.file == nil {
		for _, row := range s.rows {
			take(row)
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	var merged runs
	from := int64(0)
	for _, end := range s.runs {
		r := &sortedRun{in: bufio.NewReaderSize(io.NewSectionReader(s.file, from, end-from), 16<<10)}
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			merged = append(merged, r)
		}
		from = end
	}
	heap.Init(&merged)
	for len(merged) > 0 {
		take(merged[0].now)
		ok, err := merged[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&merged, 0)
		} else {
			heap.Pop(&merged)
		}
	}
	return nil
}

// close lets go of the file.
func (s *sightings) close() {
	if s.file != nil {
		_ = s.file.Close() // it has no name, and nothing in it is needed any more
	}
}

// sortedRun reads one sorted run.
type sortedRun struct {
	in  *bufio.Reader
	now sighting
	b   [sightingBytes]byte
}

func (r *sortedRun) next() (bool, error) {
	_, err := io.ReadFull(r.in, r.b[:])
	if err == io.EOF {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read a temporary file: %w", err)
	}
	r.now = decodeSighting(r.b[:])
	return true, nil
}

// runs is a heap of runs by their next row.
type runs []*sortedRun

func (r runs) Len() int           { return len(r) }
func (r runs) Less(i, j int) bool { return r[i].now.compare(r[j].now) < 0 }
func (r runs) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *runs) Push(x any)        { *r = append(*r, x.(*sortedRun)) }
func (r *runs) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}
