"""The network of the quick parse as a graph of 8-bit products, as `training.pupil_graph` makes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto

from training.graph import OURS, Array
from training.pupil_graph import FixedGraph, Given, Ranges
from training.sketch import ARC, HEADS, LAYERS, STATES

APART = ("root", "below", "above", "tags", "kinds")
"""What is told of each word, in this order."""
EPSILON = 1e-5


def build(weights: Mapping[str, Array], ranges: Ranges) -> onnx.ModelProto:
    """Return the graph: words x numbers and how they are written in; arcs and what is told of each word out."""
    graph = FixedGraph(_joined(weights), ranges, EPSILON)
    look = graph.add("Gather", graph.constant("look", weights["look.weight"]), "looks")
    states = graph.norm(graph.add("Add", graph.product("words", "enter"), look), "enter_norm")
    near = graph.add("Gelu", graph.product(_with_neighbours(graph, states), "near"), domain=OURS)
    states = graph.norm(graph.add("Add", states, near), "near_norm")
    for place in range(LAYERS):
        states = _layer(graph, states, f"layers.{place}")
    size = sum(len(weights[f"told.{name}.bias"]) for name in APART)
    sizes = graph.constant("sizes", np.array([ARC, ARC, size]))
    hangs, holds, told = graph.add_of(3, "Split", graph.product(states, "told"), sizes, axis=-1)
    arcs = graph.add("MatMul", hangs, graph.add("Transpose", holds, perm=[0, 2, 1]))
    given: dict[str, Given] = {
        "words": (TensorProto.FLOAT, ["sentences", "count", STATES]),
        "looks": (TensorProto.INT64, ["sentences", "count"]),
    }
    return graph.done("sketch", given, {"arcs": arcs, "told": told})


def _joined(weights: Mapping[str, Array]) -> dict[str, Array]:
    """Return the weights with all that is told of a word as one module, the products of arcs weighed beforehand."""
    found = dict(weights)
    for kind in ("weight", "bias"):
        parts = [weights[f"told.{name}.{kind}"] for name in ("hangs", "holds", *APART)]
        found[f"told.{kind}"] = np.concatenate([parts[0] / np.float32(ARC**0.5), *parts[1:]])
    return found


def _with_neighbours(graph: FixedGraph, states: str) -> str:
    """Return each word's state between those of the words beside it; nothing beside the first and the last."""
    pads = graph.constant("pads", np.array([0, 1, 0, 0, 1, 0]))
    padded = graph.add("Pad", states, pads)
    ends = [(0, -2), (2, np.iinfo(np.int64).max)]
    axis = graph.constant("words_axis", np.array([1]))
    before, behind = (
        graph.add("Slice", padded, *(graph.constant(f"at_{place}", np.array([place])) for place in some), axis)
        for some in ends
    )
    return graph.add("Concat", before, states, behind, axis=-1)


def _layer(graph: FixedGraph, states: str, module: str) -> str:
    read = graph.product(graph.attended(states, f"{module}.attention", HEADS), f"{module}.read")
    states = graph.norm(graph.add("Add", states, read), f"{module}.read_norm")
    inner = graph.add("Gelu", graph.product(states, f"{module}.inner"), domain=OURS)
    return graph.norm(graph.add("Add", states, graph.product(inner, f"{module}.outer")), f"{module}.outer_norm")
