package schemas

import (
	"encoding/binary"
	"errors"
)

// errAvro says that a message is not what its schema promises.
var errAvro = errors.New("message is not valid Avro of this record's schema")

func appendLong(dst []byte, v int64) []byte { return binary.AppendVarint(dst, v) }

func appendBytes(dst, b []byte) []byte {
	return append(binary.AppendVarint(dst, int64(len(b))), b...)
}

// The avroX appenders write an optional field: branch 0 null, branch 1 the value.

func avroText(dst []byte, there bool, b []byte) []byte {
	if !there {
		return append(dst, 0)
	}
	return appendBytes(append(dst, 2), b)
}

func avroString(dst []byte, there bool, s string) []byte {
	if !there {
		return append(dst, 0)
	}
	return append(binary.AppendVarint(append(dst, 2), int64(len(s))), s...)
}

func avroPseudonym(dst []byte, there bool, p Pseudonym) []byte {
	if !there {
		return append(dst, 0)
	}
	return p.AppendText(append(dst, 2, 2*PseudonymLen))
}

func avroLong(dst []byte, there bool, v int64) []byte {
	if !there {
		return append(dst, 0)
	}
	return appendLong(append(dst, 2), v)
}

func avroDate(dst []byte, there bool, d Date) []byte {
	return avroLong(dst, there, int64(d.UnixDays()))
}

// avroDecimal writes hundredths as Avro's decimal: big-endian two's complement.
func avroDecimal(dst []byte, there bool, v int64) []byte {
	if !there {
		return append(dst, 0)
	}
	n := 1
	for x := v; x < -128 || x > 127; x >>= 8 {
		n++
	}
	dst = append(dst, 2, byte(2*n))
	for i := n - 1; i >= 0; i-- {
		dst = append(dst, byte(v>>(8*i)))
	}
	return dst
}

// avroReader reads one message; after the first fault all it gives is zero.
type avroReader struct {
	b   []byte
	bad bool
}

func (r *avroReader) long() int64 {
	// Most values take one or two bytes.
	if len(r.b) > 0 && r.b[0] < 0x80 {
		u := r.b[0]
		r.b = r.b[1:]
		return int64(u>>1) ^ -int64(u&1)
	}
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad = true
		r.b = nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *avroReader) bytes() []byte {
	n := r.long()
	if n < 0 || n > int64(len(r.b)) {
		r.bad = true
		r.b = nil
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

// there reads the branch of an optional field and marks it present.
func (r *avroReader) there(s *rowState, field int) bool {
	switch r.long() {
	case 0:
		return false
	case 1:
		if field >= 0 {
			s.present |= 1 << field
		}
		return true
	}
	r.bad = true
	return false
}

func (r *avroReader) text(s *rowState, field int) []byte {
	if !r.there(s, field) {
		return nil
	}
	return r.bytes()
}

func (r *avroReader) pseudonym(s *rowState, field int) (p Pseudonym) {
	if r.there(s, field) {
		var ok bool
		if p, ok = ParsePseudonym(r.bytes()); !ok {
			r.bad = true
		}
	}
	return p
}

func (r *avroReader) code(s *rowState, field int, l *CodeList) (c Code) {
	if r.there(s, field) {
		var ok bool
		if c, ok = l.Parse(r.bytes()); !ok {
			r.bad = true
		}
	}
	return c
}

func (r *avroReader) integer(s *rowState, field int) int64 {
	if !r.there(s, field) {
		return 0
	}
	return r.long()
}

func (r *avroReader) date(s *rowState, field int) Date {
	if !r.there(s, field) {
		return 0
	}
	return DateFromUnixDays(int32(r.long()))
}

func (r *avroReader) decimal(s *rowState, field int) int64 {
	if !r.there(s, field) {
		return 0
	}
	b := r.bytes()
	if len(b) == 0 || len(b) > 8 {
		r.bad = true
		return 0
	}
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v
}

func (r *avroReader) end() error {
	if r.bad || len(r.b) != 0 {
		return errAvro
	}
	return nil
}
