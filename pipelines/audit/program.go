package audit

// program is a part of a system that has no row in common with any other:
// its own variables, of which none is known exactly, and its rows.
type program struct {
	variables []int32 // in the system
	spans     []span
	rows      []row
	columns   [][]term // for each variable its rows
}

// place is where a variable of the system is found: in a program or, when the
// program is -1, nowhere, because nothing ties it to any other.
type place struct {
	program int
	local   int32
}

// programs divides a system that has been narrowed.
func (s *system) programs() ([]*program, []place) {
	places := make([]place, len(s.spans))
	for i := range places {
		places[i].program = -1
	}
	var all []*program
	for v := range s.spans {
		if places[v].program < 0 && s.tied(v) {
			all = append(all, s.gather(v, len(all), places))
		}
	}
	return all, places
}

// tied tells whether a variable is open and has a row with another open one.
func (s *system) tied(v int) bool { return !s.spans[v].fixed() && len(s.in[v]) > 0 }

// gather makes the program of everything that a variable is tied to.
func (s *system) gather(first, number int, places []place) *program {
	p := &program{}
	seen := map[int32]bool{}
	take := func(v int32) {
		places[v] = place{number, int32(len(p.variables))}
		p.variables = append(p.variables, v)
	}
	take(int32(first))
	for next := 0; next < len(p.variables); next++ {
		for _, i := range s.in[p.variables[next]] {
			if seen[i] {
				continue
			}
			seen[i] = true
			for _, t := range s.rows[i].terms {
				if places[t.index].program < 0 && !s.spans[t.index].fixed() {
					take(t.index)
				}
			}
			p.rows = append(p.rows, s.rows[i])
		}
	}
	p.localise(s, places)
	return p
}

// localise writes the rows over the variables of the program.
func (p *program) localise(s *system, places []place) {
	p.columns = make([][]term, len(p.variables))
	for _, v := range p.variables {
		p.spans = append(p.spans, s.spans[v])
	}
	for i, r := range p.rows {
		local := row{right: r.right, cell: r.cell}
		for _, t := range r.terms {
			if s.spans[t.index].fixed() {
				local.right -= int64(t.sign) * s.spans[t.index].low
				continue
			}
			at := places[t.index].local
			local.terms = append(local.terms, term{at, t.sign})
			p.columns[at] = append(p.columns[at], term{int32(i), t.sign})
		}
		p.rows[i] = local
	}
}

// in gives the rows of each variable.
func (p *program) in() [][]int32 {
	in := make([][]int32, len(p.columns))
	for j, column := range p.columns {
		for _, t := range column {
			in[j] = append(in[j], t.index)
		}
	}
	return in
}

// fits tells whether whole numbers solve the program.
func (p *program) fits(x []int64) bool {
	if len(x) != len(p.spans) {
		return false
	}
	for j, s := range p.spans {
		if x[j] < s.low || x[j] > s.high {
			return false
		}
	}
	for _, r := range p.rows {
		sum := int64(0)
		for _, t := range r.terms {
			sum += int64(t.sign) * x[t.index]
		}
		if sum != r.right {
			return false
		}
	}
	return true
}
