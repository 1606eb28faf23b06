"""The pupil as a graph of 8-bit products whose answers do not depend on what else is in the batch.

Values between the layers are rounded by ranges that were measured beforehand, not by those of the batch, so every
passage is worked out by itself. Those of a batch have one length, so that nothing is padded or masked. The word vectors
are those of the network of `cascade` and stay in its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from training.graph import EPSILON, OPSET, OURS, Array, Graph
from training.network import TOKEN_HEADS
from training.samples import LABELS

WORDS = "encoder.embeddings.word_embeddings"
PIECES = 130
"""Word pieces for which there is a place: as many as are ever read, with the marks of start and end."""
Given = tuple[int, Sequence[str | int]]
"""Type and shape of what goes into a graph."""
Ranges = Mapping[str, tuple[float, float]]
"""Module -> least and greatest value that goes into it."""


class FixedGraph(Graph):
    """A graph in which values are rounded by ranges that are known beforehand."""

    def __init__(self, weights: Mapping[str, Array], ranges: Ranges, epsilon: float = EPSILON) -> None:
        super().__init__(weights, epsilon)
        self._ranges = ranges

    def product(self, values: str, module: str) -> str:
        """Return what a linear module makes of values."""
        return self._product_of(*self._rounded(values, module), module)

    def attended(self, values: str, module: str, heads: int) -> str:
        """Return what each piece reads of the others, all heads side by side; one step does it all."""
        asked = f"{module}.query"
        rounded, scale, zero = self._rounded(values, asked if asked in self._ranges else module)
        weights, steps, none = self.linear(module)
        inputs = [rounded, weights, self.bias(module), scale, steps, "", zero, none]
        return self.add("QAttention", *inputs, domain=OURS, num_heads=heads)

    def _rounded(self, values: str, module: str) -> tuple[str, str, str]:
        """Return values rounded by the range of what goes into a module, with their step and the level of zero."""
        least, greatest = self._ranges[module]
        step = (max(greatest, 0.0) - min(least, 0.0)) / 255
        scale = self.constant(f"{module}.step", np.array(step, np.float32))
        zero = self.constant(f"{module}.level", np.array(round(-min(least, 0.0) / step), np.uint8))
        return self.add("QuantizeLinear", values, scale, zero), scale, zero

    def done(self, name: str, inputs: Mapping[str, Given], outputs: Mapping[str, str]) -> onnx.ModelProto:
        """Return the model, with such inputs (type and shape) and with its outputs under these names."""
        ends = [helper.make_node("Identity", [made], [name]) for name, made in outputs.items()]
        given = [helper.make_tensor_value_info(name, *it) for name, it in inputs.items()]
        told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        graph = helper.make_graph([*self.nodes, *ends], name, given, told, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def build(weights: Mapping[str, Array], ranges: Ranges, layers: int, heads: int, words: Path) -> onnx.ModelProto:
    """Return the graph: word pieces in; logits of the sentence and of each piece out, and what each layer says.

    Args:
        weights: of the pupil, by the names that `training.network` gives them.
        ranges: of what goes into each module.
        layers: how many the pupil has.
        heads: how many each layer has.
        words: the network whose file holds the word vectors; the graph must lie beside it.
    """
    modules = [f"encoder.encoder.layer.{place}" for place in range(layers)]
    groups: dict[str, Iterable[str]] = {"token": TOKEN_HEADS, "sentence": LABELS}
    for module in modules:
        groups[f"{module}.attention.self"] = ("query", "key", "value")
    made = dict(weights)
    for group, names in groups.items():
        made |= _joined(group, names, weights)
    graph = FixedGraph(made, ranges)
    states = _embedded(graph, words)
    seen: list[str] = []
    for module in modules:
        states = _layer(graph, states, module, heads)
        seen.append(states)
    token = graph.product(states, "token")
    first = graph.add("Gather", states, graph.constant("first", np.array(0)), axis=1)
    whole = graph.add("Concat", first, _mean(graph, states), axis=-1)
    told = {"sentence": graph.product(whole, "sentence"), "token": token}
    return graph.done(
        "swift",
        {"ids": (TensorProto.INT64, ["passages", "pieces"])},
        told | {"states": graph.add("Concat", *seen, axis=-1)},
    )


def _joined(group: str, names: Iterable[str], weights: Mapping[str, Array]) -> dict[str, Array]:
    """Return the linear modules of a group as one."""
    kinds = ("weight", "bias")
    return {f"{group}.{kind}": np.concatenate([weights[f"{group}.{name}.{kind}"] for name in names]) for kind in kinds}


def _embedded(graph: FixedGraph, words: Path) -> str:
    """Return the first states: what stands for the word pieces and their places."""
    rounded, of_words = graph.table(WORDS)
    _leave_in(graph.constants[-1], words)
    found = graph.add("DequantizeLinear", graph.add("Gather", rounded, "ids"), *of_words)
    module = "encoder.embeddings"
    kind = graph.weights[f"{module}.token_type_embeddings.weight"][0]
    places = graph.weights[f"{module}.position_embeddings.weight"][:PIECES] + kind
    stored = graph.constant("places", places.astype(np.float16))
    near = graph.add("Slice", stored, graph.constant("start", np.array([0])), graph.add("Shape", "ids", start=1, end=2))
    near = graph.add("Cast", near, to=TensorProto.FLOAT)
    return graph.norm(graph.add("Add", found, near), f"{module}.LayerNorm")


def _leave_in(table: onnx.TensorProto, words: Path) -> None:
    """Leave the numbers of a table in the file that holds them already.

    Raises:
        ValueError: if they do not stand there.
    """
    offset = words.read_bytes().find(table.raw_data)
    if offset < 0:
        raise ValueError(f"{words} does not hold the word vectors of the pupil; distil it from that network anew")
    length = len(table.raw_data)
    onnx.external_data_helper.set_external_data(table, words.name, offset, length)
    table.ClearField("raw_data")
    table.data_location = TensorProto.EXTERNAL


def _mean(graph: FixedGraph, states: str) -> str:
    """Return the mean state of each sentence, as a product: in which order `ReduceMean` adds depends on the batch."""
    length = graph.add("Shape", states, start=1, end=2)
    ones = graph.add("ConstantOfShape", length, value=helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0]))
    count = graph.add("Cast", length, to=TensorProto.FLOAT)
    return graph.add("Div", graph.add("MatMul", ones, states), count)


def _layer(graph: FixedGraph, states: str, module: str, heads: int) -> str:
    read = graph.product(graph.attended(states, f"{module}.attention.self", heads), f"{module}.attention.output.dense")
    states = graph.norm(graph.add("Add", read, states), f"{module}.attention.output.LayerNorm")
    inner = graph.add("Gelu", graph.product(states, f"{module}.intermediate.dense"), domain=OURS)
    told = graph.product(inner, f"{module}.output.dense")
    return graph.norm(graph.add("Add", told, states), f"{module}.output.LayerNorm")
