-- What an expression says beside its value: the "early" of "early 2019", the "about" of "about two
-- years" (docs/dates.md). Texts read before have none until they are tagged again.
ALTER TABLE core.dates ADD COLUMN timex_mod VARCHAR;
COMMENT ON COLUMN core.dates.timex_mod IS 'TIMEX3 modifier: START MID END APPROX MORE_THAN LESS_THAN EQUAL_OR_MORE EQUAL_OR_LESS ON_OR_BEFORE ON_OR_AFTER; NULL = none, or tagged before 0008.';
