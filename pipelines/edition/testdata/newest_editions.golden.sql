SELECT arrayMap(d -> toString(d), arraySlice(arraySort(groupUniqArray(edition)) AS days, -12)), uniqExact(edition)
FROM ops.edition FINAL
