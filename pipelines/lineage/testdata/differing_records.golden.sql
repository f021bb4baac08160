INSERT INTO work.after_differing
SELECT k FROM
(
    SELECT bitXor(id, sipHash64(record)) AS k, reinterpretAsInt64(bitXor(digest, bitRotateLeft(whose, 1))) AS h FROM work.before_effective WHERE k % 2 = 0
    UNION ALL SELECT bitXor(id, sipHash64(record)) AS k, negate(reinterpretAsInt64(bitXor(digest, bitRotateLeft(whose, 1)))) FROM work.after_effective WHERE k % 2 = 0
)
GROUP BY k HAVING sum(h) != 0
