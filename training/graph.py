"""The learnt network as a graph of 8-bit products for onnxruntime, for one passage at a time.

Written out by hand instead of traced: a trace works out shapes and a mask again in every layer, which takes up to a
fifth of the time and says nothing. Some operations are onnxruntime's own (`com.microsoft`): they join many steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.network import TOKEN_HEADS
from training.samples import LABELS

OPSET, OURS = 17, "com.microsoft"
EPSILON = 1e-12
STEPS = 64
"""Whole steps of a weight on each side of zero: with 128, processors without VNNI overflow and answer otherwise."""

Array = NDArray[Any]


class Graph:
    """A graph in the making: weights of the network in, nodes and constants out."""

    def __init__(self, weights: Mapping[str, Array], epsilon: float = EPSILON) -> None:
        self.weights, self._epsilon = weights, epsilon
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: Array) -> str:
        """Return the name of a constant."""
        self.constants.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def add(self, operation: str, *inputs: str, **settings: Any) -> str:
        """Return the name of what a new node gives."""
        return self.add_of(1, operation, *inputs, **settings)[0]

    def add_of(self, outputs: int, operation: str, *inputs: str, domain: str = "", **settings: Any) -> list[str]:
        """Return the names of all that a new node gives."""
        name = f"{operation}_{len(self.nodes)}"
        names = [f"{name}_{place}" for place in range(outputs)]
        self.nodes.append(helper.make_node(operation, inputs, names, name, domain=domain, **settings))
        return names

    def linear(self, module: str) -> list[str]:
        """Return the names of a linear module's weights, their scale and zero, each output's rounded by itself."""
        weights = self.weights[f"{module}.weight"].T.astype(np.float32)
        scale = np.abs(weights).max(0) / np.float32(STEPS)
        return [
            self.constant(f"{module}.weight", np.rint(weights / scale).astype(np.int8)),
            self.constant(f"{module}.scale", scale),
            self.constant(f"{module}.zero", np.zeros(len(scale), np.int8)),
        ]

    def bias(self, module: str) -> str:
        """Return the name of a module's offsets."""
        return self.constant(f"{module}.bias", self.weights[f"{module}.bias"])

    def product(self, values: str, module: str) -> str:
        """Return what a linear module makes of values; they are rounded by their own range."""
        inputs = [values, *self.linear(module), self.bias(module)]
        return self.add("DynamicQuantizeMatMul", *inputs, domain=OURS)

    def products(self, values: str, modules: Sequence[str]) -> list[str]:
        """Return what several linear modules make of the same values, which are rounded once."""
        rounded, scale, zero = self.add_of(3, "DynamicQuantizeLinear", values)
        return [self._product_of(rounded, scale, zero, module) for module in modules]

    def _product_of(self, rounded: str, scale: str, zero: str, module: str) -> str:
        weights, steps, none = self.linear(module)
        inputs = [rounded, weights, scale, steps, zero, none, self.bias(module)]
        return self.add("MatMulIntegerToFloat", *inputs, domain=OURS)

    def norm(self, values: str, module: str) -> str:
        """Return values normalised."""
        weight = self.constant(f"{module}.weight", self.weights[f"{module}.weight"])
        return self.add("LayerNormalization", values, weight, self.bias(module), axis=-1, epsilon=self._epsilon)

    def norm_of_sum(self, values: str, others: str, module: str) -> str:
        """Return the sum of two, normalised."""
        weight = self.constant(f"{module}.weight", self.weights[f"{module}.weight"])
        inputs = [values, others, weight, self.bias(module)]
        return self.add("SkipLayerNormalization", *inputs, domain=OURS, epsilon=self._epsilon)

    def table(self, module: str) -> tuple[str, list[str]]:
        """Return the name of a table of vectors, rounded all in one, and of its scale and zero."""
        vectors = self.weights[f"{module}.weight"]
        scale = (vectors.max() - vectors.min()) / np.float32(255)
        zero = np.rint(-vectors.min() / scale).astype(np.uint8)
        rounded = np.clip(np.rint(vectors / scale) + zero, 0, 255).astype(np.uint8)
        names = [self.constant(f"{module}.scale", scale), self.constant(f"{module}.zero", zero)]
        return self.constant(f"{module}.rounded", rounded), names

    def finish(self, outputs: Mapping[str, str]) -> onnx.ModelProto:
        """Return the model, with its outputs under these names."""
        ends = [helper.make_node("Identity", [made], [name]) for name, made in outputs.items()]
        given = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "pieces"]) for name in ("ids", "segments")]
        told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        graph = helper.make_graph([*self.nodes, *ends], "encoder", given, told, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def build(weights: Mapping[str, Array], layers: int, heads: int) -> onnx.ModelProto:
    """Return the graph: word pieces in; logits of the sentence, logits of each piece and the mean state out.

    The mean state is that of the sentence's own pieces, as a unit vector.
    """
    graph = Graph(weights)
    states = _embedded(graph)
    width = len(weights["encoder.embeddings.LayerNorm.bias"])
    graph.constant("apart", np.array([0, 0, heads, width // heads]))
    graph.constant("joined", np.array([0, 0, width]))
    graph.constant("root", np.sqrt(np.float32(1) / np.sqrt(np.float32(width // heads))))
    for place in range(layers):
        states = _layer(graph, states, f"encoder.encoder.layer.{place}")
    token = _joined(graph, graph.products(states, [f"token.{name}" for name in TOKEN_HEADS]))
    mean = _mean(graph, states)
    first = graph.add("Gather", states, graph.constant("first", np.array(0)), axis=1)
    whole = _joined(graph, [first, mean])
    sentence = _joined(graph, graph.products(whole, [f"sentence.{name}" for name in LABELS]))
    return graph.finish({"sentence": sentence, "token": token, "mean": _unit(graph, mean)})


def _joined(graph: Graph, parts: Sequence[str]) -> str:
    return graph.add("Concat", *parts, axis=-1)


def _embedded(graph: Graph) -> str:
    """Return the first states: what stands for the word pieces, their segments and their places."""
    module = "encoder.embeddings"
    words, of_words = graph.table(f"{module}.word_embeddings")
    kinds, of_kinds = graph.table(f"{module}.token_type_embeddings")
    places, of_places = graph.table(f"{module}.position_embeddings")
    found = graph.add("DequantizeLinear", graph.add("Gather", words, "ids"), *of_words)
    kind = graph.add("DequantizeLinear", graph.add("Gather", kinds, "segments"), *of_kinds)
    length = graph.add("Shape", "ids", start=1, end=2)
    near = graph.add("Slice", places, graph.constant("start", np.array([0])), length)
    states = graph.add("Add", graph.add("Add", found, kind), graph.add("DequantizeLinear", near, *of_places))
    return graph.norm(states, f"{module}.LayerNorm")


def _layer(graph: Graph, states: str, module: str) -> str:
    read = graph.product(_attended(graph, states, f"{module}.attention.self"), f"{module}.attention.output.dense")
    states = graph.norm(graph.add("Add", read, states), f"{module}.attention.output.LayerNorm")
    inner = graph.add("Gelu", graph.product(states, f"{module}.intermediate.dense"), domain=OURS)
    told = graph.product(inner, f"{module}.output.dense")
    return graph.norm_of_sum(told, states, f"{module}.output.LayerNorm")


def _attended(graph: Graph, states: str, module: str) -> str:
    """Return what each piece reads of the others, all heads side by side."""
    three = graph.products(states, [f"{module}.{name}" for name in ("query", "key", "value")])
    asked, offered, read = (graph.add("Reshape", it, "apart") for it in three)
    asked = graph.add("Mul", graph.add("Transpose", asked, perm=[0, 2, 1, 3]), "root")
    offered = graph.add("Mul", graph.add("Transpose", offered, perm=[0, 2, 3, 1]), "root")
    shares = graph.add("Softmax", graph.add("MatMul", asked, offered), axis=-1)
    found = graph.add("MatMul", shares, graph.add("Transpose", read, perm=[0, 2, 1, 3]))
    return graph.add("Reshape", graph.add("Transpose", found, perm=[0, 2, 1, 3]), "joined")


def _mean(graph: Graph, states: str) -> str:
    """Return the mean state of the sentence's own pieces."""
    own = graph.add("Sub", graph.constant("one", np.array(1)), "segments")
    own = graph.add("Unsqueeze", graph.add("Cast", own, to=TensorProto.FLOAT), graph.constant("last", np.array([-1])))
    pieces = graph.constant("over_pieces", np.array([1]))
    total = graph.add("ReduceSum", graph.add("Mul", states, own), pieces, keepdims=0)
    return graph.add("Div", total, graph.add("ReduceSum", own, pieces, keepdims=0))


def _unit(graph: Graph, vector: str) -> str:
    return graph.add("Div", vector, graph.add("ReduceL2", vector, axes=[-1], keepdims=1))
