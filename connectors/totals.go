package connectors

import (
	"math/big"
	"math/bits"

	"doorstroom/schemas"
)

// sum128 adds 64-bit integers without overflow.
type sum128 struct {
	hi int64
	lo uint64
}

func (s *sum128) add(v int64) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, uint64(v), 0)
	s.hi += v>>63 + int64(carry)
}

func (s *sum128) merge(o sum128) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, o.lo, 0)
	s.hi += o.hi + int64(carry)
}

func (s *sum128) big() *big.Int {
	hi := new(big.Int).Lsh(big.NewInt(s.hi), 64)
	return hi.Add(hi, new(big.Int).SetUint64(s.lo))
}

// counts are what was read of a file, or of a part of it.
type counts struct {
	rows, accepted, quarantined uint64
	rowSum, rowSquares          uint64
	control, controlAccepted    sum128
	content                     schemas.Digest
	// delivered are the fields that any row has, filled how many accepted rows have each of those that are counted.
	delivered uint32
	filled    [32]uint64
	// withheld are records that were put aside without entries.
	withheld              uint64
	broken                brokenRules
	unknownColumns        int
	unknownNames, remarks []string
	pageTotal             int64
}

func (c *counts) merge(o counts) {
	c.rows += o.rows
	c.accepted += o.accepted
	c.quarantined += o.quarantined
	c.rowSum += o.rowSum
	c.rowSquares += o.rowSquares
	c.content.Add(o.content)
	c.delivered |= o.delivered
	for i, n := range o.filled {
		c.filled[i] += n
	}
	c.withheld += o.withheld
	if c.broken == nil {
		c.broken = brokenRules{}
	}
	c.broken.merge(o.broken)
	c.control.merge(o.control)
	c.controlAccepted.merge(o.controlAccepted)
	// The parts of a file have one header, and all tell of it.
	c.unknownColumns, c.unknownNames = max(c.unknownColumns, o.unknownColumns), o.unknownNames
	c.remarks = append(c.remarks, o.remarks...)
	c.pageTotal = max(c.pageTotal, o.pageTotal)
}

func (c *counts) accept(row int64) {
	c.accepted++
	c.rowSum += uint64(row)
	c.rowSquares += uint64(row) * uint64(row)
}

// fill counts the fields of the mask.
func (c *counts) fill(mask uint32) {
	for ; mask != 0; mask &= mask - 1 {
		c.filled[bits.TrailingZeros32(mask)]++
	}
}

// More bad rows of a record than both refuse its delivery.
const (
	asideRows    = 10
	asidePercent = 2
)

// overThreshold tells whether a record has too many bad rows, or no good row at all.
func overThreshold(t schemas.RecordTotals) bool {
	many := t.RowsQuarantined > asideRows && t.RowsQuarantined*100 > t.RowsInFiles*asidePercent
	return many || t.RowsQuarantined > 0 && t.RowsQuarantined == t.RowsInFiles
}
