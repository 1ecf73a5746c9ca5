SELECT break_type, severity, COUNT(*) AS breaks FROM reconciliation_breaks WHERE reconciliation = @reconciliation GROUP BY break_type, severity ORDER BY severity, break_type
