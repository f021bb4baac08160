package main

import (
	"fmt"
	"math"
	"strings"
)

// compose writes the page.
func compose(o options, definitions string, scale float64, figures []*figure, results []*result, verdicts []verdict) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, `# Calibration: a synthetic population beside published figures

Written by %[1]smake calibrate%[1]s; do not edit. A population of %[2]d synthetic persons (seed %[3]d) went through the whole program; the edition of %[4]s,
made with definitions %[7]s, gave the values under "ours", by SQL on the marts. For each of the %[5]d published figures, [mapping.csv](../deploy/dev/calibrate/mapping.csv) names the
measure that answers it ([measures](../deploy/dev/calibrate/measures)) or the reason why none does. No real person is in these numbers.

Counts are scaled: one synthetic person stands for %.3[6]f persons, so that the permits of 2016 up to mid 2022 add up to those published.
A difference is ours minus published, in points for shares; from a published range it is the distance to its nearest end.

**What this shows, and what not.** The population was made to meet these figures: they went into the model as they are, or its parameters were fitted
until they came out ([synthetic population](synthetic_population.md)). That they come out of the marts shows that deliveries, links, facts and marts
carry through what was put in; it says nothing for the model. Only the figures whose note says "out of sample" were not aimed at. There is no margin
of error beside the figures, because none would be one: people are spread evenly over their group and not drawn apart, and in every group of a
nationality and a year of up to 1,250 persons the share at work is laid between its own people, month by month. A target allows for few people, besides
its tolerance, two standard errors of as many people drawn apart; where that is needed, the outcome says of how many figures.

## Targets

| target | met | outcome |
| --- | --- | --- |
`, "`", o.persons, o.seed, o.asOf, len(figures), scale, definitions)
	for _, v := range verdicts {
		met := "**no**"
		switch {
		case v.pass && v.byChance:
			met = "not strictly"
		case v.pass:
			met = "yes"
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", v.meaning, met, v.detail)
	}
	fmt.Fprintf(b, "\n## Compared: %d figures\n", len(results))
	metric := ""
	for _, r := range results {
		if r.metric != metric {
			metric = r.metric
			fmt.Fprintf(b, "\n### %s\n\n| whom | cohort | moment | group | published | ours | difference | people | note |\n| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |\n", metric)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s |\n", r.population, r.cohort, r.moment, r.group, published(r.figure), values(r), r.note)
	}
	fmt.Fprintf(b, "\n## Not compared: %d figures\n\n| figure | whom | cohort | moment | group | published | why not |\n| --- | --- | --- | --- | --- | ---: | --- |\n", len(figures)-len(results))
	for _, f := range figures {
		if f.reason != "" {
			fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s |\n", f.metric, f.population, f.cohort, f.moment, f.group, published(f), f.reason)
		}
	}
	return b.String()
}

// values are the cells ours, difference and people.
func values(r *result) string {
	switch {
	case !r.known():
		return "nobody | | 0"
	case r.isShare:
		return fmt.Sprintf("%s | %+.1f | %.0f", number(r.ours(), r.unit), r.difference(), r.denominator)
	}
	relative := ""
	if r.high > 0 {
		relative = fmt.Sprintf(" (%+.0f %%)", 100*r.difference()/r.high)
	}
	return fmt.Sprintf("%s | %+.0f%s | %.0f", number(r.ours(), r.unit), r.difference(), relative, r.numerator)
}

// published is the published value in its unit.
func published(f *figure) string {
	if f.low != f.high {
		return fmt.Sprintf("%g-%s", f.low, number(f.high, f.unit))
	}
	return number(f.low, f.unit)
}

// number writes a share with one decimal, a count without.
func number(v float64, unit string) string {
	if unit == "%" {
		return fmt.Sprintf("%.1f %%", v)
	}
	return fmt.Sprintf("%.0f", math.Round(v))
}
