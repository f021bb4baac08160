-- share: of bijstand spells that ended in a year with an exit to work, those with the outcome
SELECT sum({outcome:column}_out), sum({outcome:column}_known) FROM marts.bijstand_exit
WHERE edition = {edition} AND population = 'asylum' AND exit_year = {year}
