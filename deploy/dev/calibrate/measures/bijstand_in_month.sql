-- share: of statushouders who are present and 18-64 on the last day of a month, those on bijstand
SELECT sum(bijstand), sum(people) FROM marts.bijstand_by_month WHERE edition = {edition} AND month = {month}
