-- A few made-up people, each there for the measures that the remarks name, so that every one of them can be counted by hand.
INSERT INTO ops.edition (edition, build, built_at, definition_version, horizon, grid_end, persons) VALUES ('2026-06-30', 1, now64(6), '2', '2026-03-31', '2026-03-31', 11);

INSERT INTO facts_store.person (build, edition, person_id, linkage, population, cohort, permit_start, sex, birth_year, nationality_group, law) VALUES
    (1, '2026-06-30', 'vann', 'linked', 'asylum', 2020, '2020-01-15', 'M', 1990, 'syrie', 'Wi2013'),
    (1, '2026-06-30', 'vbob', 'linked', 'asylum', 2020, '2020-02-10', 'V', 1985, 'eritrea', 'Wi2013'),
    (1, '2026-06-30', 'vcas', 'linked', 'asylum', 2020, '2020-03-20', 'V', 1980, 'syrie', 'Wi2021'),
    (1, '2026-06-30', 'vdan', 'linked', 'asylum', 2021, '2021-01-10', 'M', 1975, 'syrie', 'Wi2021'),
    (1, '2026-06-30', 'vkid', 'linked', 'asylum', 2020, '2020-01-15', 'M', 2015, 'syrie', ''),
    (1, '2026-06-30', 'vuma', 'linked', 'displaced', NULL, NULL, 'V', 1990, 'oekraine', ''),
    (1, '2026-06-30', 'vuri', 'linked', 'displaced', NULL, NULL, 'M', 1990, 'oekraine', ''),
    (1, '2026-06-30', 'vulf', 'linked', 'displaced', NULL, NULL, 'M', 1990, 'oekraine', ''),
    (1, '2026-06-30', 'vulo', 'linked', 'displaced', NULL, NULL, 'M', 1990, 'oekraine', ''),
    (1, '2026-06-30', 'vpia', 'linked', 'in_procedure', NULL, NULL, 'V', 1990, 'irak', ''),
    (1, '2026-06-30', 'vpim', 'linked', 'in_procedure', NULL, NULL, 'M', 1990, 'irak', '');

INSERT INTO facts_store.month_status (build, edition, person_id, month, k, age, stage, in_azc, working, bijstand, hours_week, contract, sector_code) VALUES
    -- in the azc: ann worked before her permit, bob after his, cas never, the child does not count
    (1, '2026-06-30', 'vann', '2019-06-01', -7, 29, 'work', true, true, false, 20, 'temporary', '33'),
    (1, '2026-06-30', 'vbob', '2019-06-01', -8, 34, 'azc_in_procedure', true, false, false, 0, '', ''),
    (1, '2026-06-30', 'vbob', '2020-05-01', 3, 35, 'work', true, true, false, 20, 'temporary', '33'),
    (1, '2026-06-30', 'vcas', '2020-04-01', 1, 40, 'azc_with_permit', true, false, false, 0, '', ''),
    (1, '2026-06-30', 'vkid', '2020-04-01', 3, 5, 'work', true, true, false, 20, 'temporary', '33'),
    -- a year after the permit
    (1, '2026-06-30', 'vann', '2021-01-01', 12, 31, 'work', false, true, false, 30, 'temporary', '33'),
    (1, '2026-06-30', 'vbob', '2021-02-01', 12, 36, 'bijstand', false, false, true, 0, '', ''),
    (1, '2026-06-30', 'vcas', '2021-03-01', 12, 41, 'work', false, true, false, 30, 'temporary', '35'),
    (1, '2026-06-30', 'vkid', '2021-01-01', 12, 6, 'work', false, true, false, 30, 'temporary', '33'),
    -- June 2022: dan and ulf are gone
    (1, '2026-06-30', 'vann', '2022-06-01', 29, 32, 'sustained', false, true, false, 30, 'permanent', '33'),
    (1, '2026-06-30', 'vbob', '2022-06-01', 28, 37, 'bijstand', false, false, true, 0, '', ''),
    (1, '2026-06-30', 'vcas', '2022-06-01', 27, 42, 'work_and_bijstand', false, true, true, 10, 'temporary', '35'),
    (1, '2026-06-30', 'vdan', '2022-06-01', 17, 47, 'left', false, false, true, 0, '', ''),
    (1, '2026-06-30', 'vkid', '2022-06-01', 29, 7, 'work', false, true, true, 30, 'temporary', '35'),
    (1, '2026-06-30', 'vuma', '2022-06-01', NULL, 32, 'work', false, true, false, 40, 'temporary', '35'),
    (1, '2026-06-30', 'vuri', '2022-06-01', NULL, 32, 'unknown', false, false, false, 0, '', ''),
    (1, '2026-06-30', 'vulf', '2022-06-01', NULL, 32, 'left', false, false, false, 0, '', ''),
    (1, '2026-06-30', 'vulo', '2022-06-01', NULL, 32, 'work', false, true, false, 20, 'permanent', '35');

INSERT INTO facts_store.milestone (build, edition, person_id, kind, date) VALUES
    -- three months after the permit to the day, a day less, and in the next year
    (1, '2026-06-30', 'vann', 'settled', '2020-04-15'),
    (1, '2026-06-30', 'vbob', 'settled', '2020-05-09'),
    (1, '2026-06-30', 'vkid', 'settled', '2020-06-01'),
    (1, '2026-06-30', 'vcas', 'settled', '2021-01-01'),
    -- granted within three months, on the day that they are over, never, and of another population
    (1, '2026-06-30', 'vpia', 'work_permit_requested', '2022-01-10'), (1, '2026-06-30', 'vpia', 'work_permit_granted', '2022-04-09'),
    (1, '2026-06-30', 'vpim', 'work_permit_requested', '2022-01-10'), (1, '2026-06-30', 'vpim', 'work_permit_granted', '2022-04-10'),
    (1, '2026-06-30', 'vann', 'work_permit_requested', '2022-05-01'),
    (1, '2026-06-30', 'vuma', 'work_permit_requested', '2022-02-01');

INSERT INTO facts_store.bijstand_spell (build, edition, person_id, spell, start, `end`, exit_to_work, loose_6, loose_18, strict_6) VALUES
    -- four years on the last day of June 2022, and a day less
    (1, '2026-06-30', 'vbob', 1, '2018-06-30', NULL, NULL, NULL, NULL, NULL),
    (1, '2026-06-30', 'vcas', 1, '2018-07-01', NULL, NULL, NULL, NULL, NULL),
    -- ended in 2021: still out after six months, not so, and not to work
    (1, '2026-06-30', 'vann', 1, '2020-06-01', '2021-06-30', true, true, NULL, false),
    (1, '2026-06-30', 'vdan', 1, '2021-02-01', '2021-03-31', true, false, false, false),
    (1, '2026-06-30', 'vkid', 1, '2021-02-01', '2021-03-31', false, NULL, NULL, NULL);
