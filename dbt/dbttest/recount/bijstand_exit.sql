select population, cohort, year(s."end") as exit_year, count(*) as spells_ended,
    count(*) filter (exit_to_work is not null) as exit_known, count(*) filter (exit_to_work) as exits_to_work,
    share(count(*) filter (exit_to_work), count(*) filter (exit_to_work is not null)) as exits_to_work_share,
    count(*) filter (loose_6 is not null) as loose_6_known, count(*) filter (loose_6) as loose_6_out,
    share(count(*) filter (loose_6), count(*) filter (loose_6 is not null)) as loose_6_share,
    count(*) filter (loose_12 is not null) as loose_12_known, count(*) filter (loose_12) as loose_12_out,
    share(count(*) filter (loose_12), count(*) filter (loose_12 is not null)) as loose_12_share,
    count(*) filter (loose_18 is not null) as loose_18_known, count(*) filter (loose_18) as loose_18_out,
    share(count(*) filter (loose_18), count(*) filter (loose_18 is not null)) as loose_18_share,
    count(*) filter (strict_6 is not null) as strict_6_known, count(*) filter (strict_6) as strict_6_out,
    share(count(*) filter (strict_6), count(*) filter (strict_6 is not null)) as strict_6_share,
    count(*) filter (strict_12 is not null) as strict_12_known, count(*) filter (strict_12) as strict_12_out,
    share(count(*) filter (strict_12), count(*) filter (strict_12 is not null)) as strict_12_share,
    count(*) filter (strict_18 is not null) as strict_18_known, count(*) filter (strict_18) as strict_18_out,
    share(count(*) filter (strict_18), count(*) filter (strict_18 is not null)) as strict_18_share
from facts_bijstand_spell s join people p using (person_id)
where s."end" <= getvariable('edition')
group by all
