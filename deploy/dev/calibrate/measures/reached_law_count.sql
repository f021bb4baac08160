-- count: people of a cohort under a law who had reached a milestone by the end of a month
SELECT sumIf(people_reached, kind = {kind} AND month <= {last}), 0 FROM marts.milestone_by_month
WHERE edition = {edition} AND population = 'asylum' AND cohort = {cohort} AND dimension = 'law' AND value = {value}
