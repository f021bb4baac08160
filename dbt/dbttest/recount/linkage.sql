with counted as (
    select supplier, record, cohort,
        sum(records) as records, coalesce(sum(records) filter (linkage = 'linked'), 0) as linked_records,
        sum(persons) as persons, coalesce(sum(persons) filter (linkage = 'linked'), 0) as linked_persons,
        coalesce(sum(persons) filter (linkage = 'v_only'), 0) as v_only_persons, coalesce(sum(persons) filter (linkage = 'b_only'), 0) as b_only_persons,
        coalesce(sum(persons) filter (linkage = 'conflict'), 0) as conflict_persons
    from ops_source_linkage group by all
)
select *, share(linked_records, records) as linked_records_share, share(linked_persons, persons) as linked_persons_share from counted
