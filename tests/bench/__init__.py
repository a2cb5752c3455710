"""Benchmarks, run by hand: ``python -m tests.bench.bench_pages``. They print figures and judge nothing."""
