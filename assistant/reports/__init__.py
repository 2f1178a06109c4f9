"""Reports for leadership: composed once, rendered as workbook, PDF or Word document."""
