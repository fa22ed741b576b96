.PHONY: run test lint screens bench bench-check fuzz

run:
	.venv/bin/mlbasics overfit

test:
	.venv/bin/pytest

lint:
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports

screens:
	.venv/bin/python tests/screens.py

bench:
	.venv/bin/pip install -q ".[bench]"
	.venv/bin/python -m benchmarks

bench-check:
	.venv/bin/pip install -q ".[bench]"
	.venv/bin/python -m benchmarks check

fuzz:
	.venv/bin/python tests/fuzz.py lines 10000
	.venv/bin/python tests/fuzz.py tables 500
	.venv/bin/python tests/fuzz.py signals 200
	.venv/bin/python tests/fuzz.py writing 300
	.venv/bin/python tests/explore/keys.py 20000
