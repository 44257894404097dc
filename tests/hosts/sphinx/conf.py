import os
import sys

sys.path.append(os.path.abspath("."))

project = "Jobs"
extensions = ["job_playground", "myst_parser"]
html_static_path = ["_static"]
exclude_patterns = ["venv", "out", "text"]
