"""The transformers of a compact model as an ONNX graph, built node by node.

Matrices are of int8, and what they are multiplied with becomes uint8 on the way, with a scale
for each run, so that texts are run one by one (Jacob et al., "Quantization and Training of
Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018, arXiv:1712.05877). A
question takes 0.6 of the time, and its vector has a cosine of 0.999 and more to what
`compact_network` gives. Importing this imports onnx, which only saving a model needs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from indexer.encoders.compact_files import Shape
from indexer.encoders.compact_weights import SCALES_OF, Weights, unpack_weights

# Opset 20 has Gelu; the IR version is the one that it came with.
_OPSET, _IR = 20, 9


class _Graph:
    """Nodes and constants as they are added; names are counted up."""

    def __init__(self, weights: Weights, *, exact: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._cast: dict[str, str] = {}
        self._weights = weights
        self._exact = unpack_weights(weights) if exact else None

    def add(self, kind: str, *inputs: str, **attributes: int | float | str | list[int]) -> str:
        """Add a node and name its output."""
        name = f"{kind}_{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [name], name)
        node.attribute.extend(helper.make_attribute(*each) for each in sorted(attributes.items()))
        self.nodes.append(node)
        return name

    def constant(self, value: object, kind: type[np.generic] = np.int64) -> str:
        """Add a constant and name it."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, dtype=kind), name))
        return name

    def weight(self, name: str) -> str:
        """A weight that is no matrix in float32, out of float16."""
        if name not in self._cast:
            self.constants.append(numpy_helper.from_array(self._weights[name], name))
            self._cast[name] = self.add("Cast", name, to=TensorProto.FLOAT)
        return self._cast[name]

    def linear(self, states: str, name: str) -> str:
        """``states @ weight.T + bias``."""
        key = f"{name}.weight"
        if self._exact:
            product = self.add("MatMul", states, self.constant(self._exact[key].T, np.float32))
        else:
            product = self._product(states, self._weights[key], self._weights[key + SCALES_OF])
        return self.add("Add", product, self.weight(f"{name}.bias"))

    def _product(self, states: str, rows: NDArray[np.int8], scales: NDArray[np.float32]) -> str:
        """``states @ (rows * scales).T`` in whole numbers."""
        name = f"DynamicQuantizeLinear_{len(self.nodes)}"
        outputs = [name, f"{name}_scale", f"{name}_zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [states], outputs, name))
        sums = self.add("MatMulInteger", name, self.constant(rows.T, np.int8), outputs[2])
        scale = self.add("Mul", outputs[1], self.constant(scales, np.float32))
        return self.add("Mul", self.add("Cast", sums, to=TensorProto.FLOAT), scale)

    def norm(self, states: str, name: str) -> str:
        """Layer normalisation over the last axis."""
        gain, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", states, gain, bias, axis=-1, epsilon=1e-5)


def write_onnx(path: Path, weights: Weights, shape: Shape, *, exact: bool = False) -> None:
    """Write the graph.

    Its inputs are ``embedded`` ``(texts, length, dimension)`` and ``real`` ``(texts,
    length)``, 1 for a character and 0 behind the end; its output ``pooled`` ``(texts,
    transformers, dimension)``; all float32.

    Args:
        path: the file.
        weights: of the list of `compact_network.Transformer`, by the names of its state, packed.
        shape: of the network.
        exact: in float32 throughout, with the same weights.
    """
    graph = _Graph(weights, exact=exact)
    behind = graph.add("Sub", "real", graph.constant(1, np.float32))
    bias = graph.add("Mul", behind, graph.constant(1e9, np.float32))
    bias = graph.add("Unsqueeze", bias, graph.constant([1, 2]))
    means = [_transformer(graph, bias, number, shape) for number in range(len(shape.layers))]
    apart = [graph.add("Unsqueeze", mean, graph.constant([1])) for mean in means]
    graph.nodes.append(helper.make_node("Concat", apart, ["pooled"], axis=1))
    flat = TensorProto.FLOAT
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "loanfaq-compact",
            [
                helper.make_tensor_value_info("embedded", flat, ["n", "l", shape.dimension]),
                helper.make_tensor_value_info("real", flat, ["n", "l"]),
            ],
            [
                helper.make_tensor_value_info(
                    "pooled", flat, ["n", len(shape.layers), shape.dimension]
                )
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
        producer_name="loanfaq",
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _transformer(graph: _Graph, bias: str, number: int, shape: Shape) -> str:
    """The mean state of one transformer."""
    length = graph.add("Shape", "real", start=1, end=2)
    weight = graph.weight(f"{number}.positions")
    positions = graph.add("Slice", weight, graph.constant([0]), length, graph.constant([0]))
    states = graph.norm(graph.add("Add", "embedded", positions), f"{number}.embedded")
    for layer in range(shape.layers[number]):
        states = _layer(graph, states, bias, f"{number}.layers.{layer}", shape)
    return _mean(graph, graph.norm(states, f"{number}.final"))


def _layer(graph: _Graph, states: str, bias: str, name: str, shape: Shape) -> str:
    attended = _attention(graph, graph.norm(states, f"{name}.attention_norm"), bias, name, shape)
    states = graph.add("Add", states, graph.linear(attended, f"{name}.attended"))
    wide = graph.linear(graph.norm(states, f"{name}.wide_norm"), f"{name}.wide")
    wide = graph.add("Gelu", wide, approximate="tanh")
    return graph.add("Add", states, graph.linear(wide, f"{name}.narrow"))


def _attention(graph: _Graph, states: str, bias: str, name: str, shape: Shape) -> str:
    width = shape.dimension // shape.heads
    split = graph.constant([0, 0, 3 * shape.heads, width])
    heads = graph.add("Reshape", graph.linear(states, f"{name}.attending"), split)
    heads = graph.add("Transpose", heads, perm=[0, 2, 1, 3])

    def part(which: int) -> str:
        first, last = which * shape.heads, (which + 1) * shape.heads
        bounds = (graph.constant([at]) for at in (first, last, 1))
        return graph.add("Slice", heads, *bounds)

    keys = graph.add("Transpose", part(1), perm=[0, 1, 3, 2])
    scores = graph.add("MatMul", part(0), keys)
    scores = graph.add("Mul", scores, graph.constant(width**-0.5, np.float32))
    weights = graph.add("Softmax", graph.add("Add", scores, bias), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", weights, part(2)), perm=[0, 2, 1, 3])
    return graph.add("Reshape", mixed, graph.constant([0, 0, shape.dimension]))


def _mean(graph: _Graph, states: str) -> str:
    """The mean state of a text's characters."""
    real = graph.add("Unsqueeze", "real", graph.constant([2]))
    total = graph.add("ReduceSum", graph.add("Mul", states, real), graph.constant([1]), keepdims=0)
    count = graph.add("ReduceSum", "real", graph.constant([1]), keepdims=1)
    return graph.add("Div", total, count)
