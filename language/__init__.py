"""Reading Chinese: keyword tagger and deadlines."""
