// The Kullback–Leibler divergence of long rows of logits, vector by vector.

/// So many pairs of logits are summed before they are added to the row's sums.
#define DIVERGENCE_BLOCK 4096

/// Two rows, with their largest logits.
typedef struct {
  const float *x, *y;
  size_t count;
  f64 x_peak, y_peak;
} RowPair;

/// Logits of both rows, widened.
INLINE Wide64 load_pair(const RowPair *rows, size_t i) {
  return (Wide64){load64_floats(rows->x + i), load64_floats(rows->y + i)};
}

INLINE Wide64 pair_depths(const RowPair *rows, Wide64 logits) {
  return (Wide64){logits.low - rows->x_peak, logits.high - rows->y_peak};
}

/// Two vectors of pairs from the rows' ends, and their powers, 0 in the lanes that whole
/// vectors have had.
typedef struct {
  Wide64 logits[2], powers[2];
} PairEnd;

INLINE PairEnd load_pair_end(const RowPair *rows) {
  const Wide64 x = widened(load_row_end(rows->x, rows->count));
  const Wide64 y = widened(load_row_end(rows->y, rows->count));
  const Wide64 low = {x.low, y.low}, high = {x.high, y.high};
  const Wide64 a = powers_of_depths(pair_depths(rows, low));
  const Wide64 b = powers_of_depths(pair_depths(rows, high));
  const Wide64 p = fresh_powers((Wide64){a.low, b.low}, rows->count);
  const Wide64 q = fresh_powers((Wide64){a.high, b.high}, rows->count);
  return (PairEnd){{low, high}, {{p.low, q.low}, {p.high, q.high}}};
}

/// The sums over whole vectors of a block.
INLINE PlainSums plain_block(const RowPair *rows, size_t i, size_t end) {
  PlainSums sums = {ALL64(0.0), ALL64(0.0), ALL64(0.0)};
  for (; i < end; i += LANES64) {
    // Rows follow each other, so that what comes next is ahead.
    __builtin_prefetch(rows->x + i + rows->count);
    __builtin_prefetch(rows->y + i + rows->count);
    const Wide64 depths = pair_depths(rows, load_pair(rows, i));
    add_plain(&sums, depths, powers_of_depths(depths));
  }
  return sums;
}

/// The sums over a row.
INLINE PlainSums plain_sums(const RowPair *rows) {
  const size_t count = rows->count, whole = whole_end(count);
  PlainSums sums = {ALL64(0.0), ALL64(0.0), ALL64(0.0)};
  for (size_t i = 0; i < whole; i += DIVERGENCE_BLOCK) {
    const size_t end = whole - i < DIVERGENCE_BLOCK ? whole : i + DIVERGENCE_BLOCK;
    const PlainSums block = plain_block(rows, i, end);
    sums.first += block.first;
    sums.second += block.second;
    sums.products += block.products;
  }
  if (whole < count) {
    const PairEnd end = load_pair_end(rows);
    add_plain(&sums, pair_depths(rows, end.logits[0]), end.powers[0]);
    add_plain(&sums, pair_depths(rows, end.logits[1]), end.powers[1]);
  }
  return sums;
}

/// The sums over whole vectors of a block.
INLINE NearSums near_block(const RowPair *rows, const NearScale *scale, size_t i, size_t end) {
  NearSums sums = {ALL64(0.0), ALL64(0.0), (i64)(0), (i64)(0)};
  for (; i < end; i += LANES64) {
    const Wide64 logits = load_pair(rows, i);
    add_near(&sums, scale, logits, powers_of_depths(pair_depths(rows, logits)));
  }
  return sums;
}

/// The sums over a row.
INLINE NearSums near_sums(const RowPair *rows, const NearScale *scale) {
  const size_t count = rows->count, whole = whole_end(count);
  NearSums sums = {ALL64(0.0), ALL64(0.0), (i64)(0), (i64)(0)};
  for (size_t i = 0; i < whole; i += DIVERGENCE_BLOCK) {
    const size_t end = whole - i < DIVERGENCE_BLOCK ? whole : i + DIVERGENCE_BLOCK;
    const NearSums block = near_block(rows, scale, i, end);
    sums.terms += block.terms;
    sums.ratios += block.ratios;
    sums.is_uneven |= block.is_uneven;
    sums.is_rounded |= block.is_rounded;
  }
  if (whole < count) {
    const PairEnd end = load_pair_end(rows);
    add_near(&sums, scale, end.logits[0], end.powers[0]);
    add_near(&sums, scale, end.logits[1], end.powers[1]);
  }
  return sums;
}

/// The divergence of one pair of rows; returns whether it is left to the caller.
INLINE int near_divergence(const RowPair *rows, const NearScale *scale, double *divergence) {
  NearSums sums = near_sums(rows, scale);
  sums.terms = ALL64(lane_sum(sums.terms));
  sums.ratios = ALL64(lane_sum(sums.ratios));
  sums.is_uneven = (i64)any_lane(sums.is_uneven);
  sums.is_rounded = (i64)any_lane(sums.is_rounded);
  const NearResults results = near_results(sums, scale->shift);
  *divergence = results.divergences[0];
  return results.left[0] != 0;
}

/// Does at most LANES64 rows from one on.
INLINE void kl_group(const DivergenceRows *call, size_t first_row, size_t row_count) {
  const size_t count = call->classCount;
  PlainSums all = {ALL64(1.0), ALL64(1.0), ALL64(0.0)};
  f64 peaks = ALL64(0.0), other_peaks = ALL64(0.0);
  for (size_t lane = 0; lane < row_count; lane++) {
    const float *x = call->logits + (first_row + lane) * count;
    const float *y = call->otherLogits + (first_row + lane) * count;
    const double x_peak = row_peak(x, count), y_peak = row_peak(y, count);
    const RowPair rows = {x, y, count, ALL64(x_peak), ALL64(y_peak)};
    const PlainSums sums = plain_sums(&rows);
    all.first[lane] = lane_sum(sums.first);
    all.second[lane] = lane_sum(sums.second);
    all.products[lane] = lane_sum(sums.products);
    peaks[lane] = x_peak;
    other_peaks[lane] = y_peak;
  }
  const PlainResults results = plain_results(all, peaks, other_peaks);
  for (size_t lane = 0; lane < row_count; lane++) {
    const size_t row = first_row + lane;
    call->divergences[row] = results.divergences[lane];
    call->states[row] = results.is_done[lane] == 0;
    if (results.is_small[lane] == 0) continue;
    const RowPair rows = {call->logits + row * count, call->otherLogits + row * count, count,
                          ALL64(peaks[lane]), ALL64(other_peaks[lane])};
    const NearScale scale = {ALL64(results.scale.share[lane]),
                             ALL64(results.scale.other_share[lane]),
                             ALL64(results.scale.shift[lane]),
                             ALL64((double)*rows.x - (double)*rows.y)};
    call->states[row] = (uint8_t)near_divergence(&rows, &scale, call->divergences + row);
  }
}

static void LEVEL(kl_rows)(const DivergenceRows *rows) {
  if (rows->classCount <= loss_kernel_few_classes) {
    few_kl_rows(rows);
    return;
  }
  const size_t step = rows_at_once(rows->classCount);
  for (size_t row = 0; row < rows->rowCount; row += step) {
    const size_t left = rows->rowCount - row;
    kl_group(rows, row, left < step ? left : step);
  }
}
