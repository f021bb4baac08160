-- share: of a cohort who work k months after their permit, those in the sector
SELECT sumIf(people, value IN ({value})), sum(people) FROM marts.work_by_k
WHERE edition = {edition} AND cohort = {cohort} AND k = {k} AND dimension = 'sector'
