SELECT exit_year, sum(spells_ended) AS ended, sum(exit_known) AS known, sum(exits_to_work) AS to_work, sum(loose_6_known) AS l6k,
    sum(loose_6_out) AS l6, sum(loose_18_known) AS l18k, sum(loose_18_out) AS l18, sum(strict_18_known) AS s18k, sum(strict_18_out) AS s18
FROM marts.bijstand_exit
WHERE edition = $1 AND population = 'asylum'
GROUP BY exit_year
ORDER BY exit_year
