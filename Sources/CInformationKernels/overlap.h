// Σ √(pq), for the Bhattacharyya coefficient, and from it the Hellinger distance of distributions
// that are not close.

/// Adds √(pq), as a root and what it lacks: the relative error is below 2⁻⁷⁴.
INLINE void LEVEL(add_overlap)(f64 p, f64 q, const PairScale *scale,
                               LEVEL(PairTallies) *tallies) {
  (void)scale;
  const i64 both = take_pair(&p, &q, tallies).both;
  const f64 product = p * q, product_low = FMA(p, q, -product);
  const f64 root = __builtin_elementwise_sqrt(product);
  // A single's digits are enough for the quotient of the rest.
  const f32_half inverse = 0.5f / __builtin_convertvector(root, f32_half);
  f64 low = (FMA(-root, root, product) + product_low) * __builtin_convertvector(inverse, f64);
  if (__builtin_expect(__builtin_reduce_and(both) == 0, 0)) low = where(both, low);
  tally_add(&tallies->first, root, low);
}

PAIR_KERNELS(overlap, LEVEL(add_overlap))
