SELECT disposition, COUNT(*) AS messages FROM message_dispositions WHERE is_published GROUP BY disposition
