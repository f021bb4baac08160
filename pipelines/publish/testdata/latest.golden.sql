CREATE OR REPLACE VIEW publication.`latest_work_by_region`
AS SELECT * FROM publication.`work_by_region`
WHERE release = (SELECT argMax(release, (edition, number)) FROM publication_store.release WHERE release IN (SELECT release FROM publication.`work_by_region`))
COMMENT 'Work. Who works. Figures are rounded to multiples of 10, each by itself, so that totals need not add up; what is suppressed protects people.'
