-- marts.stage_by_month
select month_text(month) as "col.month",
    coalesce(sum(persons) filter (stage = 'sustained'), 0)::bigint as "stage.sustained",
    coalesce(sum(persons) filter (stage = 'work'), 0)::bigint as "stage.work",
    coalesce(sum(persons) filter (stage = 'work_and_bijstand'), 0)::bigint as "stage.work_and_bijstand",
    coalesce(sum(persons) filter (stage = 'bijstand'), 0)::bigint as "stage.bijstand",
    coalesce(sum(persons) filter (stage = 'settled_other'), 0)::bigint as "stage.settled_other",
    coalesce(sum(persons) filter (stage = 'azc_with_permit'), 0)::bigint as "stage.azc_with_permit",
    coalesce(sum(persons) filter (stage = 'azc_in_procedure'), 0)::bigint as "stage.azc_in_procedure",
    coalesce(sum(persons) filter (stage = 'left'), 0)::bigint as "stage.left",
    coalesce(sum(persons) filter (stage = 'unknown'), 0)::bigint as "stage.unknown",
    sum(persons)::bigint as "col.total"
from stage_by_month where population = 'asylum' and (month(month) = 12 or month = (select max(month) from stage_by_month where population = 'asylum'))
group by month order by month
