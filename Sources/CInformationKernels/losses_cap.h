// The soft-cap c·tanh(x/c) of logits, and its derivative.
//
// With e = e^(−2|x|/c), tanh(|x|/c) is (1 − e)/(1 + e), and the derivative 4e/(1 + e)². What
// 1 − e loses where it cancels is 2⁻⁵⁰ of the cap, by which powers change as little.

/// Of larger quotients 2|x|/c the derivative is nothing to any float.
#define LARGEST_QUOTIENT 600.0

/// Caps up to a group of vectors of logits, and finds the derivatives of what is left.
INLINE void cap_logits(f64 *x, f64 *slopes, int count, double cap) {
  const f64 scale = ALL64(-2.0 / cap);
  f64 e[POWER_GROUP];
  UNROLLED for (int v = 0; v < count; v++) {
    const f64 depth = __builtin_elementwise_abs(x[v]) * scale;
    e[v] = LARGER(ALL64(-LARGEST_QUOTIENT), depth);
  }
  fine_exponentials(e, count);
  UNROLLED for (int v = 0; v < count; v++) {
    const f64 share = 1.0 / (1.0 + e[v]);
    x[v] = __builtin_elementwise_copysign((1.0 - e[v]) * share * cap, x[v]);
    slopes[v] = 4.0 * e[v] * share * share;
  }
}
