-- Open breaks of the last reconciliation that this one, of a span of messages, did not look at: they stay open until they are settled.
-- Settled is a conflict or a reject that a person decided on, a missing message that has a line by now, an overdue one that is posted.
INSERT INTO reconciliation_breaks (reconciliation, break_id, break_type, severity, transaction_id, message_id, currency, amount, since, detail, next_step)
SELECT @reconciliation, earlier.break_id, earlier.break_type,
  CASE WHEN earlier.break_type IN ('conflict_open', 'rejected_unresolved') AND earlier.since < @warning_before THEN 'error' ELSE earlier.severity END,
  earlier.transaction_id, earlier.message_id, earlier.currency, earlier.amount, earlier.since, earlier.detail, earlier.next_step
FROM reconciliation_breaks AS earlier
WHERE earlier.reconciliation = @previous
  AND NOT EXISTS (SELECT 1 FROM reconciliation_breaks AS again WHERE again.reconciliation = @reconciliation AND again.break_id = earlier.break_id)
  AND (
    earlier.break_type = 'over_refund' -- looked for over the whole ledger only
    OR (earlier.message_id IS NULL AND earlier.since < @published_from)
    OR (earlier.message_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM reconcile_messages AS looked_at WHERE looked_at.message_id = earlier.message_id)
      AND NOT EXISTS (SELECT 1 FROM reconcile_messages AS looked_at WHERE looked_at.line_message_id = earlier.message_id))
  )
  AND NOT (earlier.break_type IN ('conflict_open', 'rejected_unresolved') AND EXISTS (
    SELECT 1 FROM audit_log AS decision
    WHERE decision.action IN ('decided_post', 'decided_reject') AND decision.message_id = earlier.message_id AND decision.effective_at >= earlier.since))
  AND NOT (earlier.break_type = 'missing_message' AND EXISTS (
    SELECT 1 FROM payment_journal AS line WHERE line.journaled_at >= @lines_since AND line.message_id = earlier.message_id))
  AND NOT (earlier.break_type = 'pending_overdue' AND EXISTS (
    SELECT 1 FROM payment_transactions AS posted WHERE posted.booking_date >= @booked_since AND posted.message_id = earlier.message_id))
