-- share: of statushouders on bijstand on the last day of a month, those who have been for four years or longer
SELECT sum(bijstand_4_years), sum(bijstand) FROM marts.bijstand_by_month WHERE edition = {edition} AND month = {month}
