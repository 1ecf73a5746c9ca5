-- How old a message in no line may be before it is missing, how far ahead of our clock its time may lie, and which part of all messages is
-- being looked at (by the first two hexadecimal digits of its data's hash).
SELECT @is_behind AS is_behind, @missing_before AS missing_before, @ahead_after AS ahead_after, @first_digits AS first_digits, @last_digits AS last_digits
