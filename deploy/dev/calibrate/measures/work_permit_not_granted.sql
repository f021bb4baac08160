-- share: of people in procedure or with a permit whose first request for a work permit was in a year, those who had none granted within three months
SELECT sum(people) - sum(people_granted_3_months), sum(people) FROM marts.work_permit_by_year
WHERE edition = {edition} AND population IN ('asylum', 'in_procedure') AND requested_year = {year}
