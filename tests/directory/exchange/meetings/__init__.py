"""Tests of what all feeds of meetings share."""
