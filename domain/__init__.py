"""What is true: dataclasses, rules and use cases, one module a feature."""
