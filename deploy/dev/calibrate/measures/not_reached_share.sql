-- share: of the cohorts with a value, those who had not reached a milestone by the end of a month
SELECT sum(people) - sum(reached), sum(people) FROM (
    SELECT sumIf(people_reached, kind = {kind} AND month <= {last}) AS reached, max(source.people) AS people FROM marts.milestone_by_month AS source
    WHERE edition = {edition} AND population = 'asylum' AND cohort BETWEEN {from} AND {to} AND dimension = {dimension} AND value IN ({value})
    GROUP BY cohort, value)
