package totals

import (
	"context"
	"math/big"

	"doorstroom/schemas"
)

// personTotals holds the persons that were linked against those of the facts.
func (b *Build) personTotals(ctx context.Context) ([]controlTotal, error) {
	linked, err := b.one(ctx, "SELECT toInt128(count()) FROM "+b.table("person"))
	if err != nil {
		return nil, err
	}
	facts, err := b.one(ctx, "SELECT toInt128(uniqExact(person_id)) FROM "+b.stored("person"))
	if err != nil {
		return nil, err
	}
	return []controlTotal{
		{step: effectiveToPersons, place: "person", measure: "persons", from: number(b.Persons), to: linked},
		{step: personsToFacts, place: "person", measure: "persons", from: linked, to: facts},
	}, nil
}

// builtTotals notes what the facts add up to.
func (b *Build) builtTotals(ctx context.Context) ([]controlTotal, error) {
	var all []controlTotal
	note := func(table, measure string, n *big.Int) {
		all = append(all, controlTotal{step: factsAsBuilt, place: table, measure: measure, from: n, to: n})
	}
	for _, t := range schemas.FactTables {
		n, err := b.one(ctx, "SELECT toInt128(count()) FROM "+b.stored(t.Name))
		if err != nil {
			return nil, err
		}
		note(t.Name, "rows", n)
	}
	months, err := b.sums(ctx, 4, sqlFiles.Render("months_as_built.sql", map[string]string{"Months": b.stored("month_status")}))
	if err != nil {
		return nil, err
	}
	for i, measure := range []string{"months working", "months in bijstand", "hours a week, hundredths", "wages, euro cents"} {
		note("month_status", measure, months[i])
	}
	return all, nil
}
