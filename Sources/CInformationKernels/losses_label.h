// Cross-entropy of long rows with a label each: one read of the logits, one write of the
// gradient.
//
// With e the power of the label and r the sum of the others, the loss is log(1 + r/e) and
// 1 − p is r/(r + e): nothing cancels.

/// A row is taken as it is where its peak lies between these.
#define LOWEST_PEAK (-200.0f)
#define HIGHEST_PEAK 256.0f
/// A label with more than this share of the powers is left out of their sum, of which it
/// would be taken off elsewhere.
#define LARGEST_SHARE 0x1.fp-1

/// The sum of the powers from one place to another, by what the row has come to.
INLINE double row_sum(LEVEL(PowerRow) *row, size_t from, size_t to, LEVEL(PowerUse) use) {
  use.shifts = 0;
  if (row->shift == 0) return power_sum(row, from, to, use);
  use.shifts = 1;
  return power_sum(row, from, to, use);
}

/// Takes in a row: its powers, and what is to be taken off the logits for that.
///
/// Returns the sum of the powers, or NaN where the kernel cannot do it.
INLINE double take_in(LEVEL(PowerRow) *row, LEVEL(PowerUse) use) {
  row->shift = 0;
  // Capped, no row is far from 0.
  if (use.caps) return row_sum(row, 0, row->count, use);
  // The first logits tell most rows that are far from 0.
  row->peaks = load32_half(row->x);
  const float start = largest_lane(row->peaks);
  const int isNear = start > LOWEST_PEAK / 2 && start < HIGHEST_PEAK / 2;
  const int isFar = start >= -LARGEST_PEAK && start <= LARGEST_PEAK && !isNear;
  row->shift = isFar ? (double)start : 0.0;
  for (int hasPeak = 0;; hasPeak = 1) {
    const double sum = row_sum(row, 0, row->count, use);
    const float peak = largest_lane(row->peaks);
    const double height = (double)peak - row->shift;
    if (hasPeak || (height >= LOWEST_PEAK && height <= HIGHEST_PEAK)) return sum;
    if (!(peak > -LARGEST_PEAK && peak < LARGEST_PEAK)) return __builtin_nan("");
    row->shift = (double)peak;
  }
}

/// Writes the powers of a row times a scale, as floats.
INLINE void write_row(float *gradient, const double *powers, size_t count, double scale,
                      int streams) {
  if (streams) {
    stream_scaled(gradient, powers, count, scale);
  } else {
    write_scaled(gradient, powers, count, scale);
  }
}

/// What is asked of long rows, for the compiler to make a loop of each.
typedef struct {
  int keeps;
  /// Whether there is more to it than cross-entropy, which takes finer powers.
  int isMore;
  /// Whether logits are capped.
  int caps;
} LEVEL(LongRows);

/// What the power of the label is taken of.
INLINE double label_height(const LEVEL(PowerRow) *row, size_t label, int caps) {
  f64 x = ALL64((double)row->x[label]), slope;
  if (caps) cap_logits(&x, &slope, 1, row->cap);
  return x[0] - row->shift;
}

/// The power of the label, and the sum of the others; that is NaN where the kernel cannot do
/// the row.
typedef struct {
  double own, rest;
} LEVEL(LabelPowers);

INLINE LEVEL(LabelPowers) label_powers(LEVEL(PowerRow) *row, size_t label, LEVEL(PowerUse) use) {
  const double sum = take_in(row, use);
  const double height = label_height(row, label, use.caps);
  LEVEL(LabelPowers) powers = {0, __builtin_nan("")};
  if (!(sum > 0 && height > -(double)FLOOR)) return powers;
  const f64 heights = ALL64(height);
  powers.own = use.keeps    ? row->scratch[label]
               : use.isFine ? fine_exponential(heights)[0]
                            : exponential(heights)[0];
  powers.rest = sum - powers.own;
  if (powers.own > LARGEST_SHARE * sum) {
    use.reads = use.keeps;
    use.keeps = 0;
    powers.rest = row_sum(row, 0, label, use) + row_sum(row, label + 1, row->count, use);
  }
  return powers;
}

/// What becomes of a row.
typedef struct {
  /// The other powers over that of the label, or what the row loses where more is asked for
  /// than `finish_losses` finds; NaN where the row is left to the caller.
  double found;
  /// What the powers are multiplied by, and what stands for that of the label, which is NaN
  /// where the gradient is left to the caller.
  double share, slope;
} LEVEL(LabelResult);

