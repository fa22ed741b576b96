"""The version: apart, so that what prints it need not load the package."""

__version__ = "0.1.0"
