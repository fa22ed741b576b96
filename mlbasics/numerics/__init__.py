"""The numerical methods, in NumPy alone: they know no lesson and print nothing."""
