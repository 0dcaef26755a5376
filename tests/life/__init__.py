"""Tests of party life."""
