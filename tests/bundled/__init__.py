"""Tests of bundled."""
