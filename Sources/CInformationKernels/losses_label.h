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
INLINE double row_sum(LEVEL(PowerRow) *row, size_t from, size_t to, int reads, int keeps) {
  return row->shift == 0
             ? power_sum(row, from, to, (LEVEL(PowerUse)){reads, keeps, .shifts = 0})
             : power_sum(row, from, to, (LEVEL(PowerUse)){reads, keeps, .shifts = 1});
}

/// Takes in a row: its powers, and what is to be taken off the logits for that.
///
/// Returns the sum of the powers, or NaN where the kernel cannot do it.
INLINE double take_in(LEVEL(PowerRow) *row, int keeps) {
  // The first logits tell most rows that are far from 0.
  row->peaks = load32_half(row->x);
  const float start = largest_lane(row->peaks);
  const int isNear = start > LOWEST_PEAK / 2 && start < HIGHEST_PEAK / 2;
  const int isFar = start >= -LARGEST_PEAK && start <= LARGEST_PEAK && !isNear;
  row->shift = isFar ? (double)start : 0.0;
  for (int hasPeak = 0;; hasPeak = 1) {
    const double sum = row_sum(row, 0, row->count, 0, keeps);
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

/// One row; returns the powers of the other classes over that of the label, or NaN where the
/// row is left to the caller.
INLINE double label_row(const float *x, size_t label, double factor, float *gradient,
                        double *scratch, size_t count, int keeps, int streams) {
  LEVEL(PowerRow) row = {.x = x, .scratch = scratch, .count = count};
  const double sum = take_in(&row, keeps);
  const double height = (double)x[label] - row.shift;
  if (!(sum > 0 && height > -(double)FLOOR)) return __builtin_nan("");
  const double power = keeps ? scratch[label] : exponential(ALL64(height))[0];
  double rest = sum - power;
  if (power > LARGEST_SHARE * sum) {
    rest = row_sum(&row, 0, label, keeps, 0) + row_sum(&row, label + 1, count, keeps, 0);
  }
  const double odds = rest / power;
  if (!(odds >= SMALLEST_REST && rest >= 0x1p-780)) return __builtin_nan("");
  if (!keeps) return odds;
  const double share = factor / (rest + power);
  // Below half the smallest float it would be rounded to −0.
  scratch[label] = rest * share > 0x1p-150 ? -rest : 0.0;
  write_row(gradient, scratch, count, share, streams);
  return odds;
}

/// What a row's derivatives are multiplied by.
INLINE double row_factor(const LabelRows *rows, size_t row) {
  return rows->factors ? rows->factors[row] : rows->factor;
}

INLINE void long_label_rows(LabelRows *rows, int keeps, int streams) {
  const size_t count = rows->classCount;
  for (size_t row = 0; row < rows->rowCount; row++) {
    float *gradient = keeps ? rows->gradient + row * count : NULL;
    rows->losses[row] = 0;
    if (rows->labels[row] == rows->ignored) {
      if (keeps) memset(gradient, 0, count * sizeof(float));
      continue;
    }
    const double factor = row_factor(rows, row);
    double odds = __builtin_nan("");
    if (factor <= LARGEST_FACTOR) {
      odds = label_row(rows->logits + row * count, (size_t)rows->labels[row], factor, gradient,
                       rows->scratch, count, keeps, streams);
    }
    if (odds == odds) {
      rows->losses[row] = odds;
    } else {
      rows->left[rows->leftCount++] = (uint8_t)row;
    }
  }
}

/// Makes losses log(1 + r) of what the rows have found, and sums them.
INLINE void finish_losses(LabelRows *rows) {
  Tally tally = {(i64)0, (i64)0};
  size_t vectors = 0;
  f64 lanes;
  for (int lane = 0; lane < LANES64; lane++) lanes[lane] = lane;
  for (size_t row = 0; row < rows->rowCount; row += LANES64, vectors++) {
    const size_t left = rows->rowCount - row;
    const f64 odds = where(lanes < (double)left, load64(rows->losses + row));
    const f64 losses = log_one_plus(odds);
    const i64 isSummed = ((losses >= SMALLEST_SUMMED) & (losses < LARGEST_SUMMED)) | (losses == 0.0);
    tally_add_exact(&tally, where(isSummed, losses * (1 / LARGEST_SUMMED)));
    store64(rows->losses + row, losses);
    if (!any_lane(~isSummed)) continue;
    for (size_t lane = 0; lane < LANES64; lane++) {
      if (!isSummed[lane]) rows->apart[rows->apartCount++] = (uint8_t)(row + lane);
    }
  }
  rows->sum = tally_sum(&tally, vectors);
}

static void LEVEL(cross_entropy_rows)(LabelRows *rows) {
  rows->leftCount = 0;
  rows->apartCount = 0;
  if (rows->classCount <= loss_kernel_few_classes) {
    few_label_rows(rows);
  } else if (rows->gradient == NULL) {
    long_label_rows(rows, 0, 0);
  } else if (rows->isStreamed) {
    long_label_rows(rows, 1, 1);
  } else {
    long_label_rows(rows, 1, 0);
  }
  finish_losses(rows);
}
