-- share: of a cohort who settled in a year, those who waited three months or more since their permit
SELECT sum(waited_3_months), sum(people) FROM marts.settling_by_year WHERE edition = {edition} AND cohort = {cohort} AND settled_year = {year}
