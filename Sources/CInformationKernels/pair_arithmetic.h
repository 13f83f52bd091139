// Unevaluated sums of two doubles.

typedef struct {
  f64 high, low;
} Pair;

/// The exact sum of two.
INLINE Pair two_sum(f64 a, f64 b) {
  f64 sum = a + b;
  f64 part = sum - a;
  return (Pair){sum, (a - (sum - part)) + (b - part)};
}

/// The exact sum of two doubles of which the first is the larger, or zero.
INLINE Pair ordered_sum(f64 a, f64 b) {
  const f64 sum = a + b;
  return (Pair){sum, b - (sum - a)};
}
