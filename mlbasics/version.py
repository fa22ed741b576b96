"""The version: apart, so that what tells it need not pass through the package's face."""

__version__ = "0.1.0"
