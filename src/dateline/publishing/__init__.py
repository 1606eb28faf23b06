"""Publishing: a dataset that may leave the house. See `export.publish`."""

from dateline.publishing.export import Release, publish

__all__ = ["Release", "publish"]
