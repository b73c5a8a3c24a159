"""The application: command line, pipeline, store, exports and the monitor web page."""

__version__ = "0.1.0"
