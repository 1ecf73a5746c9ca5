-- Last of all, so that a reconciliation whose row is there is whole.
INSERT INTO reconciliation_runs (reconciliation, reconciled_at, published_from, posting_run, verdict, reason, errors, warnings,
  messages_published, messages_posted, messages_duplicate, messages_conflict, messages_pending, messages_rejected, messages_missing)
VALUES (@reconciliation, @now, @compared_from, @posting_run, @verdict, @reason, @errors, @warnings,
  @messages_published, @messages_posted, @messages_duplicate, @messages_conflict, @messages_pending, @messages_rejected, @messages_missing)
