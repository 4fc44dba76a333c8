"""Readers of user input: files of bounded size, texts, tables of points; never a device.

All input from outside is read here and checked against limits before any other part of the program
uses it.
"""
