"""Reading what users give: files of a bounded size, texts, tables of points; never a device.

Everything that comes from outside is read here and held against limits before any other part of
the program sees it.
"""
