// Functions of rows of few classes, by a lane for each of several rows.

/// Results of log Σ eˣ below this part of log(1 + r) are left to the caller, because m and
/// log(1 + r) have cancelled.
#define LEAST_LOG_SUM 0x1p-10

/// What is found of some rows, a lane for each.
typedef struct {
  f64 peaks;
  /// log(1 + r).
  f64 log_totals;
  /// Whether the peaks are finite and no logit is NaN.
  i64 is_sound;
} RowLogs;

/// log Σ eˣ of the rows.
INLINE f64 log_sums(RowLogs logs) { return logs.peaks + logs.log_totals; }

/// Whether they are right.
INLINE i64 log_sums_are_done(RowLogs logs) {
  const f64 results = log_sums(logs), sizes = LARGER(results, -results);
  return logs.is_sound & (sizes >= LEAST_LOG_SUM * logs.log_totals);
}

/// z = x − peak of up to two vectors of classes; where there is one, it stands for both.
INLINE Wide64 few_depths(LEVEL(FewRows) *few, f64 peaks, size_t c, size_t count) {
  const size_t next = c + 1 < count ? c + 1 : c;
  return (Wide64){few_class(few->x, c) - peaks, few_class(few->x, next) - peaks};
}

/// Turns logits into softmax; returns 1 in the lanes that are left to the caller.
INLINE i64 softmax_few(LEVEL(FewRows) *few, size_t count) {
  const f64 peaks = few_peaks(few->x, count);
  f64 totals = ALL64(0.0);
  for (size_t c = 0; c < count; c += 2) {
    const Wide64 powers = powers_of_depths(few_depths(few, peaks, c, count));
    store64(few->powers[c], powers.low);
    totals += powers.low;
    if (c + 1 == count) break;
    store64(few->powers[c + 1], powers.high);
    totals += powers.high;
  }
  const f64 shares = 1.0 / totals;
  for (size_t c = 0; c < count; c++) {
    const f64 results = load64(few->powers[c]) * shares;
    store32_half(few->x[c], __builtin_convertvector(results, f32_half));
  }
  // NaN where a logit is, or where the peak is infinite.
  return ~(totals >= 1.0) & 1;
}

/// What is found of rows in the lanes.
INLINE RowLogs few_logs(LEVEL(FewRows) *few, size_t count) {
  RowLogs logs = {few_peaks(few->x, count), ALL64(0.0), (i64)(0)};
  // Σ eᶻ without the largest logits, and the number of those without one.
  f64 rests = ALL64(0.0), tops = ALL64(-1.0);
  for (size_t c = 0; c < count; c += 2) {
    const Wide64 z = few_depths(few, logs.peaks, c, count);
    const Wide64 powers = powers_of_depths(z);
    rests += where(z.low != 0.0, powers.low);
    tops += where(z.low == 0.0, ALL64(1.0));
    if (c + 1 == count) break;
    rests += where(z.high != 0.0, powers.high);
    tops += where(z.high == 0.0, ALL64(1.0));
  }
  rests += tops;
  logs.log_totals = log_one_plus(rests);
  logs.is_sound = (logs.peaks - logs.peaks == 0.0) & (rests >= 0.0);
  return logs;
}

/// Turns logits into log-softmax; returns 1 in the lanes that are left to the caller.
INLINE i64 log_softmax_few(LEVEL(FewRows) *few, size_t count) {
  const RowLogs logs = few_logs(few, count);
  for (size_t c = 0; c < count; c++) {
    const f64 results = (few_class(few->x, c) - logs.peaks) - logs.log_totals;
    store32_half(few->x[c], __builtin_convertvector(results, f32_half) + 0.0f);
  }
  return ~logs.is_sound & 1;
}

/// Turns the first logits into log Σ eˣ; returns 1 in the lanes that are left to the caller.
INLINE i64 log_sum_exp_few(LEVEL(FewRows) *few, size_t count) {
  const RowLogs logs = few_logs(few, count);
  store32_half(few->x[0], __builtin_convertvector(log_sums(logs), f32_half) + 0.0f);
  return ~log_sums_are_done(logs) & 1;
}

/// What is asked of rows of few classes.
typedef struct {
  i64 (*turn)(LEVEL(FewRows) *few, size_t count);
  /// Whether there is a result for each class, rather than one for each row.
  int isEach;
} LEVEL(FewFunction);

/// Writes what becomes of the rows in the lanes, of which so many count.
INLINE void turn_few(LEVEL(FewFunction) function, LEVEL(FewRows) *few, size_t count,
                     size_t rowCount, float *output, uint8_t *states) {
  const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  const i64 left = function.turn(few, count);
  if (function.isEach) {
    store_few_lanes(few->x, output, count, lanes < (int64_t)rowCount);
  } else {
    memcpy(output, few->x[0], rowCount * sizeof(float));
  }
  for (size_t lane = 0; lane < rowCount; lane++) states[lane] = (uint8_t)left[lane];
}

INLINE void few_function_rows(const FunctionRows *rows, LEVEL(FewFunction) function) {
  const size_t count = rows->classCount, width = function.isEach ? count : 1;
  const float *x = rows->logits;
  float *output = rows->output;
  uint8_t *states = rows->states;
  size_t rest = rows->rowCount;
  LEVEL(FewRows) few;
  for (; rest >= LANES64; rest -= LANES64) {
    load_few(few.x, x, count, rest * count);
    turn_few(function, &few, count, LANES64, output, states);
    x += LANES64 * count;
    output += LANES64 * width;
    states += LANES64;
  }
  if (rest == 0) return;
  load_few_part(few.x, x, count, rest);
  turn_few(function, &few, count, rest, output, states);
}
