"""Tests of reading BMLT feeds."""
