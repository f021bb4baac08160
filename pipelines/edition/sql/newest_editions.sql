SELECT arrayMap(d -> toString(d), arraySlice(arraySort(groupUniqArray(edition)) AS days, -{{.Named}})), uniqExact(edition)
FROM ops.edition FINAL
