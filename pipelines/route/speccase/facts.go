package speccase

import (
	"strconv"

	"doorstroom/pipelines/route"
)

// Table is rows of text under named columns.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string
}

// Tables turns the facts of one person into the six tables of the contract and
// the five beside them, with every column but edition and person_id, in their order. Absent
// text is "-", a missing value NULL.
func Tables(f *route.Facts) []Table {
	tables := []Table{
		{Name: "person", Columns: personColumns},
		{Name: "milestone", Columns: []string{"kind", "date", "record", "record_id"}},
		{Name: "month_status", Columns: monthColumns},
		{Name: "work_spell", Columns: []string{"spell", "start", "end", "jobs", "mean_hours_week", "contract_start", "contract_end"}},
		{Name: "job", Columns: []string{"employer", "job", "start", "end", "ikvs", "realised_months", "mean_hours_week",
			"contract_start", "contract_end", "sector_code", "sowis_like"}},
		{Name: "bijstand_spell", Columns: []string{"spell", "start", "end", "municipality_code", "from_azc", "exit_to_work",
			"loose_6", "loose_12", "loose_18", "strict_6", "strict_12", "strict_18"}},
	}
	tables[0].Rows = [][]string{personCells(&f.Person)}
	for _, m := range f.Milestones {
		tables[1].Rows = append(tables[1].Rows, []string{m.Kind.String(), m.Date.String(), orAbsent(m.Record), orAbsent(m.RecordID)})
	}
	for i := range f.Months {
		tables[2].Rows = append(tables[2].Rows, monthCells(&f.Months[i]))
	}
	for _, s := range f.WorkSpells {
		tables[3].Rows = append(tables[3].Rows, []string{number(s.Spell), s.Start.String(), s.End.String(), number(s.Jobs),
			decimal(s.MeanHoursWeek), s.ContractStart.String(), s.ContractEnd.String()})
	}
	for _, j := range f.Jobs {
		tables[4].Rows = append(tables[4].Rows, []string{j.Employer, number(j.Job), j.Start.String(), j.End.String(),
			number(j.IKVs), number(j.RealisedMonths), decimal(j.MeanHoursWeek), j.ContractStart.String(),
			j.ContractEnd.String(), orAbsent(j.SectorCode), strconv.FormatBool(j.SowisLike)})
	}
	for i := range f.BijstandSpells {
		tables[5].Rows = append(tables[5].Rows, bijstandCells(&f.BijstandSpells[i]))
	}
	return append(tables, moreTables(f)...)
}

func number(n uint16) string { return strconv.Itoa(int(n)) }

var personColumns = []string{"linkage", "population", "cohort", "permit_start", "protection_start", "applied_on",
	"arrived_on", "route", "sex", "birth_year", "nationality_code", "nationality_group", "good_prospects", "law",
	"target_group", "coupled_municipality", "first_municipality", "current_municipality", "region", "valued_kind",
	"valued_nlqf", "exit_on", "exit_reason"}

func personCells(r *route.PersonRow) []string {
	return []string{orAbsent(r.Linkage), r.Population, orNull(r.Cohort, r.Cohort != 0), dateOrNull(r.PermitStart),
		dateOrNull(r.ProtectionStart), dateOrNull(r.AppliedOn), dateOrNull(r.ArrivedOn), orAbsent(r.Route), orAbsent(r.Sex),
		orNull(r.BirthYear, r.BirthYear != 0), orAbsent(r.NationalityCode), orAbsent(r.NationalityGroup),
		strconv.FormatBool(r.GoodProspects), orAbsent(r.Law), orAbsent(r.TargetGroup), orAbsent(r.CoupledMunicipality),
		orAbsent(r.FirstMunicipality), orAbsent(r.CurrentMunicipality), orAbsent(r.Region), orAbsent(r.ValuedKind),
		orNull(r.ValuedNLQF, r.ValuedNLQF != 0), dateOrNull(r.ExitOn), orAbsent(r.ExitReason)}
}

var monthColumns = []string{"month", "k", "age", "stage", "in_azc", "municipality_code", "region", "working", "bijstand",
	"hours_week", "wage_sv_cents", "contract", "sector_code", "bbl", "startbaan", "dual", "leerroute",
	"sustained_6", "sustained_12", "sustained_18"}

func monthCells(m *route.MonthRow) []string {
	return []string{m.Month.String(), orNull(m.K, m.HasK), orNull(m.Age, m.HasAge), m.Stage.String(),
		strconv.FormatBool(m.InAZC), orAbsent(m.MunicipalityCode), orAbsent(m.Region), strconv.FormatBool(m.Working),
		strconv.FormatBool(m.Bijstand), decimal(m.HoursWeek), strconv.FormatInt(m.WageSVCents, 10),
		orAbsent(m.Contract.String()), orAbsent(m.SectorCode), strconv.FormatBool(m.BBL), strconv.FormatBool(m.Startbaan),
		strconv.FormatBool(m.Dual), orAbsent(m.Leerroute), triText(m.Sustained6), triText(m.Sustained12), triText(m.Sustained18)}
}

func bijstandCells(s *route.BijstandSpellRow) []string {
	return []string{number(s.Spell), s.Start.String(), dateOrNull(s.End), orAbsent(s.MunicipalityCode),
		strconv.FormatBool(s.FromAZC), triText(s.ExitToWork), triText(s.Loose6), triText(s.Loose12), triText(s.Loose18),
		triText(s.Strict6), triText(s.Strict12), triText(s.Strict18)}
}
