"""Every lever, declared once: one file per mode of governance, joined in `catalogue`."""
