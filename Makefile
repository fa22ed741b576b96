.PHONY: run test lint bench

run:
	.venv/bin/mlbasics overfit

test:
	.venv/bin/pytest

lint:
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy

bench:
	.venv/bin/pip install -q ".[bench]"
	.venv/bin/python -m benchmarks
