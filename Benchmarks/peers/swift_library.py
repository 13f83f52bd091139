"""The library, called through the C functions of Sources/PeerInterface."""

import ctypes
import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np

POINTER, INTEGER, NUMBER = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_double
SIGNATURES = {
    "entropy": [POINTER, INTEGER, INTEGER],
    "kl_divergence": [POINTER, POINTER, INTEGER],
    "jensen_shannon_divergence": [POINTER, POINTER, INTEGER],
    "total_variation": [POINTER, POINTER, INTEGER],
    "hellinger_distance": [POINTER, POINTER, INTEGER],
    "entropies": [POINTER, INTEGER, INTEGER],
    "kl_divergences": [POINTER, POINTER, INTEGER, INTEGER],
    "mutual_information": [POINTER, POINTER, INTEGER],
    "kl_rows": [POINTER, POINTER, INTEGER, INTEGER, POINTER],
    "function_of_rows": [INTEGER, POINTER, INTEGER, INTEGER, POINTER],
    "softmax_cross_entropy": [POINTER, POINTER, INTEGER, INTEGER, POINTER, INTEGER],
    "softmax_cross_entropy_in_place": [POINTER, POINTER, INTEGER, INTEGER],
    "softmax_cross_entropy_array": [POINTER, POINTER, INTEGER, INTEGER],
    "softmax_cross_entropy_f64": [POINTER, POINTER, INTEGER, INTEGER, POINTER],
    "softmax_target_entropy": [POINTER, POINTER, INTEGER, INTEGER, POINTER],
    "softmax_focal_loss": [POINTER, POINTER, INTEGER, INTEGER, POINTER],
    "linear_cross_entropy": [POINTER, POINTER, POINTER, *[INTEGER] * 3, POINTER, POINTER],
    "binary_cross_entropy": [POINTER, POINTER, INTEGER, POINTER],
    "sigmoid_focal_loss": [POINTER, POINTER, INTEGER, POINTER],
}
"""Without the number of threads, which comes last in all."""
FUNCTIONS_OF_ROWS = ("log-sum-exp", "softmax", "log-softmax")
LINE = 64
"""Bytes of a line of the cache."""


class LibraryError(Exception):
    """What the library threw."""


def address(array: np.ndarray, dtype: type) -> int:
    if array.dtype != dtype or not array.flags.c_contiguous:
        raise TypeError(f"an array of {array.dtype} where {np.dtype(dtype)} is read")
    return array.ctypes.data


