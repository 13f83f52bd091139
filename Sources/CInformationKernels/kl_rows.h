// The Kullback–Leibler divergence of the softmaxes p and q of two rows of logits.
//
// With w = log p − log q it is Σ p·w, and also Σ p·φ(w), φ(w) = e⁻ʷ − 1 + w, of which no
// term is negative. The first sum takes one pass, and is right to 2⁻³⁷ in nats, so that
// it serves where the divergence is not small. The second keeps the relative accuracy of
// rows that nearly agree.

/// So many pairs of logits are summed before they are added to the row's sums.
#define DIVERGENCE_BLOCK 4096
/// Smaller divergences are summed from terms that are not negative.
#define SMALL_DIVERGENCE 0x1p-9
/// Still smaller ones are left to the caller.
#define LEAST_DIVERGENCE 0x1p-120

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

/// Σ e^(x − peak), the same of the other row, and Σ e^(x − peak)·((x − peak) − (y − peak)).
typedef struct {
  f64 first, second, products;
} PlainSums;

INLINE void add_plain(PlainSums *sums, Wide64 depths, Wide64 powers) {
  sums->first += powers.low;
  sums->second += powers.high;
  sums->products = FMA(powers.low, depths.low - depths.high, sums->products);
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

/// What the terms of rows that nearly agree are made of.
typedef struct {
  /// 1/Σ e^(x − peak) of each row.
  f64 share, other_share;
  /// log Σ eˣ − log Σ eʸ.
  f64 shift;
  /// The difference of the first logits.
  f64 difference;
} NearScale;

/// Σ p·φ(w), Σ p·w, whether any logits have another difference than the first, and whether
/// any difference is rounded.
typedef struct {
  f64 terms, ratios;
  i64 is_uneven, is_rounded;
} NearSums;

/// (e⁻ʷ − 1 + w)/w² for |w| ≤ ½, right to 2⁻⁴¹.
INLINE f64 remainder_quotient(f64 w) {
  f64 p = FMA(ALL64(0x1.29287135ad7a2p-22), w, ALL64(-0x1.73c395a052571p-19));
  p = FMA(p, w, ALL64(0x1.a0190edf83f23p-16));
  p = FMA(p, w, ALL64(-0x1.a01895551fceap-13));
  p = FMA(p, w, ALL64(0x1.6c16c1af89f25p-10));
  p = FMA(p, w, ALL64(-0x1.111111764ac06p-7));
  p = FMA(p, w, ALL64(0x1.555555554b370p-5));
  p = FMA(p, w, ALL64(-0x1.5555555536f65p-3));
  return FMA(p, w, ALL64(0.5));
}

/// Adds the terms of some pairs of logits, in the lanes where the powers are not 0.
INLINE void add_near(NearSums *sums, const NearScale *scale, Wide64 logits, Wide64 powers) {
  const f64 p = powers.low * scale->share, q = powers.high * scale->other_share;
  const f64 difference = logits.low - logits.high;
  const f64 w = difference - scale->shift;
  const i64 is_near = (w < 0.5) & (w > -0.5);
  const f64 near = p * ((w * w) * remainder_quotient(w));
  const f64 far = FMA(p, w, q - p);
  sums->terms += is_near ? near : far;
  sums->ratios = FMA(p, w, sums->ratios);
  sums->is_uneven |= difference != scale->difference;
  // The one of the smaller magnitude comes out again only if nothing is lost.
  sums->is_rounded |= (logits.low - difference != logits.high) |
                      (difference + logits.high != logits.low);
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

/// The divergence of rows that nearly agree; returns 1 where it is left to the caller.
///
/// The shift may be off by some δ. Then Σ p·φ(w) is too large by e^δ − 1 − δ, which is of
/// the second order, and e^δ − 1 is the difference of the two sums, because the q sum to
/// 1. Where a difference of logits is rounded, that is worth at most 2⁻⁵³·|shift|·√(2D).
INLINE int near_divergence(const RowPair *rows, const NearScale *scale, double *divergence) {
  const NearSums sums = near_sums(rows, scale);
  const double terms = lane_sum(sums.terms);
  const double excess = terms - lane_sum(sums.ratios);
  const double correction = excess * excess * 0.5;
  const double shift = scale->shift[0];
  const int is_rounded = __builtin_reduce_or(sums.is_rounded) != 0;
  if (!is_rounded && !__builtin_reduce_or(sums.is_uneven)) {
    *divergence = 0;
    return 0;
  }
  *divergence = terms - correction;
  return !(correction <= terms * 0x1p-4 && *divergence >= LEAST_DIVERGENCE && *divergence < 1 &&
           (!is_rounded || *divergence >= shift * shift * 0x1p-44));
}

/// Does at most LANES64 rows from one on.
INLINE void kl_group(const DivergenceRows *call, size_t first_row, size_t row_count) {
  const size_t count = call->classCount;
  f64 totals = ALL64(1.0), other_totals = ALL64(1.0), products = ALL64(0.0);
  f64 peaks = ALL64(0.0), other_peaks = ALL64(0.0);
  for (size_t lane = 0; lane < row_count; lane++) {
    const float *x = call->logits + (first_row + lane) * count;
    const float *y = call->otherLogits + (first_row + lane) * count;
    const double x_peak = row_peak(x, count), y_peak = row_peak(y, count);
    const RowPair rows = {x, y, count, ALL64(x_peak), ALL64(y_peak)};
    const PlainSums sums = plain_sums(&rows);
    totals[lane] = lane_sum(sums.first);
    other_totals[lane] = lane_sum(sums.second);
    products[lane] = lane_sum(sums.products);
    peaks[lane] = x_peak;
    other_peaks[lane] = y_peak;
  }
  const f64 gap = log_one_plus(totals - 1.0) - log_one_plus(other_totals - 1.0);
  const f64 divergence = products / totals - gap;
  const f64 share = 1.0 / totals, other_share = 1.0 / other_totals;
  for (size_t lane = 0; lane < row_count; lane++) {
    const size_t row = first_row + lane;
    double *target = call->divergences + row;
    *target = divergence[lane];
    call->states[row] = 0;
    if (*target >= SMALL_DIVERGENCE && *target < __builtin_inf()) continue;
    call->states[row] = 1;
    if (!(*target > -SMALL_DIVERGENCE && *target < SMALL_DIVERGENCE)) continue;
    const RowPair rows = {call->logits + row * count, call->otherLogits + row * count, count,
                          ALL64(peaks[lane]), ALL64(other_peaks[lane])};
    const NearScale scale = {ALL64(share[lane]), ALL64(other_share[lane]),
                             ALL64((peaks[lane] - other_peaks[lane]) + gap[lane]),
                             ALL64((double)*rows.x - (double)*rows.y)};
    call->states[row] = (uint8_t)near_divergence(&rows, &scale, target);
  }
}

static void LEVEL(kl_rows)(const DivergenceRows *rows) {
  const size_t step = rows_at_once(rows->classCount);
  for (size_t row = 0; row < rows->rowCount; row += step) {
    const size_t left = rows->rowCount - row;
    kl_group(rows, row, left < step ? left : step);
  }
}
