-- Articles expected from a Monday 00:00 until `hour` of its week, 0 to 168 with fractions;
-- `expected` is a norm's.
CREATE OR REPLACE TEMP MACRO expected_in_week(expected, hour) AS
    expected[floor(hour)::INTEGER + 1]
    + (hour - floor(hour)) * (expected[floor(hour)::INTEGER + 2] - expected[floor(hour)::INTEGER + 1]);

-- Articles expected until `moment`, from a Monday of 1969: differences are meant. 1970 began on a
-- Thursday.
CREATE OR REPLACE TEMP MACRO expected_until(expected, moment) AS
    floor((epoch(moment) / 3600 + 72) / 168) * expected[169]
    + expected_in_week(expected, (epoch(moment) / 3600 + 72) % 168);

-- How hard it is to believe that `hits` of `tries` came by chance where `usual` is their share: minus
-- the logarithm of the probability of so many or more, at least (Chernoff's bound). 0 where the
-- share is not above the usual.
CREATE OR REPLACE TEMP MACRO surprise(hits, tries, usual) AS
    CASE WHEN tries = 0 OR hits / tries <= usual THEN 0.0
    ELSE tries * (
        hits / tries * ln(hits / tries / usual)
        + CASE WHEN hits = tries THEN 0.0
            ELSE (1 - hits / tries) * ln((1 - hits / tries) / (1 - usual)) END)
    END;
