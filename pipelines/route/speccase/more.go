package speccase

import (
	"strconv"

	"doorstroom/pipelines/route"
)

// moreTables are those beside the contract's.
func moreTables(f *route.Facts) []Table {
	tables := []Table{
		{Name: "participation", Columns: []string{"record_id", "kind", "start", "end", "hours_week", "municipality_code", "region"}},
		{Name: "work_permit", Columns: []string{"record_id", "requested_on", "decided_on", "decision", "sector_code", "valid_from", "valid_to",
			"in_azc", "municipality_code", "region"}},
		{Name: "mbo", Columns: []string{"record_id", "kind", "level", "start", "end", "result", "municipality_code", "region"}},
		{Name: "valuation", Columns: []string{"record_id", "requested_on", "decided_on", "kind", "nlqf", "municipality_code", "region"}},
		{Name: "contract_conversion", Columns: []string{"employer", "job", "start", "contract_start", "same_12", "same_24", "any_12", "any_24"}},
	}
	for _, r := range f.Participations {
		hours := null
		if r.HoursWeek != 0 {
			hours = decimal(r.HoursWeek)
		}
		tables[0].Rows = append(tables[0].Rows, []string{r.RecordID, r.Kind, r.Start.String(), dateOrNull(r.End), hours,
			orAbsent(r.MunicipalityCode), orAbsent(r.Region)})
	}
	for _, r := range f.WorkPermits {
		tables[1].Rows = append(tables[1].Rows, []string{r.RecordID, r.RequestedOn.String(), dateOrNull(r.DecidedOn), orAbsent(r.Decision),
			orAbsent(r.SectorCode), dateOrNull(r.ValidFrom), dateOrNull(r.ValidTo), strconv.FormatBool(r.InAZC), orAbsent(r.MunicipalityCode), orAbsent(r.Region)})
	}
	for _, r := range f.Mbos {
		tables[2].Rows = append(tables[2].Rows, []string{r.RecordID, r.Kind, orNull(r.Level, r.Level != 0), r.Start.String(), dateOrNull(r.End),
			orAbsent(r.Result), orAbsent(r.MunicipalityCode), orAbsent(r.Region)})
	}
	for _, r := range f.Valuations {
		tables[3].Rows = append(tables[3].Rows, []string{r.RecordID, r.RequestedOn.String(), dateOrNull(r.DecidedOn), orAbsent(r.Kind),
			orNull(r.NLQF, r.NLQF != 0), orAbsent(r.MunicipalityCode), orAbsent(r.Region)})
	}
	for _, r := range f.Conversions {
		tables[4].Rows = append(tables[4].Rows, []string{r.Employer, number(r.Job), r.Start.String(), r.ContractStart.String(),
			triText(r.Same[0]), triText(r.Same[1]), triText(r.Any[0]), triText(r.Any[1])})
	}
	return tables
}
