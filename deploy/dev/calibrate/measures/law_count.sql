-- count: people of a cohort under a law
SELECT max(source.people), 0 FROM marts.milestone_by_month AS source
WHERE edition = {edition} AND population = 'asylum' AND cohort = {cohort} AND dimension = 'law' AND value = {value}