/// Adds to a row what is asked for beside cross-entropy; `shift` was taken off its logits.
INLINE LEVEL(LabelResult) label_result(LabelRows *rows, size_t i, LEVEL(LabelPowers) powers,
                                       double shift, double factor) {
  const size_t label = (size_t)rows->labels[i];
  const double own = powers.own, rest = powers.rest;
  LEVEL(LabelResult) result = {rest / own, factor / (rest + own), -rest};
  if (rows->gamma > 0) {
    const LEVEL(FocalRows) focal = focal_rows(ALL64(result.found), rows->gamma);
    result.found = focal.left[0] ? __builtin_nan("") : focal.losses[0];
    result.share *= focal.pulls[0];
  }
  if (rows->zLossScale > 0) {
    const LEVEL(Normalizer) z = normalizer(rows->zLossScale, shift, rest, own);
    rows->lifts[i] = z.loss;
    result.found = z.loss == z.loss ? result.found : z.loss;
    result.share *= 1 + z.pull;
    result.slope = pulled_slope(rows->zLossScale, z.pull, rest, own);
  }
  if (rows->spread > 0) {
    const float *x = rows->logits + i * rows->classCount;
    const double lift = rows->spread * depth_sum(x, rows->classWeights, rows->classCount, x[label]);
    if (rows->classWeights) {
      result.found = weighted_loss(smoothed_total(rows, label), result.found, lift);
    } else {
      rows->lifts[i] = lift;
      result.found = lift < LARGEST_LIFT ? result.found : __builtin_nan("");
    }
    result.share *= smoothed_total(rows, label);
  }
  return result;
}

/// Writes the derivatives of a row, of which the powers are in scratch.
INLINE void write_label_row(LabelRows *rows, size_t i, LEVEL(LabelResult) result, double factor,
                            double rest, LEVEL(LongRows) asked) {
  const size_t count = rows->classCount, label = (size_t)rows->labels[i];
  double *scratch = rows->scratch, *slopes = scratch + count;
  const int smooths = asked.isMore && rows->spread > 0;
  if (!(result.slope == result.slope) ||
      (smooths && !smooth_slopes(rows, label, rest, result.share, factor))) {
    rows->rough[rows->roughCount++] = (uint8_t)i;
    return;
  }
  if (!smooths) {
    // Below half the smallest float it would be rounded to −0.
    const double bend = asked.caps ? slopes[label] : 1;
    const double size = __builtin_fabs(result.slope) * result.share * bend;
    scratch[label] = size > 0x1p-150 ? result.slope : 0.0;
    if (asked.caps) multiply_all(scratch, slopes, count);
  }
  write_row(rows->gradient + i * count, scratch, count, smooths ? 1 : result.share,
            rows->isStreamed);
}

/// One row; returns what is found of it, or NaN where it is left to the caller.
INLINE double label_row(LabelRows *rows, size_t i, double factor, LEVEL(LongRows) asked) {
  const size_t count = rows->classCount, label = (size_t)rows->labels[i];
  float room[LANES64];
  LEVEL(PowerRow) row = {.x = whole_vectors(rows->logits + i * count, count, room),
                         .reach = count < LANES64 ? LANES64 : count, .scratch = rows->scratch,
                         .count = count, .cap = rows->cap, .slopes = rows->scratch + count};
  const LEVEL(PowerUse) use = {.keeps = asked.keeps, .isFine = asked.isMore, .caps = asked.caps};
  const LEVEL(LabelPowers) powers = label_powers(&row, label, use);
  const double odds = powers.rest / powers.own;
  if (!(odds >= SMALLEST_REST && powers.rest >= 0x1p-780)) return __builtin_nan("");
  LEVEL(LabelResult) result = {odds, factor / (powers.rest + powers.own), -powers.rest};
  if (asked.isMore) result = label_result(rows, i, powers, row.shift, factor);
  if (!(result.found == result.found) || !asked.keeps) return result.found;
  write_label_row(rows, i, result, factor, powers.rest, asked);
  return result.found;
}

/// What a row's derivatives are multiplied by.
INLINE double row_factor(const LabelRows *rows, size_t row) {
  return rows->factors ? rows->factors[row] : rows->factor;
}

