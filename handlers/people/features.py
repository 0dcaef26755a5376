"""The features of people in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.people import admin_link, admission, branch, invitation, language, leave, privacy, role, roster, welcome

FEATURES = declared_in(vars())
