"""Institutions around the courts: banks, insurers, governments, administrators."""
