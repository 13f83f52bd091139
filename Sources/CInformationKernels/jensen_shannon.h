// Σ ½t(a, m) + ½t(b, m), t(a, m) = a·log(a/m) − a + m, of a = p, b = q·(1 + drift), and
// their mean m: the Jensen–Shannon divergence as a sum of terms that are never negative.

/// t(a, m) of two pairs, a ≤ 2m, as in kl_term.
INLINE Pair mean_term(Pair a, Pair m) {
  BinarySteps n = binary_steps(a.high, m.high);
  f64 near = m.high * n.power, near_low = m.low * n.power;
  // Exact as the pair of what is left of both.
  f64 gap = a.high - near, gap_low = a.low - near_low;
  f64 d = gap + gap_low;
  f64 d_low = gap_low - (d - gap);
  f64 sum = (near + near) + gap;
  f64 sum_low = (gap - (sum - (near + near))) + (a.low + near_low);
  f64 inverse = 1.0 / sum;
  f64 u = d * inverse;
  f64 rest = (FMA(-u, sum_low, FMA(-u, sum, d)) + d_low) * inverse;
  Pair bend = kl_bend(a.high, d, (Pair){u, rest});
  Pair t = kl_join(a.high, m.high, n, bend);
  // What the low parts add: their products with the derivatives log(a/m) and 1 − 2ⁿ …
  f64 lows = FMA(a.low, n.steps * (LN2_HIGH), m.low * (1.0 - n.power));
  return (Pair){t.high, t.low + FMA(d_low, u, lows)};
}

/// Adds a pair of doubles to another that has its sign.
INLINE Pair pair_sum(Pair x, Pair y) {
  Pair sum = two_sum(x.high, y.high);
  return (Pair){sum.high, sum.low + (x.low + y.low)};
}

/// Adds ½t(a, m) + ½t(b, m) times the unit.
INLINE void LEVEL(add_jensen_shannon)(f64 p, f64 q, const PairScale *scale,
                                      LEVEL(PairTallies) *tallies) {
  i64 both = take_pair(&p, &q, tallies).both;
  int64_t all = __builtin_reduce_and(both);
  f64 x = all ? p : both ? p : (f64)0.25, y = all ? q : both ? q : (f64)0.25;
  f64 shift = y * scale->drift;
  f64 scaled = y + shift;
  Pair a = {x, 0}, b = {scaled, shift - (scaled - y)};
  Pair sum = two_sum(a.high, b.high);
  Pair m = {0.5 * sum.high, 0.5 * (sum.low + b.low)};
  Pair t = pair_sum(mean_term(a, m), mean_term(b, m));
  if (__builtin_expect(!all, 0)) {
    // Where one is 0, the sum is the other times ln 2.
    f64 other = p + q, low = q * scale->drift;
    f64 high = other * LN2_HIGH;
    t.high = both ? t.high : high;
    t.low = both ? t.low : FMA(low, (f64)LN2_HIGH, FMA(other, (f64)LN2_LOW, FMA(other, (f64)LN2_HIGH, -high)));
  }
  f64 unit = scale->unit * 0.5;
  tally_add(&tallies->first, t.high * unit, t.low * unit);
}

PAIR_KERNELS(jensen_shannon, LEVEL(add_jensen_shannon))
