"""What a Python user gets a table as: Arrow, and one step from it pandas and polars, where they are installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Table:
    """An Arrow table, `arrow`. What it does not do itself, the Arrow table does: `num_rows`, `to_pylist()` ...

    It speaks Arrow's C stream interface, so that DuckDB, polars and others take it as it is.
    """

    arrow: pa.Table

    def to_pandas(self) -> pandas.DataFrame:
        """Return it as a pandas data frame.

        Raises:
            UsageError: if pandas is not installed.
        """
        _require("pandas")
        return self.arrow.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Return it as a polars data frame.

        Raises:
            UsageError: if polars is not installed.
        """
        frame: polars.DataFrame = _require("polars").from_arrow(self.arrow)
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the table to whatever speaks Arrow."""
        return self.arrow.__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]

    def __len__(self) -> int:
        return self.arrow.num_rows

    def __getitem__(self, name: str) -> Any:
        return self.arrow[name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.arrow, name)


def _require(library: str) -> Any:
    try:
        return import_module(library)
    except ImportError as error:
        raise UsageError(
            f"a table was asked for as {library}, which is not installed here; expected {library} beside Dateline: "
            f"pip install {library}, or use the Arrow table as it is"
        ) from error
