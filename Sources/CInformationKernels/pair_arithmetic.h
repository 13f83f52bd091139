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
