"""For MkDocs with pymdownx.superfences, as Material has it: a fence that asks for a run becomes a figure."""

import os
import subprocess

from mkdocs.exceptions import PluginError
from pymdownx.superfences import SuperFencesException

PROGRAM = os.environ.get("JOB_PLAYGROUND", "job-playground")

# What is known while a page is read: its file, and the address of a page of one's own.
now = {"file": "", "page": None}


class Failure(SuperFencesException, PluginError):
    """Ends the build: superfences would go on after any other error."""


def on_config(config):
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {}).setdefault("custom_fences", [])
    fences.append({"name": "yaml", "class": "job-playground", "validator": asks, "format": figure})
    now["page"] = config.extra.get("job_playground_page")


def on_page_markdown(markdown, page, **_):
    now["file"] = page.file.abs_src_path


def asks(language, inputs, options, attrs, md):
    """All other YAML is for the next in line."""
    options.update(inputs)
    return options.pop("job-playground", False) is not False


def figure(source, language, css_class, options, md, **_):
    attributes = " ".join(f'{name}="{value}"' for name, value in options.items())
    line = [PROGRAM, "run", "-", "--output=html", f"--attributes={attributes}", f"--name={place(source)}"]
    if now["page"]:
        line.append(f"--page={now['page']}")
    try:
        return subprocess.run(line, input=source, capture_output=True, check=True, encoding="utf-8").stdout.strip()
    except OSError as error:
        raise Failure(f"{place(source)}: {PROGRAM} cannot be started ({error.strerror}); JOB_PLAYGROUND may say where it is")
    except subprocess.CalledProcessError as error:
        raise Failure(error.stderr.strip())


def place(text):
    """The file, and the line of it where a text begins; lists may have moved it to the right."""
    with open(now["file"], encoding="utf-8") as file:
        before, *_ = trimmed(file.read()).split(trimmed(text))
    return f"{os.path.relpath(now['file'])}:{before.count(chr(10)) + 1}"


def trimmed(text):
    return "\n".join(line.strip() for line in text.splitlines())
