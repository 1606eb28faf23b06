"""Publishing: a dataset that may leave the house. See `export.publish`."""

from dateline.publishing.dataset import Material
from dateline.publishing.export import Release, publish
from dateline.publishing.order import About, Order

__all__ = ["About", "Material", "Order", "Release", "publish"]
