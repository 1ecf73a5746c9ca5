-- This run's payments in the live view.
SELECT transaction_id, message_id, currency, amount_minor, effect_minor, is_posted FROM payment_transactions_live WHERE STARTS_WITH(transaction_id, @prefix)
