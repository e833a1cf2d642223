"""What was agreed: documents, paragraphs and what each asks for."""
