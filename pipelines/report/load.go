package report

import (
	"context"
	"fmt"
	"time"

	"doorstroom/schemas"
)

// data is all that the report shows, as the marts have it. Counts are people, shares lie between 0 and 1.
type data struct {
	edition     edition
	suppliers   []supplierRow
	held        []heldRow
	quarantine  []quarantineRow
	linkage     []linkageRow
	personLink  []personLinkRow
	linkHistory []linkHistoryRow
	cohorts     []cohortRow
	nations     []nationRow
	stages      []stageRow
	waits       []waitRow
	settled     []settledRow
	reached     []reachedRow
	work        []workRow
	azc         []azcRow
	azcByYear   []azcByYearRow
	bijstand    []bijstandRow
	exits       []exitRow
	quality     []qualityRow
}

type edition struct {
	Edition            time.Time  `ch:"edition"`
	DefinitionVersion  string     `ch:"definition_version"`
	Synthetic          bool       `ch:"synthetic"`
	WorkHorizon        *time.Time `ch:"work_horizon"`
	GridEnd            *time.Time `ch:"grid_end"`
	Persons            uint64     `ch:"persons"`
	WithPermit         uint64     `ch:"persons_with_permit"`
	Displaced          uint64     `ch:"displaced_persons"`
	ConflictSets       uint64     `ch:"conflict_sets"`
	ConflictPseudonyms uint64     `ch:"conflict_pseudonyms"`
}

type supplierRow struct {
	Supplier    string     `ch:"supplier"`
	Accepted    uint64     `ch:"accepted"`
	Refused     uint64     `ch:"refused"`
	Held        uint64     `ch:"held"`
	InFiles     uint64     `ch:"in_files"`
	Rows        uint64     `ch:"accepted_rows"`
	Quarantined uint64     `ch:"quarantined"`
	LastDrawn   *time.Time `ch:"last_drawn"`
}

type heldRow struct {
	Supplier string `ch:"supplier"`
	Delivery string `ch:"delivery_id"`
	Outcome  string `ch:"outcome"`
	Reason   string `ch:"reason"`
}

type quarantineRow struct {
	Supplier string `ch:"supplier"`
	Record   string `ch:"record"`
	Field    string `ch:"field"`
	Rule     string `ch:"rule"`
	Entries  uint64 `ch:"entries"`
}

type linkageRow struct {
	Supplier  string `ch:"supplier"`
	Record    string `ch:"record"`
	Records   uint64 `ch:"all_records"`
	Persons   uint64 `ch:"all_persons"`
	Linked    uint64 `ch:"linked"`
	VOnly     uint64 `ch:"v_only"`
	BOnly     uint64 `ch:"b_only"`
	Conflicts uint64 `ch:"conflicts"`
}

type personLinkRow struct {
	Population string  `ch:"population"`
	Cohort     *uint16 `ch:"cohort"`
	Linked     uint64  `ch:"linked"`
	Persons    uint64  `ch:"all_persons"`
}

type linkHistoryRow struct {
	Cohort        uint16   `ch:"cohort"`
	Followed      uint64   `ch:"followed"`
	Linked        uint64   `ch:"followed_linked"`
	Within90Share *float64 `ch:"within_90_share"`
}

type cohortRow struct {
	Cohort        uint16   `ch:"cohort"`
	K             int16    `ch:"k"`
	Complete      bool     `ch:"is_complete"`
	Initial       uint64   `ch:"initial"`
	Present       uint64   `ch:"present"`
	Working       *float64 `ch:"working_share_initial"`
	WorkingOfHere *float64 `ch:"working_share_present"`
	Bijstand      *float64 `ch:"bijstand_share_initial"`
	Sustained     *float64 `ch:"sustained_6_share_initial"`
	SustainedOpen uint64   `ch:"sustained_6_open"`
}

type nationRow struct {
	Cohort   uint16   `ch:"cohort"`
	K        int16    `ch:"k"`
	Nation   string   `ch:"value"`
	Complete bool     `ch:"is_complete"`
	Initial  uint64   `ch:"initial"`
	Working  *float64 `ch:"working_share_initial"`
}

type stageRow struct {
	Population string    `ch:"population"`
	Month      time.Time `ch:"month"`
	Stage      string    `ch:"stage"`
	Persons    uint64    `ch:"people"`
	Adults     uint64    `ch:"adults"`
}

