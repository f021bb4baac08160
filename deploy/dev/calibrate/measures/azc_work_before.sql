-- share: of the cohorts who lived in an azc at 18-64 by the end of a year, those who had worked there before their permit
SELECT sum(people_worked_before), sum(people) FROM marts.azc_work_by_year
WHERE edition = {edition} AND population = 'asylum' AND cohort BETWEEN {from} AND {to} AND until_year = {until} AND sex IN ({sex})
