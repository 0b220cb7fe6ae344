"""The transformers of a compact model as an ONNX graph, built node by node.

Matrices are of int8, and what they are multiplied with becomes uint8 on the way, with a scale
for each run, so that texts are run one by one (Jacob et al., "Quantization and Training of
Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018, arXiv:1712.05877). A
question takes half of the time, and its vector has a cosine of 0.999 and more to what
`compact_network` gives. Importing this imports onnx, which only saving a model needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from indexer.encoders.compact_files import Shape
from indexer.encoders.compact_weights import SCALES_OF, Weights, unpack_weights

# Opset 23 has Attention, which onnxruntime computes in one go; the IR version came with it.
_OPSET, _IR = 23, 11


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
        return self.add_with(kind, inputs, [name], **attributes)[0]

    def add_with(
        self,
        kind: str,
        inputs: Sequence[str],
        outputs: list[str],
        **attributes: int | float | str | list[int],
    ) -> list[str]:
        """Add a node whose outputs have names already."""
        node = helper.make_node(kind, list(inputs), outputs, outputs[0])
        node.attribute.extend(helper.make_attribute(*each) for each in sorted(attributes.items()))
        self.nodes.append(node)
        return outputs

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
        whole, scale, zero = self.add_with(
            "DynamicQuantizeLinear", [states], [name, f"{name}_scale", f"{name}_zero"]
        )
        sums = self.add("MatMulInteger", whole, self.constant(rows.T, np.int8), zero)
        scale = self.add("Mul", scale, self.constant(scales, np.float32))
        return self.add("Mul", self.add("Cast", sums, to=TensorProto.FLOAT), scale)

    def norm(self, states: str, name: str) -> str:
        """Layer normalisation over the last axis."""
        gain, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", states, gain, bias, axis=-1, epsilon=1e-5)


def write_onnx(path: Path, weights: Weights, shape: Shape, *, exact: bool = False) -> None:
    """Write the graph.

    Its input is ``embedded`` ``(texts, length, dimension)``, of texts of one length; its output
    ``pooled`` ``(texts, transformers, dimension)``; both float32.

    Args:
        path: the file.
        weights: of the list of `compact_network.Transformer`, by the names of its state, packed.
        shape: of the network.
        exact: in float32 throughout, with the same weights.
    """
    graph = _Graph(weights, exact=exact)
    means = [_transformer(graph, number, shape) for number in range(len(shape.layers))]
    graph.add_with("Concat", means, ["pooled"], axis=1)
    flat = TensorProto.FLOAT
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "loanfaq-compact",
            [helper.make_tensor_value_info("embedded", flat, ["n", "l", shape.dimension])],
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


def _transformer(graph: _Graph, number: int, shape: Shape) -> str:
    """The mean state of one transformer, ``(texts, 1, dimension)``."""
    length = graph.add("Shape", "embedded", start=1, end=2)
    weight = graph.weight(f"{number}.positions")
    positions = graph.add("Slice", weight, graph.constant([0]), length, graph.constant([0]))
    states = graph.norm(graph.add("Add", "embedded", positions), f"{number}.embedded")
    for layer in range(shape.layers[number]):
        states = _layer(graph, states, f"{number}.layers.{layer}", shape.heads)
    final = graph.norm(states, f"{number}.final")
    return graph.add("ReduceMean", final, graph.constant([1]), keepdims=1)


def _layer(graph: _Graph, states: str, name: str, heads: int) -> str:
    attended = _attention(graph, graph.norm(states, f"{name}.attention_norm"), name, heads)
    states = graph.add("Add", states, graph.linear(attended, f"{name}.attended"))
    wide = graph.linear(graph.norm(states, f"{name}.wide_norm"), f"{name}.wide")
    wide = graph.add("Gelu", wide, approximate="tanh")
    return graph.add("Add", states, graph.linear(wide, f"{name}.narrow"))


def _attention(graph: _Graph, states: str, name: str, heads: int) -> str:
    """Every character to every other: texts are run one by one, so that nothing is masked."""
    attending = graph.linear(states, f"{name}.attending")
    parts = [f"{attending}_{part}" for part in ("queries", "keys", "values")]
    graph.add_with("Split", [attending], parts, axis=2, num_outputs=3)
    return graph.add("Attention", *parts, q_num_heads=heads, kv_num_heads=heads)
