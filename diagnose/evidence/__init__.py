"""What is gathered from records: one file a kind of evidence."""
