package synth

import (
	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// world is what does not depend on one person: the population, its pseudonyms, and the deliveries that tell of it. It is read-only after newWorld, so
// workers share it.
type world struct {
	*population.Model
	names pseudonyms
	plan  *plan
}

func newWorld(seed uint64, asOf calendar.Day, persons int) (*world, error) {
	names, err := newPseudonyms(seed)
	if err != nil {
		return nil, err
	}
	m := population.NewModel(seed, asOf, persons)
	return &world{Model: m, names: names, plan: newPlan(asOf, persons, m.Towns)}, nil
}

// subject is a person as those see it who tell of it: the suppliers.
type subject struct {
	*population.Person
	world *world
}

func newSubject(w *world) *subject { return &subject{population.NewPerson(w.Model), w} }
