"""Every lever, declared once: a mode of governance a file, and `catalogue` that joins them."""
