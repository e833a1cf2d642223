"""Papers: a page becomes a PDF with fonts of ours in it (`printing`, `fonts`), and a number becomes a square code (`square`)."""
