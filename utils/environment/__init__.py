"""The course's environment: find a Python, make `.venv`, start JupyterLab, examine it all.

Uses the standard library alone, because it runs before anything is installed. The way in is
`find_python.sh`, then `python -m utils.environment`; `make help` lists what they are asked for.
"""
