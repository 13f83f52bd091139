// The arithmetic of pairs of doubles, each normalised: operation by operation that of
// DoubleDouble in InformationTheory, so that both give the same bits.

INLINE Pair word_plus_double(Pair x, f64 y) {
  const Pair sum = two_sum(x.high, y);
  return ordered_sum(sum.high, x.low + sum.low);
}

INLINE Pair word_plus(Pair x, Pair y) {
  const Pair s = two_sum(x.high, y.high), t = two_sum(x.low, y.low);
  const Pair v = ordered_sum(s.high, s.low + t.high);
  return ordered_sum(v.high, t.low + v.low);
}

INLINE Pair word_times_double(Pair x, f64 y) {
  const f64 high = x.high * y;
  return ordered_sum(high, FMA(x.low, y, FMA(x.high, y, -high)));
}

INLINE Pair word_times(Pair x, Pair y) {
  const f64 high = x.high * y.high, low = FMA(x.high, y.high, -high);
  const f64 cross = FMA(x.low, y.high, x.high * y.low);
  return ordered_sum(high, low + cross);
}

INLINE Pair word_over(Pair x, Pair y) {
  const f64 quotient = x.high / y.high;
  const Pair product = word_times_double(y, quotient);
  const Pair remainder = word_plus(x, (Pair){-product.high, -product.low});
  return ordered_sum(quotient, remainder.high / y.high);
}

/// As many pairs from memory as there are lanes, where a low part follows each high one.
INLINE Pair load_words(const double *source) {
  const f64 a = load64(source), b = load64(source + LANES64);
  return (Pair){__builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14),
                __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)};
}

INLINE void store_words(double *target, Pair x) {
  store64(target, __builtin_shufflevector(x.high, x.low, 0, 8, 1, 9, 2, 10, 3, 11));
  store64(target + LANES64, __builtin_shufflevector(x.high, x.low, 4, 12, 5, 13, 6, 14, 7, 15));
}

#define TURNED_WORDS(x, ...)                            \
  (Pair){__builtin_shufflevector(x.high, x.high, __VA_ARGS__), \
         __builtin_shufflevector(x.low, x.low, __VA_ARGS__)}

/// The sum of the lanes, in each of them.
INLINE Pair sum_of_words(Pair sum) {
  sum = word_plus(sum, TURNED_WORDS(sum, 4, 5, 6, 7, 0, 1, 2, 3));
  sum = word_plus(sum, TURNED_WORDS(sum, 2, 3, 0, 1, 6, 7, 4, 5));
  return word_plus(sum, TURNED_WORDS(sum, 1, 0, 3, 2, 5, 4, 7, 6));
}
