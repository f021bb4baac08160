SELECT load_id, file_no, toString(sum(toInt128(ifNull(`wage_sv`, 0))))
FROM raw.uwv_employment
WHERE load_id IN (?) GROUP BY load_id, file_no
