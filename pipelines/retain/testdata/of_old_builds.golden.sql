build < 8
    AND build NOT IN (SELECT build FROM ops.standing_build)
    AND build NOT IN (SELECT build FROM ops.build WHERE status = 'open' AND started_at >= now())
