"""What is remembered: schema, migrations, engines, one module a feature."""
