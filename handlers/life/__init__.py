"""Party life: will hold meetings, activities, inspections."""
