"""Running: the stages in their order, over an engine, into a project."""
