// Softmax, its logarithm, and log Σ eˣ of rows of logits.
//
// With the largest logit m and z = x − m, softmax is e^z/Σ e^z, where nothing cancels. Its
// logarithm is z − log(1 + r), a sum of two numbers of one sign, with r = Σ e^z without
// one largest: so that it keeps its digits where a class is nearly certain.

/// Σ eᶻ over a row; the powers of whole vectors go to scratch, those of the end to `end`.
INLINE double sum_powers(const float *x, size_t count, float peak, double *scratch, Wide64 *end) {
  const f64 peaks = ALL64((double)peak);
  Wide64 sums = {ALL64(0.0), ALL64(0.0)};
  size_t i = 0;
  for (; i + LANES32 <= count; i += LANES32) {
    // Rows follow each other, so that what comes next is ahead.
    __builtin_prefetch(x + i + count);
    const Wide64 logits = load_widened(x + i);
    const Wide64 powers =
        powers_of_depths((Wide64){logits.low - peaks, logits.high - peaks});
    store64(scratch + i, powers.low);
    store64(scratch + i + LANES64, powers.high);
    sums.low += powers.low;
    sums.high += powers.high;
  }
  if (i < count) {
    const Wide64 logits = widened(load_row_end(x, count));
    *end = powers_of_depths((Wide64){logits.low - peaks, logits.high - peaks});
    const Wide64 fresh = fresh_powers(*end, count);
    sums.low += fresh.low;
    sums.high += fresh.high;
  }
  return lane_sum(sums.low + sums.high);
}

/// One row of softmax; returns 1 where it is left to the caller.
INLINE int softmax_row(const float *x, size_t count, float *output, double *scratch) {
  Wide64 end;
  const float peak = row_peak(x, count);
  const double total = sum_powers(x, count, peak, scratch, &end);
  // NaN where a logit is, or where the peak is infinite.
  if (!(total >= 1)) return 1;
  const f64 share = ALL64(1 / total);
  size_t i = 0;
  for (; i + LANES32 <= count; i += LANES32) {
    const Wide64 powers = {load64(scratch + i), load64(scratch + i + LANES64)};
    store32(output + i, narrowed((Wide64){powers.low * share, powers.high * share}));
  }
  if (i < count) {
    store_row_end(output, count, narrowed((Wide64){end.low * share, end.high * share}));
  }
  return 0;
}

static void LEVEL(softmax_rows)(const FunctionRows *rows) {
  const size_t count = rows->classCount;
  if (count <= loss_kernel_few_classes) {
    few_function_rows(rows, (LEVEL(FewFunction)){softmax_few, 1});
    return;
  }
  for (size_t row = 0; row < rows->rowCount; row++) {
    rows->states[row] = (uint8_t)softmax_row(
        rows->logits + row * count, count, rows->output + row * count, rows->scratch);
  }
}

/// Σ eᶻ without the largest logits, and minus the number of those.
typedef struct {
  Wide64 sums;
  i32 tops;
} RestSums;

INLINE void add_rest(RestSums *rest, f32 x, f32 peak) {
  const i32 is_top = x == peak;
  const Wide64 peaks = widened(peak), others = widened(is_top ? (f32)-__builtin_inff() : x);
  const Wide64 powers =
      powers_of_depths((Wide64){others.low - peaks.low, others.high - peaks.high});
  rest->sums.low += powers.low;
  rest->sums.high += powers.high;
  rest->tops += is_top;
}

/// Σ eᶻ over a row without one largest; NaN where a logit is.
INLINE double sum_rest(const float *x, size_t count, float peak) {
  const f32 peaks = (f32)peak;
  RestSums rest = {{ALL64(0.0), ALL64(0.0)}, (i32)(0)};
  size_t i = 0;
  for (; i + LANES32 <= count; i += LANES32) {
    // Rows follow each other, so that what comes next is ahead.
    __builtin_prefetch(x + i + count);
    add_rest(&rest, load32(x + i), peaks);
  }
  if (i < count) add_rest(&rest, fresh_logits(load_row_end(x, count), count), peaks);
  const int tops = -__builtin_reduce_add(rest.tops);
  return lane_sum(rest.sums.low + rest.sums.high) + (double)(tops - 1);
}

/// Takes in at most LANES64 rows, which then share the time that a logarithm takes.
INLINE RowLogs row_logs(const float *x, size_t count, size_t row_count) {
  RowLogs logs = {ALL64(0.0), ALL64(0.0), (i64)(0)};
  f64 rests = ALL64(0.0);
  for (size_t lane = 0; lane < row_count; lane++) {
    const float peak = row_peak(x + lane * count, count);
    logs.peaks[lane] = peak;
    rests[lane] = sum_rest(x + lane * count, count, peak);
  }
  logs.log_totals = log_one_plus(rests);
  logs.is_sound = (logs.peaks - logs.peaks == 0.0) & (rests >= 0.0);
  return logs;
}

static void LEVEL(log_sum_exp_rows)(const FunctionRows *rows) {
  const size_t count = rows->classCount, step = rows_at_once(count);
  if (count <= loss_kernel_few_classes) {
    few_function_rows(rows, (LEVEL(FewFunction)){log_sum_exp_few, 0});
    return;
  }
  for (size_t row = 0; row < rows->rowCount; row += step) {
    const size_t left = rows->rowCount - row, row_count = left < step ? left : step;
    const RowLogs logs = row_logs(rows->logits + row * count, count, row_count);
    const f64 results = log_sums(logs);
    const i64 is_done = log_sums_are_done(logs);
    for (size_t lane = 0; lane < row_count; lane++) {
      rows->output[row + lane] = (float)results[lane] + 0.0f;
      rows->states[row + lane] = is_done[lane] == 0;
    }
  }
}

/// z − log(1 + r) of some logits, never −0.
INLINE f32 log_probabilities(Wide64 logits, f64 peak, f64 log_total) {
  return narrowed((Wide64){(logits.low - peak) - log_total, (logits.high - peak) - log_total}) +
         0.0f;
}

INLINE void log_softmax_row(const float *x, size_t count, f64 peak, f64 log_total,
                            float *output) {
  size_t i = 0;
  for (; i + LANES32 <= count; i += LANES32) {
    store32(output + i, log_probabilities(load_widened(x + i), peak, log_total));
  }
  if (i < count) {
    store_row_end(output, count,
                  log_probabilities(widened(load_row_end(x, count)), peak, log_total));
  }
}

static void LEVEL(log_softmax_rows)(const FunctionRows *rows) {
  const size_t count = rows->classCount, step = rows_at_once(count);
  if (count <= loss_kernel_few_classes) {
    few_function_rows(rows, (LEVEL(FewFunction)){log_softmax_few, 1});
    return;
  }
  for (size_t row = 0; row < rows->rowCount; row += step) {
    const size_t left = rows->rowCount - row, row_count = left < step ? left : step;
    const float *x = rows->logits + row * count;
    const RowLogs logs = row_logs(x, count, row_count);
    for (size_t lane = 0; lane < row_count; lane++) {
      rows->states[row + lane] = logs.is_sound[lane] == 0;
      log_softmax_row(x + lane * count, count, ALL64(logs.peaks[lane]),
                      ALL64(logs.log_totals[lane]), rows->output + (row + lane) * count);
    }
  }
}
