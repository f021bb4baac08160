-- share: of displaced people of 18-64 who work on the last day of a month, those with this contract or these hours
SELECT sumIf(people, value IN ({value})), sum(people) FROM marts.work_by_month
WHERE edition = {edition} AND population = 'displaced' AND month = {month} AND dimension = {dimension}
