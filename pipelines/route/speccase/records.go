package speccase

import "doorstroom/pipelines/route"

// record is one record of the contract in a Person.
type record struct {
	name string
	add  func(*route.Person) []field   // appends a row with the defaults
	rows func(*route.Person) [][]field // those that are there
}

// recordOf binds a record to its rows in a Person.
func recordOf[T any](name string, rows func(*route.Person) *[]T, defaults T, fields func(*T) []field) record {
	return record{
		name: name,
		add: func(p *route.Person) []field {
			all := rows(p)
			*all = append(*all, defaults)
			return fields(&(*all)[len(*all)-1])
		},
		rows: func(p *route.Person) [][]field {
			var out [][]field
			for i := range *rows(p) {
				out = append(out, fields(&(*rows(p))[i]))
			}
			return out
		},
	}
}

// records are all records, in the order of the contract, with the values that
// a case may leave out.
var records = []record{
	recordOf("coa_stay", func(p *route.Person) *[]route.Stay { return &p.Stays },
		route.Stay{RecordID: "1", MunicipalityCode: "0014"},
		func(r *route.Stay) []field {
			return []field{{"record_id", &r.RecordID}, {"municipality_code", &r.MunicipalityCode},
				{"start", &r.Start}, {"end", &r.End}}
		}),
	recordOf("coa_permit", func(p *route.Person) *[]route.Permit { return &p.Permits },
		route.Permit{RecordID: "1", TitleCode: "26", NationalityCode: "0336", BirthYear: 1990, Sex: "M", Route: "zelf"},
		func(r *route.Permit) []field {
			return []field{{"record_id", &r.RecordID}, {"applied_on", &r.AppliedOn}, {"title_code", &r.TitleCode},
				{"start", &r.Start}, {"nationality_code", &r.NationalityCode}, {"birth_year", &r.BirthYear},
				{"sex", &r.Sex}, {"route", &r.Route}, {"good_prospects", &r.GoodProspects}}
		}),
	recordOf("coa_placement", func(p *route.Person) *[]route.Placement { return &p.Placements },
		route.Placement{RecordID: "1", MunicipalityCode: "0363"},
		func(r *route.Placement) []field {
			return []field{{"record_id", &r.RecordID}, {"municipality_code", &r.MunicipalityCode}, {"coupled_on", &r.CoupledOn}}
		}),
	recordOf("coa_participation", func(p *route.Person) *[]route.Participation { return &p.Participations },
		route.Participation{RecordID: "1"},
		func(r *route.Participation) []field {
			return []field{{"record_id", &r.RecordID}, {"start", &r.Start}}
		}),
	recordOf("municipality_residence", func(p *route.Person) *[]route.Residence { return &p.Residences },
		route.Residence{RecordID: "1", MunicipalityCode: "0363"},
		func(r *route.Residence) []field {
			return []field{{"record_id", &r.RecordID}, {"municipality_code", &r.MunicipalityCode},
				{"settled_on", &r.SettledOn}, {"left_on", &r.LeftOn}, {"left_reason", &r.LeftReason},
				{"brp_registered_on", &r.BRPRegisteredOn}}
		}),
	recordOf("municipality_bijstand", func(p *route.Person) *[]route.Bijstand { return &p.Bijstand },
		route.Bijstand{RecordID: "1", MunicipalityCode: "0363", Regulation: "PW"},
		func(r *route.Bijstand) []field {
			return []field{{"record_id", &r.RecordID}, {"municipality_code", &r.MunicipalityCode},
				{"regulation", &r.Regulation}, {"start", &r.Start}, {"end", &r.End}, {"reason_in", &r.ReasonIn}}
		}),
	recordOf("municipality_inburgering", func(p *route.Person) *[]route.Inburgering { return &p.Inburgering },
		route.Inburgering{RecordID: "1", MunicipalityCode: "0363"},
		func(r *route.Inburgering) []field {
			return []field{{"record_id", &r.RecordID}, {"municipality_code", &r.MunicipalityCode},
				{"intake_started", &r.IntakeStarted}, {"intake_done", &r.IntakeDone}, {"pip_signed_on", &r.PIPSignedOn},
				{"leerroute", &r.Leerroute}, {"map_done_on", &r.MAPDoneOn}, {"pvt_signed_on", &r.PVTSignedOn}}
		}),
	recordOf("municipality_provision", func(p *route.Person) *[]route.Provision { return &p.Provisions },
		route.Provision{RecordID: "1", MunicipalityCode: "0363", Startbaan: "N"},
		func(r *route.Provision) []field {
			return []field{{"record_id", &r.RecordID}, {"municipality_code", &r.MunicipalityCode},
				{"startbaan", &r.Startbaan}, {"start", &r.Start}, {"end", &r.End},
				{"hours_per_week", (*hundredths)(&r.HoursPerWeek)}}
		}),
	recordOf("uwv_employment", func(p *route.Person) *[]route.Employment { return &p.Employments },
		route.Employment{RecordID: "1", IKVID: "I1", Employer: "E1", SrtIV: "15", CDAard: "01", HoursPaid: 100, SectorCode: "33"},
		employmentFields),
	recordOf("uwv_work_permit", func(p *route.Person) *[]route.WorkPermit { return &p.WorkPermits },
		route.WorkPermit{RecordID: "1"},
		func(r *route.WorkPermit) []field {
			return []field{{"record_id", &r.RecordID}, {"requested_on", &r.RequestedOn},
				{"decided_on", &r.DecidedOn}, {"decision", &r.Decision}}
		}),
	recordOf("duo_obligation", func(p *route.Person) *[]route.Obligation { return &p.Obligations },
		route.Obligation{RecordID: "1", Law: "Wi2021", TargetGroup: "asielstatushouder"},
		func(r *route.Obligation) []field {
			return []field{{"record_id", &r.RecordID}, {"law", &r.Law}, {"start", &r.Start}, {"end", &r.End},
				{"target_group", &r.TargetGroup}, {"fulfilled_on", &r.FulfilledOn}}
		}),
	recordOf("duo_exam", func(p *route.Person) *[]route.Exam { return &p.Exams },
		route.Exam{RecordID: "1", Result: "geslaagd"},
		func(r *route.Exam) []field {
			return []field{{"record_id", &r.RecordID}, {"taken_on", &r.TakenOn}, {"part", &r.Part},
				{"level", &r.Level}, {"result", &r.Result}}
		}),
	recordOf("duo_mbo", func(p *route.Person) *[]route.Mbo { return &p.Mbos },
		route.Mbo{RecordID: "1", Kind: "bbl"},
		func(r *route.Mbo) []field {
			return []field{{"record_id", &r.RecordID}, {"kind", &r.Kind}, {"start", &r.Start}, {"end", &r.End}}
		}),
	recordOf("idw_valuation", func(p *route.Person) *[]route.Valuation { return &p.Valuations },
		route.Valuation{RecordID: "1", Kind: "diplomawaardering"},
		func(r *route.Valuation) []field {
			return []field{{"record_id", &r.RecordID}, {"requested_on", &r.RequestedOn},
				{"decided_on", &r.DecidedOn}, {"kind", &r.Kind}, {"nlqf_level", &r.NLQFLevel}}
		}),
}

func employmentFields(r *route.Employment) []field {
	return []field{{"record_id", &r.RecordID}, {"ikv_id", &r.IKVID}, {"employer_pseudonym", &r.Employer},
		{"period_start", &r.PeriodStart}, {"period_end", &r.PeriodEnd}, {"ikv_start", &r.IKVStart},
		{"ikv_end", &r.IKVEnd}, {"end_reason", &r.EndReason}, {"srt_iv", &r.SrtIV}, {"cd_aard", &r.CDAard},
		{"ind_permanent", &r.IndPermanent}, {"ind_written", &r.IndWritten}, {"ind_on_call", &r.IndOnCall},
		{"hours_paid", &r.HoursPaid}, {"wage_sv", &r.WageSVCents}, {"sector_code", &r.SectorCode}}
}

func recordNamed(name string) (record, bool) {
	for _, r := range records {
		if r.name == name {
			return r, true
		}
	}
	return record{}, false
}
