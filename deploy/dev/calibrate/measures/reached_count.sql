-- count: people who reached a milestone in the months
SELECT sum(people_reached), 0 FROM marts.milestone_by_month
WHERE edition = {edition} AND population IN ({population}) AND kind = {kind} AND dimension = {dimension} AND value IN ({value}) AND month BETWEEN {first} AND {last}
