select e.definition_version, e.horizon as work_horizon, (select grid_end from grid) as grid_end,
    (select count(*) from people) as persons, (select count(*) from people where permit_start is not null) as persons_with_permit,
    (select count(*) from people where population = 'displaced') as displaced_persons,
    (select count(*) from facts_month_status) as person_months,
    (select count(distinct conflict_id) from facts_link_conflict) as conflict_sets, (select count(*) from facts_link_conflict) as conflict_pseudonyms,
    e.synthetic
from ops_edition e
