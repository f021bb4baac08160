WITH
    intervals AS
    (
        SELECT 1
    ),
    -- Months counted back from the end of the grid; an interval outside it has high < low.
    counted_back AS
    (
        SELECT person, toInt32(24318 - to_month) AS low, if(to_month < from_month, -1, toInt32(24318 - from_month)) AS high
        FROM intervals
    ),
    of_person AS
    (
        SELECT person, groupBitOr(if(high < 0 OR low > 255, toUInt256(0), bitAnd(
            bitShiftRight(bitNot(toUInt256(0)), toUInt8(255 - toUInt8(greatest(0, least(255, high - 0))))),
            bitShiftLeft(bitNot(toUInt256(0)), toUInt8(greatest(0, least(255, low - 0))))))) AS word0, groupBitOr(if(high < 256 OR low > 511, toUInt256(0), bitAnd(
            bitShiftRight(bitNot(toUInt256(0)), toUInt8(255 - toUInt8(greatest(0, least(255, high - 256))))),
            bitShiftLeft(bitNot(toUInt256(0)), toUInt8(greatest(0, least(255, low - 256))))))) AS word1
        FROM counted_back GROUP BY person
    )
SELECT toInt128(count()), sum(toInt128(bitCount(word0)) + toInt128(bitCount(word1)))
FROM of_person