INLINE void long_label_rows(LabelRows *rows, LEVEL(LongRows) asked) {
  const int lifts = asked.isMore && rows->lifts;
  for (size_t row = rows->rowCount; row % LANES64 != 0; row++) {
    rows->losses[row] = 0;
    if (lifts) rows->lifts[row] = 0;
  }
  for (size_t row = 0; row < rows->rowCount; row++) {
    rows->losses[row] = 0;
    if (lifts) rows->lifts[row] = 0;
    if (rows->labels[row] == rows->ignored) {
      const size_t count = rows->classCount;
      if (asked.keeps) memset(rows->gradient + row * count, 0, count * sizeof(float));
      continue;
    }
    const double factor = row_factor(rows, row);
    const double found =
        factor <= LARGEST_FACTOR ? label_row(rows, row, factor, asked) : __builtin_nan("");
    if (found == found) {
      rows->losses[row] = found;
    } else {
      if (lifts) rows->lifts[row] = 0;
      rows->left[rows->leftCount++] = (uint8_t)row;
    }
  }
}

/// Adds the losses of some rows from one on, but for those that are apart, whose number it
/// returns.
INLINE size_t tally_losses(Tally *tally, f64 losses, size_t row, uint8_t *apart) {
  const i64 isSummed = ((losses >= SMALLEST_SUMMED) & (losses < LARGEST_SUMMED)) | (losses == 0.0);
  tally_add_exact(tally, where(isSummed, losses * (1 / LARGEST_SUMMED)));
  size_t count = 0;
  if (!any_lane(~isSummed)) return count;
  for (size_t lane = 0; lane < LANES64; lane++) {
    if (!isSummed[lane]) apart[count++] = (uint8_t)(row + lane);
  }
  return count;
}

/// What a row loses: log(1 + r) of what it has found, with what lifts it; of focal rows and of
/// those with class weights it is what has been found.
INLINE f64 finished_losses(const LabelRows *rows, f64 found, const double *lifts) {
  const int hasLosses = rows->gamma > 0 || rows->classWeights;
  const f64 losses = hasLosses ? found : log_one_plus(found);
  return lifts ? losses + load64(lifts) : losses;
}

/// Makes losses of what the rows have found, and sums them. Of rows that there are not, 0 has.
INLINE void finish_losses(LabelRows *rows) {
  Tally tally = {(i64)0, (i64)0};
  size_t vectors = 0;
  for (size_t row = 0; row < rows->rowCount; row += LANES64, vectors++) {
    const double *lifts = rows->lifts ? rows->lifts + row : NULL;
    const f64 losses = finished_losses(rows, load64(rows->losses + row), lifts);
    store64(rows->losses + row, losses);
    rows->apartCount += tally_losses(&tally, losses, row, rows->apart + rows->apartCount);
  }
  rows->sum = tally_sum(&tally, vectors);
}

/// The same of one row without lifts, which is what a call for one row would wait for.
INLINE void finish_loss(LabelRows *rows) {
  const double loss = finished_losses(rows, ALL64(rows->losses[0]), NULL)[0];
  const int isSummed = (loss >= SMALLEST_SUMMED && loss < LARGEST_SUMMED) || loss == 0;
  rows->losses[0] = loss;
  rows->sum = fixed_point(isSummed ? loss : 0);
  if (!isSummed) rows->apart[rows->apartCount++] = 0;
}

static void LEVEL(cross_entropy_rows)(LabelRows *rows) {
  rows->leftCount = 0;
  rows->apartCount = 0;
  rows->roughCount = 0;
  const int keeps = rows->gradient != NULL;
  const int isMore = rows->lifts || rows->gamma > 0, caps = rows->cap > 0;
  if (!rows->lifts && !caps && rows->classCount <= loss_kernel_few_classes) {
    few_label_rows(rows);
  } else if (caps && keeps) {
    long_label_rows(rows, (LEVEL(LongRows)){.keeps = 1, .isMore = 1, .caps = 1});
  } else if (caps) {
    long_label_rows(rows, (LEVEL(LongRows)){.isMore = 1, .caps = 1});
  } else if (isMore && keeps) {
    long_label_rows(rows, (LEVEL(LongRows)){.keeps = 1, .isMore = 1});
  } else if (isMore) {
    long_label_rows(rows, (LEVEL(LongRows)){.isMore = 1});
  } else if (keeps) {
    long_label_rows(rows, (LEVEL(LongRows)){.keeps = 1});
  } else {
    long_label_rows(rows, (LEVEL(LongRows)){.keeps = 0});
  }
  if (rows->rowCount == 1 && !rows->lifts) {
    finish_loss(rows);
  } else {
    finish_losses(rows);
  }
}
