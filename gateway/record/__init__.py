"""What was released to whom: kept in the journal, in Svod's own database, before an answer leaves."""
