-- The steps up to the facts are the builder's own derivation, and are taken as they are. What stands in the facts, and
-- what the marts should hold of it, is added up here from the facts alone.
with fact_totals as (
    select 'person' as place, 'rows' as measure, count(*)::hugeint as total from facts_person
    union all select 'milestone', 'rows', count(*) from facts_milestone
    union all select 'month_status', 'rows', count(*) from facts_month_status
    union all select 'month_status', 'hours a week, hundredths', sum(hours_week * 100)::hugeint from facts_month_status
    union all select 'month_status', 'months working', count(*) filter (working) from facts_month_status
    union all select 'month_status', 'months in bijstand', count(*) filter (bijstand) from facts_month_status
    union all select 'month_status', 'wages, euro cents', sum(wage_sv_cents)::hugeint from facts_month_status
    union all select 'bijstand_spell', 'rows', count(*) from facts_bijstand_spell
    union all select 'work_spell', 'rows', count(*) from facts_work_spell
    union all select 'job', 'rows', count(*) from facts_job
    union all select 'link_conflict', 'rows', count(*) from facts_link_conflict
    union all select 'participation', 'rows', count(*) from facts_participation
    union all select 'work_permit', 'rows', count(*) from facts_work_permit
    union all select 'mbo', 'rows', count(*) from facts_mbo
    union all select 'valuation', 'rows', count(*) from facts_valuation
    union all select 'contract_conversion', 'rows', count(*) from facts_contract_conversion
),
bijstand as (
    select
        count(*) filter (bijstand) as months,
        count(*) filter (bijstand and not (population = 'asylum' and coalesce(k >= 0, false))) as before_permit,
        count(*) filter (bijstand and population = 'asylum' and k >= 0 and not present) as gone,
        count(*) filter (bijstand and population = 'asylum' and k >= 0 and present and not adult) as other_age
    from person_months
),
milestones as (
    select count(*) as rows_of_it, count(*) filter (date > getvariable('edition')) as later,
        count(*) filter (date <= getvariable('edition') and population not in ('asylum', 'displaced')) as of_others
    from facts_milestone join people using (person_id)
),
spells as (
    select count(*) as rows_of_it, count(*) filter (coalesce("end" > getvariable('edition'), true)) as going_on from facts_bijstand_spell
),
working as (select count(*) filter (working) as months, count(*) filter (working and not adult) as other_age from person_months),
of_marts as (
    select 'int_person_month' as place, 'rows' as measure, count(*)::hugeint as total_from, '' as removed, count(*)::hugeint as total_to from person_months
    union all select 'int_person_month', 'hours a week, hundredths', sum(hours_week * 100)::hugeint, '', sum(hours_week * 100)::hugeint from person_months
    union all select unnest(['editions', 'person_linkage']), 'persons', count(*), '', count(*) from people
    union all select 'stage_by_month', 'months', count(*), '', count(*) from person_months
    union all select 'bijstand_by_month', 'months in bijstand', months,
        'before the permit, or without=' || before_permit || ' left=' || gone || ' other age=' || other_age, months - before_permit - gone - other_age from bijstand
    union all select 'milestone_by_cohort', 'milestones', rows_of_it, 'after the cut-off=' || later || ' of other populations=' || of_others,
        rows_of_it - later - of_others from milestones
    union all select 'bijstand_exit', 'spells', rows_of_it, 'going on at the cut-off=' || going_on, rows_of_it - going_on from spells
    union all select unnest(['work_by_month, contract', 'work_by_month, hours_class', 'work_by_month, sector']), 'months working', months,
        'other age=' || other_age, months - other_age from working
),
steps as (
    select step, place, measure, total_from::hugeint as total_from, removed, total_to::hugeint as total_to, allowance::hugeint as allowance from ops_edition_total where step <> 'facts as built'
    union all
    select 'facts as built to facts', b.place, b.measure, b.total_to::hugeint, '', t.total, 0
    from ops_edition_total b join fact_totals t using (place, measure) where b.step = 'facts as built'
    union all
    select 'records to marts', c.place, 'rows', c.total_to::hugeint, '', coalesce(l.records, 0), 0
    from ops_edition_total c left join (select record, sum(records) as records from ops_source_linkage group by record) l on l.record = c.place
    where c.step = 'effective to persons' and c.measure = 'rows'
    union all
    select 'facts to marts', place, measure, total_from, removed, total_to, 0 from of_marts
),
left_out as (
    select *, coalesce(list_sum(list_transform(regexp_extract_all(removed, '=(-?[0-9]+)', 1), lambda x: x::hugeint)), 0)::hugeint as without
    from steps
)
select step, place, measure, total_from, removed, total_to, allowance, total_from - without - total_to as difference,
    abs(total_from - without - total_to) <= allowance as agrees
from left_out
