WITH effective AS
(
    SELECT 1
)
SELECT pseudonym_v, pseudonym_b, count() AS n, sum(toInt128(`work_wage_sv`)) AS sum_wage_sv
FROM effective
GROUP BY pseudonym_v, pseudonym_b
