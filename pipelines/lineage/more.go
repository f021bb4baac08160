package lineage

import (
	"cmp"
	"fmt"
	"strconv"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// moreStored are the rows of the tables beside the contract's, as stored_facts.sql selects them.
func moreStored(f *route.Facts) (made stored) {
	for _, r := range f.Participations {
		made = append(made, fmt.Sprintf("participation %s %s", r.Start, r.RecordID))
	}
	for _, r := range f.WorkPermits {
		made = append(made, fmt.Sprintf("work_permit %s %s %s", r.Decision, r.RequestedOn, r.RecordID))
	}
	for _, r := range f.Mbos {
		made = append(made, fmt.Sprintf("mbo %s %s %s", r.Result, r.Start, r.RecordID))
	}
	for _, r := range f.Valuations {
		made = append(made, fmt.Sprintf("valuation %s %s %s", r.Kind, r.RequestedOn, r.RecordID))
	}
	for _, r := range f.Conversions {
		made = append(made, fmt.Sprintf("contract_conversion %s %s %s %s %s", r.Start, truth(r.Same[0]), truth(r.Same[1]), truth(r.Any[0]), truth(r.Any[1])))
	}
	return made
}

// known gives a text, or says that there is none.
func known(text string) string { return cmp.Or(text, "not known") }

func level(n uint8) string {
	if n == 0 {
		return known("")
	}
	return strconv.Itoa(int(n))
}

// ofOneRecord gives the facts that are one record each.
func ofOneRecord(f *route.Facts, all []*evidence) (events []event) {
	of := func(record, id string) []*versions.Version {
		return pick(all, func(w *evidence) bool { return w.Record.Name == record && w.ID == id })
	}
	for _, r := range f.Participations {
		events = append(events, event{r.Start, r.End, "participation", r.Kind, of("coa_participation", r.RecordID)})
	}
	for _, r := range f.WorkPermits {
		events = append(events, event{r.RequestedOn, r.DecidedOn, "work_permit", "sector " + known(r.SectorCode) + ", " + known(r.Decision), of("uwv_work_permit", r.RecordID)})
	}
	for _, r := range f.Mbos {
		events = append(events, event{r.Start, r.End, "mbo", fmt.Sprintf("%s, level %s, result %s", r.Kind, level(r.Level), known(r.Result)), of("duo_mbo", r.RecordID)})
	}
	for _, r := range f.Valuations {
		events = append(events, event{r.RequestedOn, r.DecidedOn, "valuation", fmt.Sprintf("%s, NLQF %s", known(r.Kind), level(r.NLQF)), of("idw_valuation", r.RecordID)})
	}
	return events
}

// conversions gives what became of temporary and agency jobs, with the wage rows of the job.
func conversions(f *route.Facts, all []*evidence) (events []event) {
	for _, c := range f.Conversions {
		var job route.JobRow
		for _, j := range f.Jobs {
			if j.Employer == c.Employer && j.Job == c.Job {
				job = j
			}
		}
		rows := pick(all, func(w *evidence) bool { return lies(w, job.Start, job.End) && w.says.Jobs[0].Employer == c.Employer })
		events = append(events, event{from: c.Start, fact: fmt.Sprintf("contract_conversion of job %d at %s", c.Job, schemas.Pseudonym{Key: [16]byte([]byte(c.Employer)), Valid: true}.Text()),
			text: fmt.Sprintf("%s, same employer within 12 months %s, 24 %s; any %s, %s", c.ContractStart, truth(c.Same[0]), truth(c.Same[1]), truth(c.Any[0]), truth(c.Any[1])), rows: rows})
	}
	return events
}
