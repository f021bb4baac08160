-- share: of a cohort who are present, 18-64 and k months after their permit, those who work
SELECT sum(working_present), sum(present) FROM marts.cohort_by_k
WHERE edition = {edition} AND cohort = {cohort} AND k = {k} AND dimension = {dimension} AND value IN ({value})
