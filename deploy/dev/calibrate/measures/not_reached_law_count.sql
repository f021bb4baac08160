-- count: people of a cohort under a law who had not reached a milestone by the end of a month
SELECT max(source.people) - sumIf(people_reached, kind = {kind} AND month <= {last}), 0 FROM marts.milestone_by_month AS source
WHERE edition = {edition} AND population = 'asylum' AND cohort = {cohort} AND dimension = 'law' AND value = {value}
