-- share: of displaced people who are present and 18-64 on the last day of a month, those who work
SELECT sumIf(persons_18_to_64, stage IN ('sustained', 'work', 'work_and_bijstand')), sumIf(persons_18_to_64, stage != 'left') FROM marts.stage_by_month
WHERE edition = {edition} AND population = 'displaced' AND month = {month}
