// What two lists of masses have in common, and the outcomes that are likelier in one than in the
// other, for the total variation.

/// Adds the smaller mass, and q where p > q, rounded.
INLINE void LEVEL(add_common)(f64 p, f64 q, const PairScale *scale, LEVEL(PairTallies) *tallies) {
  (void)scale;
  const LEVEL(TakenPair) pair = take_pair(&p, &q, tallies);
  tally_add_exact(&tallies->first, pair.smaller);
  tally_add_rounded(&tallies->second, where(p > q, q));
  tallies->near |= pair.larger * (1 - 0x1p-30) < pair.smaller;
}

PAIR_KERNELS_SECOND(common, LEVEL(add_common), rounded_tally_sum)

/// Adds p and q where p − q > q·drift.
///
/// Both sums are exact, and so is every difference that counts: next to q, p − q is.
INLINE void LEVEL(add_variation)(f64 p, f64 q, const PairScale *scale,
                                 LEVEL(PairTallies) *tallies) {
  take_pair(&p, &q, tallies);
  const i64 likelier = p - q > q * scale->drift;
  tally_add_exact(&tallies->first, where(likelier, p));
  tally_add_exact(&tallies->second, where(likelier, q));
}

PAIR_KERNELS(variation, LEVEL(add_variation))
