// Σ p·log(p/q) − p + q of two lists of masses, whose terms are never negative.

/// 1/3 + z/5 + z²/7 + … of z ≤ 0.0401.
INLINE f64 atanh_tail_long(f64 z) {
  f64 w = z * z, w2 = w * w;
  f64 a = FMA(z, (f64)(1.0 / 5), (f64)(1.0 / 3));
  f64 b = FMA(z, (f64)(1.0 / 9), (f64)(1.0 / 7));
  f64 c = FMA(z, (f64)(1.0 / 13), (f64)(1.0 / 11));
  f64 d = FMA(z, (f64)(1.0 / 17), (f64)(1.0 / 15));
  f64 e = FMA(z, (f64)(1.0 / 21), (f64)(1.0 / 19));
  f64 f = FMA(z, (f64)(1.0 / 25), (f64)(1.0 / 23));
  return FMA(w2, FMA(w2, FMA(w, f, e), FMA(w, d, c)), FMA(w, b, a));
}

typedef struct {
  f64 high, low;
} Pair;

/// The exact sum of two.
INLINE Pair two_sum(f64 a, f64 b) {
  f64 sum = a + b;
  f64 part = sum - a;
  return (Pair){sum, (a - (sum - part)) + (b - part)};
}

/// t = p·log(p/q) − p + q of positive masses.
///
/// With q′ = q·2ⁿ next to p, d = p − q′ exactly, and u = d/(p + q′), |u| ≤ 0.2:
/// t = d·u + 2p·(atanh u − u) + n·p·ln 2 + (q − q′). Where n = 0 the first two parts are
/// all there is, and neither is negative. The relative error is below 2⁻⁵⁵.
INLINE Pair kl_term(f64 p, f64 q) {
  // log2(p/q), rounded, from the difference of the bits, which is off by 0.09 at most.
  i64 steps = (i64)((u64)(BITS64(p) - BITS64(q) + ((1LL << 51) + (1024LL << 52))) >> 52);
  f64 n = FLOATS64(steps | bits_of(0x1p52)) - (0x1p52 + 1024);
  f64 power = FLOATS64((steps << 52) - (1LL << 52));
  f64 near = q * power;
  f64 d = p - near;
  Pair sum = two_sum(p, near);
  f64 inverse = 1.0 / sum.high;
  f64 u = d * inverse;
  f64 rest = FMA(-u, sum.low, FMA(-u, sum.high, d)) * inverse;
  f64 z = u * u;

  // The rest of u enters the second part too, by its leading term 2p·u³/3.
  f64 twice = p + p;
  f64 square = d * u;
  f64 square_low = FMA(FMA(twice, z, d), rest, FMA(d, u, -square));
  f64 bend = (twice * u) * (z * atanh_tail_long(z));

  f64 multiple = n * (2 * HALF_LN2_HIGH);
  f64 shift = p * multiple;
  f64 shift_low = FMA(p, n * (2 * HALF_LN2_LOW), FMA(p, multiple, -shift));
  // q − q′ = q·(1 − 2ⁿ), where the bracket is exact.
  f64 share = 1.0 - power;
  f64 gap = q * share;
  Pair far = two_sum(shift, gap);
  Pair all = two_sum(far.high, square);
  f64 low = ((shift_low + FMA(q, share, -gap)) + (far.low + all.low)) + square_low;
  return (Pair){all.high, low + bend};
}

/// Adds t, p and q.
INLINE void add_kl_terms(f64 p, f64 q, f64 unit, Tally *terms, Tally *p_sum, Tally *q_sum,
                         i64 *hard) {
  // Written so that NaN is not easy: it comes through one of the two.
  f64 smaller = p < q ? p : q, larger = q > p ? q : p;
  i64 both = (smaller >= 0x1p-50) & (larger < 0.5);
  if (__builtin_expect(__builtin_reduce_and(both) != 0, 1)) {
    Pair t = kl_term(p, q);
    tally_add(terms, t.high * unit, t.low * unit);
  } else {
    i64 easy = both | ((p == 0) & (is_easy(q) | (q == 0)));
    *hard |= ~easy;
    Pair t = kl_term(both ? p : (f64)0.25, both ? q : (f64)0.25);
    p = where(easy, p);
    q = where(easy, q);
    // Where p = 0, t = q.
    tally_add(terms, (both ? t.high : q) * unit, where(both, t.low) * unit);
  }
  tally_add_exact(p_sum, p);
  tally_add_exact(q_sum, q);
}

#define KL(NAME, SCALAR, LOAD, LOAD_PART)                                                     \
  static void LEVEL(NAME)(const SCALAR *p, const SCALAR *q, size_t count, double unit,        \
                          DivergenceSums *sums) {                                             \
    Tally terms = {0, 0}, p_sum = {0, 0}, q_sum = {0, 0};                                     \
    i64 hard = 0;                                                                             \
    const f64 step = (f64)(unit * 0x1p-6);                                                    \
    size_t i = 0;                                                                             \
    for (; i + LANES64 <= count; i += LANES64) {                                              \
      __builtin_prefetch(p + i + 4096 / sizeof(SCALAR));                                      \
      __builtin_prefetch(q + i + 4096 / sizeof(SCALAR));                                      \
      add_kl_terms(LOAD(p + i), LOAD(q + i), step, &terms, &p_sum, &q_sum, &hard);            \
    }                                                                                         \
    size_t steps = i / LANES64;                                                               \
    if (i < count) {                                                                          \
      add_kl_terms(LOAD_PART(p + i, count - i), LOAD_PART(q + i, count - i), step, &terms,    \
                   &p_sum, &q_sum, &hard);                                                    \
      steps++;                                                                                \
    }                                                                                         \
    sums->terms = tally_sum(&terms, steps);                                                   \
    sums->p = tally_sum(&p_sum, steps);                                                       \
    sums->q = tally_sum(&q_sum, steps);                                                       \
    sums->hard = any_lane(hard);                                                              \
  }

KL(kl_f64, double, load64, load64_rest)
KL(kl_f32, float, load64_floats, load64_floats_rest)
