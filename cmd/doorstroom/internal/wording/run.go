package wording

import (
	"fmt"
	"io"

	"doorstroom/cmd/doorstroom/internal/terminal"
	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/job"
	"doorstroom/schemas"
)

// Run tells what a run came to, as far as it got.
func Run(w io.Writer, cutOff schemas.Date, r job.Result) {
	if r.Load != nil {
		loaded(w, r.Load)
	}
	if r.Facts != nil {
		facts(w, r.Facts)
	}
	if r.Marts != nil {
		fmt.Fprintf(w, "marts of %s: %s\n", cutOff, r.Marts)
	}
}

func loaded(w io.Writer, l *job.Loaded) {
	var passed passedOver
	for _, v := range l.Verdicts {
		for i := range v.Files {
			passed.add(&v.Files[i], v.Supplier+"/"+v.DeliveryID+"/"+v.Files[i].Name)
		}
		if v.Status != delivery.Accepted {
			fmt.Fprintf(w, "refused: %s/%s, %s%s\n", v.Supplier, terminal.Shown(v.DeliveryID), v.Reason, where(Sentence(v.Detail, operators[v.Reason])))
		}
	}
	if !l.Whole {
		return
	}
	for _, line := range passed.lines() {
		fmt.Fprintln(w, terminal.Shown(line))
	}
	fmt.Fprintf(w, "deliveries: %d in the landing folder, %d new, %d accepted, %d refused\n", l.Deliveries, len(l.Verdicts), l.Accepted, l.Refused)
	fmt.Fprintf(w, "records: %d accepted, %d put aside ('doorstroom quarantine' lists them)\n", l.Rows, l.Quarantined)
}

func where(detail string) string {
	if detail == "" {
		return ""
	}
	return ": " + terminal.Shown(detail)
}

func facts(w io.Writer, r *edition.Result) {
	fmt.Fprintf(w, "edition %s: %s; %d persons, %d rows of facts, definitions %s\n", r.CutOff, outcome(r.Outcome), r.Persons, job.RowsOf(r), r.DefinitionVersion)
	if r.NoWages() {
		fmt.Fprintln(w, "no wages: no accepted delivery of uwv_employment, so there are no monthly statuses")
		return
	}
	fmt.Fprintf(w, "wages reach to %s; the last month counted is that of %s\n", r.Horizon, r.GridEnd)
}

func outcome(o edition.Outcome) string {
	switch o {
	case edition.Unchanged:
		return "unchanged"
	case edition.LeftClosed:
		return "closed, left as it is although its deliveries or the definitions changed"
	}
	return "built"
}

// Plan tells what a run would do.
func Plan(w io.Writer, cutOff schemas.Date, definitions string, p job.Plan) {
	if p.Migrations > 0 {
		fmt.Fprintf(w, "tables: %d migrations\n", p.Migrations)
	}
	for _, step := range p.Steps {
		switch step {
		case job.Load:
			fmt.Fprintf(w, "load: %d of %d deliveries are new\n", len(p.Found.New), len(p.Found.All))
			for _, d := range p.Found.New {
				fmt.Fprintf(w, "  %s/%s\n", d.Supplier, terminal.Shown(d.ID))
			}
		case job.Facts:
			fmt.Fprintf(w, "facts: edition %s, definitions %s\n", cutOff, definitions)
		case job.Marts:
			fmt.Fprintf(w, "marts: edition %s\n", cutOff)
		}
	}
}
