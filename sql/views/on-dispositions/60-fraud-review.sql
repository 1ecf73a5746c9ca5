-- Posted payments that the fraud rules find suspicious, the most suspicious first when ordered by fraud_score.
CREATE OR REPLACE VIEW fraud_review AS
SELECT transaction_id, message_id, fraud_score, fraud_reasons, currency, kind, amount, event_time, booking_date, merchant_id, country, region, payment_method, producer
FROM payment_transactions
WHERE fraud_score >= 50
