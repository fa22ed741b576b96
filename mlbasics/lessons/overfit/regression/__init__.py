"""The regression task: polynomials of growing degree through noisy points of a curve."""
