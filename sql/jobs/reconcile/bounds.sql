-- How old a message in no line may be before it is missing, and how far ahead of our clock its time may lie.
CREATE OR REPLACE TEMP TABLE reconcile_bounds AS
SELECT @is_behind AS is_behind, @missing_before AS missing_before, @ahead_after AS ahead_after
