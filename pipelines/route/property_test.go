package route_test

import (
	"flag"
	"log"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/reference"
	"doorstroom/pipelines/route/speccase"
)

func TestMain(m *testing.M) {
	flag.Parse()
	chosen := false
	flag.Visit(func(f *flag.Flag) { chosen = chosen || f.Name == "rapid.checks" })
	if !chosen {
		set("rapid.checks", persons)
	}
	set("rapid.nofailfile", "true") // a failing person is printed as a specification case
	os.Exit(m.Run())
}

func set(name, value string) {
	if err := flag.Set(name, value); err != nil {
		log.Fatalf("set -%s: %v", name, err)
	}
}

// TestRouteEqualsReference holds every column of every table equal to the slow
// reference, for the records in any order and with scratch memory used before.
func TestRouteEqualsReference(t *testing.T) {
	var builder route.Builder
	rapid.Check(t, func(t *rapid.T) {
		p, ed := drawPerson(t)
		equalsReference(t, &builder, p, ed)
	})
}

// equalsReference builds the person with its records in another order.
func equalsReference(t *rapid.T, builder *route.Builder, p *route.Person, ed speccase.Edition) {
	var facts route.Facts
	want := reference.Facts(p, ed)
	seed := rapid.Uint64().Draw(t, "order")
	shuffled := shuffle(p, rand.New(rand.NewPCG(seed, 1)))
	if err := builder.Build(shuffled, ed.Route(), &facts); err != nil {
		t.Fatalf("Build: %v", err)
	}
	differences := speccase.Compare(want, speccase.Tables(&facts))
	if len(differences) > 0 {
		t.Fatalf("route differs from the reference, which expects the case below under %+v:\n%s\n\n%s",
			ed.Definitions, strings.Join(differences, "\n"), speccase.Print("Found by a property test", ed, p, want))
	}
}

// shuffle copies a person with the rows of each record in another order.
func shuffle(p *route.Person, rnd *rand.Rand) *route.Person {
	q := *p
	q.Stays, q.Permits = shuffled(rnd, p.Stays), shuffled(rnd, p.Permits)
	q.Placements, q.Participations = shuffled(rnd, p.Placements), shuffled(rnd, p.Participations)
	q.Residences, q.Bijstand = shuffled(rnd, p.Residences), shuffled(rnd, p.Bijstand)
	q.Inburgering, q.Provisions = shuffled(rnd, p.Inburgering), shuffled(rnd, p.Provisions)
	q.Employments, q.WorkPermits = shuffled(rnd, p.Employments), shuffled(rnd, p.WorkPermits)
	q.Obligations, q.Exams = shuffled(rnd, p.Obligations), shuffled(rnd, p.Exams)
	q.Mbos, q.Valuations = shuffled(rnd, p.Mbos), shuffled(rnd, p.Valuations)
	return &q
}

func shuffled[T any](rnd *rand.Rand, rows []T) []T {
	out := append([]T(nil), rows...)
	rnd.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// TestPrintedCaseParses takes what a failing property prints as a case.
func TestPrintedCaseParses(t *testing.T) {
	type drawn struct {
		person  *route.Person
		edition speccase.Edition
	}
	persons := rapid.Custom(func(t *rapid.T) drawn {
		p, ed := drawPerson(t)
		return drawn{p, ed}
	})
	for seed := range 200 {
		d := persons.Example(seed)
		facts := reference.Facts(d.person, d.edition)
		file, err := speccase.Parse(strings.NewReader(speccase.Print("A rule", d.edition, d.person, facts)))
		if err != nil {
			t.Fatalf("seed %d: parse a printed case: %v", seed, err)
		}
		c := &file.Cases[0]
		ed, holds := c.Under(d.edition.Definitions)
		if !holds {
			t.Errorf("seed %d: a printed case does not hold for its definitions", seed)
		}
		for _, difference := range append(c.Check(facts), speccase.Compare(facts, reference.Facts(&c.Person, ed))...) {
			t.Errorf("seed %d: a printed case is not what was printed: %s", seed, difference)
		}
	}
}
