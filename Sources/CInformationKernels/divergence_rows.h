// Kullback's and Leibler's divergences of rows of few masses.

/// The divergences of what so many outcomes have added up to; NaN where the caller has to look.
///
/// (G − t)/P of the sum of terms G and the totals P and Q, which differ so little that
/// t(P, Q) = (P − Q)·s·(1 + s/3), s = (P − Q)/(P + Q).
INLINE Pair finish_divergences(const LEVEL(PairTallies) *tallies, i64 differ,
                               const FewMasses *rows) {
  const Pair first = tally_pairs(&tallies->first, rows->count);
  const Pair terms = {first.high * 0x1p6, first.low * 0x1p6};
  const Pair p = tally_pairs(&tallies->p, rows->count), q = tally_pairs(&tallies->q, rows->count);
  // What was added beside the masses cancels.
  const Tally gaps = {tallies->p.high - tallies->q.high, tallies->p.low - tallies->q.low};
  const f64 gap = tally_pairs(&gaps, 0).high, s = gap / (p.high + q.high);
  const f64 ofTotals = gap * s * (1 + s * (1.0 / 3));
  const Pair divergence = word_over(word_plus_double(terms, -ofTotals), p);
  const f64 p_distance = word_plus_double(p, ALL64(-1.0)).high;
  const f64 q_distance = word_plus_double(q, ALL64(-1.0)).high;
  const i64 areNormalized = (p_distance <= rows->tolerance) & (p_distance >= -rows->tolerance) &
                            (q_distance <= rows->tolerance) & (q_distance >= -rows->tolerance);
  const f64 error = divergence.high * 0x1p-61 + (double)rows->count * 0x1p-95;
  const i64 isFine = (divergence.high + (divergence.low - error) ==
                      divergence.high + (divergence.low + error)) &
                     (gap <= 0x1p-16) & (gap >= -0x1p-16) &
                     (ofTotals * 0x1p30 <= divergence.high);
  const i64 isCertain = ~tallies->hard & areNormalized & (isFine | ~differ);
  return where_certain(
      isCertain, (Pair){where(differ, divergence.high), where(differ, divergence.low)});
}

INLINE Pair LEVEL(divergences_of_lanes)(LEVEL(MassTables) tables, const FewMasses *rows) {
  const PairScale scale = {.unit = 1};
  LEVEL(PairTallies) tallies = {.hard = (i64)0};
  i64 differ = (i64)0;
  for (size_t c = 0; c < rows->count; c++) {
    const f64 p = load_outcome(tables.p, tables.areFloats, rows->count, c);
    const f64 q = load_outcome(tables.q, tables.areFloats, rows->count, c);
    differ |= p != q;
    LEVEL(add_fine_kl)(p, q, &scale, &tallies);
  }
  return finish_divergences(&tallies, differ, rows);
}

FEW_MASSES_KERNEL(divergences_of_rows, LEVEL(divergences_of_lanes))
