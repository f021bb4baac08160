with totals as (
    select population, value, sum(people)::bigint as people from work_by_month
    where dimension = 'contract' and month = (select max(month) from work_by_month) group by all
),
wholes as (select population, sum(people) as people from totals group by population),
shown as (select unnest(['permanent', 'temporary', 'agency', 'on_call', 'payroll', 'bbl']) as value, unnest(range(6)) as place),
lines as (
    select place, 't:contract.' || shown.value as name, coalesce(a.people, 0) as asylum, a.people / (select people from wholes where population = 'asylum') as asylum_share,
        coalesce(d.people, 0) as displaced, d.people / (select people from wholes where population = 'displaced') as displaced_share
    from shown left join totals a on a.value = shown.value and a.population = 'asylum' left join totals d on d.value = shown.value and d.population = 'displaced'
)
select name, coalesce(asylum_share, 0) as asylum, coalesce(displaced_share, 0) as displaced from lines order by place
