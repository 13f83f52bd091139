// Cross-entropy of few classes: a lane for each of several rows, so that no row needs a
// sum across lanes, a logarithm or a quotient of its own.

/// Several rows of logits, class by class, and what is found of them.
typedef struct {
  float x[loss_kernel_few_classes][LANES64];
  double powers[loss_kernel_few_classes][LANES64];
  float peaks[LANES64];
  /// The sums of the powers without one largest.
  double rests[LANES64];
  /// log(1 + rest).
  double logTotals[LANES64];
  int64_t isSound[LANES64];
} LEVEL(FewClasses);

/// Takes in rows from one on; lanes beyond the last row repeat it.
INLINE void load_few(
    LEVEL(FewClasses) *few, const float *logits, size_t count, size_t row, size_t row_count) {
  for (size_t lane = 0; lane < LANES64; lane++) {
    const size_t source = row + lane < row_count ? row + lane : row_count - 1;
    const float *x = logits + source * count;
    for (size_t c = 0; c < count; c++) few->x[c][lane] = x[c];
  }
}

/// Finds everything else of the rows.
INLINE void raise_few(LEVEL(FewClasses) *few, size_t count) {
  f32_half peak = load32_half(few->x[0]);
  for (size_t c = 1; c < count; c++) peak = LARGER(load32_half(few->x[c]), peak);
  const f32_half floor = peak - FLOOR;
  const f64 peaks = __builtin_convertvector(peak, f64);
  f64 rest = ALL64(0.0);
  f64 tops = ALL64(-1.0);
  for (size_t c = 0; c < count; c++) {
    const f32_half x = load32_half(few->x[c]);
    const f64 depth = __builtin_convertvector(LARGER(floor, x), f64) - peaks;
    const f64 power = fine_exponential(depth);
    store64(few->powers[c], power);
    const i64 isTop = __builtin_convertvector(x == peak, i64);
    rest += isTop ? ALL64(0.0) : power;
    tops += isTop ? ALL64(1.0) : ALL64(0.0);
  }
  rest += tops;
  store32_half(few->peaks, peak);
  store64(few->rests, rest);
  store64(few->logTotals, log_one_plus(rest));
  const i64 isNear = __builtin_convertvector(
      (peak > (f32_half)-LARGEST_PEAK) & (peak < (f32_half)LARGEST_PEAK), i64);
  const i64 isSound = isNear & (rest >= SMALLEST_REST);
  memcpy(few->isSound, &isSound, sizeof isSound);
}

/// Writes powers times shares as floats, for the rows that are done.
INLINE void write_few(
    const LEVEL(FewClasses) *few, float *output, const uint8_t *states, size_t count, size_t row,
    size_t row_count, const double *shares) {
  const f64 share = load64(shares);
  float slopes[loss_kernel_few_classes][LANES64];
  for (size_t c = 0; c < count; c++) {
    store32_half(slopes[c], __builtin_convertvector(load64(few->powers[c]) * share, f32_half));
  }
  for (size_t lane = 0; lane < LANES64 && row + lane < row_count; lane++) {
    if (states[row + lane]) continue;
    float *target = output + (row + lane) * count;
    for (size_t c = 0; c < count; c++) target[c] = slopes[c][lane];
  }
}

/// Finishes one row: its loss, and the power of its label made a slope.
///
/// Returns what its powers are to be multiplied by.
INLINE double finish_few(
    LEVEL(FewClasses) *few, const LabelRows *rows, size_t row, size_t lane) {
  rows->states[row] = 0;
  rows->losses[row] = 0;
  if (rows->labels[row] == rows->ignored) {
    // A power may be NaN, and 0·NaN is not 0.
    for (size_t c = 0; c < rows->classCount; c++) few->powers[c][lane] = 0;
    return 0;
  }
  const size_t label = (size_t)rows->labels[row];
  const double depth = (double)few->x[label][lane] - (double)few->peaks[lane];
  if (!(few->isSound[lane] && depth > -FLOOR && rows->factors[row] <= LARGEST_FACTOR)) {
    rows->states[row] = 1;
    return 0;
  }
  rows->losses[row] = few->logTotals[lane] - depth;
  const double rest = few->rests[lane];
  const double share = rows->factors[row] / (1 + rest);
  double *power = &few->powers[label][lane];
  const double slope = depth == 0 ? rest : 1 + rest - *power;
  // Below half the smallest float it would be rounded to −0.
  *power = slope * share > 0x1p-150 ? -slope : 0.0;
  return share;
}

static void LEVEL(few_label_rows)(const LabelRows *rows) {
  const size_t count = rows->classCount;
  LEVEL(FewClasses) few;
  double shares[LANES64] = {0};
  for (size_t row = 0; row < rows->rowCount; row += LANES64) {
    load_few(&few, rows->logits, count, row, rows->rowCount);
    raise_few(&few, count);
    for (size_t lane = 0; lane < LANES64 && row + lane < rows->rowCount; lane++) {
      shares[lane] = finish_few(&few, rows, row + lane, lane);
    }
    if (rows->gradient) {
      write_few(&few, rows->gradient, rows->states, count, row, rows->rowCount, shares);
    }
  }
}
