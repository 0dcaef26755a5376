"""Every word that a person reads.

A text is a macro in `texts/<language>/<feature>.j2`; its arguments are the text's parameters. `render("task.given", …)`
is the macro `given` of `task.j2`. Values are escaped for the chat's HTML in one place: Jinja's autoescape.
"""

from texts.render import LANGUAGES, Reader, label, names, parameters, render

__all__ = ["LANGUAGES", "Reader", "label", "names", "parameters", "render"]
