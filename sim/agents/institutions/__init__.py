"""Institutions around the courts: banks, insurers, governments, prosecutors, agents."""
