"""Values in words and figures that a person reads: what the explorer and a published folder both show."""
