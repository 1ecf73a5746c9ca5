SELECT MAX(cut) AS cut FROM posting_runs WHERE kind = @kind
