"""Reflections (心得): what people write about a study item, in their own words."""
