package parquet

import (
	"encoding/binary"
	"errors"

	"github.com/parquet-go/parquet-go/encoding/thrift"
)

// The library makes room for as many list elements as a footer claims before it
// reads the first, and follows structs as deep as they go, so a footer of a few
// bytes could take all memory. What it says is measured here first.
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md

const (
	// thriftDepth is how deep a footer's values may lie in one another; the
	// format's own lie eight deep.
	thriftDepth = 32
	// footerStructs is how many structs the lists of a footer may hold: some
	// 4,000 row groups of 20 columns with all that writers tell of them.
	footerStructs = 400_000
	// headerStructs is the same of a page's header, which has no lists.
	headerStructs = 16
)

// The types of the compact protocol that are told apart here.
const (
	thriftTrue   = 1
	thriftFalse  = 2
	thriftInt64  = 6
	thriftDouble = 7
	thriftBytes  = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// thriftWalker passes over a value of the compact protocol.
type thriftWalker struct {
	b       []byte
	i       int
	structs int // how many more structs lists may hold
}

// soundThrift tells whether b begins with a struct that is as long as it claims
// and whose lists hold at most a number of structs, and how many they hold.
func soundThrift(b []byte, most int) (structs int, ok bool) {
	w := thriftWalker{b: b, structs: most}
	ok = w.fields(0)
	return most - w.structs, ok
}

func (w *thriftWalker) byte() (byte, bool) {
	if w.i >= len(w.b) {
		return 0, false
	}
	c := w.b[w.i]
	w.i++
	return c, true
}

func (w *thriftWalker) uvarint() (uint64, bool) {
	v, n := binary.Uvarint(w.b[w.i:])
	w.i += max(n, 0)
	return v, n > 0
}

func (w *thriftWalker) skip(n uint64) bool {
	if n > uint64(len(w.b)-w.i) {
		return false
	}
	w.i += int(n)
	return true
}

// fields passes over a struct to its end.
func (w *thriftWalker) fields(depth int) bool {
	if depth > thriftDepth {
		return false
	}
	for {
		c, ok := w.byte()
		if !ok || c == 0 {
			return ok
		}
		if c>>4 == 0 {
			if _, ok := w.uvarint(); !ok {
				return false
			}
		}
		// A bool field is its type alone.
		if kind := c & 0xf; kind != thriftTrue && kind != thriftFalse && !w.value(kind, depth+1) {
			return false
		}
	}
}

func (w *thriftWalker) value(kind byte, depth int) bool {
	switch {
	case kind >= thriftTrue && kind <= 3:
		return w.skip(1)
	case kind > 3 && kind <= thriftInt64:
		_, ok := w.uvarint()
		return ok
	case kind == thriftDouble:
		return w.skip(8)
	case kind == thriftBytes:
		n, ok := w.uvarint()
		return ok && w.skip(n)
	case kind == thriftList || kind == thriftSet:
		return w.list(depth)
	case kind == thriftStruct:
		return w.fields(depth)
	}
	// The format has no maps, and other types there are not.
	return false
}

func (w *thriftWalker) list(depth int) bool {
	c, ok := w.byte()
	if !ok || depth > thriftDepth {
		return false
	}
	n := uint64(c >> 4)
	if n == 0xf {
		if n, ok = w.uvarint(); !ok {
			return false
		}
	}
	// Every element takes a byte or more.
	if n > uint64(len(w.b)-w.i) {
		return false
	}
	kind := c & 0xf
	if kind == thriftStruct {
		if w.structs -= int(n); w.structs < 0 {
			return false
		}
	}
	for ; n > 0; n-- {
		if !w.value(kind, depth+1) {
			return false
		}
	}
	return true
}

// errThrift says that bytes are no value of the kind that they should be.
var errThrift = errors.New("a broken value of the compact protocol")

// decodeThrift reads a value and tells how many bytes it takes. The library
// trusts much of what the bytes say: a panic of it is their fault.
func decodeThrift(p *thrift.CompactProtocol, b []byte, v any) (n int, err error) {
	defer func() {
		if recover() != nil {
			err = errThrift
		}
	}()
	r := p.NewReaderFromBytes(b)
	if err := thrift.NewDecoder(r).Decode(v); err != nil {
		return 0, errThrift
	}
	return r.BytesRead(), nil
}
