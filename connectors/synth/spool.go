package synth

import (
	"encoding/binary"

	"doorstroom/connectors/synth/calendar"
)

// wageBytes is the size of a spooled wage row.
const wageBytes = 48

// append writes the row in its spooled form.
func (w *wage) append(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, w.person)
	b = le.AppendUint16(b, w.row)
	b = le.AppendUint16(b, w.ikv)
	b = le.AppendUint64(b, w.employer)
	b = le.AppendUint16(b, w.period)
	b = le.AppendUint32(b, uint32(w.from))
	b = le.AppendUint32(b, uint32(w.to))
	b = append(b, w.reason, w.income, w.nature, w.flags, w.op, w.sector, w.broken, 0)
	b = le.AppendUint16(b, uint16(w.hours))
	b = le.AppendUint16(b, w.contract)
	b = le.AppendUint32(b, uint32(w.cents))
	return append(b, 0, 0, 0, 0, 0, 0)
}

// read takes the row from its spooled form.
func (w *wage) read(b []byte) {
	le := binary.LittleEndian
	_ = b[wageBytes-1]
	*w = wage{
		person: le.Uint32(b), row: le.Uint16(b[4:]), ikv: le.Uint16(b[6:]), employer: le.Uint64(b[8:]), period: le.Uint16(b[16:]),
		from: calendar.Day(int32(le.Uint32(b[18:]))), to: calendar.Day(int32(le.Uint32(b[22:]))),
		reason: b[26], income: b[27], nature: b[28], flags: b[29], op: b[30], sector: b[31], broken: b[32],
		hours: int16(le.Uint16(b[34:])), contract: le.Uint16(b[36:]), cents: int32(le.Uint32(b[38:])),
	}
}
