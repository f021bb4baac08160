package schemas

import (
	"encoding/binary"
	"math"
)

// The storedX appenders write a value as ClickHouse's RowBinary writes the
// column of the raw table that pipelines/load fills with it: numbers in little
// endian, a text behind its length, a nullable value behind a byte that is 1 for
// NULL. So no value can pass for a part of its neighbour.

func storedPosition(dst []byte, at Position) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, at.LoadID)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(at.FileNo))
	return binary.LittleEndian.AppendUint64(dst, uint64(at.RowNo))
}

func storedText(dst []byte, there bool, b []byte) []byte {
	if !there {
		b = nil
	}
	return append(binary.AppendUvarint(dst, uint64(len(b))), b...)
}

func storedPseudonym(dst []byte, there bool, p Pseudonym) []byte {
	if !there || !p.Valid {
		return append(dst, 1)
	}
	return append(append(dst, 0), p.Key[:]...)
}

func storedEnum8(dst []byte, there bool, c Code) []byte {
	if !there {
		c = 0
	}
	return append(dst, byte(c))
}

func storedEnum16(dst []byte, there bool, c Code) []byte {
	if !there {
		c = 0
	}
	return binary.LittleEndian.AppendUint16(dst, uint16(c))
}

// StoredDate is how a raw table holds the date of a field that every record has: a deletion has none, and its other
// fields mean nothing.
func StoredDate(d Date) int32 {
	if d == 0 {
		d = MinDate
	}
	return d.UnixDays()
}

func storedDate(dst []byte, there bool, d Date) []byte {
	if !there {
		d = 0
	}
	return binary.LittleEndian.AppendUint32(dst, uint32(StoredDate(d)))
}

func storedOptDate(dst []byte, there bool, d Date) []byte {
	if !there || d == 0 {
		return append(dst, 1)
	}
	return binary.LittleEndian.AppendUint32(append(dst, 0), uint32(d.UnixDays()))
}

// storedNumber writes v in the width of N.
func storedNumber[N uint16 | int32 | int64, V int32 | int64](dst []byte, there bool, v V) []byte {
	if !there {
		v = 0
	}
	switch any(N(0)).(type) {
	case uint16:
		return binary.LittleEndian.AppendUint16(dst, uint16(v&math.MaxUint16))
	case int32:
		return binary.LittleEndian.AppendUint32(dst, uint32(v))
	}
	return binary.LittleEndian.AppendUint64(dst, uint64(v))
}

func storedOptNumber[N uint16 | int32 | int64, V int32 | int64](dst []byte, there bool, v V) []byte {
	if !there {
		return append(dst, 1)
	}
	return storedNumber[N](append(dst, 0), true, v)
}

// storedLater takes back what was appended from at on, the name of a column that came after the first rows of its table
// and its value, when that is the absent one: a row of before has the digest that it had.
func storedLater(dst []byte, at int, name, absent string) []byte {
	if string(dst[at+1+len(name):]) == absent {
		return dst[:at]
	}
	return dst
}
