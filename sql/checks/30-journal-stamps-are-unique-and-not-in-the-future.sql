SELECT journaled_at, COUNT(*) AS journal_lines FROM payment_journal GROUP BY journaled_at HAVING COUNT(*) > 1 OR journaled_at > @now
