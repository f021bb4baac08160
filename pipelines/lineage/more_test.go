package lineage

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/route"
)

// moreMade has a row of every table beside the contract's; the job at the employer is that of the conversion.
func moreMade() *route.Facts {
	employer := strings.Repeat("e", 16)
	return &route.Facts{
		Participations: []route.ParticipationRow{{RecordID: "p1", Kind: "nt2", Start: day("2024-01-01")}},
		WorkPermits:    []route.WorkPermitRow{{RecordID: "t1", Decision: "refused", SectorCode: "33", RequestedOn: day("2024-02-01"), DecidedOn: day("2024-02-20")}},
		Mbos:           []route.MboRow{{RecordID: "m1", Kind: "bbl", Level: 2, Start: day("2024-03-01")}},
		Valuations:     []route.ValuationRow{{RecordID: "w1", Kind: "diplomawaardering", NLQF: 6, RequestedOn: day("2024-04-01"), DecidedOn: day("2024-05-01")}},
		Jobs:           []route.JobRow{{Employer: employer, Job: 1, Start: day("2024-06-01"), End: day("2024-06-30")}},
		Conversions: []route.ConversionRow{{Employer: employer, Job: 1, Start: day("2024-06-01"), ContractStart: route.Temporary,
			Same: [2]route.Tri{route.False, route.Null}, Any: [2]route.Tri{route.True, route.Null}}},
	}
}

// TestMoreFactsAreHeldAgainstTheStored: a row that is missing, or says something else, is another edition's.
func TestMoreFactsAreHeldAgainstTheStored(t *testing.T) {
	want := stored{"participation 2024-01-01 p1", "work_permit refused 2024-02-01 t1", "mbo  2024-03-01 m1", "valuation diplomawaardering 2024-04-01 w1",
		"contract_conversion 2024-06-01 no not known yes not known"}
	if got := moreStored(moreMade()); !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

// TestMoreFactsHaveTheirRecords names the record that a fact is, and the wage rows of the job that a conversion is of.
func TestMoreFactsHaveTheirRecords(t *testing.T) {
	made := moreMade()
	wages := func(text string, start string) *evidence {
		return &evidence{Version: row(t, text), says: route.Facts{
			WorkSpells: []route.WorkSpellRow{{Start: day(start), End: day("2024-06-30")}}, Jobs: []route.JobRow{{Employer: made.Conversions[0].Employer}},
		}}
	}
	all := []*evidence{
		{Version: row(t, "coa_participation p1 1.0.1")}, {Version: row(t, "coa_participation p2 1.0.2")}, {Version: row(t, "uwv_work_permit t1 1.0.3")},
		{Version: row(t, "duo_mbo m1 1.0.4")}, {Version: row(t, "duo_mbo w1 1.0.5")}, {Version: row(t, "idw_valuation w1 1.0.6")},
		wages("uwv_employment u1 1.0.7", "2024-06-01"), wages("uwv_employment u2 1.0.8", "2024-05-31"),
	}
	var got []string
	for _, e := range slices.Concat(ofOneRecord(made, all), conversions(made, all)) {
		var ids []string
		for _, v := range e.rows {
			ids = append(ids, v.ID)
		}
		fact, _, _ := strings.Cut(e.fact, " at ")
		got = append(got, e.from.String()+" "+fact+": "+e.text+" by "+strings.Join(ids, ","))
	}
	want := []string{
		"2024-01-01 participation: nt2 by p1", "2024-02-01 work_permit: sector 33, refused by t1", "2024-03-01 mbo: bbl, level 2, result not known by m1",
		"2024-04-01 valuation: diplomawaardering, NLQF 6 by w1",
		"2024-06-01 contract_conversion of job 1: temporary, same employer within 12 months no, 24 not known; any yes, not known by u1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}
