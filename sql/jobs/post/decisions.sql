-- Decisions to post in this run's span: mostly none, and then the journal need not be looked through for their lines.
SELECT COUNT(*) AS decisions
FROM audit_log
WHERE action = 'decided_post' AND effective_at >= @from_time AND effective_at < @cut
