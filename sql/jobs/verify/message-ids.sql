SELECT message_id, disposition FROM message_dispositions WHERE is_published AND disposition <> 'posted' ORDER BY message_id, disposition
