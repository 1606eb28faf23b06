"""The gold sets: one small module each, from records and stages to counts, and from counts to the metric."""
