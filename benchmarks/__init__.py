"""What a user would run instead, side by side with this program: python -m benchmarks."""
