-- The time of day by the clock of the books.
SELECT CURRENT_TIMESTAMP() AS now
