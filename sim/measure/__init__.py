"""What is measured: indicators declared once, series by month and cell, events, a panel."""
