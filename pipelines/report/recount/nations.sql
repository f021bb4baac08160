-- marts.cohort_by_k
with known as (
    select *, 'p:' || working_share_initial || '¦ (¦n:' || initial || '¦)' as share_text
    from cohort_by_k where dimension = 'nationality_group' and is_complete and k = 30
)
select cohort::varchar as "col.cohort",
    any_value(share_text) filter (value = 'syrie') as "nation.syrie", any_value(share_text) filter (value = 'eritrea') as "nation.eritrea",
    any_value(share_text) filter (value = 'afghanistan') as "nation.afghanistan", any_value(share_text) filter (value = 'irak') as "nation.irak",
    any_value(share_text) filter (value = 'iran') as "nation.iran", any_value(share_text) filter (value = 'turkije') as "nation.turkije",
    any_value(share_text) filter (value = 'somalie') as "nation.somalie", any_value(share_text) filter (value = 'jemen') as "nation.jemen",
    any_value(share_text) filter (value = 'overig') as "nation.overig"
from (select cohort from whole_cohorts where k = 30) left join known using (cohort) group by cohort order by cohort
