"""Documents for people: text that is read from DOCX and TXT, and DOCX that is written."""
