-- The oldest line that a decision made postable in this run's span: posting looks back as far as that.
SELECT MIN(line.journaled_at) AS journaled_at
FROM audit_log AS decision
JOIN payment_journal AS line ON line.message_id = decision.message_id AND line.data_sha256 = decision.data_sha256
WHERE decision.action = 'decided_post' AND decision.effective_at >= @from_time AND decision.effective_at < @cut
