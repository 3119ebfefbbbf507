"""Data that the program reads as files: frameworks, the sample, looks and icons."""
