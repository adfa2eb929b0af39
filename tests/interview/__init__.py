"""Tests of interview."""
