"""Party life: meetings, activities, inspections."""
