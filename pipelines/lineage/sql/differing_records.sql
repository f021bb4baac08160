{{- /* Records that are in one edition only or do not say the same in both. */ -}}
INSERT INTO {{.After}}differing
SELECT k FROM
(
    SELECT {{template "record_hash"}} AS k, reinterpretAsInt64(bitXor(digest, bitRotateLeft(whose, 1))) AS h FROM {{.Before}}effective WHERE k % {{.Of}} = {{.No}}
    UNION ALL SELECT {{template "record_hash"}} AS k, negate(reinterpretAsInt64(bitXor(digest, bitRotateLeft(whose, 1)))) FROM {{.After}}effective WHERE k % {{.Of}} = {{.No}}
)
GROUP BY k HAVING sum(h) != 0
