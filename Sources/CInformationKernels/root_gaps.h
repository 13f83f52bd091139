// Σ ½(√p − √q)², for the Hellinger distance of distributions that are close.

/// Adds the square, times the unit.
///
/// With g = √(pq): ½(√p − √q)² = ½(p − q)²/(p + q + 2g), where nothing cancels. One
/// reciprocal serves to divide by g and by the denominator. The relative error is below
/// 2⁻⁵⁸.
INLINE void LEVEL(add_root_gap)(f64 p, f64 q, const PairScale *scale,
                                LEVEL(PairTallies) *tallies) {
  i64 both = take_pair(&p, &q, tallies).both;
  int64_t all = __builtin_reduce_and(both);
  f64 x = all ? p : both ? p : (f64)0.25, y = all ? q : both ? q : (f64)0.25;
  f64 product = x * y, product_low = FMA(x, y, -product);
  f64 mean = __builtin_elementwise_sqrt(product);
  Pair d = two_sum(x, -y), sum = two_sum(x, y);
  f64 denominator = sum.high + 2 * mean;
  f64 reciprocal = 1.0 / (denominator * mean);
  f64 half_inverse = 0.5 * reciprocal * denominator, inverse = reciprocal * mean;
  f64 mean_low = (FMA(-mean, mean, product) + product_low) * half_inverse;
  // What rounding took off the denominator; 2·mean is exact.
  f64 rest = 2 * mean - (denominator - sum.high) + sum.low + 2 * mean_low;

  f64 u = d.high * inverse;
  f64 u_low = (FMA(-u, denominator, d.high) - FMA(u, rest, -d.low)) * inverse;
  f64 square = d.high * u;
  f64 square_low = FMA(d.high, u, -square) + FMA(d.high, u_low, d.low * u);
  if (__builtin_expect(!all, 0)) {
    // Where one is 0: half of the other.
    square = both ? square : p + q;
    square_low = where(both, square_low);
  }
  f64 unit = scale->unit * 0.5;
  tally_add(&tallies->first, square * unit, square_low * unit);
}

PAIR_KERNELS(root_gaps, LEVEL(add_root_gap))
