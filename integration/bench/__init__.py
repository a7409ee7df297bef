"""Benchmarks of Flow6, each beside its reference in the same run."""
