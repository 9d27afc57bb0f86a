"""Measurements that print a table and never fail: `python -m utils.benchmarks`, or `make bench`.

They need the development tools. `browser` drives a real JupyterLab in a real Chromium; the browser
tests use it too.
"""