type waitRow struct {
	From         string   `ch:"from_kind"`
	To           string   `ch:"to_kind"`
	Cohort       uint16   `ch:"cohort"`
	People       uint64   `ch:"people"`
	Before       uint64   `ch:"people_before"`
	Waited       uint64   `ch:"people_waited"`
	Left         uint64   `ch:"people_left"`
	Waiting      uint64   `ch:"people_waiting"`
	Waits3Share  *float64 `ch:"waits_3_months_share"`
	AtRisk3      uint64   `ch:"at_risk_3_months"`
	P25          *uint32  `ch:"days_p25"`
	Median       *uint32  `ch:"days_median"`
	P75          *uint32  `ch:"days_p75"`
	AtRiskMedian *uint64  `ch:"at_risk_median"`
}

type settledRow struct {
	Cohort  uint16 `ch:"cohort"`
	Year    uint16 `ch:"settled_year"`
	People  uint64 `ch:"people"`
	Waited3 uint64 `ch:"waited_3_months"`
}

type reachedRow struct {
	Cohort   uint16   `ch:"cohort"`
	Kind     string   `ch:"kind"`
	Eligible uint64   `ch:"people_eligible"`
	Share    *float64 `ch:"people_eligible_reached_share"`
}

type azcByYearRow struct {
	Cohort       uint16 `ch:"cohort"`
	Until        uint16 `ch:"until_year"`
	People       uint64 `ch:"all_people"`
	WorkedBefore uint64 `ch:"worked_before"`
	WorkedAfter  uint64 `ch:"worked_after"`
}

type workRow struct {
	Population string `ch:"population"`
	Dimension  string `ch:"dimension"`
	Value      string `ch:"value"`
	People     uint64 `ch:"in_value"`
}

type azcRow struct {
	Cohort uint16 `ch:"cohort"`
	Period string `ch:"period"`
	People uint64 `ch:"people"`
	Worked uint64 `ch:"people_worked"`
}

type bijstandRow struct {
	Month    time.Time `ch:"month"`
	People   uint64    `ch:"all_people"`
	Bijstand uint64    `ch:"in_bijstand"`
	Years4   uint64    `ch:"four_years"`
}

type exitRow struct {
	Year          uint16 `ch:"exit_year"`
	Ended         uint64 `ch:"ended"`
	Known         uint64 `ch:"known"`
	ToWork        uint64 `ch:"to_work"`
	Loose6Known   uint64 `ch:"l6k"`
	Loose6        uint64 `ch:"l6"`
	Loose18Known  uint64 `ch:"l18k"`
	Loose18       uint64 `ch:"l18"`
	Strict18Known uint64 `ch:"s18k"`
	Strict18      uint64 `ch:"s18"`
}

type qualityRow struct {
	Kind     string `ch:"check_kind"`
	Name     string `ch:"check_name"`
	People   uint64 `ch:"people"`
	Affected uint64 `ch:"affected"`
}

// load reads everything of an edition. Every query is ordered in full, so that the report is the same each time.
func load(ctx context.Context, conn Selecter, want schemas.Date) (*data, error) {
	d := &data{}
	if err := d.loadEdition(ctx, conn, want); err != nil {
		return nil, err
	}
	for _, q := range d.queries() {
		if err := conn.Select(ctx, q.dest, q.text(), want.String()); err != nil {
			return nil, fmt.Errorf("read mart %s of edition %s: %w", q.mart, want, err)
		}
	}
	return d, nil
}

// loadEdition finds the edition, or says which ones there are.
func (d *data) loadEdition(ctx context.Context, conn Selecter, want schemas.Date) error {
	var all []edition
	err := conn.Select(ctx, &all, sqlFiles.Render("editions.sql", nil))
	if err != nil && !neverBuilt(err) {
		return fmt.Errorf("read which editions there are: %w", err)
	}
	missing := &ErrNoEdition{Edition: want}
	for _, e := range all {
		if schemas.DateFromTime(e.Edition) == want {
			d.edition = e
			return nil
		}
		missing.Standing = append(missing.Standing, schemas.DateFromTime(e.Edition))
	}
	return missing
}
