package erase

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/lineage"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Links says which links are followed from the pseudonyms that are given.
type Links string

// The choices.
const (
	// AllLinks follows every link that an accepted record ever stated, since an edition may know it still.
	AllLinks Links = "all"
	// NewestLinks follows those of records that are effective now.
	NewestLinks Links = "newest"
	// GivenOnly follows none.
	GivenOnly Links = "given"
)

// ErrNoPseudonym says that a text is not a pseudonym; the error does not repeat it.
var ErrNoPseudonym = errors.New("is not a pseudonym: write v or b and the 26 characters")

// ParsePseudonym reads a pseudonym as facts write it: v or b, then the 26 characters.
func ParsePseudonym(text string) (link.ID, error) {
	if len(text) != len(link.ID{}) || text[0] != 'v' && text[0] != 'b' {
		return link.ID{}, ErrNoPseudonym
	}
	if _, ok := schemas.ParsePseudonym([]byte(text[1:])); !ok {
		return link.ID{}, ErrNoPseudonym
	}
	return link.ID([]byte(text)), nil
}

// pseudonymOf gives the pseudonym that an id is written with.
func pseudonymOf(id link.ID) schemas.Pseudonym {
	p, _ := schemas.ParsePseudonym(id[1:])
	return p
}

// idOf writes a pseudonym as facts do.
func idOf(kind byte, p schemas.Pseudonym) (id link.ID) {
	id[0] = kind
	p.AppendText(id[1:1])
	return id
}

// ids is a set of pseudonyms.
type ids map[link.ID]bool

func setOf(list []link.ID) ids {
	s := make(ids, len(list))
	for _, id := range list {
		s[id] = true
	}
	return s
}

// list gives the set in order.
func (s ids) list() []link.ID {
	all := make([]link.ID, 0, len(s))
	for id := range s {
		all = append(all, id)
	}
	slices.SortFunc(all, func(a, b link.ID) int { return slices.Compare(a[:], b[:]) })
	return all
}

// persons are the pseudonyms of those who are to be erased.
type persons struct {
	given  ids
	erased ids
	// touched are also those that links join to the erased ones without making them the same person.
	touched ids
}

// follow finds the pseudonyms of the persons that the given ones stand for.
//
// What is effective now decides first. Then, unless links say otherwise, every link
// that accepted records ever stated: someone may be linked in an older edition
// only. A set with two or more B is a conflict, here as in an edition: it may be
// several people, so none of its links is followed, beyond those that are effective now.
func follow(ctx context.Context, db *warehouse.DB, loads map[uint64]loadInfo, given []link.ID, links Links) (*persons, error) {
	p := &persons{given: setOf(given), erased: setOf(given), touched: setOf(given)}
	if links == GivenOnly {
		return p, p.touch(ctx, db, loads, nil)
	}
	latest, err := edition.Latest(ctx, db)
	if err != nil {
		return nil, err
	}
	now, _, err := lineage.Members(ctx, db, latest, given)
	if err != nil {
		return nil, fmt.Errorf("following the links of a person: %w", err)
	}
	for _, id := range now {
		p.erased[id], p.touched[id] = true, true
	}
	var graph link.Graph
	if err := p.touch(ctx, db, loads, &graph); err != nil {
		return nil, err
	}
	if links == AllLinks {
		p.join(graph.Persons())
	}
	return p, nil
}

// touch follows every link of accepted records, conflicts or not, and adds them to a graph.
func (p *persons) touch(ctx context.Context, db *warehouse.DB, loads map[uint64]loadInfo, graph *link.Graph) error {
	for {
		rows, err := readRows(ctx, db, loads, p.touched)
		if err != nil {
			return err
		}
		before := len(p.touched)
		for i := range rows {
			r := &rows[i]
			if !loads[r.Place.Load].counted || !r.names(p.touched) {
				continue
			}
			for _, id := range r.pseudonyms() {
				p.touched[id] = true
			}
			if graph != nil {
				graph.Add(r.V, r.B, link.SupplierBit(r.Record.Supplier))
			}
		}
		if len(p.touched) == before {
			return nil
		}
	}
}

// join erases who is one person with an erased pseudonym by all links together.
func (p *persons) join(all *link.Persons) {
	theirs := make(map[uint32]bool)
	all.Each(func(kind link.Kind, key [16]byte, person uint32) {
		if p.erased[nodeID(kind, key)] {
			theirs[person] = true
		}
	})
	all.Each(func(kind link.Kind, key [16]byte, person uint32) {
		if theirs[person] {
			p.erased[nodeID(kind, key)] = true
		}
	})
}

func nodeID(kind link.Kind, key [16]byte) link.ID {
	return idOf("vb"[kind], schemas.Pseudonym{Key: key, Valid: true})
}
