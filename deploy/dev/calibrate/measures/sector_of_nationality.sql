-- share: of statushouders of a nationality who work on the last day of a month, those in the sector
SELECT sumIf(people, value IN ({value})), sum(people) FROM marts.work_by_nationality
WHERE edition = {edition} AND population = 'asylum' AND nationality_group = {nationality} AND month = {month} AND dimension = 'sector'
