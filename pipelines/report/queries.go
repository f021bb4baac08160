package report

// query reads one mart, or one view of it, into dest. Its only argument is the edition.
type query struct {
	mart string
	dest any
	text string
}

// queries are all that the report asks of the marts. Totals over cohorts are sums of counts, never means of shares.
func (d *data) queries() []query {
	return []query{
		{"deliveries", &d.suppliers, `SELECT supplier, countIf(outcome = 'accepted') AS accepted, countIf(outcome = 'refused') AS refused,
			countIf(outcome = 'held') AS held, sumIf(rows_in_files, outcome = 'accepted') AS in_files, sum(rows_accepted) AS accepted_rows,
			sumIf(rows_quarantined, outcome = 'accepted') AS quarantined,
			toNullable(toDate(maxIf(drawn_on, outcome = 'accepted'))) AS last_drawn
			FROM marts.deliveries WHERE edition = $1 GROUP BY supplier ORDER BY supplier`},
		{"deliveries", &d.held, `SELECT supplier, delivery_id, outcome, reason FROM marts.deliveries
			WHERE edition = $1 AND outcome != 'accepted' ORDER BY supplier, delivery_id, manifest_sha256`},
		{"quarantine_by_rule", &d.quarantine, `SELECT supplier, record, field, rule, entries FROM marts.quarantine_by_rule
			WHERE edition = $1 ORDER BY supplier, record, field, rule`},
		{"linkage", &d.linkage, `SELECT supplier, record, sum(records) AS all_records, sum(persons) AS all_persons,
			sum(linked_persons) AS linked, sum(v_only_persons) AS v_only, sum(b_only_persons) AS b_only, sum(conflict_persons) AS conflicts
			FROM marts.linkage WHERE edition = $1 GROUP BY supplier, record ORDER BY supplier, record`},
		{"person_linkage", &d.personLink, `SELECT toString(population) AS population, cohort, sumIf(persons, linkage = 'linked') AS linked,
			sum(persons) AS all_persons FROM marts.person_linkage WHERE edition = $1 GROUP BY population, cohort
			ORDER BY population, cohort`},
		{"link_history", &d.linkHistory, `SELECT cohort, followed, followed_linked, within_90_share
			FROM marts.link_history WHERE edition = $1 AND supplier = 'all' AND followed > 0 ORDER BY cohort`},
		{"cohort_by_k", &d.cohorts, `SELECT cohort, k, is_complete, initial, present, working_share_initial, working_share_present,
			bijstand_share_initial, sustained_6_share_initial, sustained_6_open FROM marts.cohort_by_k
			WHERE edition = $1 AND dimension = 'total' AND initial > 0 ORDER BY cohort, k`},
		{"cohort_by_k", &d.nations, `SELECT cohort, k, value, is_complete, initial, working_share_initial FROM marts.cohort_by_k
			WHERE edition = $1 AND dimension = 'nationality_group' ORDER BY cohort, k, value`},
		{"stage_by_month", &d.stages, `SELECT toString(population) AS population, month, toString(stage) AS stage, sum(persons) AS people,
			sum(persons_18_to_64) AS adults FROM marts.stage_by_month WHERE edition = $1 AND population IN ('asylum', 'displaced')
			GROUP BY population, month, stage ORDER BY population, month, stage`},
		{"waiting_time", &d.waits, `SELECT from_kind, to_kind, cohort, people, people_before, people_waited, people_left, people_waiting,
			waits_3_months_share, at_risk_3_months, days_p25, days_median, days_p75, at_risk_median FROM marts.waiting_time
			WHERE edition = $1 ORDER BY from_kind, to_kind, cohort`},
		{"settling_by_year", &d.settled, `SELECT cohort, settled_year, people, waited_3_months FROM marts.settling_by_year
			WHERE edition = $1 ORDER BY cohort, settled_year`},
		{"milestone_by_cohort", &d.reached, `SELECT assumeNotNull(m.cohort) AS cohort, kind, people_eligible, people_eligible_reached_share
			FROM marts.milestone_by_cohort AS m WHERE edition = $1 AND m.cohort IS NOT NULL ORDER BY cohort, kind`},
		{"work_by_month", &d.work, `SELECT toString(population) AS population, dimension, value, sum(people) AS in_value
			FROM marts.work_by_month WHERE edition = $1 AND population IN ('asylum', 'displaced')
			AND month = (SELECT max(month) FROM marts.work_by_month AS latest WHERE latest.edition = $1)
			GROUP BY population, dimension, value ORDER BY population, dimension, value`},
		{"azc_work", &d.azc, `SELECT assumeNotNull(a.cohort) AS cohort, period, people, people_worked FROM marts.azc_work AS a
			WHERE edition = $1 AND a.cohort IS NOT NULL ORDER BY cohort, period`},
		{"azc_work_by_year", &d.azcByYear, `SELECT assumeNotNull(a.cohort) AS cohort, until_year, sum(a.people) AS all_people,
			sum(people_worked_before) AS worked_before, sum(people_worked_after) AS worked_after FROM marts.azc_work_by_year AS a
			WHERE edition = $1 AND population = 'asylum' AND a.cohort IS NOT NULL GROUP BY cohort, until_year ORDER BY cohort, until_year`},
		{"bijstand_by_month", &d.bijstand, `SELECT month, sum(people) AS all_people, sum(bijstand) AS in_bijstand,
			sum(bijstand_4_years) AS four_years FROM marts.bijstand_by_month WHERE edition = $1 GROUP BY month ORDER BY month`},
		{"bijstand_exit", &d.exits, `SELECT exit_year, sum(spells_ended) AS ended, sum(exit_known) AS known, sum(exits_to_work) AS to_work,
			sum(loose_6_known) AS l6k, sum(loose_6_out) AS l6, sum(loose_18_known) AS l18k, sum(loose_18_out) AS l18,
			sum(strict_18_known) AS s18k, sum(strict_18_out) AS s18 FROM marts.bijstand_exit
			WHERE edition = $1 AND population = 'asylum' GROUP BY exit_year ORDER BY exit_year`},
		{"data_quality", &d.quality, `SELECT check_kind, check_name, people, affected FROM marts.data_quality
			WHERE edition = $1 AND affected > 0 ORDER BY check_kind, check_name`},
	}
}
