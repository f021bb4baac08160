package publish

import (
	"doorstroom/pipelines/disclosure/cells"
)

// split divides a system into parts that share no sum and no difference: what is hidden in one tells nothing about another.
// Protecting them one by one takes far less time. The attack afterwards looks at all of them at once.
func split(in cells.Input, m *cells.Model) []cells.Input {
	u := newUnion(len(m.Cells))
	for _, s := range m.Sums {
		for _, part := range s.Parts {
			u.join(s.Total, part)
		}
	}
	for _, d := range m.Differences {
		u.join(d.New, d.Old)
	}
	var parts []cells.Input
	at := map[int]int{}
	for i, t := range m.Tables {
		mine := map[int]int{} // place of this table in a part
		for j, row := range t.Rows {
			root := u.root(row.Cell)
			part, known := at[root]
			if !known {
				part, at[root] = len(parts), len(parts)
				parts = append(parts, cells.Input{Rules: in.Rules, Hierarchies: in.Hierarchies, Constant: in.Constant, Within: in.Within})
			}
			p := &parts[part]
			place, known := mine[part]
			if !known {
				place, mine[part] = len(p.Tables), len(p.Tables)
				bare := in.Tables[i]
				bare.Rows = nil
				p.Tables = append(p.Tables, bare)
			}
			p.Tables[place].Rows = append(p.Tables[place].Rows, in.Tables[i].Rows[j])
		}
	}
	return parts
}

// union joins cells into sets.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) root(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(i, j int) {
	if a, b := u.root(i), u.root(j); a != b {
		u[max(a, b)] = min(a, b)
	}
}