class SwiftLibrary:
    """Each method runs to its end before it returns, without Python's lock."""

    def __init__(self, path: str, threads: int):
        self.threads = threads
        self.library = ctypes.CDLL(path)
        self.functions = {}
        for name, arguments in SIGNATURES.items():
            function = self.functions[name] = self.library["infotheory_" + name]
            function.argtypes, function.restype = [*arguments, INTEGER], NUMBER
        self.library.infotheory_error.argtypes = [POINTER, INTEGER]
        self.library.infotheory_error.restype = None
        self.library.infotheory_last_gradient.argtypes = [POINTER, INTEGER]
        self.library.infotheory_last_gradient.restype = None
        self.library.copy_past_caches.argtypes = [POINTER, POINTER, ctypes.c_size_t]
        self.library.copy_past_caches.restype = None
        self.pool = ThreadPoolExecutor(threads)

    def call(self, name: str, *arguments: int | None) -> float:
        value = self.functions[name](*arguments, self.threads)
        if math.isnan(value):
            message = ctypes.create_string_buffer(500)
            self.library.infotheory_error(message, len(message))
            raise LibraryError(message.value.decode(errors="replace"))
        return value

    # Measures

    def entropy(self, p: np.ndarray, calls: int = 1) -> float:
        return self.call("entropy", address(p, np.float64), p.size, calls)

    def divergence(self, name: str, p: np.ndarray, q: np.ndarray) -> float:
        return self.call(name, address(p, np.float64), address(q, np.float64), p.size)

    def entropies(self, rows: np.ndarray) -> float:
        return self.call("entropies", address(rows, np.float64), *rows.shape)

    def kl_divergences(self, rows: np.ndarray, others: np.ndarray) -> float:
        return self.call("kl_divergences", address(rows, np.float64), address(others, np.float64),
                         *rows.shape)

    def mutual_information(self, x: np.ndarray, y: np.ndarray) -> float:
        return self.call("mutual_information", address(x, np.int64), address(y, np.int64), x.size)

    # Functions of logits

    def kl_rows(self, logits: np.ndarray, other_logits: np.ndarray, output: np.ndarray) -> float:
        return self.call("kl_rows", address(logits, np.float32),
                         address(other_logits, np.float32), *logits.shape,
                         address(output, np.float32))

    def function_of_rows(self, name: str, logits: np.ndarray, output: np.ndarray) -> float:
        return self.call("function_of_rows", FUNCTIONS_OF_ROWS.index(name),
                         address(logits, np.float32), *logits.shape, address(output, np.float32))

    # Losses

    def softmax_cross_entropy(self, logits: np.ndarray, labels: np.ndarray,
                              gradient: np.ndarray | None = None, calls: int = 1) -> float:
        return self.call("softmax_cross_entropy", address(logits, np.float32),
                         address(labels, np.int64), *logits.shape,
                         None if gradient is None else address(gradient, np.float32), calls)

    def softmax_cross_entropy_in_place(self, logits: np.ndarray, labels: np.ndarray) -> float:
        return self.call("softmax_cross_entropy_in_place", address(logits, np.float32),
                         address(labels, np.int64), *logits.shape)

    def softmax_cross_entropy_array(self, logits: np.ndarray, labels: np.ndarray) -> float:
        return self.call("softmax_cross_entropy_array", address(logits, np.float32),
                         address(labels, np.int64), *logits.shape)

    def last_gradient(self, shape: tuple[int, ...]) -> np.ndarray:
        gradient = np.empty(shape, np.float32)
        self.library.infotheory_last_gradient(gradient.ctypes.data, gradient.size)
        return gradient

    def softmax_cross_entropy_of_doubles(self, logits: np.ndarray, labels: np.ndarray,
                                         gradient: np.ndarray) -> float:
        return self.call("softmax_cross_entropy_f64", address(logits, np.float64),
                         address(labels, np.int64), *logits.shape,
                         address(gradient, np.float64))

    def softmax_target_entropy(self, logits: np.ndarray, targets: np.ndarray,
                               gradient: np.ndarray) -> float:
        return self.call("softmax_target_entropy", address(logits, np.float32),
                         address(targets, np.float32), *logits.shape,
                         address(gradient, np.float32))

    def softmax_focal_loss(self, logits: np.ndarray, labels: np.ndarray,
                           gradient: np.ndarray) -> float:
        return self.call("softmax_focal_loss", address(logits, np.float32),
                         address(labels, np.int64), *logits.shape,
                         address(gradient, np.float32))

    def linear_cross_entropy(self, hidden: np.ndarray, weight: np.ndarray, labels: np.ndarray,
                             by_hidden: np.ndarray, by_weight: np.ndarray) -> float:
        return self.call("linear_cross_entropy", address(hidden, np.float32),
                         address(weight, np.float32), address(labels, np.int64), *hidden.shape,
                         len(weight), address(by_hidden, np.float32),
                         address(by_weight, np.float32))

    def binary_cross_entropy(self, logits: np.ndarray, targets: np.ndarray,
                             gradient: np.ndarray) -> float:
        return self.call("binary_cross_entropy", address(logits, np.float32),
                         address(targets, np.float32), logits.size, address(gradient, np.float32))

    def sigmoid_focal_loss(self, logits: np.ndarray, targets: np.ndarray,
                           gradient: np.ndarray) -> float:
        return self.call("sigmoid_focal_loss", address(logits, np.float32),
                         address(targets, np.float32), logits.size, address(gradient, np.float32))

    # Memory

    def copy(self, target: np.ndarray, source: np.ndarray) -> None:
        """Copy with stores past the caches, each thread a part."""
        size = source.nbytes
        part = -(-size // (self.threads * LINE)) * LINE
        parts = [(start, min(part, size - start)) for start in range(0, size, part)]
        list(self.pool.map(
            lambda p: self.library.copy_past_caches(
                target.ctypes.data + p[0], source.ctypes.data + p[0], p[1]), parts))


def lines(size: int) -> np.ndarray:
    """So many bytes, rounded up to whole lines of the cache, aligned and in memory."""
    size = -(-size // LINE) * LINE
    block = np.ones(size + LINE, np.uint8)
    start = -block.ctypes.data % LINE
    return block[start:start + size]
