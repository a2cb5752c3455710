"""Tests of reading Meeting Guide feeds."""
