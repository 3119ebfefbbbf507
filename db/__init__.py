"""The file: records, rules and the one way to write them, in plain Python."""
