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

/// How many binary steps n two positive masses are apart, and 2ⁿ: log2(p/q), rounded, from
/// the difference of the bits, which is off by 0.09 at most.
typedef struct {
  f64 steps, power;
} BinarySteps;

INLINE BinarySteps binary_steps(f64 p, f64 q) {
  i64 steps = (i64)((u64)(BITS64(p) - BITS64(q) + ((1LL << 51) + (1024LL << 52))) >> 52);
  return (BinarySteps){FLOATS64(steps | bits_of(0x1p52)) - (0x1p52 + 1024),
                       FLOATS64((steps << 52) - (1LL << 52))};
}

/// 1/7 + z/9 + z²/11 + … of z ≤ 0.0401.
INLINE f64 atanh_tail_from_seventh(f64 z) {
  f64 w = z * z, w2 = w * w;
  f64 a = FMA(z, (f64)(1.0 / 9), (f64)(1.0 / 7));
  f64 b = FMA(z, (f64)(1.0 / 13), (f64)(1.0 / 11));
  f64 c = FMA(z, (f64)(1.0 / 17), (f64)(1.0 / 15));
  f64 d = FMA(z, (f64)(1.0 / 21), (f64)(1.0 / 19));
  f64 e = FMA(z, (f64)(1.0 / 25), (f64)(1.0 / 23));
  return FMA(w2, FMA(w2, e, FMA(w, d, c)), FMA(w, b, a));
}

/// d·u + 2p·(atanh u − u) of u = d/(2p − d), which is a pair.
INLINE Pair kl_bend(f64 p, f64 d, Pair u) {
  f64 z = u.high * u.high;
  // The rest of u enters the second part too, by its leading term 2p·u³/3.
  f64 twice = p + p;
  f64 square = d * u.high;
  f64 square_low = FMA(FMA(twice, z, d), u.low, FMA(d, u.high, -square));
  return (Pair){square, FMA(twice * u.high, z * atanh_tail_long(z), square_low)};
}

/// The same, for terms to 2⁻⁶¹: the second part is a pair too.
INLINE Pair kl_fine_bend(f64 p, f64 d, Pair u) {
  const Pair square = word_times_double(u, d);
  const f64 z = u.high * u.high, z_low = FMA(u.high + u.high, u.low, FMA(u.high, u.high, -z));
  // z·(1/3 + z·(1/5 + z/7 + z²/9 + …)), of which 1/5 and 1/3 have two parts.
  const Pair fifth = ordered_sum((f64)0x1.999999999999ap-3, z * atanh_tail_from_seventh(z));
  const f64 rest = z * fifth.high;
  const f64 rest_low = FMA(z_low, fifth.high, FMA(z, fifth.low - 0x1.999999999999ap-57,
                                                  FMA(z, fifth.high, -rest)));
  const Pair sum = ordered_sum((f64)0x1.5555555555555p-2, rest);
  const f64 sum_low = sum.low + (rest_low + 0x1.5555555555555p-56);
  const f64 bracket = z * sum.high;
  const f64 bracket_low = FMA(z_low, sum.high, FMA(z, sum_low, FMA(z, sum.high, -bracket)));
  const f64 twice = p + p, factor = twice * u.high;
  const f64 factor_low = FMA(twice, u.low, FMA(twice, u.high, -factor));
  const f64 bend = factor * bracket;
  const f64 rest_of_bend = FMA(factor, bracket, -bend);
  const f64 bend_low = FMA(factor_low, bracket, FMA(factor, bracket_low, rest_of_bend));
  const Pair both = ordered_sum(square.high, bend);
  return (Pair){both.high, both.low + (square.low + bend_low)};
}

/// Adds up n·p·ln 2, q·(1 − 2ⁿ) and a third part.
INLINE Pair kl_join(f64 p, f64 q, BinarySteps n, Pair part) {
  f64 multiple = n.steps * LN2_HIGH;
  f64 shift = p * multiple;
  f64 shift_low = FMA(p, n.steps * LN2_LOW, FMA(p, multiple, -shift));
  // The bracket is exact.
  f64 share = 1.0 - n.power;
  f64 gap = q * share;
  Pair far = two_sum(shift, gap);
  Pair all = two_sum(far.high, part.high);
  return (Pair){all.high,
                ((shift_low + FMA(q, share, -gap)) + (far.low + all.low)) + part.low};
}

typedef Pair (*LEVEL(KLBend))(f64 p, f64 d, Pair u);

/// t = p·log(p/q) − p + q of positive masses.
///
/// With q′ = q·2ⁿ next to p, d = p − q′ exactly, and u = d/(p + q′), |u| ≤ 0.2:
/// t = d·u + 2p·(atanh u − u) + n·p·ln 2 + (q − q′). Where n = 0 the first two parts are
/// all there is, and neither is negative. The relative error is below 2⁻⁵³·⁹, or 2⁻⁶¹ with the
/// finer of both ways to bend.
INLINE Pair kl_term(f64 p, f64 q, LEVEL(KLBend) bend) {
  BinarySteps n = binary_steps(p, q);
  f64 near = q * n.power;
  f64 d = p - near;
  f64 sum = (near + near) + d;
  f64 sum_low = d - (sum - (near + near));
  f64 inverse = 1.0 / sum;
  f64 u = d * inverse;
  f64 rest = FMA(-u, sum_low, FMA(-u, sum, d)) * inverse;
  return kl_join(p, q, n, bend(p, d, (Pair){u, rest}));
}

/// Adds t times the unit. An outcome with p alone is hard: its term is infinite.
INLINE void add_kl_term(f64 p, f64 q, const PairScale *scale, LEVEL(PairTallies) *tallies,
                        LEVEL(KLBend) bend) {
  i64 both = take_pair(&p, &q, tallies).both;
  f64 unit = scale->unit * 0x1p-6;
  if (__builtin_expect(__builtin_reduce_and(both) != 0, 1)) {
    Pair t = kl_term(p, q, bend);
    tally_add(&tallies->first, t.high * unit, t.low * unit);
  } else {
    tallies->hard |= (p > 0) & (q == 0);
    Pair t = kl_term(both ? p : (f64)0.25, both ? q : (f64)0.25, bend);
    // Where p = 0, t = q.
    tally_add(&tallies->first, (both ? t.high : q) * unit, where(both, t.low) * unit);
  }
}

INLINE void LEVEL(add_kl)(f64 p, f64 q, const PairScale *scale, LEVEL(PairTallies) *tallies) {
  add_kl_term(p, q, scale, tallies, kl_bend);
}

INLINE void LEVEL(add_fine_kl)(f64 p, f64 q, const PairScale *scale,
                               LEVEL(PairTallies) *tallies) {
  add_kl_term(p, q, scale, tallies, kl_fine_bend);
}

PAIR_KERNELS(kl, LEVEL(add_kl))
PAIR_KERNELS(fine_kl, LEVEL(add_fine_kl))
