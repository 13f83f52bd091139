// The outcomes that are likelier in one list than in another, for the total variation.

/// Adds p and q where p − q > q·drift.
///
/// Both sums are exact, and so is every difference that counts: next to q, p − q is.
INLINE void LEVEL(add_variation)(f64 p, f64 q, const PairScale *scale,
                                 LEVEL(PairTallies) *tallies) {
  take_pair(&p, &q, tallies);
  f64 gap = p - q;
  i64 likelier = gap > q * scale->drift;
  tally_add_exact(&tallies->first, where(likelier, p));
  tally_add_exact(&tallies->second, where(likelier, q));
  f64 distance = gap < 0 ? -gap : gap;
  tallies->near |= distance < q * 0x1p-30;
}

PAIR_KERNELS(variation, LEVEL(add_variation))
