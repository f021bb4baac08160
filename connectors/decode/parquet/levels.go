package parquet

import (
	"encoding/binary"
	"math/bits"

	"github.com/parquet-go/parquet-go/format"
)

// pageBody is a data page cut in its parts.
type pageBody struct {
	rows   int
	levels *runs // 1 where a row has a value; nil when every row has one
	there  int   // how many values there are
	values []byte
}

// cutBody takes the levels off a data page and counts its values, which some
// encodings do not tell themselves.
func cutBody(h *format.PageHeader, body []byte, optional bool) (p pageBody, err error) {
	if h.Type == format.DataPageV2 {
		return cutBodyV2(&h.DataPageHeaderV2.V, body, optional)
	}
	v := &h.DataPageHeader.V
	p = pageBody{rows: int(v.NumValues), there: int(v.NumValues), values: body}
	if !optional {
		return p, nil
	}
	levels, rest, err := levelsV1(v.DefinitionLevelEncoding, body, p.rows)
	if err != nil {
		return p, err
	}
	p.values = rest
	return p, p.take(levels)
}

func cutBodyV2(v *format.DataPageHeaderV2, body []byte, optional bool) (p pageBody, err error) {
	// Of a column that is in no other all repetition levels are 0; some writers put them down.
	repetitions := int(v.RepetitionLevelsByteLength)
	end := repetitions + int(v.DefinitionLevelsByteLength)
	if end > len(body) {
		return p, damaged("levels of %d bytes in %d bytes", end, len(body))
	}
	p = pageBody{rows: int(v.NumValues), there: int(v.NumValues), values: body[end:]}
	if optional {
		if err := p.take(body[repetitions:end]); err != nil {
			return p, err
		}
	}
	if nulls := p.rows - p.there; nulls != int(v.NumNulls) {
		return p, damaged("%d absent values, its header says %d", nulls, v.NumNulls)
	}
	return p, nil
}

// take counts the levels of the page.
func (p *pageBody) take(levels []byte) (err error) {
	all := runs{b: levels, width: 1, n: p.rows}
	p.levels = &runs{b: levels, width: 1, n: p.rows}
	if p.there, err = all.ones(); err != nil {
		return err
	}
	if p.there == p.rows {
		p.levels = nil
	}
	return onlyZeros(all.b, "level")
}

// levelsV1 takes the levels off a page of version 1, before which stands their length.
func levelsV1(encoding format.Encoding, body []byte, rows int) (levels, rest []byte, err error) {
	if encoding == format.BitPacked {
		return bitPacked(body, rows)
	}
	if encoding != format.RLE {
		return nil, nil, damaged("levels in the encoding %s", encodingName(encoding))
	}
	if len(body) < 4 {
		return nil, nil, damaged("no levels")
	}
	n := int64(binary.LittleEndian.Uint32(body))
	if body = body[4:]; n > int64(len(body)) {
		return nil, nil, damaged("levels of %d bytes in %d bytes", n, len(body))
	}
	return body[:n], body[n:], nil
}

// bitPacked makes one run of levels that are packed without runs, the highest bit first.
// https://github.com/apache/parquet-format/blob/master/Encodings.md#BITPACKED
func bitPacked(body []byte, rows int) (levels, rest []byte, err error) {
	size := (rows + 7) / 8
	if size > len(body) {
		return nil, nil, damaged("levels that are cut off")
	}
	levels = binary.AppendUvarint(nil, uint64(size)<<1|1)
	for _, c := range body[:size] {
		levels = append(levels, bits.Reverse8(c))
	}
	return levels, body[size:], nil
}

// paddingLimit is how many zero bytes may lie behind the last value of a page:
// fastparquet puts eight there.
const paddingLimit = 64

// onlyZeros holds that nothing but some zero bytes lies behind the last value or
// level. Anything else may mean that values were shifted.
func onlyZeros(b []byte, what string) error {
	if len(b) > paddingLimit || !allZeros(b) {
		return damaged("%d bytes behind its last %s", len(b), what)
	}
	return nil
}

func allZeros(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
