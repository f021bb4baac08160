-- share: of the cohorts who work on the last day of a month, those in the sector
SELECT sumIf(people, value IN ({value})), sum(people) FROM marts.work_by_month
WHERE edition = {edition} AND population = 'asylum' AND cohort BETWEEN {from} AND {to} AND month = {month} AND dimension = 'sector'
