// The Kullback–Leibler divergence of rows of few classes, by a lane for each of several pairs.

/// Several pairs of rows.
typedef struct {
  LEVEL(FewRows) first, second;
  f64 peaks, other_peaks;
} LEVEL(FewPairs);

INLINE void load_few_pairs(const DivergenceRows *call, LEVEL(FewPairs) *pairs, size_t first,
                           size_t rowCount) {
  const size_t count = call->classCount, from = first * count, rest = call->rowCount - first;
  if (rowCount == LANES64) {
    load_few(pairs->first.x, call->logits + from, count, rest * count);
    load_few(pairs->second.x, call->otherLogits + from, count, rest * count);
  } else {
    load_few_part(pairs->first.x, call->logits + from, count, rowCount);
    load_few_part(pairs->second.x, call->otherLogits + from, count, rowCount);
  }
  pairs->peaks = few_peaks(pairs->first.x, count);
  pairs->other_peaks = few_peaks(pairs->second.x, count);
}

/// The logits of a class.
INLINE Wide64 few_pair(LEVEL(FewPairs) *pairs, size_t c) {
  return (Wide64){few_class(pairs->first.x, c), few_class(pairs->second.x, c)};
}

/// The sums of one pass; the powers are kept.
INLINE PlainSums few_plain_sums(LEVEL(FewPairs) *pairs, size_t count) {
  PlainSums sums = {ALL64(0.0), ALL64(0.0), ALL64(0.0)};
  for (size_t c = 0; c < count; c++) {
    const Wide64 logits = few_pair(pairs, c);
    const Wide64 depths = {logits.low - pairs->peaks, logits.high - pairs->other_peaks};
    const Wide64 powers = powers_of_depths(depths);
    store64(pairs->first.powers[c], powers.low);
    store64(pairs->second.powers[c], powers.high);
    add_plain(&sums, depths, powers);
  }
  return sums;
}

/// The sums of pairs that nearly agree.
INLINE NearSums few_near_sums(LEVEL(FewPairs) *pairs, NearScale scale, size_t count) {
  NearSums sums = {ALL64(0.0), ALL64(0.0), (i64)(0), (i64)(0)};
  const Wide64 first = few_pair(pairs, 0);
  scale.difference = first.low - first.high;
  for (size_t c = 0; c < count; c++) {
    const Wide64 powers = {load64(pairs->first.powers[c]), load64(pairs->second.powers[c])};
    add_near(&sums, &scale, few_pair(pairs, c), powers);
  }
  return sums;
}

INLINE void few_kl_rows(const DivergenceRows *call) {
  const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  const size_t count = call->classCount;
  LEVEL(FewPairs) pairs;
  for (size_t row = 0; row < call->rowCount; row += LANES64) {
    const size_t rest = call->rowCount - row, rowCount = rest < LANES64 ? rest : LANES64;
    load_few_pairs(call, &pairs, row, rowCount);
    const PlainSums sums = few_plain_sums(&pairs, count);
    const PlainResults results = plain_results(sums, pairs.peaks, pairs.other_peaks);
    f64 divergences = results.divergences;
    i64 left = ~results.is_done;
    const i64 isSmall = results.is_small & (lanes < (int64_t)rowCount);
    if (any_lane(isSmall)) {
      const NearSums near = few_near_sums(&pairs, results.scale, count);
      const NearResults found = near_results(near, results.scale.shift);
      divergences = isSmall ? found.divergences : divergences;
      left = isSmall ? found.left : left;
    }
    for (size_t lane = 0; lane < rowCount; lane++) {
      call->divergences[row + lane] = divergences[lane];
      call->states[row + lane] = (uint8_t)(left[lane] & 1);
    }
  }
}
