"""What is left for people: ledgers, the summary, printed forms, the list of findings."""
