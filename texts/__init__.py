"""Every word that a person reads.

A text is a macro in `texts/<language>/<area>/<feature>.j2`; its arguments are the text's parameters.
`render("task.given", …)` is the macro `given` of `work/task.j2`.
Values are escaped for the chat's HTML in one place: Jinja's autoescape.
The features are listed in `texts.areas`. A value with `text` and `values` is a text inside another: `{{ part | say }}`.
"""

from texts.render import LANGUAGES, Part, Reader, label, names, parameters, render

__all__ = ["LANGUAGES", "Part", "Reader", "label", "names", "parameters", "render"]
