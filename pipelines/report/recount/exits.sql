-- marts.bijstand_exit
select exit_year::varchar as "col.year", sum(spells_ended)::bigint as "col.ended", sum(exits_to_work)::bigint as "col.to_work",
    share(sum(exits_to_work), sum(exit_known)) as "col.share", share(sum(loose_6_out), sum(loose_6_known)) as "col.loose6",
    share(sum(loose_18_out), sum(loose_18_known)) as "col.loose18", share(sum(strict_18_out), sum(strict_18_known)) as "col.strict18"
from bijstand_exit where population = 'asylum' group by exit_year order by exit_year
