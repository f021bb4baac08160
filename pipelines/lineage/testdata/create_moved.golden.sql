CREATE TABLE work.after_moved ENGINE = MergeTree ORDER BY tuple() AS
SELECT * FROM work.after_member
WHERE in_a AND sa IN (SELECT sa FROM work.after_member WHERE in_a AND (NOT in_b OR sa != sb))
    OR in_b AND sb IN (SELECT sb FROM work.after_member WHERE in_b AND (NOT in_a OR sa != sb))
