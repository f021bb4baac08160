package synth

import (
	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// chunk is what a block of persons adds to one file.
type chunk struct {
	text    []byte
	rows    int64
	control int64
}

// block is the output of a run of successive persons: one chunk per file of the plan.
type block struct{ chunks []chunk }

// blockPersons is the number of persons of a block. It is fixed, because the size of gzip members depends on it.
const blockPersons = 256

// maker turns persons into rows; each worker has its own.
type maker struct {
	world  *world
	person *subject
	life   life
	id     []byte
	broken bool // the person at hand has broken copies
	out    *block
}

func newMaker(w *world) *maker {
	return &maker{world: w, person: newSubject(w)}
}

// fill makes the rows of persons from to to-1.
func (k *maker) fill(out *block, from, to int) {
	k.out = out
	for n := from; n < to; n++ {
		k.one(n)
	}
}

func (k *maker) one(n int) {
	p, plan := k.person, k.world.plan
	k.broken = n%badEvery == 7
	p.Live(n)
	k.tell()
	for i := range k.life.records {
		r := &k.life.records[i]
		switch columns[r.kind].supplier {
		case "coa":
			k.deliver(plan.coa, r)
		case "duo":
			k.deliver(plan.duo, r)
		case "idw":
			k.deliver(plan.idw, r)
		case "uwv":
			k.deliver(plan.uwv, r)
		default:
			k.deliver(plan.groups[plan.groupOf[r.town]], r)
			k.deliverBefore(r)
		}
	}
	p.wages(k.wage)
}

// tell collects the records that the suppliers have of the person at hand, wages apart.
func (k *maker) tell() {
	p, l := k.person, &k.life
	l.reset()
	p.coaRecords(l)
	p.municipalRecords(l)
	p.duoRecords(l)
	p.idwRecords(l)
	p.workPermitRecords(l)
}

// deliver writes into each delivery of a series what changed in the record since the delivery before it.
func (k *maker) deliver(series []*delivery, r *record) {
	now := k.life.hold(r)
	told := false
	for _, d := range series {
		if d.empty || r.known > d.drawn || !now.until(d.drawn) && told {
			continue
		}
		op := byte('W')
		switch {
		case now.gone && !told:
			return
		case now.gone:
			op = 'V'
		case d.full:
			op = 0
		case !told:
			op = 'T'
		}
		k.write(d, r, &now.version, op)
		if now.gone {
			return
		}
		told = true
	}
}

// deliverBefore writes a record of a merged municipality into the delivery that one of its predecessors made before the merger.
func (k *maker) deliverBefore(r *record) {
	at, merged := k.world.plan.beforeOf[r.town]
	if !merged {
		return
	}
	d := k.world.plan.before[at]
	if r.known > d.drawn {
		return
	}
	town := &k.world.Towns[r.town]
	if len(town.Old) == 1 && k.person.N%20 != 0 { // the successor existed already; few lived in the part that joined it
		return
	}
	then := k.life.hold(r)
	if then.until(d.drawn); then.gone {
		return
	}
	then.fields[0] = text(town.Old[k.person.N%len(town.Old)].Code)
	k.write(d, r, &then.version, 0)
}

// write encodes one row into its file, with a broken copy beside it for a few persons.
func (k *maker) write(d *delivery, r *record, v *version, op byte) {
	k.id = appendRecordID(k.id[:0], r, k.person.N)
	k.encode(d, r, v, op)
	if k.broken && op != 'V' {
		k.id = append(k.id, 'x')
		bad := *v
		k.spoil(r, &bad)
		k.encode(d, r, &bad, op)
	}
}

// spoil breaks one rule of the contract in a copy of a record. The kind of damage goes round over the persons that have it.
func (k *maker) spoil(r *record, v *version) {
	switch k.person.N / badEvery % 4 {
	case 0:
		v.v, v.b = 0, 0 // no_pseudonym
	case 1:
		k.id = append(k.id, ' ', '!') // bad_id
	case 2:
		for i := range v.fields {
			if v.fields[i].kind == dated {
				v.fields[i] = value{kind: shapeless, s: "2021-02-30"} // not_a_date
				return
			}
		}
	case 3:
		for i := range v.fields {
			if f := &v.fields[i]; f.kind == textual && columns[r.kind].names[i] != "gemeentecode" {
				*f = value{kind: shapeless, s: "onbekend-onbekend-onbekend-onbekend-onbekend-onbekend-onbekend"} // code_not_in_list, too_long
				return
			}
		}
	}
}

func (k *maker) encode(d *delivery, r *record, v *version, op byte) {
	f := d.fileOf(r.kind)
	c := &k.out.chunks[f.index]
	line := row{id: k.id, op: op, v: v, names: k.world.names, person: k.person.N}
	names := columns[r.kind].names
	switch d.supplier {
	case "municipality":
		c.text = line.appendCSV(c.text, &d.dialect, f.order, names)
	default:
		c.text = append(line.appendJSON(c.text, names), '\n')
	}
	c.rows++
	if at := columns[r.kind].control; at >= 0 && at < maxFields && op != 'V' {
		c.control += v.fields[at].n
	}
}

// notInYet tells whether a row comes a delivery later, because the one at hand covers half a month: the later periods and half of the employers.
func (k *maker) notInYet(w *wage, series []*delivery) bool {
	from := k.world.plan.periods.list[w.period].from
	newest := w.op == 'T' && w.flags&corrected == 0 && from.Month() == series[halfMonth].coversTo.Month()
	return newest && (from > series[halfMonth].coversTo || population.Mix64(w.employer)%2 == 1)
}

// wage puts a wage row into the file of its period, in the delivery that brings it first.
func (k *maker) wage(w *wage, delivered calendar.Month) {
	series := k.world.plan.uwv
	at := max(0, int(delivered-series[0].drawn.Month()))
	if at == halfMonth && k.notInYet(w, series) {
		at++
	}
	if at >= len(series) {
		return
	}
	d := series[at]
	if at == 0 {
		if w.op == 'V' {
			return
		}
		w.op = 0
	}
	c := &k.out.chunks[d.byPeriod[w.period].index]
	c.text = w.append(c.text)
	c.rows++
	c.control += int64(w.cents)
	if k.broken && w.op != 'V' && w.row <= 2 {
		bad := *w
		bad.broken = 1 + uint8(k.person.N/badEvery%4)
		c.text = bad.append(c.text)
		c.rows++
		c.control += int64(bad.cents)
	}
}
