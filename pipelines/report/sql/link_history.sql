SELECT cohort, followed, followed_linked, within_90_share
FROM marts.link_history
WHERE edition = $1 AND supplier = 'all' AND followed > 0
ORDER BY cohort
