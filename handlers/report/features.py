"""The features of reports in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.report import export, missing, summary

FEATURES = declared_in(vars())
