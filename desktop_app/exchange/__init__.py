"""Files in and out: a workbook, a package of tables. No Qt."""
