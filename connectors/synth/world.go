package synth

// world is what does not depend on one person: the population, its pseudonyms, and the deliveries that tell of it. It is read-only after newWorld, so
// workers share it.
type world struct {
	*model
	names pseudonyms
	plan  *plan
}

func newWorld(seed uint64, asOf day, persons int) (*world, error) {
	names, err := newPseudonyms(seed)
	if err != nil {
		return nil, err
	}
	m := newModel(seed, asOf, persons)
	return &world{model: m, names: names, plan: newPlan(asOf, persons, m.towns)}, nil
}

// subject is a person as those see it who tell of it: the suppliers.
type subject struct {
	*person
	world *world
}

func newSubject(w *world) *subject { return &subject{newPerson(w.model), w} }
