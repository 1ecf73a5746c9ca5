-- Takes the next number. This one row makes two reconciliations at once conflict, so that no number is ever taken twice.
UPDATE reconciliation_head
SET reconciliation = reconciliation + 1, attempt = @attempt
WHERE TRUE
