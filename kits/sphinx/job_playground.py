"""For Sphinx, in reStructuredText and MyST: the directive `job-playground` shows the run of the manifest in it."""

import os
import subprocess

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import only
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

PROGRAM = os.environ.get("JOB_PLAYGROUND", "job-playground")


class Options(dict):
    """Whatever is said about a run is for the program to judge."""

    def __getitem__(self, name):
        return directives.unchanged_required

    def __bool__(self):
        return True


class JobPlayground(SphinxDirective):
    has_content = True
    option_spec = Options()

    def run(self):
        text = "\n".join(self.content) + "\n"
        html = only("", nodes.raw("", self.figure(text), format="html"), expr="html")
        # Paper and man pages have the text.
        return [html, only("", nodes.literal_block(text, text, language="yaml"), expr="not html")]

    def figure(self, text):
        place = f"{os.path.relpath(self.get_source_info()[0])}:{self.content_offset + 1}"
        attributes = " ".join(f'{name}="{value}"' for name, value in self.options.items())
        line = [PROGRAM, "run", "-", "--output=html", f"--attributes={attributes}", f"--name={place}"]
        if self.config.job_playground_page:
            line.append(f"--page={self.config.job_playground_page}")
        try:
            return subprocess.run(line, input=text, capture_output=True, check=True, encoding="utf-8").stdout
        except OSError as error:
            raise ExtensionError(f"{place}: {PROGRAM} cannot be started ({error.strerror}); JOB_PLAYGROUND may say where it is")
        except subprocess.CalledProcessError as error:
            raise ExtensionError(error.stderr.strip())


def setup(app):
    app.add_config_value("job_playground_page", None, "html", [str])
    app.add_directive("job-playground", JobPlayground)
    app.add_js_file("job-playground.js", type="module")
    app.add_css_file("job-playground.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
