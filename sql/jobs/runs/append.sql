-- Keeps what a run was billed.
INSERT INTO job_runs (job, scheduled_at, recorded_at, span_micros, bytes_billed, slot_millis)
SELECT @job, @scheduled_at, @recorded_at, @span_micros, @bytes_billed, @slot_millis
